"""Every hostile submission: no code runs, nothing leaks, and everybody gets the score their answers earn."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from attacks import ATTACKS, HONEST, SECRETS, Place, answer_files, files, honest, notebooks
from nbcourse import ASSIGNMENT, Course

from iep_training.answers import AnswerStore
from iep_training.feedback import check
from iep_training.grading.course import load_assignment

pytestmark = [pytest.mark.server, pytest.mark.skipif(sys.platform == "win32", reason="attacks need pipes and links")]

SUITES = (notebooks, files, answer_files)
# Graded before, between and after the attackers.
NEIGHBORS = ("aa-honest", "link-m-honest", "zz-honest")


@dataclass(frozen=True)
class Aftermath:
    """What is left when the attackers and three honest learners were graded by one stock command."""

    course: Course
    canary: Path
    said: str


@pytest.fixture(scope="module")
def aftermath(released: Course, tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    place = tmp_path_factory.mktemp("attacks")
    course, canary = released.copy(place), place / "canary.txt"
    notebook = course.root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for name in NEIGHBORS:
        honest(course.submitted(name), notebook)
    for name, attack in ATTACKS.items():
        honest(course.submitted(name), notebook)
        attack.build(Place(course.submitted(name), canary))
    os.environ["IEP_SECRET"] = "canary-secret"
    try:
        said = course.nbgrader("autograde", ASSIGNMENT)
    finally:
        del os.environ["IEP_SECRET"]
    course.nbgrader("generate_feedback", ASSIGNMENT)
    return Aftermath(course, canary, said)


def _worth(folder: Path) -> float:
    assignment = load_assignment(folder.parents[2], ASSIGNMENT)
    answers = AnswerStore(folder).read()
    return sum(check(one, answers[one.id]["answer"]).earned for one in assignment.activities if one.id in answers)


def test_the_suite_is_large_enough() -> None:
    assert len(SUITES) == 3
    assert len(ATTACKS) >= 40


def test_no_code_ran(aftermath: Aftermath) -> None:
    assert not aftermath.canary.exists()


@pytest.mark.parametrize("name", sorted([*ATTACKS, *NEIGHBORS]))
def test_the_score_is_what_the_answers_earn(aftermath: Aftermath, name: str) -> None:
    from nbgrader.api import Gradebook

    expected = ATTACKS[name].score if name in ATTACKS else HONEST
    if expected is None:
        expected = _worth(aftermath.course.submitted(name))
    with Gradebook(f"sqlite:///{aftermath.course.root / 'gradebook.db'}") as gradebook:
        submission = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, name)
        assert submission.score == pytest.approx(expected)
        assert submission.max_score == 25
        waiting = [grade.name for grade in submission.grades if grade.needs_manual_grade]
    assert bool(waiting) == (name in ATTACKS and ATTACKS[name].told)


@pytest.mark.parametrize("name", sorted([*ATTACKS, *NEIGHBORS]))
def test_nothing_leaks_and_no_script_reaches_a_page(aftermath: Aftermath, name: str) -> None:
    folder = aftermath.course.feedback(name).parent
    page = aftermath.course.feedback(name).read_text(encoding="utf-8")
    assert not re.search(r"<script|<img[^>]+onerror|<[^>]+javascript:", page, re.IGNORECASE)
    assert not re.search(r"(?:src|href)=[\"'](?!data:|#)", page)
    for path in (*folder.rglob("*"), *aftermath.course.autograded(name).parent.rglob("*")):
        assert not path.is_symlink()
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not any(secret in text for secret in SECRETS), path.name


def test_the_gradebook_holds_these_learners_and_no_more(aftermath: Aftermath) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{aftermath.course.root / 'gradebook.db'}") as gradebook:
        assert {student.id for student in gradebook.students} == {*ATTACKS, *NEIGHBORS}
        assert all(
            grade.max_score < 5 for grade in gradebook.find_submission(ASSIGNMENT, "raised-points").notebooks[0].grades
        )


def test_odd_files_are_set_aside_with_a_reason(aftermath: Aftermath) -> None:
    why = aftermath.course.root / "quarantine" / "module-named-like-the-package" / ASSIGNMENT / "WHY.txt"
    assert why.read_text(encoding="utf-8") == "set aside iep_training.py: not a file of this assignment\n"
    assert "module-named-like-the-package: set aside iep_training.py" in aftermath.said


def test_an_honest_learner_has_nothing_set_aside(aftermath: Aftermath) -> None:
    for name in NEIGHBORS:
        assert not (aftermath.course.root / "quarantine" / name).exists()
