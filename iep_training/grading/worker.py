"""Mark one learner after another in a process of its own: files in, files out, and no gradebook.

Nothing of one learner reaches the next: a submission is data, and the notebook starts from the same template.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from iep_training.grading import cells, pages
from iep_training.grading.course import Assignment, load_assignment
from iep_training.grading.marking import Known
from iep_training.grading.quarantine import TIMESTAMP, tidy
from iep_training.grading.submission import Submission, read_submission


@dataclass(frozen=True, slots=True)
class Task:
    """What all learners of an assignment share. `template` is the sanitized notebook, as JSON; `key` names it all."""

    course: Path
    assignment: str
    template: str
    key: str


@dataclass(frozen=True, slots=True)
class Result:
    """One learner's marks. A score of None waits for a person, as do the items in `waiting` (item -> reason)."""

    student: str
    work: str
    scores: Mapping[str, float | None]
    unanswered: tuple[str, ...]
    waiting: Mapping[str, str]
    time: str
    notes: tuple[str, ...]
    trouble: str = ""


_task: Task | None = None
_assignment: Assignment | None = None
_known: Known = {}


def start(task: Task) -> None:
    """Ready this process for an assignment."""
    global _task, _assignment
    if task != _task:
        _task, _assignment = task, load_assignment(task.course, task.assignment)
        _known.clear()


def grade(student: str) -> Result:
    """Mark one learner and write autograded/; never raises, so that one learner can't stop the others."""
    assert _task is not None
    assert _assignment is not None
    try:
        return _grade(_task, _assignment, student)
    except Exception as error:
        return Result(student, "", {}, (), {}, "", (), trouble=f"{type(error).__name__}: {error}")


def work_of(task: Task, student: str) -> str:
    """A short name for exactly this work marked exactly this way: when it changes, the learner is marked again."""
    folder = task.course / "submitted" / student / task.assignment
    digest = hashlib.sha256(task.key.encode())
    for path in sorted(folder.iterdir()):
        state = path.lstat()
        content = path.read_bytes() if stat.S_ISREG(state.st_mode) and state.st_size < 1_000_000 else b""
        digest.update(f"{path.name}\0{state.st_mode}\0{state.st_size}\0".encode(errors="replace"))
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:32]


def _grade(task: Task, assignment: Assignment, student: str) -> Result:
    folder = task.course / "submitted" / student / task.assignment
    notes = tuple(tidy(folder))
    work = work_of(task, student)
    submission = read_submission(folder)
    page = json.loads(task.template)
    unanswered = _written(page, submission, folder / f"{task.assignment}.ipynb")
    marks = pages.write_marks(page, assignment, submission, _known)
    _publish(task, student, pages.as_file(page), folder)
    scores: dict[str, float | None] = {item: one.score for item, one in marks.items()}
    scores |= {item: 0.0 if empty else None for item, empty in unanswered.items()}
    time_file = folder / TIMESTAMP
    return Result(
        student=student,
        work=work,
        scores=scores,
        unanswered=tuple(item for item, empty in unanswered.items() if empty),
        waiting={item: one.needs_person for item, one in marks.items() if one.needs_person},
        time=time_file.read_text(encoding="utf-8").strip() if time_file.is_file() else "",
        notes=notes,
    )


def _written(page: pages.Notebook, submission: Submission, handed_in: Path) -> dict[str, bool]:
    """Fill the written-answer cells; returns which of them were left as they were."""
    before = {item: cell["source"] for item, cell in pages.written_cells(page).items()}
    typed: dict[str, str] = {}
    # A generated cell takes its words from answers.json. Only one of the instructor's own is typed into the page.
    if any(source != cells.ANSWER for source in before.values()):
        import nbformat

        typed = dict(pages.typed_answers(nbformat.read(handed_in, as_version=4)))
    pages.write_answers(page, submission, typed)
    return {item: cell["source"] == before[item] for item, cell in pages.written_cells(page).items()}


def _publish(task: Task, student: str, notebook: str, submitted: Path) -> None:
    """Put autograded/STUDENT/ASSIGNMENT in place whole: there is never half of one, whenever the power goes."""
    place = task.course / "autograded" / student
    place.mkdir(parents=True, exist_ok=True)
    fresh = place / f".{task.assignment}.partial"
    remove(fresh)
    source = task.course / "source" / task.assignment
    shutil.copytree(source, fresh, ignore=shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints"))
    for path in submitted.iterdir():
        if path.suffix != ".ipynb":
            shutil.copyfile(path, fresh / path.name)
    (fresh / f"{task.assignment}.ipynb").write_text(notebook, encoding="utf-8")
    for path in fresh.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
    remove(place / task.assignment)
    fresh.rename(place / task.assignment)


def remove(folder: Path) -> None:
    """Remove a folder of read-only files, on every system."""
    if not folder.exists():
        return
    for path in folder.rglob("*"):
        if os.name == "nt" and path.is_file():
            path.chmod(0o666)
    shutil.rmtree(folder)
