"""What a teacher meets with a file of her own: a first look, mapping, corrections, names, and a summary to keep."""

import csv
import io
import sys

import pytest

from iep_training.model import CourseError
from iep_training.progress import read_bytes, read_text, summary
from iep_training.progress.names import initials, looks_like_full_name
from iep_training.progress.preview import preview
from iep_training.progress.reading import corrected

LONG = "kid,wk,words\n" + "".join(f"Ana,{week},{score}\n" for week, score in enumerate((10, 11, 12, 30, 31, 32), 1))
NAMED = {"id": "kid", "week": "wk", "score": "words"}


# --- a first look -----------------------------------------------------------------------------------------


def test_a_first_look_finds_the_names_below_a_title():
    look = preview(b"Room 12\n\nstudent,Present level,goal,latest\nAna,20,,44\nBo,1,9,2\n", "class.csv")
    assert look.header == ("student", "Present level", "goal", "latest")
    assert look.examples == ("Ana", "20", "9", "44")
    assert look.guess == {"id": "student", "baseline": "Present level", "target": "goal", "current": "latest"}
    assert (look.form, look.unnamed) == ("wide", False)


def test_a_first_look_tells_scores_over_time():
    assert preview(LONG.encode(), "class.csv").form == "long"


def test_a_file_without_names_of_columns_is_noticed():
    assert preview(b"Ana,20,68,44\nBo,10,2,2\n", "class.csv").unnamed


def test_an_empty_file_is_refused_in_plain_words():
    with pytest.raises(CourseError, match="empty"):
        preview(b"\n\n", "class.csv")


# --- mapping ----------------------------------------------------------------------------------------------


def test_a_target_in_no_column_can_be_given_later():
    with pytest.raises(CourseError, match="target"):
        read_text(LONG, mapping=NAMED)
    read = read_text(LONG, mapping={**NAMED, "target": ""})
    assert "target is missing" in read.growths()[0].why
    changes = {(line, "target"): "50" for line in range(2, 8)}
    assert corrected(read, changes).growths()[0].category == "continue_to_grow"


def test_what_is_said_to_be_in_no_column_is_not_guessed():
    text = "id,baseline,target,current,unit\nAna,20,68,44,lions\n"
    assert "lions" in read_text(text).growths()[0].why
    assert "lions" not in read_text(text, mapping={"unit": ""}).growths()[0].why


def test_one_column_cannot_serve_twice():
    with pytest.raises(CourseError, match="chosen for two things"):
        read_text(LONG, mapping={"id": "kid", "week": "wk", "score": "wk", "target": "words"})


def test_a_missing_column_is_named_beside_the_chosen_ones():
    with pytest.raises(CourseError, match="no column is named “current”"):
        read_text("a,b,c\nAna,1,2\n", mapping={"id": "a", "baseline": "b", "target": "c"})


# --- corrections ------------------------------------------------------------------------------------------


def test_a_corrected_cell_is_read_again_and_the_first_reading_stays():
    read = read_text("id,baseline,target,current\nAna,20,68,4O\n")
    assert read.growths()[0].category == "cannot_classify"
    assert corrected(read, {(2, "current"): "70"}).growths()[0].category == "big_growth"
    assert read.growths()[0].category == "cannot_classify"


def test_a_corrected_score_mends_a_series():
    read = read_text(LONG.replace("32", "3Z"), mapping={**NAMED, "target": ""})
    again = corrected(read, {(7, "score"): "32"} | {(line, "target"): "50" for line in range(2, 8)})
    assert again.growths()[0].current == 31


def test_a_broken_line_is_trusted_only_when_its_own_cells_were_looked_at():
    read = read_text("id,baseline,target,current\nAna,20,68,44,7\n")
    assert corrected(read, {(2, "target"): "70"}).growths()[0].category == "cannot_classify"
    assert corrected(read, {(2, "current"): "44"}).growths()[0].category == "continue_to_grow"


def test_a_corrected_name_is_no_longer_remarked_on():
    read = read_text("id,baseline,target,current\nAna,20,68,44\nAna,20,68,44\n")
    assert "also on line 2" in read.remarks[0].text
    assert corrected(read, {(3, "id"): "Bo"}).remarks == ()


def test_without_openpyxl_an_excel_file_is_refused_in_plain_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(CourseError, match="Excel files can't be read here"):
        read_bytes(b"PK\x03\x04rest", "class.xlsx")


# --- names ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["Maya Johnson", "Johnson, Maya", "María-José O’Neil Núñez", "maya johnson"])
def test_a_full_name_is_noticed(id):
    assert looks_like_full_name(id)


@pytest.mark.parametrize("id", ["MJ", "Maya", "Maya J.", "M. J.", "Student 12", "2024-117", "", "A B C"])
def test_initials_and_numbers_are_not(id):
    assert not looks_like_full_name(id)


def test_initials_are_never_shared():
    names = ["MJ", "Maya Johnson", "Jones, Mark", "Ana", "Maya Johnson"]
    assert initials(names) == {"MJ": "MJ", "Ana": "Ana", "Maya Johnson": "MJ 2", "Jones, Mark": "MJ 3"}


# --- summary ----------------------------------------------------------------------------------------------


WIDE = "id,baseline,target,current,unit\nAna,20,68,44,words\n=1+1,10,-2,-2,\n\t@x,1,2,n/a,\n"


def test_the_csv_holds_the_words_a_teacher_reads():
    rows = list(csv.DictReader(io.StringIO(summary.to_csv(read_text(WIDE).growths()))))
    assert [row["Category"] for row in rows] == ["Continue to grow", "Big growth", "Can't tell yet"]
    assert rows[0]["Why"] == "Gained 24 of the 48 needed (words): half way."
    assert (rows[0]["Share of the way"], rows[0]["Borderline"]) == ("50%", "look again")
    assert all(row["What a team might do"] for row in rows)


def test_no_cell_of_the_csv_runs_as_a_formula_and_numbers_stay_numbers():
    rows = list(csv.reader(io.StringIO(summary.to_csv(read_text(WIDE).growths()))))[1:]
    assert [row[0] for row in rows] == ["Ana", "'=1+1", "'@x"]
    assert rows[1][3:5] == ["-2", "-2"]


def test_the_page_escapes_everything_and_stands_alone():
    evil = "<img src=x onerror=alert(1)>"
    read = read_text(f'id,baseline,target,current,unit\n"{evil}",20,68,44,{evil}\n')
    page = summary.to_html(read.growths(), source=evil, day="Nov 21", changes=[evil])
    assert "<img" not in page
    assert page.count("&lt;img") >= 4
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_page_shows_each_student_with_category_reason_and_step():
    page = summary.to_html(read_text(WIDE).growths(), source="class.csv", day="Nov 21")
    assert page.count("<section") == 3
    assert page.count("<svg") == 2, "nothing is drawn where nothing can be told"
    assert "Big growth: 1. Continue to grow: 1. Can&#x27;t tell yet: 1." in page
    assert "Corrected by hand" not in page
