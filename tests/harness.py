"""A bare page that shows one real widget: its ES module, its styles, and its Python side answering every message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

ADDRESS = "http://localhost/practice"
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Module</title>
<style>
body { margin: 0; padding: 16px }
h1, h2 { position: absolute; clip-path: inset(50%) }
@media (prefers-color-scheme: dark) { body { background: #111 } }
</style>
</head>
<body><main><h1>Module</h1><h2>Practice</h2><div id="here"></div></main></body>
</html>"""

# What anywidget gives a widget's `render`: a model with the synced state, messages, and events.
MODEL = """
async ([esm, css, state]) => {
  document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  const listeners = {};
  const fire = (event, value) => (listeners[event] ?? []).forEach((listener) => listener(value));
  const model = {
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    save_changes: () => {},
    on: (event, listener) => { (listeners[event] ??= []).push(listener); },
    off: (event, listener) => { listeners[event] = (listeners[event] ?? []).filter((one) => one !== listener); },
    async send(message) {
      (window.sent ??= []).push(message);
      if (window.dead) return;
      const { reply, answers } = await window.toPython(message);
      await new Promise((resolve) => setTimeout(resolve, window.delay?.(message) ?? 0));
      model.take({ answers });
      fire("msg:custom", reply);
    },
    take(changes) {
      for (const [name, value] of Object.entries(changes)) { state[name] = value; fire(`change:${name}`, value); }
    },
  };
  window.model = model;
  window.jupyterKeys = [];
  document.addEventListener("keydown", (event) => window.jupyterKeys.push(event.key));
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  const widget = (await import(url)).default;
  window.close = widget.render({ model, el: document.querySelector("#here") });
}
"""

# Every text that the polite region is given, with the node it was given in.
LISTEN = """() => {
  window.heard = [];
  const region = document.querySelector("#here [role=status]");
  window.region = region;
  new MutationObserver(() => { if (region.textContent) window.heard.push(region.textContent); })
    .observe(region, { childList: true, characterData: true, subtree: true });
}"""


class Bench:
    """A widget on a page. `dead` cuts the line to Python, as a killed kernel does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.widget: Any = None
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
        page.expose_function("toPython", self._answer)

    def open(self, widget: Any) -> Bench:
        """Show the widget on a fresh page, as running its cell does."""
        self.widget = widget
        self.page.goto(ADDRESS)
        state = {name: value for name, value in widget.get_state().items() if not name.startswith("_")}
        state.pop("layout", None)
        self.page.evaluate(MODEL, [str(widget._esm), str(widget._css), state])
        return self

    def die(self) -> None:
        self.page.evaluate("window.dead = true")

    def revive(self) -> None:
        self.page.evaluate("window.dead = false")

    def picture(self, folder: Path | None, name: str) -> None:
        """A screenshot to look at, when a folder for them is given."""
        if folder is not None:
            self.page.screenshot(path=folder / f"{name}.png", full_page=True)

    def problems(self) -> list[str]:
        """What axe finds wrong on the page, one line each, at WCAG 2.2 AA and best practice."""
        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {node['html']} {node['failureSummary']}" for one in found for node in one["nodes"]]

    def _answer(self, message: Any) -> dict[str, Any]:
        try:
            return {"reply": self.widget.handle(message), "answers": getattr(self.widget, "answers", {})}
        except Exception as error:
            # Raised here it would be lost in the browser.
            self.errors.append(f"{type(error).__name__}: {error}")
            raise
