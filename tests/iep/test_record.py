"""The record says what was done in the learner's own words, and its code shows an accidental change."""

from __future__ import annotations

import re
from datetime import date

import pytest
from small_course import answers_to, saved

from iep_training.iep.record import is_unchanged, record, to_html
from iep_training.model import CourseError

pytestmark = pytest.mark.usefixtures("course")
DAY = date(2026, 11, 21)


@pytest.fixture
def page() -> str:
    answers = answers_to("02_no_cant_in_ieps") | {"05-amina": "big_growth"}
    return to_html(record(saved(answers), "Zoë <b>Ortiz</b>", DAY))


def test_only_what_is_done_is_on_the_record(page: str) -> None:
    assert "There is no “can’t” in an IEP" in page
    assert "Recognizing growth" not in page
    assert "Modules done: 1 · planned minutes: 40 (about 0.7 hours)" in page
    assert "November 3, 2026" in page
    assert "November 21, 2026" in page


def test_the_evidence_is_a_rewrite_with_its_statement_and_the_reflection(page: str) -> None:
    answers = answers_to("02_no_cant_in_ieps")
    assert answers["02-reflect"].replace("'", "&#x27;") in page
    assert answers["02-hits"] in page
    assert "Instead of “" in page


def test_a_rewrite_that_was_accepted_is_better_evidence_than_a_later_one_that_was_not() -> None:
    answers = answers_to("02_no_cant_in_ieps")
    answers["02-hits"] = "He is violent."
    assert "violent" not in to_html(record(saved(answers), "", DAY))


def test_the_learner_decides_which_words_are_shown() -> None:
    answers = answers_to("02_no_cant_in_ieps")
    shown = record(saved(answers), "", DAY).entries[0].evidence
    assert [one.activity for one in shown] == ["02-hits", "02-reflect"]
    fewer = record(saved(answers), "", DAY, leave_out=["02-reflect", "02-hits"]).entries[0].evidence
    assert [one.activity for one in fewer] == ["02-sweet-but"]
    writing = [name for name in answers if name.startswith("02-")]
    assert "The learner keeps what was written" in to_html(record(saved(answers), "", DAY, leave_out=writing))


def test_nothing_done_is_said_in_plain_words() -> None:
    with pytest.raises(CourseError, match="No module is done yet"):
        record({}, "Zoë", DAY)


def test_what_a_person_wrote_is_shown_and_not_run() -> None:
    answers = answers_to("02_no_cant_in_ieps")
    answers["02-reflect"] = "<script>alert(1)</script> \x00\x1b قالت " + "word " * 3000
    page = to_html(record(saved(answers), "Zoë <b>Ortiz</b>\n\x07", DAY))
    assert "<script" not in page
    assert "<b>" not in page
    assert "Zoë &lt;b&gt;Ortiz&lt;/b&gt;" in page
    assert "\x00" not in page
    assert len(page) < 40_000
    assert is_unchanged(page)


def test_the_code_fits_until_a_word_changes(page: str) -> None:
    assert re.search(r'class="code">[A-Z2-7]{4}-[A-Z2-7]{4}<', page)
    assert is_unchanged(page)
    assert is_unchanged(page.replace("\n", "\r\n").replace("<td>", "<td >")), "a new line end changes no word"
    assert not is_unchanged(page.replace("40", "90", 1)) or "40" not in page.partition("<main>")[2]
    changed = page.replace("November 21", "November 12")
    assert not is_unchanged(changed)
    assert not is_unchanged(re.sub(r"[A-Z2-7]{4}-[A-Z2-7]{4}<", "AAAA-AAAA<", page))


def test_the_same_record_has_the_same_code(page: str) -> None:
    answers = answers_to("02_no_cant_in_ieps")
    assert to_html(record(saved(answers), "Zoë <b>Ortiz</b>", DAY)) == page


@pytest.mark.parametrize("text", ["", "<main></main>", '<span class="code">X</span>', "</main><main>", "é\x00"])
def test_another_page_is_no_record(text: str) -> None:
    with pytest.raises(CourseError, match="not a record"):
        is_unchanged(text)


def test_the_page_says_what_it_does_not_prove(page: str) -> None:
    assert "It does not show who was at the keyboard" in page
    assert "It is not a signature" in page
