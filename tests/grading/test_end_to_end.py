"""Eight learners with known answers, from the released assignment to feedback and exported grades."""

from __future__ import annotations

import csv
import re
from html import unescape

import pytest
from nbcourse import ASSIGNMENT, Course, learners

pytestmark = pytest.mark.server

AUTOMATIC = ("g02-1", "g02-2", "g02-3", "g02-4", "g05-1", "g05-2", "g05-3")


def _gradebook(course: Course):
    from nbgrader.api import Gradebook

    return Gradebook(f"sqlite:///{course.root / 'gradebook.db'}")


@pytest.mark.parametrize("name", sorted(learners()))
def test_every_item_scores_as_worked_out_by_hand(classroom: Course, name: str) -> None:
    by_hand = {worked.item: worked.points for worked in learners()[name]}
    with _gradebook(classroom) as gradebook:
        submission = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, name)
        scores = {grade.name: grade.score for grade in submission.grades}
    expected = {item: by_hand.get(item, 0.0) for item in (*AUTOMATIC, "g02-5")}
    assert scores == pytest.approx(expected)


def test_exported_totals_are_those_worked_out_by_hand(classroom: Course) -> None:
    with (classroom.root / "grades.csv").open(newline="") as file:
        exported = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    by_hand = {name: sum(worked.points for worked in answers) for name, answers in learners().items()}
    assert exported == pytest.approx(by_hand | {"hana": 0.0})


def test_partial_credit_is_given_by_criterion(classroom: Course) -> None:
    page = classroom.feedback("elif").read_text(encoding="utf-8")
    item = page[page.index('id="g02-2"') : page.index('id="g02-3"')]
    assert "1.2 of 4 points" in item
    assert re.findall(r"(met|not yet)</td>", item) == ["not yet", "met", "not yet", "met"]


def test_a_damaged_answers_file_is_told_to_the_instructor_and_never_a_silent_zero(classroom: Course) -> None:
    said = (classroom.root / "autograde.txt").read_text(encoding="utf-8")
    assert "hana: please grade these by hand: g02-1" in said
    assert "answers.json is damaged" in said
    with _gradebook(classroom) as gradebook:
        submission = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, "hana")
        waiting = {grade.name for grade in submission.grades if grade.needs_manual_grade}
    assert waiting == {*AUTOMATIC, "g02-5"}


def test_a_reflection_that_was_never_written_needs_no_reading(classroom: Course) -> None:
    with _gradebook(classroom) as gradebook:
        for name in ("dara", "farid"):
            grade = gradebook.find_grade("g02-5", ASSIGNMENT, ASSIGNMENT, name)
            assert (grade.auto_score, grade.needs_manual_grade) == (0.0, False)


def test_feedback_shows_every_answer_the_chart_and_the_reasons(classroom: Course) -> None:
    for name, answers in learners().items():
        page = classroom.feedback(name).read_text(encoding="utf-8")
        for worked in answers:
            if worked.item.startswith("g02") and worked.answer:
                for line in filter(None, worked.answer.splitlines()):
                    assert line in unescape(page)
    assert "<b>lazy" not in classroom.feedback("ben").read_text(encoding="utf-8")
    page = classroom.feedback("chen").read_text(encoding="utf-8")
    assert page.count('src="data:image/svg+xml;base64,') == 3
    item = page[page.index('id="g05-1"') : page.index('id="g05-2"')]
    assert "Big growth" in item
    assert "the goal is 12 words further on" in item


def test_feedback_shows_the_instructors_comment_escaped(classroom: Course) -> None:
    page = classroom.feedback("ben").read_text(encoding="utf-8")
    assert "Say why the need stays: &lt;services&gt; follow from it." in page


def test_feedback_shows_no_code_and_no_key_and_loads_nothing(classroom: Course) -> None:
    for name in (*learners(), "hana"):
        page = classroom.feedback(name).read_text(encoding="utf-8")
        assert "import" not in page
        assert "<script" not in page
        assert not re.search(r"(?:src|href)=[\"'](?!data:|#)", page)
        assert "Traceback" not in page
    # A strong answer appears only where a learner gave it.
    strong = "Gabriel has fallen on the stairs twice and must have an adult one step below him."
    assert strong in classroom.feedback("ada").read_text(encoding="utf-8")
    assert strong not in classroom.feedback("dara").read_text(encoding="utf-8")


def test_what_learners_receive_holds_no_key_and_no_answers_file(classroom: Course) -> None:
    released = sorted((classroom.exchange / "strengths-based-ieps" / "outbound" / ASSIGNMENT).rglob("*"))
    names = {path.name for path in released}
    assert names == {f"{ASSIGNMENT}.ipynb", "activities.toml", "data", "01_first_look.csv"}
    for path in released:
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for secret in ("strong", "weak =", "takeaway", "explain", "long division problem to the end when he has"):
                assert secret not in text, f"{path.name} gives away {secret!r}"


def test_work_uploaded_without_the_notebook_is_graded_all_the_same(classroom: Course) -> None:
    assert classroom.autograded("gus").is_file()
    assert (classroom.submitted("gus") / "timestamp.txt").read_text() == "2026-11-21 10:30:00 UTC"
