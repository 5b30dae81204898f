"""Files as teachers have them: every one is read, or says in one sentence what to mend and in which line."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from iep_training.model import CourseError
from iep_training.progress import classify_series, read_file, read_text, series_from_csv
from iep_training.progress.reading import read_bytes

WIDE = "id,baseline,target,current,direction\n"
LONG = "id,week,score,phase,target,direction\n"


def long_text(scores="20 22 24 40 44 46", id="Ana", target="68", header=LONG):
    lines = [
        f"{id},{week},{score},{'A' if week < 4 else 'B'},{target},"
        for week, score in enumerate(scores.split(), start=1)
    ]
    return header + "\n".join(lines) + "\n"


def only(read):
    (series,) = read.series
    return series


# --- forms and columns ------------------------------------------------------------------------------------


def test_a_wide_file():
    read = read_text(WIDE + "Ana,20,68,44,increase\nBo,10,2,n/a,\n", "class.csv")
    assert (read.form, read.summary) == ("wide", "class.csv: read 2 rows.")
    assert [(growth.id, growth.category) for growth in read.growths()] == [
        ("Ana", "continue_to_grow"),
        ("Bo", "cannot_classify"),
    ]


def test_a_long_file():
    read = read_text(long_text(), "ana.csv")
    assert (read.form, read.summary) == ("long", "ana.csv: read 6 scores of 1 student.")
    growth = classify_series(only(read))
    assert (growth.baseline, growth.current, growth.category) == (22, 44, "need_more_support")


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks(ends, mark):
    read = read_bytes((mark + long_text()).replace("\n", ends).encode(), "a.csv")
    assert len(only(read).points) == 6


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters(delimiter):
    assert len(only(read_text(long_text().replace(",", delimiter))).points) == 6


def test_excels_unicode_text():
    assert len(only(read_bytes(long_text().replace(",", "\t").encode("utf-16"), "a.txt")).points) == 6


def test_a_title_and_blank_lines_above_the_names():
    read = read_text("Room 12 progress,,,\n\n" + long_text())
    assert len(only(read).points) == 6
    assert read.growths()[0].category == "need_more_support"


@pytest.mark.parametrize(
    "header", ["Student,Week,WCPM,Phase,Goal Score,Direction\n", " ID , WEEK ,Score (wcpm),phase,Target,direction\n"]
)
def test_usual_names_of_columns_are_recognized(header):
    assert len(only(read_text(long_text(header=header))).points) == 6


def test_the_caller_may_say_which_column_is_which():
    text = long_text(header="who,visit,fluency,stage,aim,way\n")
    with pytest.raises(CourseError, match="no column"):
        read_text(text)
    read = read_text(
        text, mapping={"id": "who", "week": "visit", "score": "fluency", "target": "aim", "phase": "stage"}
    )
    assert read.columns["score"] == "fluency"
    assert read.header == ("who", "visit", "fluency", "stage", "aim", "way")
    assert classify_series(only(read)).baseline == 22


def test_a_mapping_to_a_column_that_is_not_there():
    with pytest.raises(CourseError, match="no column named “visit”"):
        read_text(long_text(), mapping={"week": "visit"})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("id,score\n1,2\n", "“week or date” or “target”"),
        ("id,baseline,target\nAna,1,2\n", "“current”"),
        ("id,baseline,target,current,current\nAna,1,2,3,4\n", "two columns are named “current”"),
    ],
)
def test_a_file_that_holds_no_progress_data(text, says):
    with pytest.raises(CourseError, match=says):
        read_text(text, "class.csv")


def test_a_file_in_another_encoding():
    with pytest.raises(CourseError, match="CSV UTF-8"):
        read_bytes("id,baseline,target,current\nJosé,1,3,2\n".encode("cp1252"), "a.csv")


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(CourseError, match="no such file"):
        read_file(tmp_path / "none.csv")
    with pytest.raises(CourseError, match="folder"):
        read_file(tmp_path)


def test_series_from_csv_wants_one_row_a_score(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text(WIDE + "Ana,20,68,44,\n", encoding="utf-8")
    with pytest.raises(CourseError, match="one row for each score"):
        series_from_csv(path)


# --- cells ------------------------------------------------------------------------------------------------


def test_absences_are_kept_as_absences():
    assert [point.score for point in only(read_text(long_text("20 n/a 24 absent 44 -"))).points] == [
        20, None, 24, None, 44, None,
    ]  # fmt: skip


def test_percent_signs():
    series = only(read_text(long_text("20% 22% 24% 40% 44% 46%", target="68%")))
    assert (series.target, series.points[0].score) == (68, 20)


def test_a_share_among_percents_is_not_guessed():
    growth = classify_series(only(read_text(long_text("20% 22% 24% 0.4 44% 46%", target="68%"))))
    assert growth.category == "cannot_classify"
    assert "Line 5" in growth.why


def test_a_score_that_cannot_be_read_names_its_line_and_spoils_only_its_own_series():
    text = long_text("20 22 24 4O 44 46") + long_text(id="Bo", header="")
    ana, bo = read_text(text).growths()
    assert ana.category == "cannot_classify"
    assert "Line 5: the score is “4O”" in ana.why
    assert bo.category == "need_more_support"


@pytest.mark.parametrize(
    ("cell", "weeks"),
    [
        ("9/15/2026", 2), ("09/15/26", 2), ("2026-09-15", 2), ("2026-09-15 00:00:00", 2), ("Sep 15, 2026", 2),
        ("15-Sep-26", 2), ("September 15, 2026", 2), ("2026/9/15", 2),
    ],
)  # fmt: skip
def test_dates(cell, weeks):
    text = f'id,date,score,target\nAna,9/1/2026,1,9\nAna,"{cell}",2,9\n'
    assert [point.when for point in only(read_text(text)).points] == [0, weeks]


def test_dates_with_the_day_first_are_read_so_where_nothing_else_fits():
    text = "id,date,score,target\nAna,1/9/2026,1,9\nAna,15/9/2026,2,9\n"
    read = read_text(text)
    assert [point.when for point in only(read).points] == [0, 2]
    assert any("day first" in remark.text for remark in read.remarks)


def test_dates_of_both_orders_are_not_guessed():
    text = "id,date,score,target\nAna,9/15/2026,1,9\nAna,15/9/2026,2,9\n"
    assert "Line 3" in only(read_text(text)).problems[0]


def test_weeks_may_be_spelled_out():
    text = "id,week,score,target\nAna,Week 1,1,9\nAna,wk 3,2,9\n"
    assert [point.when for point in only(read_text(text)).points] == [1, 3]


def test_weeks_and_dates_do_not_mix():
    text = "id,week,score,target\nAna,1,1,9\nAna,9/15/2026,2,9\n"
    assert "Use one of the two" in classify_series(only(read_text(text))).why


def test_a_due_date_counts_in_weeks_from_the_first_score():
    text = "id,date,score,target,goal date\nAna,9/1/2026,1,9,9/29/2026\nAna,9/15/2026,2,9,9/29/2026\n"
    assert only(read_text(text)).goal_when == 4


def test_a_score_without_a_date_is_not_dropped_in_silence():
    growth = classify_series(only(read_text(long_text().replace("Ana,5,", "Ana,,"))))
    assert growth.category == "cannot_classify"
    assert "Line 6 has a score and no week or date" in growth.why


# --- lines ------------------------------------------------------------------------------------------------


def test_lines_in_any_order():
    header, *lines = long_text().splitlines()
    turned = "\n".join([header, *reversed(lines)]) + "\n"
    assert classify_series(only(read_text(turned))) == classify_series(only(read_text(long_text())))


def test_a_line_that_was_pasted_twice_counts_once_and_is_reported():
    text = long_text() + "Ana,6,46,B,68,\n"
    read = read_text(text)
    assert len(only(read).points) == 6
    assert [remark.line for remark in read.remarks] == [8]


def test_two_scores_of_one_day_both_count_and_are_reported():
    read = read_text(long_text() + "Ana,6,50,B,68,\n")
    assert len(only(read).points) == 7
    assert "another score for the same day" in read.remarks[0].text


def test_several_goals_a_student():
    header = "id,week,score,phase,target,direction,skill\n"
    lines = [f"Ana,{week},{score},,{target},,{skill}" for skill, target in (("reading", 60), ("math", 9))
             for week, score in enumerate((1, 2, 3, 4, 5, 6))]  # fmt: skip
    read = read_text(header + "\n".join(lines) + "\n")
    assert [series.id for series in read.series] == ["Ana (reading)", "Ana (math)"]
    assert read.summary.endswith("read 12 scores of 2 goals.")


def test_two_targets_are_not_guessed():
    growth = classify_series(only(read_text(long_text().replace("Ana,6,46,B,68", "Ana,6,46,B,86"))))
    assert growth.category == "cannot_classify"
    assert "more than one target: 68 and 86" in growth.why


def test_names_that_differ_by_a_capital_are_pointed_out():
    read = read_text(long_text() + long_text(id="ana", header=""))
    assert "“Ana” and “ana” were read as two students." in [remark.text for remark in read.remarks]


def test_lines_without_a_student_are_shown_and_not_lost():
    read = read_text(long_text() + ",7,50,B,68,\n")
    assert [growth.category for growth in read.growths()] == ["need_more_support", "cannot_classify"]
    assert "Line 8 has no student" in read.growths()[1].why


def test_an_open_quotation_mark_spoils_its_own_line_only():
    text = WIDE + 'Ana,20,68,44,\nBo,"10,2,6,\nCy,10,2,6,\n'
    assert [growth.category for growth in read_text(text).growths()] == [
        "continue_to_grow", "cannot_classify", "continue_to_grow",
    ]  # fmt: skip


def test_an_open_quotation_mark_in_a_long_file_spoils_its_own_series_only():
    text = long_text().replace("Ana,3,24", 'Ana,3,"24') + long_text(id="Bo", header="")
    ana, bo = read_text(text).growths()
    assert "Line 4 has a quotation mark" in ana.why
    assert bo.category == "need_more_support"


def test_a_comma_inside_a_value_shifts_no_column_in_silence():
    growth = read_text(WIDE + "Smith, Ana,20,68,44,increase\n").growths()[0]
    assert growth.category == "cannot_classify"
    assert "Line 2 has 6 cells" in growth.why


def test_a_file_cut_off_in_its_last_line():
    growths = read_text(WIDE + "Ana,20,68,44,\nBo,20,68,4").growths()
    assert [growth.category for growth in growths] == ["continue_to_grow", "cannot_classify"]
    assert "cut off" in growths[1].why


def test_the_same_student_twice_in_a_wide_file_is_reported():
    read = read_text(WIDE + "Ana,20,68,44,\nAna,10,2,6,\n")
    assert len(read.growths()) == 2
    assert "also on line 2" in read.remarks[0].text


def test_a_mastery_criterion_in_a_wide_file_asks_for_a_second_look():
    growth = read_text("id,baseline,target,current,mastery\nAna,0,4,4,4 of 5\n").growths()[0]
    assert growth.borderline
    assert "4 of 5" in growth.notes[-1]


# --- Excel ------------------------------------------------------------------------------------------------


def workbook(*rows, formats=None, sheets=1):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place, form in (formats or {}).items():
        book.active[place].number_format = form
    for _ in range(sheets - 1):
        book.create_sheet()
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def test_an_excel_file_with_dates():
    rows = [(date(2026, 9, 1 + 7 * week), 20 + week) for week in range(4)]
    raw = workbook(("Student", "Date", "Score", "Target"), *(("Ana", *row, 68) for row in rows))
    assert [(p.when, p.score, p.label) for p in only(read_bytes(raw, "a.xlsx")).points][:2] == [
        (0, 20, "2026-09-01"), (1, 21, "2026-09-08"),
    ]  # fmt: skip


def test_excel_cells_shown_as_percent_are_percents():
    raw = workbook(("id", "baseline", "target", "current"), ("Ana", 0.4, 80, 0.6), formats={"B2": "0%", "D2": "0.0%"})
    growth = read_bytes(raw, "a.xlsx").growths()[0]
    assert (growth.baseline, growth.current, growth.category) == (40, 60, "continue_to_grow")


def test_only_the_first_sheet_is_read_and_that_is_said():
    raw = workbook(("id", "baseline", "target", "current"), ("Ana", 20, 68, 44), sheets=2)
    assert "Only the first sheet" in read_bytes(raw, "a.xlsx").remarks[0].text


@pytest.mark.parametrize(
    ("raw", "says"), [(b"\xd0\xcf\x11\xe0" + b"x" * 600, "old kind"), (b"PK\x03\x04" + b"x" * 600, "can't be opened")]
)
def test_excel_files_that_cannot_be_read(raw, says):
    with pytest.raises(CourseError, match=says):
        read_bytes(raw, "a.xls")
