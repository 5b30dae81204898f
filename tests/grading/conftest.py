"""A course for each test, and one classroom of eight graded learners for the session."""

from __future__ import annotations

from pathlib import Path

import pytest
from classroom import teach
from nbcourse import Course, new_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course of the test's own, with nothing handed in."""
    return new_course(tmp_path)


@pytest.fixture(scope="session")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The eight learners' work, handed in and graded with stock commands. Tests read it and change nothing."""
    course = new_course(tmp_path_factory.mktemp("classroom"))
    teach(course)
    return course
