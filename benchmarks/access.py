"""The same barriers looked for in three ways to practice in a notebook: this course, jupyterquiz, and plain ipywidgets.

Run `python benchmarks/access.py`. Each shows a choice of one, a choice of several and a box to write in, on the same
page of the same Jupyter Notebook: empty, answered wrong and answered right, in light and dark, 1280 and 320 px wide. In
each of these views axe looks at what the cells show (not at Jupyter around it), and targets are measured. Then one
choice is taken by keyboard and its reply listened for. jupyterquiz is brought into a temporary environment by uv; the
plain widgets are what an author would write with ipywidgets' own documentation.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import chromium
import nbformat
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
WIDTHS = (1280, 320)
OUTPUT = ".jp-OutputArea-output"
WAIT = 60_000

# What can be acted on and is smaller than 24 by 24 px. Of a label with its button or box in it, the label counts.
SMALL = f"""() => [...document.querySelectorAll("{OUTPUT} :is(button, a, summary, textarea, select, input)")]
  .map((one) => (one.matches("label input") ? one.closest("label") : one))
  .filter((one) => one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().width < 24 || one.getBoundingClientRect().height < 24).length"""

# Whether new words (other than in a hidden place) come into a region that screen readers are told of.
LISTEN = """() => {
  window.told = [];
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const near = target.nodeType === 1 ? target : target.parentElement;
      const region = near?.closest("[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]");
      if (region?.closest(".jp-OutputArea-output") && region.textContent.trim()) window.told.push(region.textContent);
    }
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}"""
ON_CHOICE = f"""() => Boolean(document.activeElement.closest(
  '{OUTPUT} :is(input[type=radio], input[type=checkbox], .MCButton, label)'))"""


@dataclass
class Way:
    """One way to practice: the code of its cells, and how a learner answers all three tasks wrong or right."""

    name: str
    cells: list[str]
    wrong: Callable[[Page], None]
    right: Callable[[Page], None]


@dataclass
class Found:
    """What was found: how often axe looked, its violations by rule, the targets too small, and two questions of use."""

    looks: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    small: int = 0
    by_keyboard: bool = False
    announced: bool = False
    cell_survives: bool = False


# --- the three ways -------------------------------------------------------------------------------------

COURSE = [
    'from iep_training import practice; practice("01-does-well")',
    'from iep_training import practice; practice("03-evidence")',
    'from iep_training import practice; practice("02-honest")',
]

QUESTIONS = """
one = {"question": "Which line belongs in the strengths section?", "type": "multiple_choice", "answers": [
    {"answer": "Likes school", "correct": False, "feedback": "Say what the student does."},
    {"answer": "Explains a problem to a partner", "correct": True, "feedback": "Yes."}]}
many = {"question": "Which notes can be used?", "type": "many_choice", "answers": [
    {"answer": "Is smart", "correct": False, "feedback": "What did he do?"},
    {"answer": "Counted out lunch money", "correct": True, "feedback": "Yes."}]}
text = {"question": "Turn it around: refused to take part", "type": "string", "answers": [
    {"answer": "needs more support", "correct": True, "feedback": "Yes."}]}
"""
QUIZ = [
    f"{QUESTIONS}\nfrom jupyterquiz import display_quiz\ndisplay_quiz([{name}])" for name in ("one", "many", "text")
]

PLAIN = [
    """import ipywidgets as w
box, go, out = w.RadioButtons(options=["Likes school", "Explains a problem to a partner"], description="Strength?"), \
w.Button(description="Check"), w.Output()
def check(_):
    out.clear_output()
    with out: print("Yes." if box.value.startswith("Explains") else "Say what the student does.")
go.on_click(check)
w.VBox([box, go, out])""",
    """import ipywidgets as w
boxes = [w.Checkbox(description="Is smart"), w.Checkbox(description="Counted out lunch money")]
many_go, many_out = w.Button(description="Check"), w.Output()
def many_check(_):
    many_out.clear_output()
    with many_out: print("Yes." if [b.value for b in boxes] == [False, True] else "Look again.")
many_go.on_click(many_check)
w.VBox([*boxes, many_go, many_out])""",
    """import ipywidgets as w
text, text_go, text_out = w.Textarea(description="Your version"), w.Button(description="Check"), w.Output()
def text_check(_):
    text_out.clear_output()
    with text_out: print("Yes." if "support" in text.value else "Look again.")
text_go.on_click(text_check)
w.VBox([text, text_go, text_out])""",
]


def course_answers(many: int, text: str, place: int) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        cards = page.locator(f"{OUTPUT} .practice")
        cards.nth(0).get_by_role("radio").nth(place).check()
        for number in range(many):
            cards.nth(1).get_by_role("checkbox").nth(number).check()
        cards.nth(2).get_by_role("textbox").fill(text)
        for number in range(3):
            cards.nth(number).get_by_role("button", name="Check", exact=True).click()
            cards.nth(number).locator(".practice-feedback:not([hidden])").wait_for()

    return act


def quiz_answers(one: str, many: str, text: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        output = page.locator(OUTPUT)
        output.get_by_text(one, exact=True).click()
        output.get_by_text(many, exact=True).click()
        output.get_by_role("textbox").fill(text)
        output.get_by_role("textbox").press("Enter")
        page.wait_for_timeout(500)

    return act


def plain_answers(one: str, many: str, text: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        output = page.locator(OUTPUT)
        output.get_by_text(one, exact=True).click()
        output.get_by_text(many, exact=True).click()
        output.get_by_role("textbox").fill(text)
        for button in output.get_by_role("button", name="Check").all():
            button.click()
        page.wait_for_timeout(1500)

    return act


WAYS = (
    Way(
        "this course",
        COURSE,
        course_answers(1, "He refused to work.", 0),
        course_answers(3, "Needs more support to take part.", 1),
    ),
    Way(
        "jupyterquiz",
        QUIZ,
        quiz_answers("Likes school", "Is smart", "no"),
        quiz_answers("Explains a problem to a partner", "Counted out lunch money", "needs more support"),
    ),
    Way(
        "plain ipywidgets",
        PLAIN,
        plain_answers("Likes school", "Is smart", "no"),
        plain_answers("Explains a problem to a partner", "Counted out lunch money", "needs more support"),
    ),
)


# --- looking --------------------------------------------------------------------------------------------


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        packages = _with_jupyterquiz(place)
        results = {}
        with _server(place, packages) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.program(), args=chromium.FLAGS)
            for way in WAYS:
                results[way.name] = _look_at(way, place, address, browser)
    _print(results)


def _look_at(way: Way, place: Path, address: str, browser: Browser) -> Found:
    found = Found()
    above = nbformat.v4.new_markdown_cell("# A module\n\n## Practice")
    notebook = nbformat.v4.new_notebook(cells=[above, *map(nbformat.v4.new_code_cell, way.cells)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, place / "work" / "page.ipynb")
    for theme, full_name in THEMES.items():
        _choose_theme(place, full_name)
        for state in ("empty", "wrong", "right"):
            (place / "work" / "answers.json").unlink(missing_ok=True)
            page = _open(browser, address, len(way.cells))
            if state != "empty":
                getattr(way, state)(page)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                for violation in Axe().run(page, context=OUTPUT).response["violations"]:
                    found.rules[violation["id"]] += len(violation["nodes"])
                found.small += page.evaluate(SMALL)
                found.looks += 1
                _picture(page, f"{way.name}-{theme}-{state}-{width}")
            page.context.close()
    _use(way, place, address, browser, found)
    return found


def _use(way: Way, place: Path, address: str, browser: Browser, found: Found) -> None:
    """Take a choice by keyboard, listen for the reply, and press x on a choice, which deletes a cell in Jupyter."""
    (place / "work" / "answers.json").unlink(missing_ok=True)
    page = _open(browser, address, len(way.cells))
    page.locator(".jp-CodeCell .jp-InputArea").first.click()
    page.keyboard.press("Escape")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(ON_CHOICE):
            found.by_keyboard = True
            break
    if found.by_keyboard:
        page.keyboard.press("x")
        page.wait_for_timeout(1500)
        found.cell_survives = page.locator(".jp-CodeCell").count() == len(way.cells)
    page.context.close()
    page = _open(browser, address, len(way.cells))
    page.evaluate(LISTEN)
    with suppress(Exception):
        way.wrong(page)
    page.wait_for_timeout(6000)
    found.announced = bool(page.evaluate("window.told.length"))
    page.context.close()


def _open(browser: Browser, address: str, cells: int) -> Page:
    """The notebook, run: each cell has shown something."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.goto(address)
    page.locator(".jp-CodeCell").nth(cells - 1).wait_for()
    ran = f"""(cells) => [...document.querySelectorAll(".jp-CodeCell")]
      .filter((cell) => cell.querySelector("{OUTPUT} :is(input, textarea)")).length >= cells"""
    for _ in range(8):  # while the kernel is starting, Jupyter does nothing, or says that there is none yet
        page.keyboard.press("Escape")
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        with suppress(TimeoutError):
            page.wait_for_function(ran, arg=cells, timeout=15_000)
            break
    page.wait_for_timeout(1500)
    return page


def _picture(page: Page, name: str) -> None:
    folder = os.environ.get("IEP_SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"access-{name.replace(' ', '-')}.png", full_page=True)


# --- setting up -----------------------------------------------------------------------------------------


def _with_jupyterquiz(place: Path) -> Path:
    """A new environment with jupyterquiz in it. Returns the folder of its packages."""
    environment = place / "peers"
    found = os.environ.get("UV") or shutil.which("uv")  # `uv run` names itself
    uv = [found] if found else [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "-q", "--python", sys.executable, environment], check=True)
    subprocess.run([*uv, "pip", "install", "-q", "--python", environment, "jupyterquiz"], check=True)
    return next(environment.rglob("site-packages"))


def _choose_theme(place: Path, theme: str) -> None:
    settings = place / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "themes.jupyterlab-settings").write_text(json.dumps({"theme": theme}), encoding="utf-8")


@contextmanager
def _server(place: Path, packages: Path) -> Iterator[str]:
    """A Jupyter server of its own on the folder `work`; gives the address of its page."""
    (place / "work").mkdir()
    token = secrets.token_hex(8)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONPATH": str(packages),
        "JUPYTERLAB_SETTINGS_DIR": str(place / "settings"),
        "JUPYTER_DATA_DIR": str(place / "data"),
        "JUPYTER_CONFIG_DIR": str(place / "config"),
    }
    command = [sys.executable, "-m", "notebook", "--no-browser", "--allow-root", f"--port={port}"]
    command += [f"--IdentityProvider.token={token}", "--ServerApp.log_level=CRITICAL", str(place / "work")]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(240):
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={token}", timeout=2).close()
                break
            time.sleep(0.25)
        yield f"http://127.0.0.1:{port}/notebooks/page.ipynb?token={token}"
    finally:
        server.terminate()
        server.wait(30)


def _print(results: dict[str, Found]) -> None:
    print("| | " + " | ".join(results) + " |")
    print("| --- |" + " --- |" * len(results))
    rows: dict[str, Callable[[Found], object]] = {
        "Screens axe looked at": lambda one: one.looks,
        "Elements that break a rule": lambda one: sum(one.rules.values()),
        "Rules broken": lambda one: ", ".join(f"{rule} {count}" for rule, count in one.rules.most_common()) or "none",
        "Targets under 24 px": lambda one: one.small,
        "A choice can be reached with Tab": lambda one: "yes" if one.by_keyboard else "no",
        "`x` on a choice leaves the cell in place": lambda one: "yes" if one.cell_survives else "no",
        "The reply is announced": lambda one: "yes" if one.announced else "no",
    }
    for name, tell in rows.items():
        print(f"| {name} | " + " | ".join(str(tell(one)) for one in results.values()) + " |")


if __name__ == "__main__":
    main()
