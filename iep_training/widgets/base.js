// What every practice card is built from. Python joins this file, card.js and one kind's own file into a single ES
// module. It paints what the kernel says and decides nothing: the rules, the marks and the words are Python's.

const SILENCE = 3500; // ms without a reply before the learner is told that nothing is being saved
const READ_AFTER = 20; // ms from a keystroke until the text is read, one reading at a time
const SAVE_AFTER = 500; // ms from a keystroke until the text is saved
const SAY_AFTER = 700; // ms before a screen reader is told, so that it never talks over typing

const NO_REPLY =
  "Not saved: the course is not answering. Your text stays here. Press Save again; if that does not help, " +
  "open the Kernel menu, choose Restart Kernel and Run All Cells, and your text comes back.";

// --- building blocks ------------------------------------------------------------------------------------

/** An element. Strings among the children become text, never markup. `on` holds event listeners. */
function h(tag, { on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const button = (words, look, click) => h("button", { type: "button", class: `practice-button ${look}`, on: { click } }, words);
const heading = (words) => h("h4", { class: "practice-heading" }, words);
const list = (items, look) => h("ul", { class: `practice-list ${look}` }, items.map((item) => h("li", {}, item)));
const unseen = (words) => h("span", { class: "practice-unseen" }, words);
const sign = (met) => [h("span", { class: "practice-sign", "aria-hidden": "true", "data-met": String(met) }, met ? "✓ " : "○ "), unseen(met ? "Yes: " : "Not yet: ")];
const newId = () => `iep-${Math.random().toString(36).slice(2)}`;

/** The drawings and tables that our own Python makes, the only markup ever taken as such. */
function ownMarkup(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** The text with its findings underlined. Offsets count code points, as Python does. */
function underlined(text, findings, mark) {
  const letters = Array.from(text);
  const parts = [];
  let end = 0;
  for (const finding of [...findings].sort((a, b) => a.start - b.start)) {
    if (finding.start < end) continue;
    parts.push(letters.slice(end, finding.start).join(""));
    parts.push(mark(letters.slice(finding.start, finding.end).join(""), finding));
    end = finding.end;
  }
  parts.push(letters.slice(end).join(""));
  return parts;
}

/** What each finding says: the words, why they were underlined, and what to say instead. */
function explained(findings) {
  return h("ul", { class: "practice-findings" }, findings.map((finding) =>
    h("li", {},
      h("p", {}, h("q", { class: "practice-quote" }, finding.quote)),
      h("p", {}, finding.why),
      finding.instead ? h("p", {}, finding.instead) : null)));
}

function clock(saved) {
  const time = new Date(saved);
  if (Number.isNaN(time.valueOf())) return "Saved";
  const today = time.toDateString() === new Date().toDateString();
  const day = today ? {} : { month: "short", day: "numeric" };
  return `Saved ${time.toLocaleString([], { ...day, hour: "numeric", minute: "2-digit" })}`;
}

/**
 * Keep Jupyter's keys out of a card: x on a radio button would delete the whole cell. Saving, with Ctrl or Cmd and S, stays.
 * Jupyter looks at a key before the card does, and passes over those from an element with this attribute.
 */
function keepKeys(root) {
  const saves = (event) => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
  const guard = (event) => {
    if (root.contains(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", !saves(event));
  };
  window.addEventListener("keydown", guard, true);
  root.addEventListener("keydown", (event) => { if (!saves(event)) event.stopPropagation(); });
  return () => window.removeEventListener("keydown", guard, true);
}

// --- talking to the kernel ------------------------------------------------------------------------------

/** `ask(message, receive, silent)`: `receive(reply, newest)` whenever a reply comes, `silent()` when none comes in time. */
function connect(model) {
  let last = 0;
  const waiting = new Map();
  const newest = new Map();
  const take = (reply) => {
    const asked = waiting.get(reply.seq);
    if (!asked) return;
    clearTimeout(asked.timer);
    waiting.delete(reply.seq);
    asked.receive(reply, newest.get(asked.topic) === reply.seq);
  };
  model.on("msg:custom", take);
  const ask = (message, receive, silent = () => {}) => {
    const seq = ++last;
    const topic = `${message.id} ${message.type === "typing" ? "typing" : "saving"}`;
    newest.set(topic, seq);
    const timer = setTimeout(silent, SILENCE);
    waiting.set(seq, { receive, timer, topic });
    try {
      model.send({ ...message, seq });
    } catch {
      clearTimeout(timer);
      silent();
    }
  };
  return { ask, close: () => model.off("msg:custom", take) };
}

/** Text that is not saved yet also waits in this browser tab, so that a restarted kernel finds it again. */
const unsaved = {
  key: (id) => `iep-training ${location.pathname} ${id}`,
  reach: (action) => {
    try {
      return action(sessionStorage);
    } catch {
      return null; // a browser that forbids storage: the kernel still saves
    }
  },
  keep: (id, answer) => unsaved.reach((storage) => storage.setItem(unsaved.key(id), JSON.stringify(answer))),
  drop: (id) => unsaved.reach((storage) => storage.removeItem(unsaved.key(id))),
  find: (id) => unsaved.reach((storage) => JSON.parse(storage.getItem(unsaved.key(id)))),
};

