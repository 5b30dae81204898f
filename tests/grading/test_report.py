"""What an instructor sees of a class, and the files for other systems."""

from __future__ import annotations

import csv
import shutil

import pytest
from nbcourse import ASSIGNMENT, Course

from iep_training.cli import main
from iep_training.grading.report import class_report

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def office(classroom: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The graded classroom, with one learner more who never handed in and one with a hostile name."""
    from nbgrader.api import Gradebook

    root = tmp_path_factory.mktemp("office") / "course"
    shutil.copytree(classroom.root, root)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        gradebook.add_student("ines")
        gradebook.update_or_create_student("ada", first_name='=HYPERLINK("x")', last_name="<b>Lovelace")
    return Course(root, classroom.exchange)


def _rows(office: Course, name: str) -> list[dict[str, str]]:
    with (office.root / "reports" / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_report_counts_points_slips_and_who_is_missing(office: Course) -> None:
    report = class_report(office.root, ASSIGNMENT)
    assert report.missing == ("ines",)
    assert report.waiting == ("hana",)
    by_item = {one.item: one for one in report.items}
    # g05-1: ada, ben, elif and gus chose right; chen and dara wrong; farid did not answer; hana waits.
    assert (by_item["g05-1"].answered, by_item["g05-1"].full, by_item["g05-1"].mean) == (7, 4, 1.14)
    assert by_item["g05-2"].slip == "chose “Big growth” (1)"


def test_the_report_is_written_as_a_page_and_a_table(office: Course, capsys) -> None:
    assert main(["class-report", ASSIGNMENT, "--course", str(office.root)]) == 0
    assert [row["item"] for row in _rows(office, f"{ASSIGNMENT}.csv")][:2] == ["g02-1", "g02-2"]
    page = (office.root / "reports" / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    assert "Not handed in: ines" in page
    assert "@" not in page.split("<body>")[1]


@pytest.mark.parametrize("system", ["canvas", "moodle"])
def test_scores_are_written_for_other_systems_and_no_cell_is_a_formula(office: Course, capsys, system: str) -> None:
    assert main(["gradebook-csv", ASSIGNMENT, "--to", system, "--course", str(office.root)]) == 0
    rows = _rows(office, f"{ASSIGNMENT}-{system}.csv")
    login = {"canvas": "SIS Login ID", "moodle": "Username"}[system]
    scores = {row[login]: row["A first look: words and growth"] for row in rows}
    assert float(scores["gus"]) == 7
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
