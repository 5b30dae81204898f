"""A box that seems to say who a student is gets a gentle word beside it: told once, never in the way, worth no mark."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import LISTEN, Bench
from playwright.sync_api import Page, expect

from iep_training.answers import AnswerStore
from iep_training.widgets.draft_page import DraftPage

Make = Callable[..., Any]

NAMED = "With sentence starters, Maya Johnson shares her ideas in a group."
UNNAMED = "With sentence starters, Maya shares her ideas in a group."
WORDS = "“Maya Johnson” looks like a full name. Use initials, or a made-up name."


def typing(widget: Any, id: str, answer: Any, part: str = "") -> dict[str, list[str]]:
    return widget.handle({"seq": 1, "type": "typing", "id": id, "answer": answer, "part": part})["private"]


@pytest.mark.parametrize("graded", [False, True])
def test_a_statement_and_a_reflection_are_looked_at(make: Make, graded: bool) -> None:
    assert typing(make("rewrite", graded=graded), "t-refused", NAMED) == {"": [WORDS]}
    assert typing(make("reflection", graded=graded), "t-think", NAMED) == {"": [WORDS]}
    assert typing(make("rewrite"), "t-refused", UNNAMED) == {"": []}


def test_each_box_of_something_built_is_looked_at_by_itself(make: Make) -> None:
    answer = {"strength": NAMED, "whole": "By May 2027, June will write.", "note": "Call me at (555) 234-9876."}
    phone = "“(555) 234-9876” looks like a phone number. Leave it out here."
    widget = make("build")
    assert typing(widget, "t-june", answer) == {"": [], "strength": [WORDS], "whole": [], "note": [phone]}
    assert typing(widget, "t-june", answer, "note") == {"note": [phone]}
    assert typing(widget, "t-june", {"whole": "By May 2027"}, "strength") == {"strength": []}, "an emptied box is clear"


def test_the_name_of_an_invented_student_is_no_secret(make: Make) -> None:
    widget = make("build")
    answer = {"case": "ravi.toml", "abilities": "Ravi Narayan counts and Ravi Patel reads."}
    assert len(typing(widget, "t-cases", answer)["abilities"]) == 2
    widget.invented = lambda _: "Ravi Narayan, grade 2"
    assert typing(widget, "t-cases", answer)["abilities"] == [
        "“Ravi Patel” looks like a full name. Use initials, or a made-up name."
    ]


def test_marks_and_feedback_are_the_same_with_a_name_and_without(make: Make) -> None:
    widget = make("rewrite")

    def judged(answer: str) -> dict[str, Any]:
        return widget.handle({"seq": 1, "type": "check", "id": "t-refused", "answer": answer})["feedback"]

    with_name, without = judged(NAMED), judged(UNNAMED)
    assert with_name == without
    assert "full name" not in str(with_name)


def test_the_draft_is_looked_at_too(tmp_path: Path) -> None:
    page = draft(tmp_path)
    reply = page.handle({"seq": 1, "type": "typing", "student": "june", "text": NAMED})
    assert reply["private"] == {"": [WORDS]}


def draft(folder: Path) -> DraftPage:
    AnswerStore(folder).save("03-strengths-finder", {"name": "June, grade 4", "abilities": "Tells a story."})
    return DraftPage(folder)


# --- on the page ----------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize(
    ("kind", "box"),
    [("rewrite", "Your version"), ("reflection", "What would you write now?"), ("build", "The strength it builds on")],
)
def test_a_line_beside_the_box_comes_and_goes_and_is_told_once(bench: Bench, make: Make, kind: str, box: str) -> None:
    page = bench.open(make(kind)).page
    page.evaluate(LISTEN)
    field = page.get_by_label(box)
    field.fill(NAMED)
    expect(page.locator(".practice-caution").first).to_have_text(WORDS)
    expect(field).to_have_accessible_description(re.compile(re.escape(WORDS)))
    assert bench.problems() == []
    page.wait_for_timeout(1000)
    field.fill(f"{NAMED} Every day.")
    page.wait_for_timeout(1000)
    assert sum("looks like" in words for words in page.evaluate("window.heard")) == 1
    expect(page.get_by_role("button", name="Check").or_(page.get_by_role("button", name="Save"))).to_be_enabled()
    field.fill(UNNAMED)
    expect(page.locator(".practice-caution").first).to_be_hidden()


@pytest.mark.browser
def test_a_page_opened_again_shows_the_line_and_stays_silent(bench: Bench, make: Make, tmp_path: Path) -> None:
    AnswerStore(tmp_path).save("t-june", {"strength": NAMED})
    page = bench.open(make("build")).page
    page.evaluate(LISTEN)
    expect(page.locator(".practice-caution").first).to_have_text(WORDS)
    page.wait_for_timeout(1000)
    assert page.evaluate("window.heard") == []


@pytest.mark.browser
def test_a_part_of_the_draft_gets_the_line(page: Page, tmp_path: Path) -> None:
    bench = Bench(page)
    bench.open(draft(tmp_path))
    page.get_by_role("button", name="Change:").first.click()
    page.get_by_role("textbox").fill(NAMED)
    expect(page.locator(".practice-caution")).to_have_text(WORDS)
    expect(page.get_by_role("status")).to_have_text(WORDS)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text(NAMED)).to_be_visible()
    assert bench.errors == []
