// The page "Your work": take the learner's files out of this browser, and bring them back in.

import { allFiles, getFile, writeText } from "./storage.js";

const VERSION = 1; // of both files, as answers.py writes them
const ANSWERS = "answers.json";
const DRAFTS = "drafts.json"; // the same form; its ids hold a slash, as in "student/june"
const OWN_COPY = / \(yours .*\)\.ipynb$/;

const byId = (id) => document.getElementById(id);
const counted = byId("work-count");
const result = byId("work-result");
const downloads = { [ANSWERS]: byId("work-download"), [DRAFTS]: byId("work-download-drafts") };
const choose = byId("work-choose");
const own = byId("work-own");

const answersWord = (number) => (number === 1 ? "1 answer" : `${number} answers`);
const say = (text) => {
  result.textContent = text;
};

/** What a file says, or "". The kernel's files are kept as base64. */
async function textOf(path) {
  const { format, content } = (await getFile(path)) ?? { content: "" };
  if (typeof content !== "string") return JSON.stringify(content, null, 1);
  if (format !== "base64") return content;
  return new TextDecoder().decode(Uint8Array.from(atob(content), (letter) => letter.codePointAt(0)));
}

/** The entries of a file of answers or drafts, or null when the text is no such file. */
function entriesOf(text) {
  try {
    const { version, answers } = JSON.parse(text.replace(/^\uFEFF/, ""));
    const fits = version === VERSION && answers && typeof answers === "object" && !Array.isArray(answers);
    return fits ? answers : null;
  } catch {
    return null;
  }
}

async function show() {
  const answers = await textOf(ANSWERS);
  const number = Object.keys(entriesOf(answers) ?? {}).length;
  downloads[ANSWERS].disabled = !answers;
  downloads[DRAFTS].hidden = !(await textOf(DRAFTS));
  counted.textContent = answers
    ? `There ${number === 1 ? "is" : "are"} ${answersWord(number)} in this browser.`
    : "There are no answers in this browser yet.";
  const copies = (await allFiles()).filter(({ path }) => OWN_COPY.test(path));
  own.hidden = copies.length === 0;
  own.querySelector("ul").replaceChildren(...copies.map(({ path }) => {
    const item = document.createElement("li");
    const href = `notebooks/index.html?path=${encodeURIComponent(path)}`;
    item.append(Object.assign(document.createElement("a"), { href, textContent: path }));
    return item;
  }));
}

async function save(path) {
  const file = new Blob([await textOf(path)], { type: "application/json" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: path });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(`The file ${path} is on its way to your downloads.`);
}

/** Of two answers to the same activity, the one saved later stays. */
async function restore(file) {
  const theirs = Object.entries(entriesOf(await file.text()) ?? {}).filter(([, entry]) => entry && "answer" in Object(entry));
  if (!theirs.length) return say(`“${file.name}” holds no work from this course. Nothing was changed.`);
  const path = theirs.some(([id]) => id.includes("/")) ? DRAFTS : ANSWERS;
  const text = await textOf(path);
  const mine = text ? entriesOf(text) : {};
  if (!mine) return say("The work in this browser can’t be read, so nothing was changed. Download it first, and ask your facilitator.");
  const newer = theirs.filter(([id, entry]) => !mine[id] || Date.parse(entry.saved) > Date.parse(mine[id].saved));
  const answers = { ...mine, ...Object.fromEntries(newer) };
  await writeText(path, JSON.stringify({ version: VERSION, answers }, null, 1), "application/json");
  const stay = theirs.length - newer.length;
  const brought = path === DRAFTS ? "your IEP drafts" : answersWord(newer.length);
  say(`Restored ${brought}.${stay ? ` For ${stay} more, this browser already had the same or a newer text, which stays.` : ""}`);
  await show();
}

const tried = (action) => (...given) =>
  action(...given).catch(() => say("That did not work: this browser will not let the page reach its files. Try an ordinary window."));

for (const [path, button] of Object.entries(downloads)) button.addEventListener("click", tried(() => save(path)));
choose.addEventListener("change", tried(async () => {
  const [file] = choose.files;
  if (file) await restore(file);
  choose.value = "";
}));
await tried(show)();
