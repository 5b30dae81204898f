"""review, rewrites, goals and rules, as a person or another program runs them."""

import io
import json

import pytest

from iep_training.cli import main


def run(capsys, *arguments):
    code = main(arguments)
    return code, capsys.readouterr()


def lines(captured):
    return [json.loads(line) for line in captured.out.splitlines()]


def test_review_reads_standard_input(capsys, monkeypatch):
    monkeypatch.setattr(
        "sys.stdin", io.TextIOWrapper(io.BytesIO(b"Refused to participate in group work.\r\n\r\nSings.\r\n"))
    )
    code, captured = run(capsys, "review", "-", "--format", "json")
    first, second = lines(captured)
    assert code == 0
    assert set(first) == {"statement", "framing", "findings"}
    assert first["framing"] == "deficit"
    assert set(first["findings"][0]) == {"rule", "start", "end", "quote", "why", "instead"}
    assert first["findings"][0]["quote"] == "Refused"
    assert second["statement"] == "Sings."


def test_review_reads_a_table_in_order(capsys, tmp_path):
    file = tmp_path / "s.csv"
    file.write_text('id,statement\n1,Is lazy.\n2,\n3,"Reads, and sings."\n', encoding="utf-8-sig")
    code, captured = run(capsys, "review", str(file), "--format", "json")
    assert code == 0
    assert [row["statement"] for row in lines(captured)] == ["Is lazy.", "", "Reads, and sings."]


def test_rewrites(capsys, tmp_path):
    file = tmp_path / "r.csv"
    file.write_text(
        "original,rewrite\nRefused to write.,Needs more support to write.\nRefused to write.,Refused to write.\n"
    )
    code, captured = run(capsys, "rewrites", str(file), "--format", "json")
    assert code == 0
    assert [(row["verdict"], row["reasons"][:1]) for row in lines(captured)] == [("accept", []), ("revise", ["copy"])]
    assert set(lines(captured)[0] if captured.out else {}) == {"original", "rewrite", "verdict", "reasons"}


def test_goals(capsys, tmp_path):
    file = tmp_path / "g.txt"
    file.write_text("Given a map, Ana will name 6 of 7 continents by May 2027.\n")
    code, captured = run(capsys, "goals", str(file), "--format", "json")
    (row,) = lines(captured)
    assert code == 0
    assert set(row) == {"goal", "condition", "behavior", "criterion", "timeframe", "measurable", "findings"}
    assert all(row[part] is True for part in ("condition", "behavior", "criterion", "timeframe", "measurable"))


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_rules_are_listed(capsys, form):
    code, captured = run(capsys, "rules", "--format", form)
    assert code == 0
    assert "cannot" in captured.out


@pytest.mark.parametrize("form", ["table", "csv"])
def test_review_for_people(capsys, tmp_path, form):
    file = tmp_path / "s.txt"
    file.write_text("Is lazy.\nReads.\n")
    code, captured = run(capsys, "review", str(file), "--format", form)
    assert code == 0
    assert "“lazy”" in captured.out


@pytest.mark.parametrize(
    ("command", "name", "data", "words"),
    [
        ("review", "no.txt", None, "no such file"),
        ("rewrites", "r.csv", b"original\nx\n", "“rewrite”"),
        ("goals", "g.csv", b"aim\nx\n", "“goal”"),
        ("review", "l.txt", "René".encode("latin-1"), "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(capsys, tmp_path, command, name, data, words):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    code, captured = run(capsys, command, str(tmp_path / name), "--format", "json")
    assert code == 2
    assert captured.err.count("\n") == 1
    assert words in captured.err
