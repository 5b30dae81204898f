// The page "Your work": take the answers out of this browser as a file, and bring them back in.

import { allFiles, getFile, writeText } from "./storage.js";

const ANSWERS = "answers.json";
const VERSION = 1; // of answers.json, as answers.py writes it
const MARKED = / \(yours .*\)\.ipynb$/;

const counted = document.getElementById("work-count");
const result = document.getElementById("work-result");
const download = document.getElementById("work-download");
const choose = document.getElementById("work-choose");
const own = document.getElementById("work-own");

const answersWord = (number) => (number === 1 ? "1 answer" : `${number} answers`);
const say = (text) => {
  result.textContent = text;
};

const asText = (content) => (typeof content === "string" ? content : JSON.stringify(content, null, 1));

/** The entries of an answers file, or null when the text is no such file. */
function entriesOf(text) {
  try {
    const { version, answers } = JSON.parse(text.replace(/^\uFEFF/, ""));
    const fits = version === VERSION && answers && typeof answers === "object" && !Array.isArray(answers);
    return fits ? answers : null;
  } catch {
    return null;
  }
}

async function kept() {
  const file = await getFile(ANSWERS);
  return file ? asText(file.content) : "";
}

async function show() {
  const text = await kept();
  const number = Object.keys(entriesOf(text) ?? {}).length;
  download.disabled = !text;
  counted.textContent = text
    ? `There ${number === 1 ? "is" : "are"} ${answersWord(number)} in this browser.`
    : "There are no answers in this browser yet.";
  const copies = (await allFiles()).filter(({ path }) => MARKED.test(path));
  own.hidden = copies.length === 0;
  own.querySelector("ul").replaceChildren(...copies.map(({ path }) => {
    const link = Object.assign(document.createElement("a"), {
      href: `notebooks/index.html?path=${encodeURIComponent(path)}`,
      textContent: path,
    });
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
}

async function save() {
  const file = new Blob([await kept()], { type: "application/json" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: ANSWERS });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say("The file answers.json is on its way to your downloads.");
}

/** Of two answers to the same activity, the one saved later stays. */
async function restore(file) {
  const theirs = entriesOf(await file.text());
  if (!theirs) return say(`“${file.name}” is not a file of answers from this course. Nothing was changed.`);
  const text = await kept();
  const mine = entriesOf(text);
  if (text && !mine)
    return say("The answers in this browser can’t be read, so nothing was changed. Download them first, and ask your facilitator.");
  const merged = { ...mine };
  let brought = 0;
  for (const [id, entry] of Object.entries(theirs)) {
    if (!entry || typeof entry !== "object" || !("answer" in entry)) continue;
    const newer = mine?.[id] && Date.parse(mine[id].saved) > Date.parse(entry.saved);
    if (newer || JSON.stringify(mine?.[id]) === JSON.stringify(entry)) continue;
    merged[id] = entry;
    brought += 1;
  }
  const same = Object.keys(theirs).length - brought;
  await writeText(ANSWERS, JSON.stringify({ version: VERSION, answers: merged }, null, 1), "application/json");
  say(`Restored ${answersWord(brought)}.` + (same ? ` For ${same} more, this browser had the same or a newer one, which stays.` : ""));
  await show();
}

const tried = (action) => (...given) =>
  action(...given).catch(() => say("That did not work: this browser will not let the page reach its files. Try an ordinary window."));

download.addEventListener("click", tried(save));
choose.addEventListener("change", tried(async () => {
  const [file] = choose.files;
  if (file) await restore(file);
  choose.value = "";
}));
await tried(show)();
