"""Eight learners hand in: two through nbgrader's exchange, six by upload to a learning management system."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from nbcourse import ASSIGNMENT, Course, learners

from iep_training.answers import AnswerStore
from iep_training.cli import main

BY_EXCHANGE = ("ada", "ben")
NOTEBOOK = f"{ASSIGNMENT}.ipynb"
IDENTITY = "--course=strengths-based-ieps"
# The eighth: her laptop broke off while it copied the file.
DAMAGED = b'{"version": 1, "answers": {"g02-1": {"answer": "With her not'


def teach(course: Course) -> None:
    """From the generated assignment to returned feedback."""
    course.nbgrader("release_assignment", ASSIGNMENT)
    for name in BY_EXCHANGE:
        hand_in_by_exchange(course, name)
    course.nbgrader("collect", ASSIGNMENT)
    assert main(["intake", ASSIGNMENT, *map(str, upload(course)), "--course", str(course.root)]) == 0
    (course.root / "autograde.txt").write_text(course.nbgrader("autograde", ASSIGNMENT), encoding="utf-8")
    grade_reflections_by_hand(course)
    course.nbgrader("generate_feedback", ASSIGNMENT)
    course.nbgrader("export")


def hand_in_by_exchange(course: Course, name: str) -> None:
    place = course.root.parent / "learners" / name
    place.mkdir(parents=True)
    fetch(course, place)
    answer(place / ASSIGNMENT, name)
    submit(course, place, name)


def fetch(course: Course, place: Path) -> None:
    """Bring the released assignment into this folder."""
    course.nbgrader("fetch_assignment", ASSIGNMENT, IDENTITY, folder=place)


def submit(course: Course, place: Path, name: str) -> None:
    """Hand in what was answered there."""
    course.nbgrader("submit", ASSIGNMENT, IDENTITY, f"--student={name}", folder=place)


def answer(folder: Path, name: str) -> None:
    """Save the learner's answers the way the widgets do."""
    store = AnswerStore(folder)
    for worked in learners()[name]:
        store.save(worked.item, worked.answer)


def upload(course: Course) -> list[Path]:
    """The zips that Canvas, Moodle and Blackboard give an instructor, each with its own way of naming files."""
    desk = course.root.parent / "downloads"
    folders = {name: _worked_on(course, name) for name in ("chen", "dara", "elif", "farid", "gus", "hana")}
    (folders["hana"] / "answers.json").write_bytes(DAMAGED)
    desk.mkdir()
    canvas, moodle, blackboard = (desk / f"{system}.zip" for system in ("canvas", "moodle", "blackboard"))
    with zipfile.ZipFile(canvas, "w") as archive:
        archive.write(folders["elif"] / NOTEBOOK, f"elif_LATE_501_90001_{NOTEBOOK}")
        archive.write(folders["elif"] / "answers.json", "elif_LATE_501_90001_answers-2.json")
        archive.write(folders["dara"] / "answers.json", "dara_503_90003_answers.json")
        archive.writestr("hana_502_90002_my work.zip", _zipped(folders["hana"]))
    with zipfile.ZipFile(moodle, "w") as archive:
        for name in (NOTEBOOK, "answers.json"):
            archive.write(folders["farid"] / name, f"Farid_77_assignsubmission_file_/{name}")
            archive.write(folders["chen"] / name, f"Chen_78_assignsubmission_file_{name}")
    with zipfile.ZipFile(blackboard, "w") as archive:
        start = f"{ASSIGNMENT}_gus_attempt_2026-11-21-10-30-00"
        archive.writestr(f"{start}.txt", "Name: Gus\nAssignment: First look\n")
        archive.write(folders["gus"] / "answers.json", f"{start}_answers.json")
    return [canvas, moodle, blackboard]


def _worked_on(course: Course, name: str) -> Path:
    folder = course.root.parent / "learners" / name
    folder.mkdir(parents=True)
    (folder / NOTEBOOK).write_bytes((course.root / "release" / ASSIGNMENT / NOTEBOOK).read_bytes())
    if name in learners():
        answer(folder, name)
    return folder


def _zipped(folder: Path) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"my work/{path.name}")
    return content.getvalue()


def grade_reflections_by_hand(course: Course) -> None:
    """What an instructor does on formgrader's page: a score, and for one learner a comment."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        for name, answers in learners().items():
            for worked in answers:
                if worked.item == "g02-5" and worked.answer:
                    grade = gradebook.find_grade("g02-5", ASSIGNMENT, ASSIGNMENT, name)
                    grade.manual_score, grade.needs_manual_grade = worked.points, False
        comment = gradebook.find_comment("g02-5", ASSIGNMENT, ASSIGNMENT, "ben")
        comment.manual_comment = "Say why the need stays: <services> follow from it."
        gradebook.db.commit()
