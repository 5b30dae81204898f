"""Grading a class: stock `nbgrader autograde`, the same with our settings, `iep-training grade`, and otter-grader.

All on one course with the same honest submissions, one after another, round by round. Prints seconds of each, ratios
to stock, and whether all gave the same scores. Use: `uv run python benchmarks/grading.py [LEARNERS [ROUNDS]]`.
otter-grader is installed for this run only, into a temporary environment (grading_otter.py).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import grading_otter
from grading_otter import Spent, spending

EXERCISES = Path(__file__).parents[1] / "exercises"
NAME = "01_first_look"
ANSWERS = {
    "g02-1": "When she may read from her notes, Leona speaks in class discussions.",
    "g02-2": "Marcus gives up on long division.",
    "g05-1": "continue_to_grow",
    "g05-2": "big_growth",
    "g05-3": "big_growth",
    "g02-5": "The need stays.",
}
# nbgrader as it comes; the answers file must survive all the same.
STOCK = f"""
from pathlib import Path
c = get_config()
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.Autograde.exclude_overwriting = {{"{NAME}": ["answers.json"]}}
"""
GRADE = [sys.executable, "-c", "from iep_training.cli import main; raise SystemExit(main())", "grade", NAME]
NBGRADER = [sys.executable, "-m", "nbgrader"]
OTTER = "otter-grader, without containers"
WAYS = {
    "stock nbgrader autograde": (STOCK, [*NBGRADER, "autograde", NAME]),
    "nbgrader autograde, our settings": ("", [*NBGRADER, "autograde", NAME]),
    "iep-training grade": ("", GRADE),
    "iep-training grade --workers 2": ("", [*GRADE, "--workers", "2"]),
}


def course(place: Path, config: str, learners: int) -> Path:
    """A course with everybody's work handed in and nothing graded."""
    shutil.copytree(EXERCISES / "items", place / "items")
    shutil.copytree(EXERCISES / "source", place / "source")
    (place / "nbgrader_config.py").write_text(config or (EXERCISES / "nbgrader_config.py").read_text(encoding="utf-8"))
    run([*NBGRADER, "generate_assignment", NAME], place)
    for number in range(learners):
        folder = place / "submitted" / f"learner{number:04}" / NAME
        folder.mkdir(parents=True)
        shutil.copy(place / "release" / NAME / f"{NAME}.ipynb", folder)
        entries = {item: {"answer": answer, "saved": ""} for item, answer in ANSWERS.items()}
        (folder / "answers.json").write_text(json.dumps({"version": 1, "answers": entries}))
    return place


def run(command: list[str], place: Path) -> Spent:
    """Run one command in the course; returns what it took."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    with spending() as spent:
        subprocess.run(command, cwd=place, check=True, capture_output=True, env=os.environ | {"PATH": path})
    return spent


def scores(place: Path) -> list[tuple[str, float]]:
    """Every learner's total."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{place / 'gradebook.db'}") as gradebook:
        return sorted((one.student.id, round(one.score, 6)) for one in gradebook.assignment_submissions(NAME))


def main(learners: int = 60, rounds: int = 3) -> None:
    """Measure and print."""
    spent: dict[str, list[Spent]] = {way: [] for way in (*WAYS, OTTER)}
    totals = []
    with tempfile.TemporaryDirectory() as environment:
        otter = grading_otter.install(Path(environment))
        for _ in range(rounds):
            for way, (config, command) in WAYS.items():
                with tempfile.TemporaryDirectory() as folder:
                    place = course(Path(folder) / "course", config, learners)
                    spent[way].append(run(command, place))
                    totals.append(scores(place))
            with tempfile.TemporaryDirectory() as folder:
                place = Path(folder) / "otter"
                grading_otter.prepare(place, otter, NAME, ANSWERS, learners)
                taken, found = grading_otter.grade(place, otter)
                spent[OTTER].append(taken)
                totals.append([(learner, round(score, 6)) for learner, score in found])
    times, processor = (
        {way: median(getattr(one, which) for one in all_of) for way, all_of in spent.items()}
        for which in ("seconds", "processor")
    )
    stock = next(iter(WAYS))
    print(f"{learners} learners, median of {rounds} rounds")
    for way in spent:
        each = f"{times[way]:8.1f} s {1000 * times[way] / learners:8.0f} ms each {times[stock] / times[way]:6.1f}x"
        print(f"{way:34} {each}   processor {processor[way]:8.1f} s {processor[stock] / processor[way]:6.1f}x")
    print("same scores everywhere:", all(one == totals[0] for one in totals), sorted({one[0][1] for one in totals}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
