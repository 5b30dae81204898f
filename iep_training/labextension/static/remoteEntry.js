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
    constructor(panel, run) {
      this.panel = panel;
      this.run = run;
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
      panel.node.addEventListener("keydown", (event) => this.onKey(event));
      panel.sessionContext.statusChanged.connect((_, status) => STOPPED.includes(status) && this.stopped());
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
      const { content, sessionContext, model } = this.panel;
      await sessionContext.ready;
      this.ready = await this.run(content, content.widgets, sessionContext);
      this.running = false;
      // What the practice shows is drawn anew at every opening: no need to ask whether to save it on leaving.
      if (this.text === this.opened) model.dirty = false;
      if (this.ready) this.say("Practice is ready.");
      else this.say("The practice could not start. Try once more, or close the course and open it again.", { again: true });
    }

    stopped() {
      this.ready = false;
      this.say("The practice has stopped. What you saved is safe.", { again: true });
    }

    // The Start button in the page runs the cells through Jupyter itself, where this extension is missing.
    onClick(event) {
      if (!event.target.closest(START) || !this.trusted) return;
      event.preventDefault();
      event.stopPropagation();
      if (this.ready) this.say("Practice is ready. Read on: it waits for you further down.");
      else this.start();
    }

    // Jupyter's single-key commands (b inserts a cell, m changes its kind) are for people who edit notebooks.
    onKey(event) {
      const { activeCell, mode } = this.panel.content;
      if (mode === "edit" || event.ctrlKey || event.metaKey || event.altKey || event.key === "Tab") return;
      if (event.key === "Enter" && activeCell?.model.getMetadata("editable") !== false) return;
      event.stopPropagation();
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
    const run = NotebookActions.runCells.bind(NotebookActions);
    const activate = (app, tracker) => {
      document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
      tracker.widgetAdded.connect(async (_, panel) => {
        await panel.context.ready;
        if (!panel.model.getMetadata("iep_training")) return;
        app.shell.collapseTop?.(); // Notebook 7's logos and file name say nothing to a reader
        const page = new CoursePage(panel, run);
        if (page.trusted) page.start();
      });
    };
    return () => ({ default: { id: `${NAME}:page`, autoStart: true, requires: [INotebookTracker], activate }, __esModule: true });
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = { init: (shared) => void (parts = shared), get: load };
})();
