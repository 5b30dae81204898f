"""The table of ready comments: by item and rubric line, and never in the way."""

from __future__ import annotations

from pathlib import Path

from nbcourse import EXERCISES

from iep_training.grading.comments import ready_comments
from iep_training.grading.course import load_assignments
from iep_training.model import Reflection


def test_comments_come_by_item_and_by_what_they_are_about(tmp_path: Path) -> None:
    (tmp_path / "comments.csv").write_bytes(
        "\ufeffitem,about,comment\r\na,Need,One\r\nb,Need,Two\r\n,Any,Three\r\na,Need,Four\r\na,Need,\r\n".encode()
    )
    assert ready_comments(tmp_path, "a") == {"Need": ["One", "Four"], "Any": ["Three"]}
    assert ready_comments(tmp_path, "c") == {"Any": ["Three"]}


def test_a_missing_or_strange_table_is_no_comment(tmp_path: Path) -> None:
    assert ready_comments(tmp_path, "a") == {}
    for strange in (b"", b"\xff\xfe\x00", b"item;about;comment\na;b;c\n", b"item,about,comment\na\n"):
        (tmp_path / "comments.csv").write_bytes(strange)
        assert ready_comments(tmp_path, "a") == {}


def test_every_written_answer_has_comments_on_two_things_or_more() -> None:
    written = [
        item.id for one in load_assignments(EXERCISES) for item in one.activities if isinstance(item, Reflection)
    ]
    assert written
    for item in written:
        assert len(ready_comments(EXERCISES, item)) > 2, item
