"""What looks as if it could tell who a student is: found where it is, and no fuss where it is not."""

from __future__ import annotations

import csv
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from iep_training import content
from iep_training.language import privacy
from iep_training.language.privacy import private_details

FILE = Path(privacy.__file__).with_name("privacy.toml")
DETAILS = tomllib.loads(FILE.read_text(encoding="utf-8"))["detail"]
CORPUS = Path(__file__).parents[1] / "corpus"


def cases(name: str) -> list[Any]:
    return [pytest.param(one["id"], text, id=f"{one['id']}: {text}") for one in DETAILS for text in one[name]]


@pytest.mark.parametrize(("detail", "text"), cases("flags"))
def test_what_must_be_noticed_is(detail: str, text: str) -> None:
    found = private_details(text)
    assert [one.detail for one in found] == [detail]
    assert text[found[0].start : found[0].end] == found[0].quote


@pytest.mark.parametrize(("detail", "text"), cases("passes"))
def test_what_must_be_left_alone_is(detail: str, text: str) -> None:
    assert private_details(text) == ()


def test_every_detail_has_both_sorts_of_example() -> None:
    assert all(len(one["flags"]) >= 2 and len(one["passes"]) >= 3 for one in DETAILS)
    assert len({one["id"] for one in DETAILS}) == len(DETAILS)


@pytest.mark.parametrize(
    "text",
    [
        "Maya",
        "Mr. Lee",
        "by May 2027",
        "By May 22, 2027, Maya will read 90 words a minute.",
        "She earned 88, 92 and 95 on 3 tests.",
        "45 minutes, 3 times a week",
        "grade 5",
        "3/5 trials",
        "from 9/14/2026 to 10/02/2026",
        "",
    ],
)
def test_the_daily_words_of_a_plan_raise_no_fuss(text: str) -> None:
    assert private_details(text) == ()


def test_the_note_says_what_was_seen_and_what_to_write_instead() -> None:
    [note] = private_details("Today Maya Johnson read aloud.")
    assert note.words == "“Maya Johnson” looks like a full name. Use initials, or a made-up name."


def test_several_details_are_told_in_order_and_none_twice() -> None:
    found = private_details("Maya Johnson, DOB 3/4/2016, ID# 448213, (555) 234-9876, m@k12.org, SSN 123-45-6789")
    assert [one.detail for one in found] == [
        "full-name",
        "birth-date",
        "student-number",
        "phone-number",
        "email-address",
        "social-security-number",
    ]


def texts_of(tree: Any) -> Iterator[str]:
    match tree:
        case str():
            yield tree
        case dict():
            yield from (text for one in tree.values() for text in texts_of(one))
        case list():
            yield from (text for one in tree for text in texts_of(one))


def test_nothing_the_course_says_is_taken_for_private() -> None:
    """Students of the course are called by their first names; only a case file gives its student's last name too."""
    data = content.course_folder() / "activities" / "data"
    students = {tomllib.loads(path.read_text(encoding="utf-8")).get("name") for path in data.glob("*.toml")}
    found = {
        one.quote
        for path in content.course_folder().rglob("*.toml")
        for text in texts_of(tomllib.loads(path.read_text(encoding="utf-8")))
        for one in private_details(text)
    }
    assert found <= students


def test_no_sentence_of_the_corpus_is_taken_for_private() -> None:
    cells = [
        cell
        for path in CORPUS.rglob("*.csv")
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines())
        for cell in row
    ]
    assert len(cells) > 5000
    # One author wrote a birth date in, and it is noticed.
    assert [one.detail for cell in cells for one in private_details(cell)] == ["birth-date"]


@pytest.mark.parametrize("text", ["Maya Johnson ", "Maya ", "Given ", "555-", "1", "a", "id: ", "born on 3/", "a.b@c."])
def test_time_grows_with_the_text_alone(text: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        private_details((text * length)[:length])
        return time.process_time() - start

    seconds(1_000)
    assert seconds(80_000) < 40 * max(seconds(10_000), 0.001)
