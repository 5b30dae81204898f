// Run by the builder with Node.js: `node precompile.mjs SITE`. Starts the site's own Python, the very one that visitors
// get, and lets it compile what it will run (precompile.py, beside this file).

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const site = resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(`${site}/static/pyodide/pyodide.mjs`).href);
const { litePluginSettings } = JSON.parse(readFileSync(`${site}/jupyter-lite.json`, "utf-8"))["jupyter-config-data"];
const kernel = litePluginSettings["@jupyterlite/pyodide-kernel-extension:kernel"];

const python = await loadPyodide({
  indexURL: `${site}/static/pyodide/`,
  lockFileURL: `${site}/static/pyodide-lock/pyodide-lock.json`,
});
await python.loadPackage(kernel.loadPyodideOptions.packages, { messageCallback: () => {} });
python.mountNodeFS("/site", site);
python.runPython(readFileSync(new URL("precompile.py", import.meta.url), "utf-8"));
