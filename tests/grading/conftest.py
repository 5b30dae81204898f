"""Courses for tests: one of their own each, and for the session a released one, a class handed in, and one graded."""

from __future__ import annotations

from pathlib import Path

import pytest
from attacks import honest
from classroom import teach
from nbcourse import ASSIGNMENT, Course, learners, new_course

from iep_training.answers import AnswerStore
from iep_training.grading.gradebook import open_gradebook


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course of the test's own, with nothing handed in."""
    return new_course(tmp_path)


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course whose assignment was generated. Tests copy it and change nothing in it."""
    course = new_course(tmp_path_factory.mktemp("released"))
    course.nbgrader("generate_assignment", ASSIGNMENT)
    return course


@pytest.fixture(scope="session")
def classroom(released: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The eight learners' work, handed in and graded with stock commands. Tests read it and change nothing."""
    place = tmp_path_factory.mktemp("classroom")
    course = Course(released.copy(place).root, place / "exchange")
    course.exchange.mkdir()
    teach(course)
    return course


@pytest.fixture(scope="session")
def handed_in(released: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A class with the seven learners' answers, one damaged file and one late hand-in; nobody is graded yet."""
    course = released.copy(tmp_path_factory.mktemp("handed-in"))
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    notebook = course.root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for name, answers in learners().items():
        honest(course.submitted(name), notebook)
        (course.submitted(name) / "answers.json").unlink()
        for worked in answers:
            AnswerStore(course.submitted(name)).save(worked.item, worked.answer)
    honest(course.submitted("damaged"), notebook)
    (course.submitted("damaged") / "answers.json").write_text("{")
    honest(course.submitted("late"), notebook)
    (course.submitted("late") / "timestamp.txt").write_text("2026-11-21 10:30:00 UTC")
    with open_gradebook(course.root) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate="2026-11-20 10:00:00 UTC")
    return course
