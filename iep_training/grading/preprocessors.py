"""What nbgrader's autograde runs in place of its own steps; exercises/nbgrader_config.py puts each in its place.

Nothing that a learner wrote is ever run: the notebook is rebuilt from source/ first, and the only thing taken over is
the text of written answers, escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import utils
from nbgrader.preprocessors import Execute, NbGraderPreprocessor, SaveAutoGrades

from iep_training import html as page
from iep_training.grading import cells
from iep_training.grading.course import Assignment, load_assignment
from iep_training.grading.marking import LOOK, METADATA, for_a_person, mark
from iep_training.grading.submission import Submission, plain_text, read_submission
from iep_training.model import CourseError, Reflection

Notebook = Any
Resources = dict[str, Any]


class RebuildFromSource(NbGraderPreprocessor):
    """Put the instructor's notebook in the place of the submitted one, keeping only the text of written answers."""

    def preprocess(self, nb: Notebook, resources: Resources) -> tuple[Notebook, Resources]:
        """Return a fresh copy of the source notebook holding the learner's written answers."""
        names = resources["nbgrader"]
        course = self.parent.parent.coursedir
        source = Path(course.format_path(course.source_directory, ".", names["assignment"]))
        folder = Path(course.format_path(course.submitted_directory, names["student"], names["assignment"]))
        rebuilt = nbformat.read(source / f"{names['notebook']}.ipynb", as_version=4)
        submission = read_submission(folder)
        typed = dict(_typed_answers(nb))
        for cell in rebuilt.cells:
            if utils.is_solution(cell):
                _fill(cell, submission, typed)
        return rebuilt, resources


class MarkAnswers(Execute):
    """Mark the generated cells here, without starting a kernel: they are calls of ours, and an answer is only data.

    A notebook with a code cell of the instructor's own runs in a kernel, as nbgrader does it.
    """

    def preprocess(self, nb: Notebook, resources: Resources, km: Any = None) -> tuple[Notebook, Resources]:
        """Fill in the outputs of every code cell."""
        code = [cell for cell in nb.cells if cell.cell_type == "code"]
        calls = [cells.call_in(cell.source) for cell in code]
        if None in calls:
            return super().preprocess(nb, resources, km)  # type: ignore[no-any-return]
        folder = Path(resources["metadata"]["path"])
        submission = read_submission(folder)
        for number, (cell, call) in enumerate(zip(code, calls, strict=True), start=1):
            cell.execution_count = number
            cell.outputs = _outputs(call, self._assignment(resources), submission, number)
        return nb, resources

    def _assignment(self, resources: Resources) -> Assignment:
        root = Path(self.parent.parent.coursedir.root)
        return _assignment(root, resources["nbgrader"]["assignment"], _stamp(root))


class SaveMarks(SaveAutoGrades):
    """Save the marks, and send to manual grading what the marker could not read: never a silent zero."""

    def preprocess(self, nb: Notebook, resources: Resources) -> tuple[Notebook, Resources]:
        """Save every mark, and tell the instructor once what waits for a person."""
        self._waiting: dict[str, str] = {}
        nb, resources = super().preprocess(nb, resources)
        if self._waiting:
            items, reason = ", ".join(self._waiting), next(iter(self._waiting.values()))
            self.log.warning("%s: please grade these by hand: %s. %s", self.student_id, items, reason)
        return nb, resources

    def _add_score(self, cell: Notebook, resources: Resources) -> None:
        super()._add_score(cell, resources)
        reasons = [
            output.metadata[METADATA]["needs_person"]
            for output in cell.get("outputs", ())
            if output.output_type == "display_data" and METADATA in output.metadata
        ]
        if reasons:
            item = cell.metadata.nbgrader["grade_id"]
            self._waiting[item] = reasons[0]
            grade = self.gradebook.find_grade(item, self.notebook_id, self.assignment_id, self.student_id)
            grade.needs_manual_grade = True
            self.gradebook.db.commit()


def escaped(text: str) -> str:
    """A learner's words as one block of HTML inside markdown: nothing in them is markup, math or a link any more."""
    safe = escape(plain_text(text).strip())
    for mark_up in "$\\`":
        safe = safe.replace(mark_up, f"&#{ord(mark_up)};")
    one_line = safe.replace("\n", "<br>")
    return f'<div class="iep-written">{one_line}</div>'


def _fill(cell: Notebook, submission: Submission, typed: dict[str, str]) -> None:
    """Put a learner's words into a written-answer cell. Left as it was, nbgrader knows that nobody answered."""
    item = cell.metadata.nbgrader["grade_id"]
    if cell.cell_type != "markdown":
        cell.source = "# Code is not collected in this course."
    elif trouble := submission.trouble_with(item):
        cell.source = page.notice(f"{trouble} {LOOK}")
    elif submission.answers.get(item, "").strip():
        cell.source = escaped(submission.answers[item])
    elif cell.source != cells.ANSWER and typed.get(item, cell.source) != cell.source:
        cell.source = escaped(typed[item])


def _typed_answers(nb: Notebook) -> Iterator[tuple[str, str]]:
    """The markdown that a learner typed into cells, by grade id; whatever its metadata say is only a claim."""
    for cell in nb.cells:
        entry = cell.metadata.get("nbgrader")
        if cell.cell_type == "markdown" and isinstance(entry, dict) and isinstance(entry.get("grade_id"), str):
            yield entry["grade_id"], cell.source


def _outputs(call: tuple[str, str] | None, assignment: Assignment, submission: Submission, number: int) -> list[Any]:
    """What a generated cell shows. Only a reflection's question stands apart from the answer and its mark."""
    assert call is not None
    kind, item = call
    try:
        activity = assignment.activity(item)
        if kind == "practice":
            return [_shown(f"<p>{escape(activity.question)}</p>")] if isinstance(activity, Reflection) else []
        result = mark(activity, submission)
    except CourseError as error:
        result = for_a_person(str(error))
    shown = _shown(result.html)
    shown.metadata = nbformat.from_dict(result.metadata)
    points = nbformat.v4.new_output("execute_result", data={"text/plain": repr(result.score)}, execution_count=number)
    return [shown, points]


def _shown(html: str) -> Any:
    return nbformat.v4.new_output("display_data", data={"text/html": html, "text/plain": ""})


def _stamp(root: Path) -> tuple[tuple[str, int], ...]:
    """Changes when an author saves an items file, so that an open formgrader marks by the new one."""
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted((root / "items").rglob("*.*")))


@lru_cache(maxsize=8)
def _assignment(root: Path, name: str, stamp: tuple[tuple[str, int], ...]) -> Assignment:
    return load_assignment(root, name)
