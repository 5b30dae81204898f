"""What nbgrader's autograde runs in place of its own steps; settings.py puts each in its place.

Nothing that a learner wrote is ever run: the notebook is rebuilt from source/ first, and the only thing taken over is
the text of written answers, escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute, NbGraderPreprocessor, SaveAutoGrades

from iep_training.grading import pages
from iep_training.grading.course import Assignment, load_assignment
from iep_training.grading.marking import METADATA, Known
from iep_training.grading.submission import read_submission

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
        pages.write_answers(rebuilt, read_submission(folder), dict(pages.typed_answers(nb)))
        return rebuilt, resources


class MarkAnswers(Execute):
    """Mark the generated cells here, without starting a kernel: they are calls of ours, and an answer is only data.

    A notebook with a code cell of the instructor's own runs in a kernel, as nbgrader does it.
    """

    def preprocess(self, nb: Notebook, resources: Resources, km: Any = None) -> tuple[Notebook, Resources]:
        """Fill in the outputs of every code cell."""
        if not pages.ours_alone(nb):
            return super().preprocess(nb, resources, km)  # type: ignore[no-any-return]
        root = Path(self.parent.parent.coursedir.root)
        assignment, known = _assignment(root, resources["nbgrader"]["assignment"], _stamp(root))
        pages.write_marks(nb, assignment, read_submission(Path(resources["metadata"]["path"])), known)
        return nbformat.from_dict(nb), resources


class SaveMarks(SaveAutoGrades):
    """Save the marks, and send to manual grading what the marker could not read: never a silent zero."""

    def preprocess(self, nb: Notebook, resources: Resources) -> tuple[Notebook, Resources]:
        """Save every mark in one go, and tell the instructor once what waits for a person."""
        names = resources["nbgrader"]
        self.notebook_id, self.assignment_id, self.student_id = (
            names["notebook"],
            names["assignment"],
            names["student"],
        )
        self.gradebook = Gradebook(names["db_url"])
        self._waiting: dict[str, str] = {}
        with self.gradebook, one_commit(self.gradebook):
            nb, resources = NbGraderPreprocessor.preprocess(self, nb, resources)
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


@contextmanager
def one_commit(gradebook: Any) -> Iterator[None]:
    """Let a gradebook's many small commits become one at the end: each costs a wait for the disk."""
    gradebook.db.commit = gradebook.db.flush
    try:
        yield
    except BaseException:
        del gradebook.db.commit
        gradebook.db.rollback()
        raise
    del gradebook.db.commit
    gradebook.db.commit()


def _stamp(root: Path) -> tuple[tuple[str, int], ...]:
    """Changes when an author saves an items file, so that an open formgrader marks by the new one."""
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted((root / "items").rglob("*.*")))


@lru_cache(maxsize=8)
def _assignment(root: Path, name: str, stamp: tuple[tuple[str, int], ...]) -> tuple[Assignment, Known]:
    """The assignment, with a place for marks of choices that were worked out before."""
    return load_assignment(root, name), {}
