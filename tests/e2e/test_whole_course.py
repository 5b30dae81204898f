"""A teacher goes through all eleven modules by keyboard alone, closes the browser half way, comes back and finishes."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from by_keyboard import Focus, KeyboardLearner
from playwright.sync_api import Browser, BrowserContext, Page
from sitting import Sitting, learn

from iep_training import content
from iep_training.feedback import check
from iep_training.model import Activity, Module

pytestmark = [pytest.mark.browser, pytest.mark.server]

LEAVES_AT = "06-goal"  # the text she is in the middle of when the browser is closed
READY = "Practice is ready."


def activities_of(module: Module) -> list[tuple[str, Activity]]:
    """Every activity a module's page shows, in order, each with the title of its set."""
    notebook = nbformat.read(content.course_folder() / "modules" / module.notebook, as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    sets = [content.activity_set(name) for name in re.findall(r'practice\("([^"]+)"\)', code)]
    return [(one.title, activity) for one in sets for activity in one.activities]


class Walk:
    """The learner's way through the course: her page, what she has answered, and what the browser saw meanwhile."""

    def __init__(self, browser: Browser, course: Sitting) -> None:
        self.browser = browser
        self.course = course
        self.answered: set[str] = set()
        self.not_right: list[str] = []
        self.asked: set[str] = set()
        self.errors: list[str] = []
        self.context: BrowserContext
        self.open()

    def open(self) -> None:
        """Open a browser that remembers nothing, on the page the course gave the address of."""
        self.context = self.browser.new_context(viewport={"width": 1000, "height": 900}, reduced_motion="reduce")
        self.context.set_default_timeout(60_000)
        self.context.on("request", lambda request: self.asked.add(request.url))
        self.context.on("console", lambda said: self.note(said.type, said.text, said.location["url"]))
        self.context.on("weberror", lambda broken: self.note("error", broken.error.message, broken.error.stack or ""))
        self.page: Page = self.context.new_page()
        self.page.on("websocket", lambda socket: self.asked.add(socket.url))
        self.learner = KeyboardLearner(self.page)
        self.page.goto(self.course.address)

    def note(self, kind: str, words: str, where: str) -> None:
        """Keep errors of our own; Jupyter's own scripts have their own."""
        if kind == "error" and "/static/notebook/" not in where:
            self.errors.append(f"{words} ({where})")

    def module(self, module: Module, leave_at: str = "") -> None:
        """Answer all that is still open on this page; or leave it in the middle of one text."""
        self.page.wait_for_url(f"**/{module.notebook}*")
        self.page.get_by_text(READY).wait_for()
        for place, activity in activities_of(module):
            if activity.id in self.answered:
                continue
            self.reach(place, activity)
            answer = activity.strong[0]
            if activity.id == leave_at:
                self.learner.fill(activity, answer)
                self.learner.wait_until_saved()
                return
            if not self.learner.answer(activity, answer):
                self.not_right.append(activity.id)
            self.answered.add(activity.id)
        self.look_for_failures()

    def reach(self, place: str, activity: Activity) -> None:
        """Tab to the activity: with Next in its own practice, or on to a practice that opens with it."""

        def is_there(focus: Focus) -> bool:
            return focus.practice == place and focus.task == activity.title

        focus = self.learner.focus()
        if focus.practice == place and not is_there(focus):
            self.learner.tab_to_name("Next")
            focus = self.learner.press("Enter")
            assert is_there(focus), f"Next led to {focus}, and not to {activity.title}"
        elif not is_there(focus):
            self.learner.tab_to(is_there, f"{place}: {activity.title}")

    def look_for_failures(self) -> None:
        assert "Traceback" not in self.page.content()
        for kind in ("error", "stderr"):
            assert self.page.locator(f'[data-mime-type="application/vnd.jupyter.{kind}"]').count() == 0


def test_all_eleven_modules_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    modules = content.modules()
    everything = {one.id: one for module in modules for _, one in activities_of(module)}
    with learn(tmp_path) as course:
        walk = Walk(browser, course)
        left = next(module for module in modules if any(one.id == LEAVES_AT for _, one in activities_of(module)))
        half_way = modules.index(left)
        for module, following in pairwise(modules[: half_way + 1]):
            walk.module(module)
            walk.learner.follow_link_to(following.notebook)
        walk.module(left, leave_at=LEAVES_AT)
        walk.context.close()

        walk.open()
        walk.page.get_by_text(READY).wait_for()
        walk.learner.follow_link_to(left.notebook)
        for module, following in pairwise(modules[half_way:]):
            walk.module(module)
            walk.learner.follow_link_to(following.notebook)
        walk.module(modules[-1])
        walk.context.close()

    kept = json.loads((tmp_path / "iep-training" / "answers.json").read_text(encoding="utf-8"))["answers"]
    assert set(kept) == set(everything)
    assert [name for name, entry in kept.items() if not check(everything[name], entry["answer"]).right] == []
    assert walk.not_right == []
    assert walk.errors == []
    assert {address for address in walk.asked if f"//{course.server}/" not in address} <= {"data:", "blob:"}
