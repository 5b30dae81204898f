"""What people save from Excel, and what a spreadsheet or a terminal may do with our answer."""

import io
import json

import pytest

from iep_training.cli import tables
from iep_training.model import CourseError


def read(path, *needed):
    return list(tables.read_table(str(path)).require(*needed).rows)


@pytest.mark.parametrize(
    "data",
    [
        b'id,statement\n1,Reads\n2,"Sits, waits"\n',
        b'\xef\xbb\xbfID,Statement\r\n1,Reads\r\n\r\n,\r\n2,"Sits, waits"\r\n',
        b"id;statement\r\n1;Reads\r\n2;Sits, waits\r\n",
        "id\tstatement\r\n1\tReads\r\n2\tSits, waits\r\n".encode("utf-16"),
        b'\n id , statement \n1, Reads \n2,"Sits, waits"\n',
    ],
)
def test_exports_of_every_kind_read_alike(tmp_path, data):
    file = tmp_path / "export.csv"
    file.write_bytes(data)
    assert read(file, "id", "statement") == [
        {"id": "1", "statement": "Reads"},
        {"id": "2", "statement": "Sits, waits"},
    ]


def test_short_and_long_rows_do_not_stop_the_others(tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("a,b\n1\n1,2,3\n1,2\n")
    assert read(file) == [{"a": "1", "b": ""}, {"a": "1", "b": "2"}, {"a": "1", "b": "2"}]


def test_a_cell_of_a_megabyte(tmp_path):
    file = tmp_path / "long.csv"
    file.write_text("statement\n" + "word " * 200_000 + "\n")
    assert len(read(file)[0]["statement"]) == 999_999


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("latin.csv", "statement\nRené\n".encode("latin-1"), "UTF-8"),
        ("empty.csv", b"", "empty"),
        ("other.csv", b"sentence\nReads\n", "no column named “statement”"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, name, data, words):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CourseError, match=words):
        list(tables.read_column(str(tmp_path / name), "statement"))


def test_a_missing_file_and_a_folder(tmp_path):
    with pytest.raises(CourseError, match="no such file"):
        read(tmp_path / "nowhere.csv")
    with pytest.raises(CourseError, match="folder"):
        list(tables.read_column(str(tmp_path), "statement"))


def test_lines_of_a_text_file(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_bytes("\ufeffstatement of need\r\n\r\n  Reads.  \r\nRené sings.".encode())
    assert list(tables.read_column(str(file), "statement")) == ["statement of need", "Reads.", "René sings."]


@pytest.mark.parametrize(
    ("text", "cells"),
    [("Reads.\nSings.\n", ["Reads.", "Sings."]), ("id,statement\n1,Reads.\n", ["Reads."])],
)
def test_standard_input_is_lines_or_a_table(monkeypatch, text, cells):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert list(tables.read_column("-", "statement")) == cells


def test_json_lines_keep_letters(capsys):
    tables.write([{"a": "Zoë"}, {"a": [1]}], "json")
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [{"a": "Zoë"}, {"a": [1]}]


def test_csv_runs_no_formula(capsys):
    tables.write([{"a": "=1+1", "b": -2.5, "c": None, "d": " @x"}, {"a": "+", "b": 1, "c": "-", "d": "a,b"}], "csv")
    assert capsys.readouterr().out.splitlines() == ["a,b,c,d", "'=1+1,-2.5,,' @x", "'+,1,'-,\"a,b\""]


def test_a_name_of_a_column_runs_no_formula(capsys):
    tables.write([{"=1+1": "-3.5", "b": "-3.5%"}], "csv")
    assert capsys.readouterr().out.splitlines() == ["'=1+1,b", "-3.5,-3.5%"]


def test_a_table_fits_the_terminal_and_steers_nothing(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    tables.write([{"id": "1", "text": "word " * 40 + "\x1b[31mred"}, {"id": "2", "text": None}], "table")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["id", "text"]
    assert max(map(len, lines)) <= 60
    assert "\x1b" not in "".join(lines)
