"""Commands for instructors: write the assignments, take submissions in, grade them, see how it went."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
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

    intake = commands.add_parser("intake", help="take submissions in from the zips of Canvas, Moodle or Blackboard")
    intake.add_argument("assignment", help="the assignment's name, such as 01_first_look")
    intake.add_argument("zips", nargs="+", type=Path, metavar="ZIP", help="downloaded zips")
    _with_course(intake)
    intake.set_defaults(run=_intake)
    grade = commands.add_parser("grade", help="grade all submitted work; run it again at any time to go on")
    grade.add_argument("assignment", help="the assignment's name, such as 01_first_look")
    grade.add_argument("--workers", type=int, default=1, metavar="N", help="how many processes mark at once")
    grade.add_argument("--cluster", metavar="ADDRESS", help="mark on the Dask cluster with this scheduler instead")
    grade.add_argument("--again", action="store_true", help="grade everybody again, changed or not")
    _with_course(grade)
    grade.set_defaults(run=_grade)
    report = commands.add_parser("class-report", help="how the class did, item by item, as a page and a CSV file")
    report.add_argument("assignment", help="the assignment's name, such as 01_first_look")
    _with_course(report)
    report.set_defaults(run=_class_report)
    export = commands.add_parser("gradebook-csv", help="scores in the columns that Canvas or Moodle reads")
    export.add_argument("assignment", help="the assignment's name, such as 01_first_look")
    export.add_argument("--to", choices=("canvas", "moodle"), required=True, help="the system that reads the file")
    _with_course(export)
    export.set_defaults(run=_gradebook_csv)


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


def _intake(options: argparse.Namespace) -> int:
    from iep_training.grading.course import need_course
    from iep_training.grading.gradebook import names_of_students
    from iep_training.grading.intake import take_in

    course = need_course(options.course)
    report = take_in(course, options.assignment, options.zips, names_of_students(course))
    for line in report.odd:
        print(f"odd: {line}")
    for name in report.unmatched:
        print(f"not in the gradebook yet: {name}")
    print(f"Taken in: {len(report.taken)}. Already here: {len(report.unchanged)}.")
    if report.odd:
        print(f"What was odd is also in {course / 'quarantine' / 'intake.txt'}")
    return 0


def _grade(options: argparse.Namespace) -> int:
    from iep_training.grading import batch
    from iep_training.grading.cluster import cluster
    from iep_training.grading.course import need_course

    course = need_course(options.course)
    with cluster(options.cluster) if options.cluster else nullcontext() as executor:
        summary = batch.grade(
            course,
            options.assignment,
            workers=options.workers,
            again=options.again,
            executor=executor,
            progress=batch.progress_bar,
        )
    for line in summary.told:
        print(line)
    for line in summary.failed:
        print(f"not graded: {line}")
    print(f"Graded: {summary.graded}. Unchanged since last time: {summary.unchanged}.")
    return 2 if summary.failed else 0


def _class_report(options: argparse.Namespace) -> int:
    from iep_training.grading import report
    from iep_training.grading.course import need_course

    course = need_course(options.course)
    found = report.class_report(course, options.assignment)
    page = _reports(course) / f"{options.assignment}.html"
    page.write_text(report.as_html(found), encoding="utf-8")
    _write_csv(page.with_suffix(".csv"), report.rows(found))
    print(f"Written: {page} and {page.with_suffix('.csv').name}")
    return 0


def _gradebook_csv(options: argparse.Namespace) -> int:
    from iep_training.grading import report
    from iep_training.grading.course import need_course

    course = need_course(options.course)
    path = _reports(course) / f"{options.assignment}-{options.to}.csv"
    _write_csv(path, report.gradebook_rows(course, options.assignment, options.to))
    print(f"Written: {path}")
    return 0


def _reports(course: Path) -> Path:
    folder = course / "reports"
    folder.mkdir(exist_ok=True)
    return folder


def _write_csv(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    from iep_training.cli.tables import write_csv

    # The byte-order mark tells Excel that the file is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(rows, file)
