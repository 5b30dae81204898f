"""The CSV files that the course writes: opening one in a spreadsheet runs nothing. Every CSV is written here."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import Any, TextIO

# A spreadsheet takes a cell that opens with one of these for a formula, or passes over it and reads on.
_OPENERS = ("=", "+", "-", "@")
_PASSED_OVER = ("\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:,\d{3})*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?%?", re.ASCII)


def write(lines: Iterable[Iterable[Any]], file: TextIO, *, line_end: str = "\n") -> None:
    """Write lines of text and numbers, the names of the columns among them, as CSV. None is an empty cell."""
    writer = csv.writer(file, lineterminator=line_end)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in line] for line in lines)


def harmless(cell: str) -> str:
    """The text of a cell, with an apostrophe in front if it opens like a formula. A number such as -3.5 stays one."""
    opens_like_one = cell.lstrip().startswith(_OPENERS) or cell.startswith(_PASSED_OVER)
    return f"'{cell}" if opens_like_one and not _NUMBER.fullmatch(cell) else cell
