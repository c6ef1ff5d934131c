import { LaunchCard } from "./launch.js";
import { Plot } from "./plot.js";

const find = id => document.getElementById(id);
const cards = new Map();
const memory = new Plot(find("memory-plot"));
let stream = null;
let retry = 0;

function connect() {
  stream = new EventSource("events");
  stream.onmessage = message => {
    find("connection").hidden = true;
    show(JSON.parse(message.data));
  };
  stream.onerror = () => {
    disconnect();
    find("connection").textContent = "The connection to the program is lost. This page comes back when the program does.";
    find("connection").hidden = false;
    retry = setTimeout(connect, 1000);
  };
}

function disconnect() {
  clearTimeout(retry);
  stream?.close();
  stream = null;
}

function show(view) {
  document.title = `Launches of ${view.program}`;
  find("program").textContent = `${view.program}, process ${view.processId}`;
  find("running").textContent = `${view.launches.filter(launch => launch.state === "Running").length} of ${view.launches.length}`;
  find("memory").textContent = `${Math.round(view.memory / 1048576)} MB`;
  find("summary").hidden = false;
  memory.add(view.memory, 1);

  for (const [name, card] of cards) {
    if (!view.launches.some(launch => launch.name === name)) {
      card.element.remove();
      cards.delete(name);
    }
  }

  for (const launch of view.launches) {
    let card = cards.get(launch.name);
    if (!card) {
      card = new LaunchCard(launch.name, ask, say);
      cards.set(launch.name, card);
      find("launches").append(card.element);
    }

    card.show(launch, view.isFirst);
  }

  find("launches").hidden = view.launches.length === 0;
  find("empty").hidden = view.launches.length > 0;
}

/** Says what will happen, and does it once the user agrees. */
function ask(action, name, effects, act) {
  const dialog = find("question");
  const verb = action[0].toUpperCase() + action.slice(1);
  find("question-title").textContent = `${verb} ${name}?`;
  find("question-text").replaceChildren(...effects.map(effect => {
    const item = document.createElement("li");
    item.textContent = effect;
    return item;
  }));
  find("question-yes").textContent = `${verb} ${name}`;
  find("question-yes").onclick = () => {
    dialog.close();
    act();
  };
  find("question-no").onclick = () => dialog.close();
  dialog.showModal();
}

let quiet = 0;

/** Shows a sentence for a while; screen readers speak it. */
function say(sentence) {
  clearTimeout(quiet);
  find("notice").textContent = sentence;
  quiet = setTimeout(() => find("notice").textContent = "", 10000);
}

// A hidden page costs the program nothing.
document.addEventListener("visibilitychange", () => {
  disconnect();
  if (!document.hidden) {
    connect();
  }
});
connect();
