"""No cell of any CSV that the course writes runs as a formula, and every number stays a number."""

import csv
import io
import re
from pathlib import Path

import pytest

import iep_training
from iep_training import spreadsheet
from iep_training.cli import main
from iep_training.progress import read_text, summary

FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://127.0.0.1:9")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\tReads",
    "\rReads",
    " =1+1",
    "\u00a0@x",
    "-",
    "+",
    "-Reads",
    "-3.5x",
    "--3.5",
    "-inf",
    "-1_000",
    "-３",
    "-3.5\n=1+1",
    "-2+3+cmd|' /C calc'!A0",
]
NUMBERS = ["-3.5", "+3", "-3,500.25", "-50%", "-.5", "-1e-05", "12"]


def runs(cell: str) -> bool:
    """Whether a spreadsheet may run a cell: it opens like a formula, and is no number as people write one."""
    return bool(re.match(r"[\s]*[=+@-]|[\t\r\n]", cell)) and not re.fullmatch(r"[+-][\d,.]+(e-?\d+)?%?", cell)


@pytest.mark.parametrize("cell", FORMULAS)
def test_what_opens_like_a_formula_gets_an_apostrophe(cell):
    assert spreadsheet.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", [*NUMBERS, "", "Reads", "a=b", "5 - 3", "'=1"])
def test_numbers_and_other_words_stay_as_they_are(cell):
    assert spreadsheet.harmless(cell) == cell


def test_every_csv_is_written_in_one_place():
    package = Path(iep_training.__file__).parent
    writers = [
        path.name
        for path in package.rglob("*.py")
        if re.search(r"\bcsv\.(writer|DictWriter)|\.(to|write|sink)_csv\(path", path.read_text("utf-8"))
    ]
    assert writers == ["spreadsheet.py"]


QUOTED = ['"' + cell.replace('"', '""') + '"' for cell in FORMULAS]
COMMANDS = {
    "review": "statement\n" + "\n".join(QUOTED),
    "rewrites": "original,rewrite\n" + "\n".join(f"{cell},{cell}" for cell in QUOTED),
    "goals": "goal\n" + "\n".join(QUOTED),
    "progress": "id,baseline,target,current,unit\n" + "\n".join(f"{cell},-3.5,9.5,-2.5,{cell}" for cell in QUOTED),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_prints_a_formula(command, tmp_path, capsys):
    given = tmp_path / "given.csv"
    given.write_bytes(COMMANDS[command].encode())
    assert main([command, str(given), "--format", "csv"]) in (0, None)
    lines = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert len(lines) > 10
    assert [cell for line in lines for cell in line if runs(cell)] == []
    if command == "progress":
        assert {line[2] for line in lines[1:]} == {"-3.5"}, "a number stays one"


def test_the_progress_summary_holds_no_formula():
    growths = read_text(COMMANDS["progress"]).growths()
    changes = [[f"{growth.id}: the target was “1” and is now “{growth.id}”."] for growth in growths]
    lines = list(csv.reader(io.StringIO(summary.to_csv(growths, changes), newline="")))
    assert [cell for line in lines for cell in line if runs(cell)] == []
    assert {line[2] for line in lines[1:]} == {"-3.5"}
