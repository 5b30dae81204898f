"""Fill the instructor's notebook for one learner: written answers as escaped text, marks as outputs.

A notebook is a tree of dicts here, as nbformat reads it or as plain JSON. nbformat itself is not imported: it takes
longer to load than a whole class takes to mark.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from iep_training import html
from iep_training.content.calls import call_in
from iep_training.grading import cells
from iep_training.grading.course import Assignment
from iep_training.grading.marking import LOOK, Known, Mark, mark_item
from iep_training.grading.submission import Submission, plain_text
from iep_training.model import Reflection

Notebook = Any


def ours_alone(nb: Notebook) -> bool:
    """True when every code cell is a generated one, so that no kernel is needed."""
    return all(call_in(cell["source"]) for cell in nb["cells"] if cell["cell_type"] == "code")


def written_cells(nb: Notebook) -> dict[str, Any]:
    """The cells that hold learners' own words, by grade id."""
    entries = ((cell, cell["metadata"].get("nbgrader", {})) for cell in nb["cells"])
    return {entry["grade_id"]: cell for cell, entry in entries if entry.get("solution")}


def write_answers(nb: Notebook, submission: Submission, typed: Mapping[str, str]) -> None:
    """Put a learner's words into the written-answer cells. Left as they were, nbgrader knows that nobody answered."""
    for item, cell in written_cells(nb).items():
        source = cell["source"]
        if cell["cell_type"] != "markdown":
            cell["source"] = "# Code is not collected in this course."
        elif trouble := submission.trouble_with(item):
            cell["source"] = html.notice(f"{trouble} {LOOK}")
        elif submission.text(item).strip():
            cell["source"] = escaped(submission.text(item))
        elif source != cells.ANSWER and typed.get(item, source) != source:
            cell["source"] = escaped(typed[item])


def typed_answers(nb: Notebook) -> Iterator[tuple[str, str]]:
    """The markdown that a learner typed into cells, by grade id; whatever its metadata say is only a claim."""
    for cell in nb["cells"]:
        entry = cell["metadata"].get("nbgrader")
        if cell["cell_type"] == "markdown" and isinstance(entry, dict) and isinstance(entry.get("grade_id"), str):
            yield entry["grade_id"], cell["source"]


def write_marks(
    nb: Notebook, assignment: Assignment, submission: Submission, known: Known | None = None
) -> dict[str, Mark]:
    """Fill in what every generated cell shows; returns the marks by item."""
    marks: dict[str, Mark] = {}
    code = [cell for cell in nb["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, start=1):
        kind, item = call_in(cell["source"]) or ("", "")
        cell["execution_count"] = number
        if kind == "score":
            marks[item] = mark_item(assignment, item, submission, known)
            cell["outputs"] = _scored(marks[item], number)
        else:
            cell["outputs"] = _question(assignment, item)
    return marks


def escaped(text: str) -> str:
    """A learner's words as one block of HTML inside markdown: nothing in them is markup, math or a link any more."""
    safe = escape(plain_text(text).strip())
    for mark_up in "$\\`":
        safe = safe.replace(mark_up, f"&#{ord(mark_up)};")
    one_line = safe.replace("\n", "<br>")
    return f'<div class="iep-written">{one_line}</div>'


def as_file(nb: Notebook) -> str:
    """The notebook as nbformat writes it: long texts as lists of lines, keys in order."""
    for cell in nb["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)
        for output in cell.get("outputs", ()):
            output["data"] = {kind: text.splitlines(keepends=True) for kind, text in output["data"].items()}
    return json.dumps(nb, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _scored(result: Mark, number: int) -> list[dict[str, Any]]:
    # nbgrader reads partial credit off a plain float.
    points = {"data": {"text/plain": repr(result.score)}, "execution_count": number, "metadata": {}}
    return [_shown(result.html, result.metadata), {"output_type": "execute_result"} | points]


def _question(assignment: Assignment, item: str) -> list[dict[str, Any]]:
    """What a practice cell shows: a reflection's question, which stands apart from its answer; else nothing."""
    asked = next((one for one in assignment.activities if one.id == item), None)
    return [_shown(f"<p>{escape(asked.question)}</p>", {})] if isinstance(asked, Reflection) else []


def _shown(content: str, metadata: Mapping[str, Any]) -> dict[str, Any]:
    data = {"text/html": content, "text/plain": ""}
    return {"output_type": "display_data", "data": data, "metadata": dict(metadata)}
