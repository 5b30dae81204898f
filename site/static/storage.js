// The learner's files in this browser, as JupyterLite keeps them: one record a file, its name the key.

const DATABASE = "iep-training"; // the "contentsStorageName" in jupyter-lite.json
const FILES = "files";

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("another tab holds the course's files"));
  });

async function open() {
  const here = await settled(indexedDB.open(DATABASE));
  if (here.objectStoreNames.contains(FILES)) return here;
  // A first visit: JupyterLite has not made its place for files yet.
  const version = here.version + 1;
  here.close();
  const request = indexedDB.open(DATABASE, version);
  request.onupgradeneeded = () => request.result.createObjectStore(FILES);
  return settled(request);
}

/** Do something with the store of files, and close it again, so that JupyterLite is never kept waiting. */
async function withFiles(mode, action) {
  const database = await open();
  try {
    return await action(database.transaction(FILES, mode).objectStore(FILES));
  } finally {
    database.close();
  }
}

/** Every file: `{name, path, type, format, content, ...}`. */
export const allFiles = () => withFiles("readonly", (files) => settled(files.getAll()));

/** One file, or undefined. */
export const getFile = (path) => withFiles("readonly", (files) => settled(files.get(path)));

export const removeFile = (path) => withFiles("readwrite", (files) => settled(files.delete(path)));

export const moveFile = (file, path) =>
  withFiles("readwrite", async (files) => {
    await settled(files.put({ ...file, path, name: path.split("/").pop() }, path));
    await settled(files.delete(file.path));
  });

/** Write a text file, new or in place of what is there. */
export const writeText = (path, content, mimetype) =>
  withFiles("readwrite", async (files) => {
    const before = await settled(files.get(path));
    const now = new Date().toISOString();
    const name = path.split("/").pop();
    const size = new Blob([content]).size;
    const made = { name, path, type: "file", format: "text", mimetype, writable: true, created: now };
    await settled(files.put({ ...made, ...before, format: "text", content, size, last_modified: now }, path));
  });
