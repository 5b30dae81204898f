// Keeps the course in the browser: a file that was brought once is never asked for again until the site changes.
//
// Every file is known by its content. A new version of the site brings only the files that changed, and drops the old.

const FILES = FILES_OF_THE_SITE; // name: [fingerprint of the content, size in bytes], in the order in which to bring them
const scope = new URL("./", self.location).pathname;
const KEPT = `iep-training ${scope}`;
const channel = new BroadcastChannel(KEPT);
const coming = new Map();

const keyOf = (name) => new URL(`${scope}${name}?content=${FILES[name][0]}`, location.origin).href;

/** The name under which an address is kept, or null for everything else, such as the learner's own files. */
function nameOf(address) {
  const { origin, pathname } = new URL(address);
  if (origin !== location.origin || !pathname.startsWith(scope)) return null;
  const name = decodeURIComponent(pathname.slice(scope.length)).replace(/(^|\/)$/, "$1index.html");
  return Object.hasOwn(FILES, name) ? name : null;
}

async function bring(name) {
  const response = await fetch(scope + name, { cache: "no-cache" });
  if (!response.ok) return response;
  const content = await response.arrayBuffer();
  const headers = { "content-type": response.headers.get("content-type") ?? "application/octet-stream" };
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const found = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  // A server may still hand out another version for a while: good enough for now, but not to keep.
  if (found === FILES[name][0]) {
    try {
      await (await caches.open(KEPT)).put(keyOf(name), new Response(content, { headers }));
    } catch {
      // No room in this browser: the course works all the same, as long as there is a network.
    }
  }
  return new Response(content, { headers });
}

async function get(name) {
  const kept = await (await caches.open(KEPT)).match(keyOf(name));
  if (kept) return kept;
  if (!coming.has(name)) coming.set(name, bring(name).finally(() => coming.delete(name)));
  return (await coming.get(name)).clone();
}

async function bringAll() {
  const cache = await caches.open(KEPT);
  const sizeOf = (name) => FILES[name][1];
  const sum = (names) => names.reduce((bytes, name) => bytes + sizeOf(name), 0);
  const names = Object.keys(FILES);
  const all = sum(names);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  const missing = names.filter((name) => !kept.has(keyOf(name)));
  let done = all - sum(missing);
  channel.postMessage({ kept: missing.length ? done / all : 1 });
  const bringNext = async () => {
    for (let name = missing.shift(); name; name = missing.shift()) {
      if (!(await get(name)).ok) throw new Error(name);
      done += sizeOf(name);
      if (missing.length) channel.postMessage({ kept: Math.min(done / all, 0.99) });
    }
  };
  try {
    await Promise.all([bringNext(), bringNext(), bringNext(), bringNext()]);
    channel.postMessage({ kept: 1 });
  } catch {
    channel.postMessage({ kept: done / all, stopped: true });
  }
}

async function dropOld() {
  const cache = await caches.open(KEPT);
  const wanted = new Set(Object.keys(FILES).map(keyOf));
  await Promise.all((await cache.keys()).filter(({ url }) => !wanted.has(url)).map((request) => cache.delete(request)));
}

self.addEventListener("activate", (event) => event.waitUntil(dropOld()));
self.addEventListener("message", (event) => {
  if (event.data === "bring all") event.waitUntil(bringAll());
});
self.addEventListener("fetch", (event) => {
  const name = event.request.method === "GET" ? nameOf(event.request.url) : null;
  if (name) event.respondWith(get(name));
});

// JupyterLite's own worker carries the kernel's reading and writing of files to the page; it also takes over at once.
importScripts("lite-service-worker.js");
