"""Look into the course's nbgrader gradebook."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from iep_training.grading.lms import student_id


def settings(course: Path) -> Any:
    """The course's own nbgrader settings (a traitlets Config), as every nbgrader command reads them."""
    from traitlets.config.loader import PyFileConfigLoader

    return PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()


@contextmanager
def open_gradebook(course: Path) -> Iterator[Any]:
    """The gradebook that the course's settings name; gradebook.db in the course folder if they name none."""
    from nbgrader.api import Gradebook

    directory = settings(course).CourseDirectory
    url = directory.get("db_url") or f"sqlite:///{course / 'gradebook.db'}"
    with Gradebook(url, directory.get("course_id", "")) as gradebook:
        yield gradebook


def names_of_students(course: Path) -> dict[str, str]:
    """How a learning management system may name each student of the gradebook -> the student's id."""
    names: dict[str, str] = {}
    with open_gradebook(course) as gradebook:
        for student in gradebook.students:
            first, last = student.first_name or "", student.last_name or ""
            for name in (student.id, f"{first} {last}", f"{last} {first}", student.lms_user_id or ""):
                if name.strip():
                    names[student_id(name)] = student.id
                    names[student_id(name).replace("-", "")] = student.id
    return names
