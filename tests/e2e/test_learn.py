"""A teacher opens the course, reads, answers, and finds every answer again, whatever stops in between."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import nbformat
import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sitting import COMMAND, Sitting, environment, free_port, learn

expect.set_options(timeout=15_000)
pytestmark = [pytest.mark.browser, pytest.mark.server]

MODULE = "02_no_cant_in_ieps"
REWRITE = "With sentence starters on a card, Maya shares her ideas in a small group."
READY = "Practice is ready."
SAVED = re.compile(r"^Saved \d")
KEY_BY_KEY = 150  # milliseconds between keys, a brisk typist


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text(READY)).to_be_visible(timeout=30_000)


def until_it_works(act: Callable[[], None], times: int = 6) -> None:
    """Do it again while the kernel is starting: until then Jupyter does nothing."""
    for left in reversed(range(times)):
        try:
            return act()
        except AssertionError:
            if not left:
                raise


def first_practice(page: Page):
    return page.get_by_role("region", name="First turns")


def answer_box(page: Page):
    """The text box of the first statement, whichever the page shows first."""
    first_practice(page).get_by_role("button", name=re.compile("^Statement 1")).click()
    expect(first_practice(page).get_by_role("heading", name="Group work")).to_be_visible()
    return first_practice(page).get_by_label("Your version")


def saved(home: Path) -> dict[str, str]:
    file = home / "iep-training" / "answers.json"
    entries = json.loads(file.read_text(encoding="utf-8"))["answers"] if file.exists() else {}
    return {name: entry["answer"] for name, entry in entries.items()}


def kernel_process(course: Sitting, page: Page) -> psutil.Process:
    token = course.address.split("token=")[1]
    sessions = page.request.get(f"http://{course.server}/api/sessions?token={token}").json()
    kernel = next(one["kernel"]["id"] for one in sessions if one["path"].startswith(MODULE))
    children = psutil.Process(course.process.pid).children(recursive=True)
    return next(one for one in children if any(kernel in word for word in one.cmdline()))


def picture(page: Page, screenshots: Path | None, name: str) -> None:
    if screenshots:
        page.screenshot(path=screenshots / f"{name}.png")


def test_the_start_page_shows_no_code_and_asks_no_one_elsewhere(
    course: Sitting, page: Page, screenshots: Path | None
) -> None:
    asked = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    open_page(page, course.address)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Recognizing growth").first).to_be_visible()
    for clutter in (".jp-CodeMirrorEditor", ".jp-InputPlaceholder", ".jp-InputPrompt", ".jp-cell-menu", ".jp-Dialog"):
        expect(page.locator(clutter).filter(visible=True)).to_have_count(0)
    expect(page.locator(".Toastify__toast, .jp-toastContainer").filter(visible=True)).to_have_count(0)
    assert "import" not in page.locator(".jp-Notebook").inner_text()
    assert asked == {course.server}
    picture(page, screenshots, "start-page")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, screenshots, "start-page-390")


def test_a_link_turns_the_page(course: Sitting, page: Page) -> None:
    open_page(page, course.address)
    page.get_by_role("link", name="Recognizing growth").first.click()
    page.wait_for_url("**/05_recognizing_growth.ipynb")
    expect(page.get_by_text(READY)).to_be_visible(timeout=30_000)
    page.go_back()
    expect(page.get_by_role("heading", name="The course map")).to_be_visible()


def test_stray_keys_change_nothing(course: Sitting, page: Page) -> None:
    open_page(page, course.address)
    text = page.locator(".jp-Notebook").inner_text()
    page.get_by_role("heading", name="How a module works").click()
    for key in ("a", "b", "x", "d", "d", "m", "y", "Shift+Enter", "Alt+Enter", "Control+Enter", "Enter", "z", "0", "0"):
        page.keyboard.press(key)
    assert page.locator(".jp-Notebook").inner_text() == text
    expect(page.locator(".jp-Dialog")).to_have_count(0)


def test_stray_keys_change_nothing_inside_a_card_of_a_plain_notebook(course: Sitting, home: Path, page: Page) -> None:
    """An assignment is opened as it was released, without the page around it that keeps Jupyter's keys away."""
    code = 'from iep_training import practice; practice("01-does-well")'
    cells = [nbformat.v4.new_code_cell(code), nbformat.v4.new_markdown_cell("After")]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    plain = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(plain, home / "iep-training" / "plain.ipynb")
    page.goto(course.page("plain"))
    choice = page.get_by_role("radio").first

    def run() -> None:
        page.keyboard.press("Escape")  # Jupyter may have said that the kernel is not there yet
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        expect(choice).to_be_visible(timeout=10_000)

    expect(page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]')).to_be_attached(timeout=60_000)
    until_it_works(run)
    page.get_by_role("paragraph").filter(has_text="After").click()
    for key in (
        "x",
        "d",
        "d",
        "m",
        "y",
        "a",
        "b",
        "ArrowDown",
        "Enter",
        "Escape",
        "Shift+Enter",
        "Control+Enter",
        "0",
        "0",
    ):
        choice.focus()
        page.keyboard.press(key)
    expect(page.locator(".jp-Cell")).to_have_count(2)
    expect(choice).to_be_visible()
    expect(page.locator(".jp-Dialog")).to_have_count(0)


@pytest.mark.parametrize("module", ["00_start_here", MODULE, "05_recognizing_growth"])
def test_a_module_has_no_barrier(course: Sitting, page: Page, module: str) -> None:
    """The text, the practice and the line at the top; Jupyter's own menus are Jupyter's."""
    open_page(page, course.page(module))
    ours = [".jp-RenderedHTMLCommon", ".practice", ".iep-status"]
    for scheme, is_light in (("light", "true"), ("dark", "false")):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator(f'body[data-jp-theme-light="{is_light}"]')).to_have_count(1)
        found = Axe().run(page, context={"include": [[one] for one in ours]}).response["violations"]
        assert [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]] == [], scheme


def test_start_is_pressed_without_harm(course: Sitting, page: Page) -> None:
    open_page(page, course.page(MODULE))
    answer_box(page).fill("Maya")
    start = page.get_by_role("button", name="Start", exact=True)
    start.click()
    expect(page.get_by_text("Read on")).to_be_visible()
    expect(start).to_be_in_viewport()
    expect(answer_box(page)).to_have_value("Maya")


def test_an_answer_typed_and_checked_is_found_after_a_restarted_kernel(
    course: Sitting, home: Path, page: Page, screenshots: Path | None
) -> None:
    open_page(page, course.page(MODULE))
    practice, box = first_practice(page), answer_box(page)
    practice.scroll_into_view_if_needed()
    picture(page, screenshots, "rewrite-before")
    box.fill("")
    box.press_sequentially("Maya refuses to write.", delay=KEY_BY_KEY)
    expect(practice.get_by_role("heading", name="Look again")).to_be_visible()
    picture(page, screenshots, "rewrite-typing")
    box.fill("")
    box.press_sequentially(REWRITE, timeout=60_000)
    practice.get_by_role("button", name="Check").click()
    expect(practice.get_by_role("heading", name="This works")).to_be_visible()
    expect(practice.get_by_text(SAVED)).to_be_visible()
    picture(page, screenshots, "rewrite-feedback")
    assert saved(home)["02-refused"] == REWRITE

    page.get_by_role("menuitem", name="Kernel").click()
    page.get_by_role("menuitem", name="Restart Kernel…").click()
    page.get_by_role("dialog").get_by_role("button", name="Confirm Kernel Restart").click()
    expect(page.get_by_text("The practice has stopped")).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text(READY)).to_be_visible(timeout=30_000)
    expect(answer_box(page)).to_have_value(REWRITE)
    picture(page, screenshots, "rewrite-after-restart")


def test_a_killed_kernel_says_not_saved_within_five_seconds_and_the_words_come_back(
    course: Sitting, home: Path, page: Page, screenshots: Path | None
) -> None:
    open_page(page, course.page(MODULE))
    kernel_process(course, page).kill()
    answer_box(page).fill("Maya needs a partner she knows to take part in group work.")
    expect(first_practice(page).get_by_role("alert")).to_contain_text("Not saved", timeout=5_000)
    picture(page, screenshots, "rewrite-not-saved")
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text(READY)).to_be_visible(timeout=30_000)
    expect(answer_box(page)).to_have_value("Maya needs a partner she knows to take part in group work.")
    expect(first_practice(page).get_by_text(SAVED)).to_be_visible()
    assert saved(home)["02-refused"] == "Maya needs a partner she knows to take part in group work."


def test_an_answer_outlives_the_browser_and_the_course(home: Path, page: Page) -> None:
    # Sittings of its own, so that the one the other tests share goes on.
    place = home / "elsewhere"
    with learn(home, "--folder", str(place)) as first:
        assert first.said.splitlines() == [
            "Opening the course. The first time, this can take a minute.",
            f"Your work is kept in {place}",
            "Open this address in your browser:",
            f"    {first.address}",
            "Leave this window open while you work. When you are done, press Ctrl-C here.",
        ]
        open_page(page, first.page(MODULE))
        answer_box(page).fill(REWRITE)
        expect(first_practice(page).get_by_text(SAVED)).to_be_visible()

        again = page.context.browser.new_page()
        open_page(again, first.page(MODULE))
        expect(answer_box(again)).to_have_value(REWRITE)
        again.context.close()

        end = f"The course is closed. Your answers are in {place}. Run the same command to go on."
        assert first.stop().strip() == end
    with learn(home, "--folder", str(place)) as second:
        open_page(page, second.page(MODULE))
        expect(answer_box(page)).to_have_value(REWRITE)


def test_a_killed_course_says_not_saved_and_the_words_come_back(home: Path, page: Page) -> None:
    place, port = home / "killed", str(free_port())
    with learn(home, "--folder", str(place), "--port", port) as first:
        assert first.server.endswith(f":{port}")
        open_page(page, first.page(MODULE))
        answer_box(page).fill("Maya needs a partner")
        expect(first_practice(page).get_by_text(SAVED)).to_be_visible()
        programs = psutil.Process(first.process.pid).children(recursive=True)
        first.process.kill()
        first.process.wait()
        answer_box(page).fill(REWRITE)
        expect(first_practice(page).get_by_role("alert")).to_contain_text("Not saved", timeout=5_000)
        expect(page.get_by_text("lost touch with the course")).to_be_visible(timeout=30_000)
    kept = json.loads((place / "answers.json").read_text(encoding="utf-8"))["answers"]["02-refused"]["answer"]
    assert kept == "Maya needs a partner"
    assert psutil.wait_procs(programs, timeout=15)[1] == [], "no kernel is left behind"
    with learn(home, "--folder", str(place), "--port", port) as second:
        open_page(page, second.page(MODULE))
        expect(answer_box(page)).to_have_value(REWRITE)
        expect(first_practice(page).get_by_text(SAVED)).to_be_visible()


def test_jupyterlab_on_a_port_that_was_free(course: Sitting, home: Path, page: Page, screenshots: Path | None) -> None:
    page.set_viewport_size({"width": 1200, "height": 900})
    with learn(home, "--lab", "--folder", str(home / "lab")) as lab:
        assert lab.server != course.server
        open_page(page, lab.address)
        assert "/lab/" in page.url
        expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        expect(page.locator(".iep-page .jp-CodeMirrorEditor").filter(visible=True)).to_have_count(0)
        picture(page, screenshots, "lab")


def test_a_course_that_is_open_already_is_shown_again(course: Sitting, home: Path) -> None:
    second = subprocess.run(
        [COMMAND, "learn", "--no-browser"], env=environment(home), capture_output=True, text=True, timeout=30
    )
    assert second.returncode == 0
    assert "already open" in second.stdout
    assert course.address in second.stdout
