"""Read and write the course's nbgrader gradebook, the way nbgrader itself does."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from iep_training.grading.lms import student_id
from iep_training.grading.worker import Result
from iep_training.model import CourseError


def quick_start() -> None:
    """Load what nbgrader needs without a part that it doesn't, and that takes longer to load than a class to mark.

    jsonschema brings grammars for checking internet addresses, and builds them all when it is loaded. No notebook's
    schema asks for that check, and jsonschema does without where the grammars are not installed.
    """
    grammars = "rfc3987_syntax"
    if "jsonschema" in sys.modules or grammars in sys.modules:
        return
    sys.modules[grammars] = None  # type: ignore[assignment]
    try:
        importlib.import_module("jsonschema")
    finally:
        del sys.modules[grammars]


def settings(course: Path) -> Any:
    """The course's own nbgrader settings (a traitlets Config), as every nbgrader command reads them."""
    from traitlets.config.loader import PyFileConfigLoader

    return PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()


@contextmanager
def open_gradebook(course: Path) -> Iterator[Any]:
    """The gradebook that the course's settings name; gradebook.db in the course folder if they name none."""
    quick_start()
    from nbgrader.api import Gradebook

    directory = settings(course).CourseDirectory
    with Gradebook(_url(course, directory), directory.get("course_id", "")) as gradebook:
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


def sanitized_template(course: Path, assignment: str) -> Any:
    """The notebook that every learner's marks are written into: source/ after nbgrader's own sanitizing steps."""
    quick_start()
    import nbformat
    from nbgrader.api import MissingEntry
    from nbgrader.preprocessors import ClearOutput, DeduplicateIds, OverwriteCells, OverwriteKernelspec

    config = settings(course)
    notebook = nbformat.read(course / "source" / assignment / f"{assignment}.ipynb", as_version=4)
    url = _url(course, config.CourseDirectory)
    resources: Any = {"nbgrader": {"assignment": assignment, "notebook": assignment, "db_url": url}}
    try:
        for step in (ClearOutput, DeduplicateIds, OverwriteKernelspec, OverwriteCells):
            notebook, resources = step(config=config).preprocess(notebook, resources)
    except MissingEntry:
        raise CourseError(
            f"the gradebook does not know {assignment} yet. First run: nbgrader generate_assignment {assignment}"
        ) from None
    return notebook


def save_marks(course: Path, assignment: str, results: list[Result]) -> None:
    """Save the marks of several learners in one transaction: all of them, or none."""
    from nbgrader.preprocessors import AssignLatePenalties
    from sqlalchemy.exc import SAWarning

    from iep_training.grading.preprocessors import one_commit

    late = AssignLatePenalties(config=settings(course))
    late.init_plugin()
    with warnings.catch_warnings(), open_gradebook(course) as gradebook, one_commit(gradebook):
        # nbgrader's way of adding a submission draws remarks from its database layer that help no instructor.
        warnings.simplefilter("ignore", SAWarning)
        for result in results:
            gradebook.update_or_create_student(result.student)
            times = {"timestamp": result.time} if result.time else {}
            submission = gradebook.update_or_create_submission(assignment, result.student, **times)
            for notebook in submission.notebooks:
                _save_notebook(notebook, result)
                gradebook.db.flush()
                _penalty(notebook, submission, late)


def _save_notebook(notebook: Any, result: Result) -> None:
    for grade in notebook.grades:
        if grade.name in result.scores:
            grade.auto_score = result.scores[grade.name]
            by_hand = grade.manual_score is not None or grade.auto_score is None
            grade.needs_manual_grade = by_hand or grade.name in result.waiting
    for comment in notebook.comments:
        comment.auto_comment = "No response." if comment.name in result.unanswered else None


def _penalty(notebook: Any, submission: Any, late: Any) -> None:
    """As nbgrader's AssignLatePenalties, with whatever policy the course's settings name."""
    notebook.late_submission_penalty = None
    if submission.total_seconds_late > 0:
        penalty = late.plugin_inst.late_submission_penalty(
            submission.student_id, notebook.score, submission.total_seconds_late
        )
        if penalty is not None:
            notebook.late_submission_penalty = late._check_late_penalty(notebook, penalty)


def _url(course: Path, directory: Any) -> str:
    return str(directory.get("db_url") or f"sqlite:///{(course / 'gradebook.db').resolve()}")
