// Turns a notebook of the course (its metadata says "iep_training") into a page: page.css hides code and clutter, the
// practice starts by itself, and one line at the top says whether it is running.
//
// Written by hand in the form in which JupyterLab, Notebook 7 and JupyterLite load extensions (a "module federation
// container": `init` is handed the parts the application shares, `get` returns the plugin), so nothing is ever built.
(() => {
  const NAME = "iep-training";
  const START = '[data-commandlinker-command="notebook:run-all-cells"]';
  const STOPPED = ["restarting", "autorestarting", "terminating", "dead"];
  const style = new URL("page.css", document.currentScript.src);
  let parts;

  const part = async (name) => (await Object.values(parts[name])[0].get())();

  class CoursePage {
    constructor(panel, { NotebookActions, Dialog }) {
      this.panel = panel;
      this.run = () => NotebookActions.runCells(panel.content, panel.content.widgets, panel.sessionContext);
      this.dismissDialogs = () => Dialog.flush();
      this.running = false; // the practice is being prepared
      this.ready = false; // the practice is on the page and answers
      this.opened = this.text;

      const bar = document.createElement("div");
      bar.className = "iep-status";
      bar.innerHTML = '<span role="status"></span><button type="button" hidden>Start again</button>';
      [this.status, this.again] = bar.children;
      this.again.addEventListener("click", () => this.start());
      panel.toolbar.node.append(bar);
      panel.addClass("iep-page");

      panel.node.addEventListener("click", (event) => this.onClick(event), true);
      window.addEventListener("keydown", (event) => this.onKey(event), true); // before Jupyter looks at the key
      panel.sessionContext.statusChanged.connect((_, status) => STOPPED.includes(status) && this.stopped(status));
      NotebookActions.executed.connect((_, { notebook, cell }) => notebook === panel.content && this.onExecuted(cell));
      panel.sessionContext.connectionStatusChanged.connect((_, status) => this.ready && this.onConnection(status));
    }

    say(text, { again = false } = {}) {
      this.status.textContent = text;
      this.again.hidden = !again;
    }

    // Runs every practice cell, without moving the page.
    async start() {
      if (this.running || this.ready) return;
      this.running = true;
      this.say("Getting the practice ready…");
      await this.panel.sessionContext.ready;
      this.ready = await this.run().catch(() => false);
      this.running = false;
      // What the practice shows is drawn anew at every opening: no need to ask whether to save it on leaving.
      if (this.text === this.opened) this.panel.model.dirty = false;
      if (this.ready) this.say("Practice is ready.");
      else this.say("The practice could not start. Try once more, or close the course and open it again.", { again: true });
    }

    // Run from Jupyter's own menu (Restart Kernel and Run All Cells), the practice is as ready as after Start.
    onExecuted(cell) {
      const last = this.panel.content.widgets.findLast(({ model }) => model.type === "code");
      if (this.running || cell !== last) return;
      this.ready = true;
      this.say("Practice is ready.");
    }

    onConnection(status) {
      if (status === "connected") this.say("Practice is ready.");
      else this.say("This page has lost touch with the course. Open the course again, then reload this page.");
    }

    stopped(status) {
      this.ready = false;
      if (status === "autorestarting") this.dismissDialogs(); // “The kernel appears to have died” helps no teacher
      this.say("The practice has stopped. What you saved is safe.", { again: true });
    }

    onClick(event) {
      const taken = this.onStart(event.target.closest(START)) || this.onLink(event.target.closest("a"));
      if (!taken) return;
      event.preventDefault();
      event.stopPropagation();
    }

    // Where this extension is missing, the page's Start button runs the cells through Jupyter itself.
    onStart(button) {
      if (!button || !this.trusted) return false;
      if (this.ready) this.say("Practice is ready. Read on: it waits for you further down.");
      else this.start();
      return true;
    }

    // On Notebook 7's one-page screen a link to a module turns the page; Jupyter would open another tab each time.
    onLink(link) {
      const module = link?.pathname.match(/\/files\/(.+\.ipynb)$/)?.[1];
      if (!document.body.dataset.notebook || !module) return false;
      window.location.assign(window.location.href.replace(encodeURI(this.panel.context.path), module));
      return true;
    }

    // Jupyter's keys for editors of notebooks (b inserts a cell, 0 0 restarts) must not surprise a reader. Ctrl or Cmd with
    // a letter, as for saving, and everything inside a cell that is meant for writing, stay as they are.
    onKey(event) {
      if (this.panel.isDisposed) return;
      const { activeCell, mode, node } = this.panel.content;
      if (event.key === "Tab") this.panel.addClass("iep-by-key");
      if (!node.contains(event.target)) return;
      const accelerator = (event.ctrlKey || event.metaKey) && event.key !== "Enter";
      const opensCell = event.target === activeCell?.node && activeCell.model.getMetadata("editable") !== false;
      const allowed = mode === "edit" || accelerator || (event.key === "Enter" && opensCell);
      event.target.toggleAttribute("data-lm-suppress-shortcuts", !allowed);
    }

    get text() {
      return JSON.stringify(this.panel.content.widgets.map(({ model }) => [model.type, model.sharedModel.getSource()]));
    }

    get trusted() {
      return this.panel.content.widgets.every(({ model }) => model.type !== "code" || model.trusted);
    }
  }

  const load = async () => {
    const { INotebookTracker, NotebookActions } = await part("@jupyterlab/notebook");
    const { Dialog } = await part("@jupyterlab/apputils");
    const activate = (app, tracker) => {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
      tracker.widgetAdded.connect(async (_, panel) => {
        await panel.context.ready;
        if (!panel.model.getMetadata("iep_training")) return;
        app.shell.collapseTop?.(); // Notebook 7's logos and file name say nothing to a reader
        const page = new CoursePage(panel, { NotebookActions, Dialog });
        if (page.trusted) page.start();
      });
    };
    return () => ({ default: { id: `${NAME}:page`, autoStart: true, requires: [INotebookTracker], activate }, __esModule: true });
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = { init: (shared) => void (parts = shared), get: load };
})();
