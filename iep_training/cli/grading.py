"""Commands for instructors: write the assignments."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add this family's commands."""
    assignments = commands.add_parser(
        "assignments", help="write the graded notebooks in source/ from the items that authors edit"
    )
    assignments.add_argument("--check", action="store_true", help="write nothing; say which files are out of date")
    _with_course(assignments)
    assignments.set_defaults(run=_assignments)


def _with_course(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--course", type=Path, metavar="FOLDER", help="the nbgrader course (default: this folder)")


def _assignments(options: argparse.Namespace) -> int:
    from iep_training.grading import generate
    from iep_training.grading.course import need_course

    course = need_course(options.course)
    if options.check:
        stale = generate.drift(course)
        for path in stale:
            print(f"out of date: {path.relative_to(course)}")
        print("Run “iep-training assignments” to write them again." if stale else "All assignments are up to date.")
        return 2 if stale else 0
    changed = generate.generate(course)
    for path in changed:
        print(f"written: {path.relative_to(course)}" if path.exists() else f"removed: {path.relative_to(course)}")
    print("All assignments are up to date.")
    return 0
