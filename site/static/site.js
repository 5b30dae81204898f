// What the site's pages and its modules share: the worker that keeps the course in this browser, and its progress.

export const root = new URL("./", import.meta.url);

// The address under which JupyterLite itself asks for its worker, so that both mean the same one.
const worker = new URL("service-worker.js?enableCache=false", root);
const LITE = LITE_VERSION; // JupyterLite's version

export const channel = new BroadcastChannel(`iep-training ${root.pathname}`);

/** Why the course can't work at this address, in plain words, or "". */
export function obstacle() {
  if (!window.isSecureContext)
    return "This address does not begin with https, so your browser will not keep answers. Ask whoever shared it for an https address.";
  if (!navigator.serviceWorker)
    return "This browser will not keep answers in this window. Private windows of some browsers refuse it: open the page in an ordinary window.";
  return "";
}

/** Start the worker, once the page is up. Resolves to it, or to null where there can be none. */
export async function startWorker() {
  if (obstacle()) return null;
  // JupyterLite throws away workers that it doesn't remember having started.
  localStorage.setItem(`${worker.href}-version`, LITE);
  await navigator.serviceWorker.register(worker, { scope: root });
  return (await navigator.serviceWorker.ready).active;
}

/** Bring the whole course into this browser. `tell(done)` is called with the share that is there, 1 for all. */
export async function bringAll(tell) {
  const active = await startWorker();
  if (!active) return;
  let again;
  const ask = () => {
    active.postMessage("bring all");
    clearTimeout(again);
    again = setTimeout(ask, 20000); // a browser may end a worker that works too long
  };
  channel.addEventListener("message", ({ data }) => {
    if (typeof data?.kept !== "number") return;
    clearTimeout(again);
    if (data.kept < 1 && !data.stopped) again = setTimeout(ask, 20000);
    tell(data.kept, Boolean(data.stopped));
  });
  ask();
}
