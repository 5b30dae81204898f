"""Grade everybody at once: `iep-training grade`. The gradebook ends as nbgrader's own autograde leaves it.

Workers mark and write autograded/; this process alone writes the gradebook, and then a receipt for each learner.
Killed at any moment, the next run takes up the learners without a receipt.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from iep_training import __version__
from iep_training.answers import try_lock
from iep_training.grading import worker
from iep_training.grading.course import load_assignment
from iep_training.grading.worker import Result, Task
from iep_training.model import CourseError

BATCH = 40
GROUP = 20
# A process takes as long to start as it takes to mark this many.
WORTH_A_PROCESS = 50


@dataclass(slots=True)
class Summary:
    """What a run did. `told` are lines for the instructor, `failed` the learners who could not be graded."""

    graded: int = 0
    unchanged: int = 0
    told: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def grade(
    course: Path,
    name: str,
    *,
    workers: int = 1,
    again: bool = False,
    executor: Executor | None = None,
    progress: Callable[[Iterable[Result], int], Iterable[Result]] = lambda results, total: results,
) -> Summary:
    """Grade all submitted work that has no receipt yet, or everything with `again`.

    `workers` is the most processes that mark at once; for a small class fewer are faster.
    `executor` replaces the local processes, for instance by those of a Dask cluster that shares this folder.
    """
    task = _task(course, name)
    with alone(course, name), contextlib.ExitStack() as stack:
        everybody = sorted(path.parent.name for path in (course / "submitted").glob(f"*/{name}") if path.is_dir())
        receipts = Receipts(course, name)
        done = set() if again else {one for one in everybody if _is_done(task, one, receipts)}
        todo = [one for one in everybody if one not in done]
        summary = Summary(unchanged=len(done))
        results = _results(task, todo, workers, executor, stack)
        for batch in _batches(progress(results, len(todo))):
            _record(course, task, batch, summary)
            receipts.add(one for one in batch if not one.trouble)
    return summary


@contextlib.contextmanager
def alone(course: Path, name: str) -> Iterator[None]:
    """Refuse to grade what another run grades just now. The system lets go of the lock when a run is killed."""
    folder = course / "autograded"
    folder.mkdir(exist_ok=True)
    with (folder / f".grading-{name}.lock").open("a+b") as file:
        if not try_lock(file):
            raise CourseError(f"{name} is being graded in another window. Wait until it is done, then run this again")
        yield


class Receipts:
    """Who was graded, for exactly which work: one line a learner, appended after the gradebook was written."""

    def __init__(self, course: Path, name: str) -> None:
        self._path = course / "autograded" / f".receipts-{name}.jsonl"
        self._work: dict[str, str] = {}
        if self._path.is_file():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                # The last line may have been cut off by a crash: that learner is graded again.
                with contextlib.suppress(ValueError, KeyError, TypeError):
                    entry = json.loads(line)
                    self._work[entry["student"]] = entry["work"]

    def work(self, student: str) -> str:
        """The work this learner was last graded for, or ""."""
        return self._work.get(student, "")

    def add(self, results: Iterable[Result]) -> None:
        """Keep receipts for these learners."""
        self._path.parent.mkdir(exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            # On a line of its own even after a line that was cut off.
            file.write("\n")
            for one in results:
                file.write(json.dumps({"student": one.student, "work": one.work}) + "\n")


def _is_done(task: Task, student: str, receipts: Receipts) -> bool:
    page = task.course / "autograded" / student / task.assignment / f"{task.assignment}.ipynb"
    return page.is_file() and receipts.work(student) == worker.work_of(task, student)


def _results(
    task: Task, students: list[str], workers: int, executor: Executor | None, stack: contextlib.ExitStack
) -> Iterator[Result]:
    if executor is not None:
        groups = [students[start : start + GROUP] for start in range(0, len(students), GROUP)]
        return chain.from_iterable(executor.map(_grade_some, [task] * len(groups), groups))
    workers = min(workers, len(students) // WORTH_A_PROCESS)
    if workers <= 1:
        worker.start(task)
        return map(worker.grade, students)
    # Fresh processes rather than forks: the same on Linux, macOS and Windows.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), worker.start, (task,))
    stack.callback(pool.shutdown, wait=True, cancel_futures=True)
    return pool.map(worker.grade, students, chunksize=8)


def _grade_some(task: Task, students: list[str]) -> list[Result]:
    """For processes that serve several assignments, such as a cluster's: the task travels along, once for a group."""
    worker.start(task)
    return [worker.grade(student) for student in students]


def _batches(results: Iterable[Result]) -> Iterator[list[Result]]:
    batch: list[Result] = []
    for result in results:
        batch.append(result)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _task(course: Path, name: str) -> Task:
    """Check the assignment and sanitize its notebook once for everybody, with nbgrader's own steps."""
    from iep_training.grading.gradebook import sanitized_template
    from iep_training.grading.pages import ours_alone

    assignment = load_assignment(course, name)
    template = sanitized_template(course, name)
    if not ours_alone(template):
        raise CourseError(
            f"{name} holds code cells of your own, which need a kernel. Grade it with: nbgrader autograde {name}"
        )
    text = json.dumps(template, sort_keys=True)
    key = hashlib.sha256(f"{__version__}\0{assignment!r}\0{text}".encode(errors="replace")).hexdigest()
    return Task(course, name, text, key)


def _record(course: Path, task: Task, batch: list[Result], summary: Summary) -> None:
    """Write one batch into the gradebook, in one transaction."""
    from iep_training.grading.gradebook import save_marks

    save_marks(course, task.assignment, [one for one in batch if not one.trouble])
    for one in batch:
        summary.told += [f"{one.student}: {note}" for note in one.notes]
        if one.trouble:
            summary.failed.append(f"{one.student}: {one.trouble}")
            continue
        summary.graded += 1
        if one.waiting:
            reason = next(iter(one.waiting.values()))
            summary.told.append(f"{one.student}: please grade these by hand: {', '.join(one.waiting)}. {reason}")


def progress_bar(results: Iterable[Result], total: int) -> Iterable[Result]:
    """Show how far the run is, on standard error."""
    from tqdm import tqdm

    bar: Any = tqdm(results, total=total, unit=" learners", desc="Grading", disable=None)
    return bar  # type: ignore[no-any-return]
