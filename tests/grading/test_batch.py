"""`iep-training grade` leaves what nbgrader's own autograde leaves, however often it is stopped."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbcourse import ASSIGNMENT, GRADE, Course

from iep_training.answers import AnswerStore
from iep_training.cli import main
from iep_training.grading import batch

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def by_nbgrader(handed_in: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = handed_in.copy(tmp_path_factory.mktemp("by-nbgrader"))
    course.nbgrader("autograde", ASSIGNMENT)
    return course


@pytest.mark.parametrize("workers", ["1", "2"])
def test_gradebook_and_pages_are_those_of_nbgrader(
    handed_in: Course, by_nbgrader: Course, tmp_path: Path, workers: str, monkeypatch, capsys
) -> None:
    course = handed_in.copy(tmp_path)
    monkeypatch.setattr(batch, "WORTH_A_PROCESS", 1)
    assert main(["grade", ASSIGNMENT, "--workers", workers, "--course", str(course.root)]) == 0
    said = capsys.readouterr().out
    assert "Graded: 9." in said
    assert "damaged: please grade these by hand" in said
    assert course.gradebook() == by_nbgrader.gradebook()
    assert course.gradebook()["late"][0][1] == 4.0
    assert course.pages() == by_nbgrader.pages()


def test_two_runs_at_once_do_not_get_in_each_others_way(handed_in: Course, tmp_path: Path, capsys) -> None:
    course = handed_in.copy(tmp_path)
    with batch.alone(course.root, ASSIGNMENT):
        assert main(["grade", ASSIGNMENT, "--course", str(course.root)]) == 2
    assert "is being graded in another window. Wait until it is done" in capsys.readouterr().err
    assert not list((course.root / "autograded").glob("*/*"))


def test_only_what_changed_is_graded_again(handed_in: Course, tmp_path: Path) -> None:
    course = handed_in.copy(tmp_path)
    course.grade()
    AnswerStore(course.submitted("gus")).save("g05-1", "big_growth")
    assert "Graded: 1. Unchanged since last time: 8." in course.grade()
    items = course.root / "items" / f"{ASSIGNMENT}.toml"
    items.write_text(items.read_text(encoding="utf-8").replace("More than half of the way", "Over half of the way"))
    assert "Graded: 9." in course.grade()


def test_killed_at_any_moment_the_next_run_ends_as_an_undisturbed_one(
    handed_in: Course, by_nbgrader: Course, tmp_path: Path
) -> None:
    course = handed_in.copy(tmp_path)
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
    course.grade()
    assert course.gradebook() == by_nbgrader.gradebook()
    assert course.pages() == by_nbgrader.pages()


def test_reading_the_gradebook_spares_what_takes_longer_to_load_than_a_class_to_mark() -> None:
    code = "import sys; from iep_training.grading.gradebook import quick_start; quick_start(); import nbgrader.api"
    slow = "import jsonschema._format; print('rfc3987_syntax' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", f"{code}; {slow}"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
