"""Formgrader and feedback in a real browser: an instructor grades by hand, sees no code, and nothing leaves."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nbcourse import ASSIGNMENT, Course

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.server]


@pytest.fixture(scope="module")
def desk(classroom: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The graded classroom, copied so that the instructor of these tests may change it."""
    root = tmp_path_factory.mktemp("desk") / "course"
    shutil.copytree(classroom.root, root)
    return Course(root, classroom.exchange)


@pytest.fixture(scope="module")
def formgrader(desk: Course) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyter", "server", f"--port={port}", "--ip=127.0.0.1", "--no-browser"]
    command += ["--allow-root", "--ServerApp.token=", "--ServerApp.password="]
    with (desk.root.parent / "server.txt").open("w") as log:
        server = subprocess.Popen(command, cwd=desk.root, env=desk.environment(), stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api", server)
        yield f"{address}/formgrader"
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.3)
    raise TimeoutError("the server did not start")


@pytest.fixture
def outside(page: Page) -> list[str]:
    """Every address off this machine that the page asked for."""
    asked: list[str] = []
    local = ("http://127.0.0.1", "data:", "file:")
    page.on("request", lambda request: None if request.url.startswith(local) else asked.append(request.url))
    return asked


def _submission(desk: Course, name: str) -> str:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{desk.root / 'gradebook.db'}") as gradebook:
        return gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, name).id


def _picture(page: Page, folder: Path | None, name: str) -> None:
    if folder:
        page.screenshot(path=folder / f"{name}.png", full_page=True)


def test_the_list_says_who_waits_for_the_instructor(
    formgrader: str, page: Page, outside: list[str], screenshots: Path | None
) -> None:
    page.goto(f"{formgrader}/gradebook/{ASSIGNMENT}/{ASSIGNMENT}")
    page.wait_for_selector("tbody tr:nth-child(8)")
    page.get_by_text("Show All Names").click()
    _picture(page, screenshots, "formgrader-list")
    waiting = page.locator("tbody tr:has(td.needs-manual-grade .glyphicon-ok)")
    assert [row.split("\t")[1] for row in waiting.all_inner_texts()] == ["hana"]
    assert outside == []


def test_an_instructor_grades_a_reflection_with_the_rubric_in_sight(
    formgrader: str, desk: Course, page: Page, outside: list[str], screenshots: Path | None
) -> None:
    from nbgrader.api import Gradebook

    page.goto(f"{formgrader}/submissions/{_submission(desk, 'elif')}/")
    page.wait_for_load_state("networkidle")
    text = page.inner_text("body")
    assert "1 point: says that the need stays in the IEP" in text
    assert "Strengths-based just means leaving out the bad parts" in text
    assert "import" not in text
    for box, words in (("#g02-5", "2.5"), ("#g02-5-comment", "Two of three, and half way to the last.")):
        with page.expect_response(lambda response: response.request.method == "PUT"):
            page.fill(box, words)
            page.locator(box).blur()
    _picture(page, screenshots, "formgrader-manual")
    with Gradebook(f"sqlite:///{desk.root / 'gradebook.db'}") as gradebook:
        assert gradebook.find_grade("g02-5", ASSIGNMENT, ASSIGNMENT, "elif").manual_score == 2.5
        comment = gradebook.find_comment("g02-5", ASSIGNMENT, ASSIGNMENT, "elif")
        assert comment.manual_comment == "Two of three, and half way to the last."
    assert outside == []


def test_a_ready_comment_is_added_and_kept(formgrader: str, desk: Course, page: Page, screenshots: Path | None) -> None:
    from nbgrader.api import Gradebook

    page.goto(f"{formgrader}/submissions/{_submission(desk, 'gus')}/")
    page.wait_for_load_state("networkidle")
    page.get_by_text("Ready comments").click()
    for words in ("Say why the need has to stay: which services follow from it?", "Please add an example of your own."):
        with page.expect_response(lambda response: response.request.method == "PUT"):
            page.get_by_role("button", name=words).click()
    _picture(page, screenshots, "formgrader-comments")
    with Gradebook(f"sqlite:///{desk.root / 'gradebook.db'}") as gradebook:
        kept = gradebook.find_comment("g02-5", ASSIGNMENT, ASSIGNMENT, "gus").manual_comment
    assert kept == (
        "Say why the need has to stay: which services follow from it? Please add an example of your own. One is enough."
    )


def _brightness(page: Page, which: str) -> int:
    color = page.evaluate(f"getComputedStyle(document.body).{which}")
    return sum(int(part) for part in re.findall(r"\d+", color)[:3])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_feedback_is_readable_in_light_and_dark_and_on_a_phone(
    classroom: Course, page: Page, outside: list[str], screenshots: Path | None, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(classroom.feedback("elif").as_uri())
    _picture(page, screenshots, f"feedback-phone-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1000, "height": 900})
    _picture(page, screenshots, f"feedback-{scheme}")
    ink, paper = (_brightness(page, which) for which in ("color", "backgroundColor"))
    assert abs(ink - paper) > 500
    assert (ink < paper) == (scheme == "light")
    assert page.locator("article").count() == 8
    assert page.locator("img[alt^='Chart']").count() == 3
    assert outside == []
