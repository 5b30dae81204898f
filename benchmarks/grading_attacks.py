"""Hostile submissions against nbgrader as it comes and against this course's settings, side by side.

One course each, one `nbgrader autograde` and one `generate_feedback` for all. Nothing here leaves its temporary folder,
but nbgrader as it comes does run what the submissions hold, so the sample leaves out those that kill or fill a machine,
and those that stop nbgrader for the whole class, such as duplicated-grade-cell.
Use: `uv run python benchmarks/grading_attacks.py [ATTACK ...]`; the attacks stand in tests/grading/attacks.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "grading"))

from attacks import ATTACKS, HONEST, SECRETS, Place, answer_files, files, honest, notebooks
from grading import NBGRADER, STOCK
from nbcourse import ASSIGNMENT, Course, new_course

SUITES = (notebooks, files, answer_files)
SAMPLE = (
    "added-cell",
    "edited-grade-cell",
    "deleted-grade-cells",
    "swapped-grade-ids",
    "raised-points",
    "patched-package",
    "shell-magic",
    "forged-outputs",
    "script-in-forged-outputs",
    "read-the-items",
    "read-other-submissions",
    "read-the-environment",
    "script-in-written-answer",
    "module-named-like-the-package",
    "easier-items",
    "no-answers-file",
    "half-a-file",
)
NEIGHBOR = "zz-honest"
SCRIPT = re.compile(r"<script>alert|<img[^>]+onerror|<[^>]+javascript:", re.IGNORECASE)


def grade(place: Path, config: str, names: list[str]) -> Course:
    """A course in which these attackers and one honest learner were graded; empty `config` keeps our settings."""
    course = new_course(place)
    if config:
        (course.root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    course.nbgrader("generate_assignment", ASSIGNMENT)
    notebook = course.root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for name in [*names, NEIGHBOR]:
        honest(course.submitted(name), notebook)
    for name in names:
        ATTACKS[name].build(Place(course.submitted(name), place / f"ran-{name}"))
    secret = course.environment() | {"IEP_SECRET": "canary-secret"}
    for step in ("autograde", "generate_feedback"):
        # Some hostile submissions make the stock command end with an error; what it did is looked at below.
        subprocess.run([*NBGRADER, step, ASSIGNMENT], cwd=course.root, env=secret, capture_output=True, check=False)
    return course


def outcome(course: Course, name: str) -> str:
    """What became of one learner, in a few words."""
    from nbgrader.api import Gradebook, MissingEntry

    earned = ATTACKS[name].score if name in ATTACKS else HONEST
    said = ["code ran"] if (course.root.parent / f"ran-{name}").exists() else []
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        try:
            notebook = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, name)
        except MissingEntry:
            return ", ".join([*said, "not graded"])
        waits = any(grade.needs_manual_grade and grade.name != "g02-5" for grade in notebook.grades)
        score = f"{notebook.score:g} of {notebook.max_score:g}"
    page = course.feedback(name).read_text(encoding="utf-8") if course.feedback(name).is_file() else ""
    said += ["told to the instructor"] if waits else []
    said += [f"scored {score}" + ("" if notebook.score == earned else f" (earned {earned:g})")]
    said += ["script in feedback"] if SCRIPT.search(page) else []
    said += ["secret in feedback"] if any(secret in page for secret in SECRETS) else []
    said += [] if page else ["no feedback"]
    return ", ".join(said)


def main(names: list[str]) -> None:
    """Run both and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        stock = grade(Path(folder) / "stock", STOCK, names)
        ours = grade(Path(folder) / "ours", "", names)
        print("| Submission | nbgrader as it comes | this course |\n| --- | --- | --- |")
        for name in [*names, NEIGHBOR]:
            print(f"| {name} | {outcome(stock, name)} | {outcome(ours, name)} |")


if __name__ == "__main__":
    main(sys.argv[1:] or list(SAMPLE))
