"""A learner answers the released assignment in the browser, hands it in, and gets the score worked out by hand."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from classroom import fetch, submit
from nbcourse import ASSIGNMENT, Course, Worked, learners
from playwright.sync_api import Locator, Page, expect
from sitting import Sitting, learn

from iep_training.feedback import categories
from iep_training.grading.course import load_assignment
from iep_training.model import Activity, Classify

pytestmark = [pytest.mark.browser, pytest.mark.server]

LEARNER = "elif"
LABELS = {one["id"]: one["label"] for one in categories()}


def answer_by_keyboard(practice: Locator, item: Activity, answer: str) -> None:
    """Type or choose the answer, go to the button with Tab, and press it."""
    if isinstance(item, Classify):
        practice.get_by_role("radio", name=re.compile(f"^{LABELS[answer]}")).press("Space")
    else:
        practice.get_by_role("textbox").press_sequentially(answer[:9])
        practice.page.keyboard.insert_text(answer[9:])
    button = practice.get_by_role("button", name="Save answer")
    for _ in range(5):
        practice.page.keyboard.press("Tab")
        if button.evaluate("node => node === document.activeElement"):
            break
    practice.page.keyboard.press("Enter")
    expect(practice.get_by_text(re.compile(r"^Saved \d"))).to_be_visible()
    expect(practice.locator(".practice-feedback")).to_be_hidden()


def wait_for_the_kernel(sitting: Sitting, page: Page) -> None:
    """Started before its kernel is there, Jupyter asks which kernel to take."""
    token = sitting.address.split("token=")[1]
    for _ in range(300):
        sessions = page.request.get(f"http://{sitting.server}/api/sessions?token={token}").json()
        if any(one["kernel"]["connections"] and one["kernel"]["execution_state"] == "idle" for one in sessions):
            return
        page.wait_for_timeout(300)
    pytest.fail("the kernel did not start")


def work_through(sitting: Sitting, page: Page, course: Course, answers: list[Worked], screenshots: Path | None) -> None:
    """Open the assignment and answer its items from top to bottom."""
    page.goto(sitting.page(f"{ASSIGNMENT}/{ASSIGNMENT}"))
    wait_for_the_kernel(sitting, page)
    page.get_by_role("button", name="Start", exact=True).click(timeout=60_000)
    # No question comes in between: the course knows the assignment for its own.
    expect(page.get_by_text("Practice is ready.")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    items = load_assignment(course.root, ASSIGNMENT)
    for worked in answers:
        item = items.activity(worked.item)
        answer_by_keyboard(page.get_by_role("region", name=item.title), item, worked.answer)
        if screenshots:
            page.screenshot(path=screenshots / f"assignment-{item.id}.png")


def test_from_the_first_key_to_the_feedback(
    released: Course, tmp_path: Path, page: Page, screenshots: Path | None
) -> None:
    answers = learners()[LEARNER]
    course = Course(released.copy(tmp_path).root, tmp_path / "exchange")
    course.exchange.mkdir()
    course.nbgrader("release_assignment", ASSIGNMENT)
    home = course.root.parent / "learner"
    folder = home / "iep-training"
    folder.mkdir(parents=True)
    fetch(course, folder)
    with learn(home) as sitting:
        work_through(sitting, page, course, answers, screenshots)
    submit(course, folder, LEARNER)
    course.nbgrader("collect", ASSIGNMENT)
    course.nbgrader("autograde", ASSIGNMENT)
    course.nbgrader("generate_feedback", ASSIGNMENT)

    from nbgrader.api import Gradebook

    by_hand = {worked.item: worked.points for worked in answers if worked.item != "g02-5"}
    assert sum(by_hand.values()) == pytest.approx(12.6)
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, LEARNER)
        scores = {grade.name: grade.auto_score for grade in submission.grades if not grade.needs_manual_grade}
        assert scores == pytest.approx(by_hand)
        assert submission.score == pytest.approx(12.6)

    text = unescape(course.feedback(LEARNER).read_text(encoding="utf-8"))
    for worked in answers:
        assert LABELS.get(worked.answer, worked.answer) in text
    page.goto(course.feedback(LEARNER).as_uri())
    expect(page.get_by_role("img", name=re.compile("^Chart of"))).to_have_count(3)
    expect(page.locator("article").filter(has_text="Long division")).to_contain_text("1.2 of 4 points")
    expect(page.get_by_text("She has gained 28 of 40 words").first).to_be_visible()
    if screenshots:
        page.screenshot(path=screenshots / "assignment-feedback.png", full_page=True)
