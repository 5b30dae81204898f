"""`score("g02-1")`: what every grade cell calls.

In a learner's place it says that the instructor marks the item. Under nbgrader's autograde it shows the answer with
its feedback and gives the points as a plain float, which nbgrader reads as partial credit.
"""

from __future__ import annotations

import os
from pathlib import Path

from iep_training.grading.course import Assignment, find_course, load_assignment
from iep_training.grading.marking import Mark, for_a_person, mark_item
from iep_training.grading.submission import read_submission
from iep_training.model import CourseError

LATER = "<p><small>Your instructor marks this item after you hand in this page.</small></p>"


def score(item: str) -> float | None:
    """The points of one item while nbgrader marks; None, with a friendly line on the page, anywhere else.

    Never raises and never writes to standard error, because nbgrader takes either for a zero.
    """
    if os.environ.get("NBGRADER_EXECUTION") != "autograde":
        _show(Mark(0.0, LATER))
        return None
    result = _mark(item, Path.cwd())
    _show(result)
    return float(result.score)


def _mark(item: str, folder: Path) -> Mark:
    try:
        return mark_item(_assignment(folder), item, read_submission(folder))
    except CourseError as error:
        return for_a_person(str(error))
    except Exception as error:
        return for_a_person(f"The marker stopped ({type(error).__name__}).")


def _assignment(folder: Path) -> Assignment:
    """The assignment with its keys, from the instructor's course around this folder."""
    # From the learner's folder upward: a file handed in must never pass for the course's own.
    course = find_course(folder.parent)
    if course is None:
        raise CourseError("The instructor's items were not found. Run the grading inside the course folder.")
    return load_assignment(course, folder.name)


def _show(result: Mark) -> None:
    from IPython.display import display

    display({"text/html": result.html, "text/plain": ""}, raw=True, metadata=result.metadata)
