"""Commands for facilitators: `workshop-report` makes a picture of a group, `check-record` looks at a record."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from iep_training.cli import tables
from iep_training.model import CourseError

PAGE, ITEMS, GROWTH = "workshop-report.html", "workshop-items.csv", "workshop-before-and-after.csv"
_SKIPPED_SHOWN = 30


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add this family's commands."""
    report = commands.add_parser(
        "workshop-report",
        help="make an anonymous picture of a group from the answers files they hand in",
        description="Read the answers files (answers.json) in a folder or a zip, and write a page with charts and two "
        "spreadsheets: before and after, the items missed most, and rewrites from people who agreed to share.",
    )
    report.add_argument("folder", type=Path, metavar="FOLDER", help="the folder or zip with what was handed in")
    report.add_argument(
        "--to", type=Path, default=Path(), metavar="FOLDER", help="where to write the report (default: here)"
    )
    report.set_defaults(run=run)
    check = commands.add_parser(
        "check-record", help="see whether the words of a record of completion still fit its check code"
    )
    check.add_argument("file", type=Path, metavar="FILE", help="the record, as the HTML file that the course wrote")
    check.set_defaults(run=check_record)


def run(options: argparse.Namespace) -> None:
    """Write the report; say what was read, what was skipped and why, and where the report is."""
    from iep_training.iep import group, handed_in, workshop_page

    found = handed_in.read(options.folder)
    for name, reason in found.skipped[:_SKIPPED_SHOWN]:
        print(f"Skipped: {name}: {reason}.", file=sys.stderr)
    if len(found.skipped) > _SKIPPED_SHOWN:
        print(f"... and {len(found.skipped) - _SKIPPED_SHOWN} more files like these.", file=sys.stderr)
    picture = group.picture(found.learners)
    if strangers := len(found.learners) - picture.learners:
        print(f"Answers files that hold nothing of this course: {strangers}.", file=sys.stderr)
    try:
        options.to.mkdir(parents=True, exist_ok=True)
        (options.to / PAGE).write_text(workshop_page.to_html(picture), encoding="utf-8")
        _write(options.to / ITEMS, workshop_page.item_rows(picture))
        _write(options.to / GROWTH, workshop_page.growth_rows(picture))
    except OSError as error:
        raise CourseError(
            f"{options.to}: the report can't be written here ({error.strerror}). Choose another folder with --to"
        ) from None
    print(f"Answers read from {picture.learners} people. Open {options.to / PAGE} in a browser to see or print it.")


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    # The mark at the start tells Excel that the file is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        tables.write_csv(rows, file)


def check_record(options: argparse.Namespace) -> None:
    """Say whether a record is as the course wrote it."""
    from iep_training.iep.record import is_unchanged

    try:
        page = options.file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CourseError(f"{options.file}: there is no such file. Check the name and the folder") from None
    except (OSError, UnicodeDecodeError):
        raise CourseError(f"{options.file}: this is not a record that can be read. Ask for the HTML file") from None
    if is_unchanged(page):
        print("The words fit the check code: nothing was changed by accident. The code does not prove who wrote it.")
    else:
        print("The words do not fit the check code: something was changed. Ask for the record once more.")
