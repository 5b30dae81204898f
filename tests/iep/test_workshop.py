"""The picture of a group: from whatever is handed in, with nobody in it."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from room import content_of, hand_in, learner, models
from small_course import REAL, answers_to

from iep_training import cli
from iep_training.iep import group, handed_in, workshop_page
from iep_training.model import CourseError

pytestmark = pytest.mark.usefixtures("course")


def report(folder: Path, to: Path) -> int:
    return cli.main(["workshop-report", str(folder), "--to", str(to)])


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# --- what is handed in ----------------------------------------------------------------------------------


def test_folders_loose_files_and_a_zip_are_one_person_each(tmp_path: Path) -> None:
    found = handed_in.read(hand_in(tmp_path / "in", people=6))
    known = models()
    assert len(found.learners) == 6
    assert found.skipped == ()
    assert {json.dumps(one, sort_keys=True) for one in found.learners} == {
        json.dumps({name: answer for name, answer in learner(number, known).items() if answer != ""}, sort_keys=True)
        for number in range(6)
    }


def odd_files() -> dict[str, bytes]:
    encrypted = io.BytesIO()
    with zipfile.ZipFile(encrypted, "w") as archive:
        archive.writestr("answers.json", b"{}")
    locked = bytearray(encrypted.getvalue())
    for sign in (b"PK\x03\x04", b"PK\x01\x02"):
        place = locked.index(sign) + (6 if sign[2] == 3 else 8)
        locked[place] |= 1
    return {
        "broken.json": b'{"version": 1, "answers": {"02-',
        "older.json": b'{"answers": {}}',
        "newer.json": b'{"version": 99, "answers": {"02-refused": {"answer": "x"}}}',
        "deeper.json": b"[" * 100_000,
        "list.json": b"[1, 2]",
        "nothing.json": b'{"version": 1, "answers": {}}',
        "blank.json": b'{"version": 1, "answers": {"02-refused": {"answer": " "}, "x": 3}}',
        "bytes.json": b"\xff\xfe\x00\x01",
        "empty.json": b"",
        "holiday.jpg": b"\xff\xd8\xff",
        "letter.docx": b"PK\x03\x04",
        "bad.zip": b"PK\x03\x04 and then nothing",
        "locked.zip": bytes(locked),
    }


def test_odd_files_are_skipped_by_name_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "in", people=4)
    for name, content in odd_files().items():
        (folder / name).write_bytes(content)
    (folder / "copy.json").write_bytes((folder / "maria-1.json").read_bytes())
    (folder / "link.json").symlink_to(folder / "maria-1.json")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.json")
    found = handed_in.read(folder)
    assert len(found.learners) == 4
    skipped = dict(found.skipped)
    expected = {*odd_files(), "link.json", *(["pipe.json"] if hasattr(os, "mkfifo") else [])}
    names = {name.split("/")[0] for name in skipped}
    assert names - {"copy.json", "maria-1.json"} == expected
    assert len(names & {"copy.json", "maria-1.json"}) == 1, "the same answers count once"
    assert "newer version" in skipped["newer.json"]
    assert "password" in skipped["locked.zip/answers.json"]


def test_answers_to_another_course_count_for_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = hand_in(tmp_path / "in", people=3)
    (folder / "deep.json").write_bytes(
        b'{"version": 1, "answers": {"a": {"answer": ' + b"[" * 900 + b"]" * 900 + b"}}}"
    )
    assert report(folder, tmp_path / "out") == 2
    assert "Only 3 answers files" in capsys.readouterr().err
    (folder / "fourth.json").write_bytes(content_of({"02-refused": "x"}))
    assert report(folder, tmp_path / "out") == 0
    said = capsys.readouterr()
    assert "4 people" in said.out
    assert "nothing of this course: 1" in said.err


def test_a_backup_stands_in_for_a_damaged_file(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "answers.json").write_bytes(b"{")
    (folder / "answers.backup.json").write_bytes(content_of({"02-refused": "earlier"}))
    found = handed_in.read(folder)
    assert [dict(one) for one in found.learners] == [{"02-refused": "earlier"}]
    assert [name for name, _ in found.skipped] == ["answers.json"]


def test_a_zip_that_swells_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handed_in, "LARGEST", 10_000)
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/answers.json", b" " * 5_000_000)
        archive.writestr("../../b/answers.json", content_of({"02-refused": "x"}))
    found = handed_in.read(tmp_path / "in.zip")
    assert [dict(one) for one in found.learners] == [{"02-refused": "x"}]
    assert "too large" in found.skipped[0][1]


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(tmp_path / "nowhere", tmp_path) == 2
    assert "no such folder" in capsys.readouterr().err


# --- the picture ----------------------------------------------------------------------------------------


def test_thirty_people_make_a_page_and_two_spreadsheets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(hand_in(tmp_path / "in"), tmp_path / "out") == 0
    said = capsys.readouterr()
    assert "30 people" in said.out
    assert said.err == ""
    growth = cells(tmp_path / "out" / "workshop-before-and-after.csv")
    assert [row["people"] for row in growth] == ["30"] * 5
    overall = growth[-1]
    assert float(overall["mean_at_end"]) > float(overall["mean_at_start"])
    shown = ("Big growth", "Continue to grow", "Need more support to grow", "There from the start")
    assert sum(int(overall[name]) for name in shown) + int(list(overall.values())[-1]) == 30
    items = cells(tmp_path / "out" / "workshop-items.csv")
    assert {row["id"] for row in items} >= {"02-refused", "05-amina"}
    assert "02-reflect" not in {row["id"] for row in items}
    amina = next(row for row in items if row["id"] == "05-amina")
    known = models()
    truth = known["05_recognizing_growth"][0]["05-amina"]
    right = sum(learner(number, known)["05-amina"] == truth for number in range(30))
    assert (amina["answered"], amina["right"]) == ("30", str(right))


def test_nobody_is_in_the_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = hand_in(tmp_path / "in")
    (folder / "Jane Doe.json").write_bytes(b"{")
    report(folder, tmp_path / "out")
    assert "Jane Doe.json" in capsys.readouterr().err
    for path in (tmp_path / "out").iterdir():
        text = path.read_text(encoding="utf-8")
        assert not [word for word in ("Jane", "maria", "Person", "Reflection 1") if word in text], path.name


def test_fewer_than_four_people_are_too_few(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(hand_in(tmp_path / "in", people=3), tmp_path / "out") == 2
    assert "At least 4 are needed" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_item_that_few_answered_is_held_back() -> None:
    people: list[dict[str, Any]] = [{"05-amina": "big_growth"}] * 5
    people = [{**one, "02-refused": f"Refused {number}."} if number < 3 else one for number, one in enumerate(people)]
    found = group.picture(people)
    assert [one.activity.id for one in found.items] == ["05-amina"]
    assert found.held_back == 1
    assert found.measures == ()
    page = workshop_page.to_html(found)
    assert "nothing to compare" in page
    assert "answered them: 1." in page


def test_the_commonest_slip_is_told_for_every_kind_of_activity(course: Path) -> None:
    shutil.copy(next((REAL / "activities").rglob("01_what_strengths_based_means.toml")), course / "activities")
    one = {
        "01-ten-sights": {"box": "is", "story-map": "is"},
        "01-dario": "c",
        "05-amina": "need_more_support",
        "02-refused": "Refused.",
    }
    slips = {item.activity.id: item.slip for item in group.picture([one] * 4).items}
    assert slips["05-amina"] == "chose “Need more support to grow”"
    assert slips["01-dario"].startswith("chose “Dario")
    assert slips["01-ten-sights"].startswith("missed: “")
    assert slips["02-refused"].startswith("missed: “")


GOOD = "Maya shares her ideas in group work when she sits with {} and has sentence starters."


def sharing(consent: Any) -> list[dict[str, Any]]:
    partners = ("a partner", "two partners", "a friend", "one friend")
    return [{"02-refused": GOOD.format(partner), "00-consent": consent} for partner in partners]


@pytest.mark.parametrize("consent", ["Yes", "yes.", " YES ", "“yes”", "sí"])
def test_a_rewrite_is_shown_to_those_who_said_yes(consent: str) -> None:
    ((activity, text),) = group.picture(sharing(consent)).rewrites
    assert activity.id == "02-refused"
    assert text.startswith("Maya shares her ideas")


@pytest.mark.parametrize("consent", ["", "no", "not yes", "yes, but only to you", None, 1, True, ["yes"], {"a": "yes"}])
def test_without_a_plain_yes_nothing_is_shown(consent: Any) -> None:
    assert group.picture(sharing(consent)).rewrites == ()


def test_only_good_rewrites_of_ones_own_are_shown() -> None:
    from iep_training import content

    model = content.activity_set("02-refused").activities[0].strong[0]
    people = [{"02-refused": text, "00-consent": "yes"} for text in (model, "Refused.", "She is great!", GOOD * 20)]
    assert group.picture(people).rewrites == ()


def test_what_people_wrote_is_escaped_and_no_spreadsheet_runs_it(tmp_path: Path, course: Path) -> None:
    path = course / "activities" / "02_no_cant_in_ieps.toml"
    text = path.read_text(encoding="utf-8").replace('title = "Group work"', 'title = "=HYPERLINK(1)<script>"')
    path.write_text(text, encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    for number, one in enumerate(sharing("yes")):
        one["02-refused"] += f" <script>alert({number})</script>\x00\x1b[31m"
        (folder / f"{number}.json").write_bytes(content_of(one))
    assert report(folder, tmp_path / "out") == 0
    page = (tmp_path / "out" / "workshop-report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "\x00" not in page
    assert cells(tmp_path / "out" / "workshop-items.csv")[0]["item"].startswith("'=")


def test_charts_say_their_numbers_in_words(tmp_path: Path) -> None:
    report(hand_in(tmp_path / "in", people=6), tmp_path / "out")
    page = (tmp_path / "out" / "workshop-report.html").read_text(encoding="utf-8")
    assert page.count("<svg") == page.count("<desc") == page.count('role="img"') == 3
    assert page.count("<table") == 3
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")


def test_a_report_that_cannot_be_written_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = hand_in(tmp_path / "in", people=4)
    (tmp_path / "file").write_text("x")
    assert report(folder, tmp_path / "file") == 2
    assert "--to" in capsys.readouterr().err


# --- the record -----------------------------------------------------------------------------------------


def test_a_facilitator_checks_a_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from datetime import date

    from small_course import saved

    from iep_training.iep.record import record, to_html

    path = tmp_path / "record.html"
    page = to_html(record(saved(answers_to("02_no_cant_in_ieps")), "Zoë", date(2026, 11, 21)))
    path.write_text(page, encoding="utf-8")
    assert cli.main(["check-record", str(path)]) == 0
    assert "fit the check code" in capsys.readouterr().out
    path.write_text(page.replace("40", "90"), encoding="utf-8")
    assert cli.main(["check-record", str(path)]) == 0
    assert "do not fit" in capsys.readouterr().out
    for content in (b"\xff\xfe\x00", b"<html>"):
        path.write_bytes(content)
        assert cli.main(["check-record", str(path)]) == 2
    assert cli.main(["check-record", str(tmp_path / "none.html")]) == 2
    assert cli.main(["check-record", str(tmp_path)]) == 2


def test_too_few_is_raised_before_anything_is_shown() -> None:
    with pytest.raises(CourseError):
        group.picture([])
