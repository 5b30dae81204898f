"""Open what a teacher has saved, CSV or Excel, as lines of cells with their line numbers.

Excel is read with openpyxl itself, which pandas would use too: it alone tells 45% from 0.45.
"""

from __future__ import annotations

import csv
import io
import itertools
import warnings
from collections import deque
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from iep_training.model import CourseError
from iep_training.progress import words

_DELIMITERS = ",;\t"
_LOOK_AHEAD = 10  # lines in which the names of the columns may stand, below a title
_LONGEST_CELL = 1_000_000
_LONGEST_RECORD = 50  # lines that a cell in quotation marks may run over
_EXCEL, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Line(NamedTuple):
    """One line of a sheet: its number, its cells as text; `broken` when they can't be told apart for sure.

    `unended` marks a last line without a line end, where a file may have been cut off.
    """

    number: int
    cells: list[str]
    broken: bool = False
    unended: bool = False


def open_file(path: Path) -> BinaryIO:
    """The file at `path`, opened to read bytes. Raises CourseError in plain words when it can't be."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise CourseError(words.say("file", "not_found", name=path)) from None
    except IsADirectoryError:
        raise CourseError(words.say("file", "folder", name=path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CourseError(words.say("file", "unreadable", name=path, reason=reason)) from None


def lines(raw: BinaryIO, name: str) -> tuple[Iterator[Line], tuple[str, ...]]:
    """The lines of a CSV or Excel file that hold anything, and remarks on what was left aside.

    CSV may use commas, semicolons or tabs, any line ends, a byte-order mark, UTF-8 or Excel's UTF-16. It is read as it
    is asked for, so it may be larger than memory.
    """
    buffered = raw if hasattr(raw, "peek") else io.BufferedReader(raw)  # type: ignore[type-var]
    start = buffered.peek(4)[:4]
    if start == _EXCEL:
        return _excel(buffered, name)
    if start == _OLD_EXCEL:
        raise CourseError(words.say("file", "old_excel", name=name))
    encoding = "utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return _csv(io.TextIOWrapper(buffered, encoding=encoding, newline=""), name), ()


def _csv(text: io.TextIOWrapper, name: str) -> Iterator[Line]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        head = list(itertools.islice(text, _LOOK_AHEAD))
        delimiter = max(_DELIMITERS, key=lambda mark: max((line.count(mark) for line in head), default=0))
        for line in _records(itertools.chain(head, text), delimiter):
            if any(cell.strip() for cell in line.cells):
                yield line
    except UnicodeError:
        raise CourseError(words.say("file", "not_text", name=name)) from None
    except OSError as error:
        raise CourseError(words.say("file", "unreadable", name=name, reason=error.strerror)) from None
    finally:
        text.detach()  # whoever opened the file closes it


def _records(text: Iterator[str], delimiter: str) -> Iterator[Line]:
    """Every record. A quotation mark that is never closed spoils its own line and not all that follow it."""
    waiting: deque[str] = deque()
    number = 0
    while waiting or (one := next(text, None)) is not None:
        first = waiting.popleft() if waiting else str(one)
        number += 1
        if '"' not in first:
            yield Line(number, first.rstrip("\r\n").split(delimiter), unended=not first.endswith(("\n", "\r")))
            continue
        record, more = first, 0
        while (cells := _quoted(record, delimiter)) is None and more < _LONGEST_RECORD:
            if more == len(waiting):
                following = next(text, None)
                if following is None:
                    break
                waiting.append(following)
            record += waiting[more]
            more += 1
        if cells is None:
            yield Line(number, [cell.strip().strip('"') for cell in first.split(delimiter)], broken=True)
            continue
        yield Line(number, cells, unended=not record.endswith(("\n", "\r")))
        number += more
        for _ in range(more):
            waiting.popleft()


def _quoted(record: str, delimiter: str) -> list[str] | None:
    """The cells of a record with quotation marks, None while one of them is open or out of place."""
    try:
        return next(csv.reader([record], delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _excel(raw: BinaryIO, name: str) -> tuple[Iterator[Line], tuple[str, ...]]:
    try:
        from openpyxl import load_workbook
    except ImportError:  # the browser edition comes without it
        raise CourseError(words.say("file", "no_excel", name=name)) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and validations, which don't matter here
            book = load_workbook(io.BytesIO(raw.read()), data_only=True)
            sheet = book.worksheets[0]
            found = [
                Line(number, [_cell_text(cell.value, cell.number_format) for cell in row])
                for number, row in enumerate(sheet.iter_rows(), start=1)
            ]
    except Exception:  # a damaged workbook can fail anywhere inside the zip and XML readers
        raise CourseError(words.say("file", "not_excel", name=name)) from None
    more = len(book.worksheets) - 1
    remark = words.say("file", "other_sheets", sheet=sheet.title, count=more) if more else ""
    return iter([line for line in found if any(line.cells)]), (remark,) if remark else ()


def _cell_text(value: Any, form: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if "%" in form:
            return f"{round(value * 100, 9):.15g}%"
        return f"{value:.15g}"
    return str(value).strip()
