"""The cells of a generated assignment. No cell holds a key, or anything a learner would have to read as code.

How the grader, and a learner's own copy of the course, know them again: `content.calls`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from iep_training.model import Activity, Reflection

PRACTICE = """\
# Item: {title} (press Start at the top of the page)
from iep_training import practice

practice("{id}")"""

GRADE = """\
# Marked by your instructor
from iep_training.grading import score

score("{id}")"""

# What stands where the learner's own words will stand once the work is handed in.
ANSWER = "*What you wrote in the box above is shown here to your instructor after you hand in this page.*"


def markdown(cell_id: str, text: str) -> dict[str, Any]:
    """Words on the page that nobody can change."""
    return _cell("markdown", cell_id, text, _nbgrader(cell_id, locked=True))


def practice(activity: Activity, title: str) -> dict[str, Any]:
    """Where the learner answers the item. `title` is what the cell says of it before the page is started."""
    cell_id = f"{activity.id}-practice"
    source = PRACTICE.format(title=" ".join(title.split()), id=activity.id)
    return _cell("code", cell_id, source, _nbgrader(cell_id, locked=True))


def grade(activity: Activity) -> dict[str, Any]:
    """Where the item's mark appears. A reflection gets a written-answer cell, which formgrader grades by hand."""
    if isinstance(activity, Reflection):
        return _cell("markdown", activity.id, ANSWER, _nbgrader(activity.id, points=activity.points, solution=True))
    source = GRADE.format(id=activity.id)
    return _cell("code", activity.id, source, _nbgrader(activity.id, points=activity.points, locked=True))


def _nbgrader(
    grade_id: str, *, points: float | None = None, locked: bool = False, solution: bool = False
) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "grade": points is not None,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    return entry if points is None else entry | {"points": points}


def _cell(kind: str, cell_id: str, source: str, nbgrader: Mapping[str, Any]) -> dict[str, Any]:
    metadata: dict[str, Any] = {"deletable": False, "editable": False, "nbgrader": dict(nbgrader)}
    cell: dict[str, Any] = {"cell_type": kind, "id": cell_id, "metadata": metadata, "source": source}
    if kind == "code":
        metadata |= {"jupyter": {"source_hidden": True}, "tags": ["practice"]}
        cell |= {"execution_count": None, "outputs": []}
    return cell
