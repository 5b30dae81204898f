"""Zips from Canvas, Moodle and Blackboard: right names, the last hand-in counts, and hostile zips do no harm."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
from nbcourse import ASSIGNMENT, Course

from iep_training.grading import intake
from iep_training.grading.lms import student_id, whose
from iep_training.grading.submission import read_submission
from iep_training.model import CourseError


def _answers(choice: str = "big_growth") -> str:
    return json.dumps({"version": 1, "answers": {"g05-1": {"answer": choice, "saved": ""}}})


def _zip(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def _take(course: Course, path: Path, **students: str) -> intake.Report:
    return intake.take_in(course.root, ASSIGNMENT, [path], students or None)


def _everything_in(course: Course) -> set[str]:
    return {path.name for path in (course.root / "submitted").glob("*")}


@pytest.mark.parametrize(
    ("name", "system", "student", "file"),
    [
        ("lovelaceada_1234_56789_answers.json", "Canvas", "lovelaceada", "answers.json"),
        ("lovelaceada_LATE_1234_56789_answers-3.json", "Canvas", "lovelaceada", "answers-3.json"),
        ("submissions/lovelaceada_1234_56789_01_first_look.ipynb", "Canvas", "lovelaceada", "01_first_look.ipynb"),
        ("Ada Lovelace_4711_assignsubmission_file_/answers.json", "Moodle", "Ada Lovelace", "answers.json"),
        ("Ada Lovelace_4711_assignsubmission_file_/work/answers.json", "Moodle", "Ada Lovelace", "answers.json"),
        ("Ada Lovelace_4711_assignsubmission_file_answers.json", "Moodle", "Ada Lovelace", "answers.json"),
        ("First look_alove_attempt_2026-11-21-10-30-00_answers.json", "Blackboard", "alove", "answers.json"),
        ("01_first_look_alove_attempt_2026-11-21-10-30-00.txt", "Blackboard", "alove", ""),
    ],
)
def test_the_names_of_three_systems_are_read(name: str, system: str, student: str, file: str) -> None:
    found = whose(name)
    assert found is not None
    assert (found.system, found.student, found.file) == (system, student, file)


@pytest.mark.parametrize("name", ["answers.json", "../../etc/passwd", "", "_1_2_", "a_b_c_d", "/"])
def test_a_name_of_no_system_is_nobodys(name: str) -> None:
    assert whose(name) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lovelace", "ada-lovelace"),
        ("..", "unnamed"),
        ("../../x", "x"),
        ("=cmd|'x'!A0", "cmd-x-A0".lower()),
        ("+a+", "a"),
    ],
)
def test_ids_are_safe_as_folders(name: str, expected: str) -> None:
    assert student_id(name) == expected


def test_names_are_matched_with_the_gradebook_and_the_rest_is_listed(course: Course, tmp_path: Path) -> None:
    path = _zip(
        tmp_path / "moodle.zip",
        {
            "Ada Lovelace_4711_assignsubmission_file_/answers.json": _answers(),
            "Alan Turing_4712_assignsubmission_file_/answers.json": _answers(),
        },
    )
    report = intake.take_in(course.root, ASSIGNMENT, [path], {"ada-lovelace": "al01"})
    assert _everything_in(course) == {"al01", "alan-turing"}
    assert report.unmatched == ["Alan Turing"]


def test_two_learners_of_one_name_are_kept_apart(course: Course, tmp_path: Path) -> None:
    names = [f"Ada Lovelace_{number}_assignsubmission_file_/answers.json" for number in (1, 2)]
    _take(course, _zip(tmp_path / "moodle.zip", dict.fromkeys(names, _answers())))
    assert _everything_in(course) == {"ada-lovelace", "ada-lovelace-2"}


def test_the_last_attempt_counts(course: Course, tmp_path: Path) -> None:
    name = "x_ada_attempt_2026-11-{day}-10-00-00_answers.json"
    files = {name.format(day=day): _answers(choice) for day, choice in ((21, "big_growth"), (20, "need_more_support"))}
    _take(course, _zip(tmp_path / "blackboard.zip", files))
    assert read_submission(course.submitted("ada")).answers == {"g05-1": "big_growth"}


def test_the_same_zip_again_changes_nothing_and_new_work_keeps_the_old_aside(course: Course, tmp_path: Path) -> None:
    path = _zip(tmp_path / "canvas.zip", {"ada_1_2_answers.json": _answers()})
    assert _take(course, path).taken == ["ada"]
    assert _take(course, path).unchanged == ["ada"]
    _take(course, _zip(tmp_path / "canvas.zip", {"ada_1_3_answers-1.json": _answers("need_more_support")}))
    assert read_submission(course.submitted("ada")).answers == {"g05-1": "need_more_support"}
    earlier = course.root / "quarantine" / "ada" / ASSIGNMENT / "earlier-1"
    assert read_submission(earlier).answers == {"g05-1": "big_growth"}


def _link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("link_1_2_answers.json")
    entry.external_attr = 0o120777 << 16
    return entry


def _bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("answers.json", b"0" * 60_000_000)
    return content.getvalue()


def _encrypted() -> bytes:
    content = bytearray(_inner("answers.json"))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(signature) + offset
        content[place : place + 2] = struct.pack("<H", 1)
    return bytes(content)


def _inner(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, _answers())
    return content.getvalue()


def test_hostile_zips_do_no_harm_and_the_rest_goes_on(course: Course, tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    path = desk / "canvas.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../../escaped_1_2_answers.json", _answers())
        archive.writestr("/tmp/absolute_1_2_answers.json", _answers())
        archive.writestr("..\\..\\windows_1_2_answers.json", _answers())
        archive.writestr("bomb_1_2_work.zip", _bomb())
        archive.writestr("huge_1_2_answers.json", b"0" * 10_000_001)
        archive.writestr("locked_1_2_work.zip", _encrypted())
        archive.writestr("broken_1_2_work.zip", b"PK\x03\x04 no zip")
        archive.writestr("nested_1_2_work.zip", _inner("a/../../b/answers.json"))
        archive.writestr("film_1_2_film.mp4", b"x")
        archive.writestr("nobody.json", _answers())
        archive.writestr(_link(), "/etc/passwd")
        archive.writestr("honest_1_2_answers.json", _answers())
    broken = desk / "broken.zip"
    broken.write_bytes(b"no zip")
    report = intake.take_in(course.root, ASSIGNMENT, [broken, path])
    assert {"escaped", "absolute", "windows", "nested", "honest"} == set(report.taken)
    assert _everything_in(course) == set(report.taken)
    told = "\n".join(report.odd)
    for name in ("broken.zip", "bomb_1_2", "huge_1_2", "locked_1_2", "broken_1_2", "film", "nobody.json", "link_1_2"):
        assert name in told
    assert [item.name for item in tmp_path.iterdir() if item.name not in ("course", "exchange", "desk", "home")] == []
    assert not Path("/tmp/absolute_1_2_answers.json").exists()


def test_a_missing_zip_or_assignment_is_told(course: Course, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="no such file"):
        _take(course, tmp_path / "none.zip")
    with pytest.raises(CourseError, match="no assignment named “99”"):
        intake.take_in(course.root, "99", [])
