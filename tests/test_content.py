"""The course files as authors write them, and the plain words an author's slip is met with."""

from __future__ import annotations

from pathlib import Path

import pytest

from iep_training import content
from iep_training.model import Classify, CourseError, Reflection, Rewrite

GOOD = """
[[set]]
id = "02-first"
kind = "rewrite"
title = "First turns"
intro = "Two statements."

[[set.activity]]
id = "02-refused"
title = "Group work"
statement = "Refused to participate."
strong = ["Needs more support to participate in group work."]

[[set.activity]]
id = "02-cannot"
title = "Subtraction"
statement = "Cannot subtract."

[[set]]
id = "02-think"
kind = "reflection"
title = "Think back"

[[set.activity]]
id = "02-think"
title = "Think back"
question = "What would you write now?"
least_words = 20
"""

CLASSIFY = """
[[set]]
id = "05-first"
kind = "classify"
title = "First"

[[set.activity]]
id = "05-ana"
title = "Ana"
student = "Ana"
skill = "Reading aloud"
unit = "words a minute"
data = "students.csv"
"""

DATA = "id,week,score,phase,target,direction\n" + "".join(
    f"Ana,{week},{score},{'baseline' if week <= 3 else 'intervention'},80,increase\n"
    for week, score in enumerate([40, 42, 41, 50, 60, 66, 70], start=1)
)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small course of its own."""
    activities = tmp_path / "course" / "activities"
    (activities / "data").mkdir(parents=True)
    (activities / "02_first.toml").write_text(GOOD, encoding="utf-8")
    (activities / "05_growth.toml").write_text(CLASSIFY, encoding="utf-8")
    (activities / "data" / "students.csv").write_text(DATA, encoding="utf-8")
    monkeypatch.setattr(content, "course_folder", lambda: tmp_path / "course")
    content._kept_sets.cache_clear()
    return tmp_path / "course"


def write(course: Path, text: str) -> Path:
    path = course / "activities" / "02_first.toml"
    path.write_text(text, encoding="utf-8")
    content._kept_sets.cache_clear()
    return path


def test_a_set_is_found_by_its_id(course: Path) -> None:
    found = content.activity_set("02-first")
    assert (found.kind, found.title, found.intro) == ("rewrite", "First turns", "Two statements.")
    assert [activity.id for activity in found.activities] == ["02-refused", "02-cannot"]
    first = found.activities[0]
    assert isinstance(first, Rewrite)
    assert first.strong == ("Needs more support to participate in group work.",)


def test_one_activity_is_found_by_its_own_id(course: Path) -> None:
    found = content.activity_set("02-cannot")
    assert (found.id, found.kind, found.title) == ("02-cannot", "rewrite", "Subtraction")
    assert [activity.id for activity in found.activities] == ["02-cannot"]


def test_a_set_of_one_may_share_its_id(course: Path) -> None:
    (activity,) = content.activity_set("02-think").activities
    assert isinstance(activity, Reflection)
    assert activity.least_words == 20


def test_a_set_may_be_quiet_and_so_is_one_activity_of_it(course: Path) -> None:
    write(course, GOOD.replace('intro = "Two statements."', "quiet = true"))
    assert content.activity_set("02-first").quiet
    assert content.activity_set("02-cannot").quiet
    assert not content.activity_set("02-think").quiet


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD.replace('intro = "Two statements."', 'quiet = "yes"'), r"set “02-first”: “quiet” must be true or false"),
        (
            GOOD.replace('kind = "rewrite"', 'kind = "sort"\nquiet = true'),
            r"set “02-first”: “quiet” suits sets of the kinds",
        ),
    ],
)
def test_quiet_is_for_kinds_whose_replies_can_wait(course: Path, text: str, message: str) -> None:
    with pytest.raises(CourseError, match=message):
        content.load_sets(write(course, text))


def test_scores_come_from_the_data_folder(course: Path) -> None:
    (activity,) = content.activity_set("05-ana").activities
    assert isinstance(activity, Classify)
    assert activity.series is not None
    assert [point.score for point in activity.series.points] == [40, 42, 41, 50, 60, 66, 70]
    assert (activity.series.target, activity.series.unit) == (80, "words a minute")


def test_an_unknown_id_gets_a_suggestion(course: Path) -> None:
    with pytest.raises(CourseError, match=r"no activity named “02-refusd” in this course. Did you mean “02-refused”"):
        content.activity_set("02-refusd")


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        (
            'kind = "rewrite"',
            'kind = "rewirte"',
            "set “02-first”: kind is “rewirte”; use one of build, choose, classify",
        ),
        ('kind = "rewrite"', "kind = 3", "set “02-first”: kind is “3”; use one of"),
        ('kind = "rewrite"', "", "set “02-first”: kind is “None”"),
        ('title = "First turns"', "", "set “02-first”: “title” is missing. Add it"),
        ('id = "02-first"', "", "set “1”: “id” is missing"),
        ("statement = ", "statment = ", "activity “02-refused”: “statment” is not a field.* Did you mean “statement”"),
        ("statement = ", "zzz = ", "activity “02-refused”: “zzz” is not a field.* It may hold .*statement"),
        ('statement = "Cannot subtract."', "", "activity “02-cannot”: “statement” is missing"),
        ('statement = "Cannot subtract."', "statement = 7", "“statement” must be text in quotation marks"),
        ("strong = [", 'weak = "Refused."\nstrong = [', "“weak” must be a list in square brackets"),
        ("least_words = 20", 'least_words = "20"', "“least_words” must be a whole number, without quotation marks"),
        ('id = "02-cannot"', 'id = "02-refused"', "02_first.toml: the id “02-refused” is used twice"),
        ('id = "02-cannot"', 'id = "02-first"', "02_first.toml: the id “02-first” is used twice"),
        ('id = "02-think"\nkind', 'id = "02-first"\nkind', "02_first.toml: the id “02-first” is used twice"),
        ('title = "Subtraction"', 'title = "Subtraction', "02_first.toml: .*line 16.*Check quotation marks"),
        ('[[set]]\nid = "02-first"', '[set]\nid = "02-first"', r"02_first.toml"),
        ("[[set.activity]]", "[set.activity]", "02_first.toml"),
    ],
)
def test_a_slip_is_named_with_its_place_and_the_fix(course: Path, wrong: str, right: str, message: str) -> None:
    assert wrong in GOOD
    path = write(course, GOOD.replace(wrong, right))
    with pytest.raises(CourseError, match=message):
        content.load_sets(path)


@pytest.mark.parametrize("text", ["set = 3", "[set]\nid = 'x'", "set = [1, 2]"])
def test_a_set_written_in_another_way_is_told(course: Path, text: str) -> None:
    with pytest.raises(CourseError, match=r"02_first.toml: write “set” in two pairs of brackets"):
        content.load_sets(write(course, text))


def test_a_file_that_is_not_utf_8_is_told(course: Path) -> None:
    path = course / "activities" / "02_first.toml"
    path.write_bytes(GOOD.replace("Two", "Zwölf").encode("latin-1"))
    with pytest.raises(CourseError, match=r"02_first.toml: save this file as UTF-8"):
        content.load_sets(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"none.toml: there is no such file"):
        content.load_sets(tmp_path / "none.toml")


def test_missing_data_and_an_unknown_series_are_told(course: Path) -> None:
    path = course / "activities" / "05_growth.toml"
    path.write_text(
        CLASSIFY.replace('data = "students.csv"', 'data = "students.csv"\nseries = "Ben"'), encoding="utf-8"
    )
    with pytest.raises(CourseError, match=r"activity “05-ana”: students.csv holds no series named “Ben”"):
        content.load_sets(path)
    path.write_text(CLASSIFY.replace("students.csv", "pupils.csv"), encoding="utf-8")
    with pytest.raises(CourseError, match=r"pupils.csv"):
        content.load_sets(path)


def test_a_slip_in_one_module_leaves_the_others_in_reach(course: Path) -> None:
    write(course, "[[set]")
    assert content.activity_set("05-ana").title == "Ana"
    with pytest.raises(CourseError, match=r"02_first.toml"):
        content.activity_set("02-refused")


def test_the_course_itself_reads() -> None:
    content._kept_sets.cache_clear()
    assert content.modules()[0].id == "00_start_here"
    assert all(module.minutes > 0 and module.objectives for module in content.modules())
    assert content.activity_set("02-refused").activities[0].id == "02-refused"


def test_a_slip_in_the_course_file_is_told(course: Path) -> None:
    (course / "course.toml").write_text('[[module]]\nid = "01"\ntitle = "One"\nminutes = "ten"\nobjectives = []\n')
    with pytest.raises(CourseError, match=r"course.toml, module 1: “minutes” must be a whole number"):
        content.modules()
