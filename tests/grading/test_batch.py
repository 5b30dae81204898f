"""`iep-training grade` leaves what nbgrader's own autograde leaves, however often it is stopped."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from attacks import honest
from nbcourse import ASSIGNMENT, Course, learners, new_course

from iep_training.answers import AnswerStore
from iep_training.cli import main
from iep_training.grading import batch

pytestmark = pytest.mark.server

GRADE = (sys.executable, "-c", "from iep_training.cli import main; raise SystemExit(main())", "grade", ASSIGNMENT)


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A class with the seven learners' answers, one damaged file and one late hand-in; nobody is graded yet."""
    course = new_course(tmp_path_factory.mktemp("batch"))
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    course.nbgrader("generate_assignment", ASSIGNMENT)
    notebook = course.root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for name, answers in learners().items():
        honest(course.submitted(name), notebook)
        (course.submitted(name) / "answers.json").unlink()
        for worked in answers:
            AnswerStore(course.submitted(name)).save(worked.item, worked.answer)
    honest(course.submitted("damaged"), notebook)
    (course.submitted("damaged") / "answers.json").write_text("{")
    honest(course.submitted("late"), notebook)
    (course.submitted("late") / "timestamp.txt").write_text("2026-11-21 10:30:00 UTC")
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate="2026-11-20 10:00:00 UTC")
    return course


def _copy(course: Course, place: Path) -> Course:
    shutil.copytree(course.root, place / "course")
    return Course(place / "course", course.exchange)


def _grade(course: Course, *options: str) -> str:
    done = subprocess.run(
        [*GRADE, *options], cwd=course.root, env=course.environment(), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _gradebook(course: Course) -> dict[str, list[tuple[object, ...]]]:
    """Everything a grading run writes, by learner."""
    from nbgrader.api import Gradebook

    rows: dict[str, list[tuple[object, ...]]] = {}
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        for submission in gradebook.assignment_submissions(ASSIGNMENT):
            for notebook in submission.notebooks:
                grades = [(g.name, g.auto_score, g.manual_score, g.needs_manual_grade) for g in notebook.grades]
                comments = [(c.name, c.auto_comment) for c in notebook.comments]
                timing = (str(submission.timestamp), notebook.late_submission_penalty)
                rows[submission.student.id] = [timing, *sorted(grades), *sorted(comments)]
    return rows


def _pages(course: Course) -> dict[str, bytes]:
    root = course.root / "autograded"
    files = (path for path in root.rglob("*") if path.is_file() and not path.name.startswith((".receipts", ".grading")))
    return {str(path.relative_to(root)): path.read_bytes() for path in files if "answers.backup" not in path.name}


@pytest.fixture(scope="module")
def by_nbgrader(handed_in: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = _copy(handed_in, tmp_path_factory.mktemp("by-nbgrader"))
    course.nbgrader("autograde", ASSIGNMENT)
    return course


@pytest.mark.parametrize("workers", ["1", "2"])
def test_gradebook_and_pages_are_those_of_nbgrader(
    handed_in: Course, by_nbgrader: Course, tmp_path: Path, workers: str
) -> None:
    course = _copy(handed_in, tmp_path)
    said = _grade(course, "--workers", workers)
    assert "Graded: 9." in said
    assert "damaged: please grade these by hand" in said
    assert _gradebook(course) == _gradebook(by_nbgrader)
    assert _gradebook(course)["late"][0][1] == 4.0
    assert _pages(course) == _pages(by_nbgrader)


def test_two_runs_at_once_do_not_get_in_each_others_way(handed_in: Course, tmp_path: Path, capsys) -> None:
    course = _copy(handed_in, tmp_path)
    with batch.alone(course.root, ASSIGNMENT):
        assert main(["grade", ASSIGNMENT, "--course", str(course.root)]) == 2
    assert "is being graded in another window. Wait until it is done" in capsys.readouterr().err
    assert not list((course.root / "autograded").glob("*/*"))


def test_only_what_changed_is_graded_again(handed_in: Course, tmp_path: Path) -> None:
    course = _copy(handed_in, tmp_path)
    _grade(course)
    AnswerStore(course.submitted("gus")).save("g05-1", "big_growth")
    assert "Graded: 1. Unchanged since last time: 8." in _grade(course)
    items = course.root / "items" / f"{ASSIGNMENT}.toml"
    items.write_text(items.read_text(encoding="utf-8").replace("More than half of the way", "Over half of the way"))
    assert "Graded: 9." in _grade(course)


def test_killed_at_any_moment_the_next_run_ends_as_an_undisturbed_one(
    handed_in: Course, by_nbgrader: Course, tmp_path: Path
) -> None:
    course = _copy(handed_in, tmp_path)
    for learners_done in (1, 4):
        run = subprocess.Popen(
            GRADE, cwd=course.root, env=course.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 120
        while run.poll() is None and time.monotonic() < deadline:
            if len(list((course.root / "autograded").glob("*/*/*.ipynb"))) >= learners_done:
                break
            time.sleep(0.005)
        run.kill()
        run.wait()
    _grade(course)
    assert _gradebook(course) == _gradebook(by_nbgrader)
    assert _pages(course) == _pages(by_nbgrader)
