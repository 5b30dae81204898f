"""A real nbgrader course in a temporary folder, and eight learners whose scores were worked out by hand."""

from __future__ import annotations

import csv
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import warm

from iep_training.grading.gradebook import open_gradebook

HERE = Path(__file__).parent
EXERCISES = HERE.parents[1] / "exercises"
ASSIGNMENT = "01_first_look"
GRADE = (sys.executable, "-c", "from iep_training.cli import main; raise SystemExit(main())", "grade", ASSIGNMENT)


@dataclass(frozen=True)
class Course:
    """A course folder and the stock nbgrader commands in it."""

    root: Path
    exchange: Path

    def environment(self) -> dict[str, str]:
        """Nothing of this machine's user: own settings, and the running Python's own commands first in line."""
        home = self.root.parent / "home"
        home.mkdir(exist_ok=True)
        own = {name: str(home / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "NBGRADER"))}
        return kept | own | {"HOME": str(home), "IPYTHONDIR": str(home), "PATH": path}

    def nbgrader(self, *arguments: str, folder: Path | None = None) -> str:
        """Run one stock command to its end; returns what it said."""
        command = [*arguments]
        if arguments[0] in ("release_assignment", "fetch_assignment", "submit", "collect"):
            command += [f"--Exchange.root={self.exchange}", f"--Exchange.cache={self.root.parent / 'cache'}"]
        code, said = warm.run("nbgrader", command, folder or self.root, self.environment())
        assert code == 0, said
        return said

    def submitted(self, student: str) -> Path:
        return self.root / "submitted" / student / ASSIGNMENT

    def gradebook(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything a grading run writes into the gradebook that the settings name, by learner."""
        rows: dict[str, list[tuple[object, ...]]] = {}
        with open_gradebook(self.root) as gradebook:
            for submission in gradebook.assignment_submissions(ASSIGNMENT):
                for notebook in submission.notebooks:
                    grades = [(g.name, g.auto_score, g.manual_score, g.needs_manual_grade) for g in notebook.grades]
                    comments = [(c.name, c.auto_comment) for c in notebook.comments]
                    timing = (str(submission.timestamp), notebook.late_submission_penalty)
                    rows[submission.student.id] = [timing, *sorted(grades), *sorted(comments)]
        return rows

    def pages(self) -> dict[str, bytes]:
        """Every file under autograded/ that belongs to a learner."""
        root = self.root / "autograded"
        ours = (".receipts", ".grading", "answers.backup")
        files = (path for path in root.rglob("*") if path.is_file() and not path.name.startswith(ours))
        return {str(path.relative_to(root)): path.read_bytes() for path in files}

    def grade(self, *options: str) -> str:
        """Run `iep-training grade` in a process of its own; returns what it said."""
        code, said = warm.run("iep-training", ["grade", ASSIGNMENT, *options], self.root, self.environment())
        assert code == 0, said
        return said

    def copy(self, place: Path) -> Course:
        """This course as it stands, in a folder of its own."""
        shutil.copytree(self.root, place / "course")
        return Course(place / "course", self.exchange)

    def autograded(self, student: str) -> Path:
        return self.root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"

    def feedback(self, student: str) -> Path:
        return self.root / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"


def new_course(place: Path) -> Course:
    """A copy of exercises/ without anything that grading left there."""
    root = place / "course"
    root.mkdir(parents=True)
    for name in ("nbgrader_config.py", "comments.csv"):
        shutil.copy(EXERCISES / name, root)
    for part in ("items", "source"):
        shutil.copytree(EXERCISES / part, root / part)
    exchange = place / "exchange"
    exchange.mkdir()
    return Course(root, exchange)


@dataclass(frozen=True)
class Worked:
    """One answer of a learner with its points as worked out by hand."""

    item: str
    answer: str
    points: float
    by_hand: str


def learners() -> dict[str, list[Worked]]:
    """Each learner's answers from learners.csv. The eighth learner's file is damaged, and stands in the tests."""
    worked: dict[str, list[Worked]] = {}
    with (HERE / "learners.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one = Worked(row["item"], row["answer"], float(row["points"]), row["by hand"])
            worked.setdefault(row["learner"], []).append(one)
    return worked
