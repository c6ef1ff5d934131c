import { Plot } from "./plot.js";

const moods = { Running: "good", Starting: "busy", Restarting: "busy", Stopping: "busy" };
const levels = {
  Information: { name: "info", mood: "" },
  Warning: { name: "warning", mood: "warned" },
  Error: { name: "error", mood: "failed" },
  Critical: { name: "critical", mood: "failed" },
};
const keptLines = 100;

/** One launch on the page. */
export class LaunchCard {
  #name;
  #ask;
  #say;
  #plot;
  #launch = null;
  #isBusy = false;

  constructor(name, ask, say) {
    this.#name = name;
    this.#ask = ask;
    this.#say = say;
    this.element = document.getElementById("launch").content.cloneNode(true).firstElementChild;
    this.#find("article").setAttribute("aria-label", name);
    this.#find("h2").textContent = name;
    this.#find(".lines").setAttribute("aria-label", `Log of ${name}`);
    this.#find(".buttons").setAttribute("aria-label", `Actions of ${name}`);
    this.#plot = new Plot(this.#find(".plot"));
    for (const button of this.element.querySelectorAll("button")) {
      button.setAttribute("aria-label", `${button.textContent} ${name}`);
      button.onclick = () => this.#click(button);
    }
  }

  show(launch, isFirst) {
    const before = this.#launch;
    this.#launch = launch;
    if (before && before.state !== launch.state && !this.#isBusy) {
      this.#say(`${this.#name}: ${nameOf(launch)}.`);
    }

    if (before && !before.concern && launch.concern) {
      this.#say(`${this.#name}: ${launch.concern}`);
    }

    const ended = launch.outcome;
    const reason = ended?.text ?? launch.concern;
    this.#find("article").className = launch.concern ? "busy" : moods[launch.state] ?? (ended && !ended.isSuccess ? "bad" : "off");
    set(this.#find(".state-name"), nameOf(launch));
    set(this.#find(".age"), launch.state === "NotStarted" || launch.seconds < 1 ? "" : `for ${time(launch.seconds)}`);
    this.#find(".reason").hidden = !reason;
    set(this.#find(".reason"), reason ?? "");
    this.#showAddresses(launch);
    this.#plot.add(launch.queue, 4);
    set(this.#find(".queue-now"), launch.queue);
    set(this.#find(".queue-most"), `peak ${this.#plot.most}`);
    this.#showButtons();
    this.#showRuns(launch);
    this.#showLines(launch, isFirst);
  }

  #find(selector) {
    return this.element.querySelector(selector);
  }

  #showAddresses(launch) {
    const shown = JSON.stringify([launch.state, launch.addresses, launch.needsToken, launch.canOpen, launch.servesPage]);
    const place = this.#find(".addresses");
    if (place.dataset.shown === shown) {
      return;
    }

    place.dataset.shown = shown;
    place.replaceChildren(...launch.addresses.map((address, index) => {
      const opens = launch.canOpen && index === 0;
      const isLink = /^https?:\/\/(?!unix:)/.test(address);
      const entry = element(isLink ? "a" : "span", opens ? "" : "address", address);
      if (isLink) {
        entry.href = opens ? `open?launch=${encodeURIComponent(this.#name)}` : address;
        entry.target = "_blank";
        entry.rel = "noopener noreferrer";
      }

      return entry;
    }));
    const note = launch.servesPage ? "Serves this page."
      : launch.needsToken && !launch.canOpen ? "Asks for its token, which this page does not show."
      : launch.state === "Running" && launch.addresses.length === 0 ? "No known address." : "";
    if (note) {
      place.append(element("small", "", note));
    }
  }

  #showButtons() {
    for (const button of this.element.querySelectorAll("button")) {
      // It keeps the focus of the keyboard, which a disabled button would lose.
      button.setAttribute("aria-disabled", String(this.#isBusy || !this.#launch.actions.includes(button.dataset.action)));
    }
  }

  #showRuns(launch) {
    const place = this.#find(".runs");
    const shown = JSON.stringify([launch.runCount, launch.earlierRuns]);
    place.hidden = launch.runCount === 0;
    if (place.dataset.shown === shown) {
      return;
    }

    place.dataset.shown = shown;
    this.#find(".runs summary").textContent = launch.runCount === 1 ? "1 earlier run" : `${launch.runCount} earlier runs`;
    this.#find(".runs ol").replaceChildren(...launch.earlierRuns.toReversed().map(run => {
      const item = element("li", run.isSuccess ? "" : "failed");
      item.append(element("span", "kind", run.kind), ` after ${time(run.seconds)}. ${run.text}`);
      return item;
    }));
  }

  #showLines(launch, isFirst) {
    const list = this.#find(".lines");
    this.#find(".log").hidden = !launch.keepsLog;
    if (isFirst) {
      list.replaceChildren();
    }

    const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 4;
    list.append(...launch.lines.map(line => {
      const level = levels[line.level];
      const item = element("li", level.mood);
      const at = new Date(line.time);
      const stamp = element("time", "", at.toLocaleTimeString([], { hour12: false }));
      stamp.dateTime = line.time;
      item.append(stamp, " ", element("span", "level", level.name), " ", element("span", "category", line.category.split(".").pop()), " ", line.text);
      return item;
    }));
    while (list.childElementCount > keptLines) {
      list.firstElementChild.remove();
    }

    list.hidden = list.childElementCount === 0;
    this.#find(".no-lines").hidden = !list.hidden;
    if (isAtEnd && launch.lines.length > 0) {
      list.scrollTop = list.scrollHeight;
    }
  }

  #click(button) {
    const action = button.dataset.action;
    if (button.getAttribute("aria-disabled") === "false") {
      this.#ask(action, this.#name, this.#effectsOf(action), () => this.#do(action));
    }
  }

  #effectsOf(action) {
    const launch = this.#launch;
    const atMost = `at most ${time(Math.ceil(launch.stopSeconds))}`;
    if (action === "start") {
      return ["Launches that it comes after are started before it.", "It is ready when its state is Running. If it fails, the reason is shown here."];
    }

    const effects = [`It is asked to stop, and ends after ${atMost}.`, "Requests that are being answered may finish within that time; then they are cut off. Open pages of it lose their connection."];
    if (action === "stop") {
      return [
        ...effects,
        launch.actions.includes("restart") ? "It stays stopped, and is not started again after a crash, until someone starts it. Other launches go on." : "This page cannot start it again.",
        ...(launch.servesPage ? ["It serves this page: you cannot start it again from here."] : []),
      ];
    }

    return [
      ...effects,
      "Then it is started again, at the same port where it can be had.",
      ...(launch.servesPage ? ["It serves this page, which comes back with it if it gets the same port."] : []),
    ];
  }

  async #do(action) {
    this.#isBusy = true;
    this.#showButtons();
    this.#say(`${this.#name}: the ${action} has begun.`);
    try {
      const answer = await fetch(`${action}?launch=${encodeURIComponent(this.#name)}`, { method: "POST" });
      this.#say(await answer.text());
    } catch {
      this.#say(`${this.#name}: the program has not answered whether the ${action} is done.`);
    }

    this.#isBusy = false;
    this.#showButtons();
  }
}

function nameOf(launch) {
  return launch.outcome?.kind ?? (launch.state === "NotStarted" ? "Not started" : launch.state);
}

function set(place, text) {
  if (place.textContent !== String(text)) {
    place.textContent = text;
  }
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function time(seconds) {
  const all = Math.floor(seconds);
  const [days, hours, minutes] = [Math.floor(all / 86400), Math.floor(all / 3600) % 24, Math.floor(all / 60) % 60];
  return days > 0 ? `${days} d ${hours} h`
    : hours > 0 ? `${hours} h ${minutes} min`
    : minutes > 0 ? `${minutes} min ${all % 60} s`
    : seconds < 1 && seconds > 0 ? `${Math.round(seconds * 1000)} ms` : `${all} s`;
}
