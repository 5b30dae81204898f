// Runs on a module's page before JupyterLite does: shows how far the course has come, clears the way for the newest
// version of the module, and keeps the course in this browser.

import { bringAll, obstacle, root } from "./site.js";
import { allFiles, moveFile, removeFile } from "./storage.js";

const PATIENCE = 90000; // ms until the learner is told that something may be wrong
const UPDATE_PATIENCE = 3000; // ms to wait for word of a newer version

const screen = document.getElementById("opening");
const words = screen.querySelector(".opening-step");
const bar = screen.querySelector(".opening-bar");

function say(text, action, label) {
  words.textContent = text;
  screen.querySelector("button")?.remove();
  if (!action) return;
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
  button.addEventListener("click", action);
  screen.append(button);
}

/** What tells two versions of a module apart: its cells' kind and text. The builder reckons it in the same way. */
async function fingerprint({ cells }) {
  const text = cells.map(({ cell_type, source }) => `${cell_type}\n${[source].flat().join("")}\n`).join("");
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A saved copy of a module hides the site's own, newer or not. So it goes, unless the learner changed what it says. */
async function clearSavedModules() {
  for (const file of await allFiles()) {
    const placed = file.content?.metadata?.iep_training?.fingerprint;
    if (file.type !== "notebook" || !placed) continue;
    if ((await fingerprint(file.content)) === placed) await removeFile(file.path);
    else if (!file.path.includes(" (yours ")) await moveFile(file, nameOfOwn(file.path));
  }
}

const nameOfOwn = (path) => path.replace(/\.ipynb$/, ` (yours ${new Date().toISOString().slice(0, 19).replaceAll(":", ".")}).ipynb`);

/** Ways out of the module, in the line at its top. */
function addWays(line) {
  const ways = document.createElement("nav");
  ways.className = "opening-ways";
  ways.setAttribute("aria-label", "Course");
  for (const [words, page] of [["All modules", "index.html"], ["Your work", "your-work.html"]]) {
    ways.append(Object.assign(document.createElement("a"), { href: new URL(page, root).href, textContent: words }));
  }
  line.append(ways);
}

/** Once the module is on the page, only a line at the bottom is left, until the whole course is in this browser. */
function stepAside(late) {
  clearTimeout(late);
  if (bar.value === 1) return screen.remove();
  screen.classList.add("opening-beside");
  say("Bringing the course to this browser…");
}

function watch() {
  const late = setTimeout(
    () => say("This takes longer than it should. Check the connection, then load the page again. Your answers are safe.",
      () => location.reload(), "Load again"),
    PATIENCE,
  );
  const seen = new MutationObserver(() => {
    const line = document.querySelector(".iep-status");
    if (!line || !document.querySelector(".jp-Notebook .jp-Cell")) return;
    seen.disconnect();
    addWays(line);
    stepAside(late);
    keep();
  });
  seen.observe(document.body, { childList: true, subtree: true });
}

/** Bring what is missing. Starts once the module is on the page, which must not wait for the rest. */
function keep() {
  bringAll((share, stopped) => {
    bar.value = share;
    if (share === 1 || stopped) screen.remove();
  }).catch(() => screen.remove());
}

/** When the site has a newer version than the one kept here, begin again with it. Without a network, go on at once. */
async function newestFirst() {
  const { controller } = navigator.serviceWorker;
  const registration = controller && (await navigator.serviceWorker.getRegistration());
  if (!registration) return;
  const tooLong = new Promise((resolve) => setTimeout(resolve, UPDATE_PATIENCE));
  const replaced = new Promise((resolve) =>
    navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true), { once: true }));
  await Promise.race([registration.update().catch(() => {}), tooLong]);
  if (registration.active === controller && !registration.installing && !registration.waiting) return;
  if (!(await Promise.race([replaced, tooLong]))) return;
  location.reload();
  await new Promise(() => {}); // the rest of this page must not start
}

const trouble = obstacle();
if (trouble) {
  say(trouble);
  await new Promise((resolve) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Go on anyway" });
    button.addEventListener("click", resolve);
    screen.append(button);
  });
  words.textContent = "";
}
watch();
if (!trouble) await Promise.all([newestFirst(), clearSavedModules()]).catch(console.warn);
