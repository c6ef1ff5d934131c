using Python.Runtime;
using SafeLaunch;

namespace PythonPage;

/// <summary>Runs the page inside of this process, on the thread that calls it.</summary>
internal static class PythonServer
{
    /// <summary>Blocks until the server ends. Python frees its lock (the GIL) while it waits for requests.</summary>
    public static void Run(LaunchContext launch)
    {
        // One block for all: Python forgets the event loop of a thread of .NET at the end of each.
        using (Py.GIL())
        {
            SetEventLoop();
            RunServer(launch);
        }
    }

    /// <summary>Runs it on a thread without an event loop: the first click fails.</summary>
    public static void RunWithoutEventLoop(LaunchContext launch)
    {
        using (Py.GIL())
        {
            RunServer(launch);
        }
    }

    /// <summary>Gives this thread the event loop that code of Python looks for while a page is built. Every new thread lacks it.</summary>
    private static void SetEventLoop()
    {
        using var asyncio = Py.Import("asyncio");
        using var loop = asyncio.InvokeMethod("new_event_loop");
        asyncio.InvokeMethod("set_event_loop", loop).Dispose();
    }

    private static void RunServer(LaunchContext launch)
    {
        var server = Build(launch);
        var stop = launch.Stopping.Register(() =>
        {
            using (Py.GIL())
            {
                using var yes = true.ToPython();
                server.SetAttr("should_exit", yes);
            }
        });
        server.InvokeMethod("run").Dispose();

        // Without waiting for the callback, which may wait for this thread to free the lock of Python.
        stop.Unregister();
    }

    private static PyObject Build(LaunchContext launch)
    {
        using var page = Py.Import("page");
        using var anyPort = 0.ToPython();
        using var onReady = new Action<int>(port => launch.SignalReady(new Uri($"http://127.0.0.1:{port}"))).ToPython();
        return page.InvokeMethod("Server", anyPort, onReady);
    }
}
