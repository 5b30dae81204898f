"""Read the files people hand to a command, and write its answer as a table, as JSON Lines or as CSV.

Every command reads and writes through here, so that a byte-order mark, Windows line ends, an Excel export or a
missing column is met in one place and in the same words.
"""

from __future__ import annotations

import argparse
import csv
import io
import itertools
import json
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from iep_training import spreadsheet
from iep_training.model import CourseError

FORMATS = ("table", "json", "csv")

_DELIMITERS = ",;\t"
_LONGEST_CELL = 2**31 - 1
_NARROWEST_COLUMN = 8


@dataclass(frozen=True)
class Table:
    """A table as a person saved it: its column names in lower case, and its rows as they are read, one by one."""

    name: str
    columns: tuple[str, ...]
    rows: Iterator[dict[str, str]]

    def require(self, *needed: str) -> Table:
        """This table, or a `CourseError` that names the columns it lacks."""
        missing = [column for column in needed if column not in self.columns]
        if missing:
            raise CourseError(
                f"{self.name}: there is no column named {' or '.join(f'“{name}”' for name in missing)}. "
                f"The first line should name the columns; it names {', '.join(filter(None, self.columns)) or 'none'}"
            )
        return self


def add_file_and_format(command: argparse.ArgumentParser, what: str) -> None:
    """Give a command its FILE argument, described by `what`, and its --format option."""
    command.add_argument("file", metavar="FILE", help=f"{what}; - reads standard input")
    add_format(command)


def add_format(command: argparse.ArgumentParser) -> None:
    """Give a command its --format option."""
    command.add_argument("--format", choices=FORMATS, default="table", help="how to show the answer (default: table)")


def read_table(file: str) -> Table:
    """Open a CSV file (comma, semicolon or tab), or standard input for "-". Wholly blank rows are skipped.

    Raises `CourseError` for a file that is missing, unreadable, empty or not UTF-8 text.
    """
    lines = _lines(file)
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise CourseError(f"{_name(file)}: this file is empty. Its first line should name the columns")
    return _table(file, first, lines)


def read_column(file: str, column: str) -> Iterator[str]:
    """The cells of one column of a .csv or .tsv file; of any other file, its lines, blank ones skipped.

    Standard input is read as a table when its first line names the column.
    """
    if Path(file).suffix.lower() in (".csv", ".tsv"):
        yield from (row[column] for row in read_table(file).require(column).rows)
        return
    lines = _lines(file)
    first = next((line for line in lines if line.strip()), "")
    if file == "-" and column in _header(first):
        yield from (row[column] for row in _table(file, first, lines).rows)
        return
    yield from (text for text in (line.strip() for line in itertools.chain([first], lines)) if text)


def write(
    rows: Iterable[Mapping[str, Any]], form: str, *, flat: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict
) -> None:
    """Print rows to standard output as `form` (one of FORMATS).

    JSON shows each row as it is, one object a line. Tables and CSV show `flat(row)`, whose values are text or
    numbers; the first row's keys are the columns. JSON and CSV are written while the rows are still being read.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    if form == "json":
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    elif form == "csv":
        write_csv(map(flat, rows), sys.stdout)
    else:
        _write_table([flat(row) for row in rows])


# --- reading --------------------------------------------------------------------------------------------


def _name(file: str) -> str:
    return "standard input" if file == "-" else Path(file).name


def _lines(file: str) -> Iterator[str]:
    """Lines with their ends kept, as the csv module wants them."""
    try:
        raw = _open(file)
        start = raw.peek(2)[:2] if isinstance(raw, io.BufferedReader) else b""
        encoding = "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        with io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
            yield from text
    except FileNotFoundError:
        raise CourseError(f"{file}: there is no such file. Check the name and the folder") from None
    except IsADirectoryError:
        raise CourseError(f"{file}: this is a folder. Name a file in it") from None
    except UnicodeError:
        raise CourseError(
            f"{_name(file)}: this file is not UTF-8 text. In Excel, choose Save As, then “CSV UTF-8”"
        ) from None
    except OSError as error:
        raise CourseError(f"{file}: this file can't be read ({error.strerror})") from None


def _open(file: str) -> BinaryIO:
    if file != "-":
        return Path(file).open("rb")
    # A test or another program may have put plain text in the place of standard input.
    return getattr(sys.stdin, "buffer", None) or io.BytesIO(sys.stdin.read().encode())


def _table(file: str, first: str, lines: Iterator[str]) -> Table:
    csv.field_size_limit(_LONGEST_CELL)
    columns = _header(first)
    return Table(_name(file), columns, _rows(columns, csv.reader(lines, delimiter=_delimiter(first))))


def _header(line: str) -> tuple[str, ...]:
    cells = next(csv.reader([line], delimiter=_delimiter(line)), [])
    return tuple(cell.strip().lower() for cell in cells)


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _rows(columns: Sequence[str], reader: Iterator[list[str]]) -> Iterator[dict[str, str]]:
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield dict(itertools.zip_longest(columns, (cell.strip() for cell in cells[: len(columns)]), fillvalue=""))


# --- writing --------------------------------------------------------------------------------------------


def write_csv(rows: Iterable[Mapping[str, Any]], file: TextIO) -> None:
    """Write rows of text and numbers as CSV that a spreadsheet can't take for formulas; the first row's keys lead."""
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        spreadsheet.write(itertools.chain([first], (row.values() for row in itertools.chain([first], rows))), file)


def _write_table(rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    columns = list(rows[0])
    cells = [[_printable(row[column]) for column in columns] for row in rows]
    widths = _widths([columns, *cells])
    for line in [columns, ["-" * width for width in widths], *cells]:
        wrapped = [textwrap.wrap(cell, width) or [""] for cell, width in zip(line, widths, strict=True)]
        for parts in itertools.zip_longest(*wrapped, fillvalue=""):
            print("  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip())


def _printable(value: Any) -> str:
    """Text as one line without control characters, which could steer a terminal."""
    text = "" if value is None else str(value)
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _widths(lines: Sequence[Sequence[str]]) -> list[int]:
    """Column widths that show everything where the terminal has room, and else shorten the widest columns."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    room = max(shutil.get_terminal_size((120, 24)).columns - 2 * (len(widths) - 1), _NARROWEST_COLUMN * len(widths))
    while sum(widths) > room:
        widest = max(widths)
        second = max([width for width in widths if width < widest], default=1)
        many = widths.count(widest)
        lower = max(second, widest - -(-(sum(widths) - room) // many), _NARROWEST_COLUMN)
        widths = [min(width, lower) for width in widths]
    return widths
