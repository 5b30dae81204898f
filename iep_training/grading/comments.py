"""Ready comments for written answers, from a table that instructors edit: comments.csv in the course folder."""

from __future__ import annotations

import csv
from pathlib import Path

COMMENTS = "comments.csv"


def ready_comments(course: Path, item: str) -> dict[str, list[str]]:
    """What the rubric asks for -> ready comments on it. A row without an item is for every written answer.

    A missing table, or a row without a comment, is no comment: the grading page never stops for it.
    """
    path = course / COMMENTS
    if not path.is_file():
        return {}
    found: dict[str, list[str]] = {}
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for row in csv.DictReader(file):
            about, comment = ((row.get(name) or "").strip() for name in ("about", "comment"))
            if comment and (row.get("item") or "").strip() in ("", item):
                found.setdefault(about, []).append(comment)
    return found
