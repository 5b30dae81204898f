"""The class of grading.py, graded by otter-grader (https://otter-grader.readthedocs.io).

otter-grader is no part of the kit: `install` brings it into a virtual environment of its own, in the folder given. Its
containers need Docker, so what is timed is its way without them, `otter.api.grade_submission`, for all submissions in
one process. A criterion of an item is a test case, worth what it is worth here; the answers stand in the notebook.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from iep_training import feedback
from iep_training.grading.course import load_assignment
from iep_training.model import Reflection

ROOT = Path(__file__).parents[1]

# What the test cases call: the kit's own marks.
MARKS = """\
from functools import cache
from pathlib import Path
from iep_training import feedback
from iep_training.grading.course import load_assignment

@cache
def criteria(item, answer):
    activity = load_assignment(Path({course!r}), {name!r}).activity(item)
    return [one.met for one in feedback.check(activity, answer).criteria]

def met(answers, item, place):
    found = criteria(item, answers.get(item, ""))
    return place < len(found) and found[place]
"""
GRADE_ALL = """\
import json, sys
from pathlib import Path
from otter.api import grade_submission
totals = {path.stem: grade_submission(str(path), "autograder.zip", quiet=True).total
          for path in sorted(Path("submissions").glob("*.ipynb"))}
Path("totals.json").write_text(json.dumps(totals))
"""


@dataclass
class Spent:
    """What a command took: seconds on the clock, and seconds of the processor in it and all it started."""

    seconds: float = 0.0
    processor: float = 0.0


@contextmanager
def spending() -> Iterator[Spent]:
    """Measure the commands that are run to their end in here."""
    spent, start, before = Spent(), time.perf_counter(), os.times()
    yield spent
    after = os.times()
    spent.seconds = time.perf_counter() - start
    spent.processor = sum(after[2:4]) - sum(before[2:4])


def install(place: Path) -> Path:
    """A virtual environment with otter-grader; returns its Python."""
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "otter-grader", "ipykernel"], check=True)
    return python


def prepare(place: Path, python: Path, name: str, answers: Mapping[str, str], learners: int) -> None:
    """Write the tests and everybody's notebook, and let otter make its autograder of them."""
    assignment = load_assignment(ROOT / "exercises", name)
    (place / "tests").mkdir(parents=True)
    (place / "submissions").mkdir()
    (place / "marks.py").write_text(MARKS.format(course=str(ROOT / "exercises"), name=name))
    for item in assignment.activities:
        if not isinstance(item, Reflection):
            criteria = feedback.check(item, item.strong[0]).criteria
            (place / "tests" / f"{item.id}.py").write_text(_test(item.id, criteria))
    sources = ["import otter\ngrader = otter.Notebook()", f"answers = {dict(answers)!r}"]
    cells = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
        for n, source in enumerate(sources)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    tree = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    for number in range(learners):
        (place / "submissions" / f"learner{number:04}.ipynb").write_text(json.dumps(tree))
    _run(place, python, "-m", "otter", "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment")


def grade(place: Path, python: Path) -> tuple[Spent, list[tuple[str, float]]]:
    """Grade everybody; returns what it took and every learner's total."""
    with spending() as spent:
        _run(place, python, "-c", GRADE_ALL)
    return spent, sorted(json.loads((place / "totals.json").read_text()).items())


def _test(item: str, criteria: tuple[object, ...]) -> str:
    cases = [
        {"code": f">>> from marks import met\n>>> met(answers, {item!r}, {place})\nTrue", "points": one.points}
        for place, one in enumerate(criteria)
    ]
    suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    return f"OK_FORMAT = True\ntest = { ({'name': item, 'points': None, 'suites': [suite]})!r}\n"


def _run(place: Path, python: Path, *command: str) -> None:
    """Run in that environment and no other; the kit itself is read from this folder."""
    path = os.pathsep.join([str(python.parent), os.environ["PATH"]])
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "VIRTUAL_ENV"))}
    environment = kept | {"PATH": path, "PYTHONPATH": os.pathsep.join([str(place), str(ROOT)])}
    done = subprocess.run([python, *command], cwd=place, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
