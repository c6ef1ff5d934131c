"""A page with a button. Its lock is made while the page is built, and is first used by the first click."""

import asyncio
import sys

import fastapi
import uvicorn
from fastapi.responses import HTMLResponse

PAGE = """<!DOCTYPE html>
<title>A page of Python</title>
<button onclick="fetch('click', { method: 'POST' }).then(answer => answer.text()).then(text => output.textContent = text)">Click</button>
<output id="output"></output>
"""


def make_lock():
    """A lock; or None on a thread that has no event loop, which is noticed only when the lock is used."""
    try:
        asyncio.get_event_loop()
    except RuntimeError:
        return None
    return asyncio.Lock()


def build():
    """The page, with its lock."""
    app = fastapi.FastAPI()
    lock = make_lock()
    clicks = []

    @app.get("/", response_class=HTMLResponse)
    async def show():
        return PAGE

    @app.post("/click")
    async def click():
        async with lock:
            clicks.append(len(clicks) + 1)
            return f"Click {clicks[-1]}"

    return app


class Server(uvicorn.Server):
    """A server that tells its port once it listens."""

    def __init__(self, port, on_ready):
        super().__init__(uvicorn.Config(build(), host="127.0.0.1", port=port, log_level="error"))
        self.on_ready = on_ready

    async def startup(self, sockets=None):
        await super().startup(sockets=sockets)
        if not self.should_exit:
            self.on_ready(self.servers[0].sockets[0].getsockname()[1])


if __name__ == "__main__":
    Server(int(sys.argv[1]), lambda port: print(f"http://127.0.0.1:{port}", flush=True)).run()
