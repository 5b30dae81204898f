"""A first look at a file, before anything is read: its columns, an example of each, and what each may hold."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from iep_training.model import CourseError
from iep_training.progress import columns, sheet, values, words
from iep_training.progress.columns import Form

_LOOKED_AT = 40  # lines


@dataclass(frozen=True, slots=True)
class Preview:
    """The columns of a file in order, each with its first value as an `example` ("" where there is none).

    `guess` gives our name of a column with the file's own, `form` the likely shape. `unnamed` says that the first line
    looks like data, not like names.
    """

    header: tuple[str, ...]
    examples: tuple[str, ...]
    guess: Mapping[str, str]
    form: Form
    unnamed: bool


def preview(raw: bytes, name: str) -> Preview:
    """Look at the bytes of a CSV or Excel file. Raises CourseError when there is nothing to look at."""
    found, _ = sheet.lines(io.BytesIO(raw), name)
    head = list(islice(found, _LOOKED_AT))
    if not head:
        raise CourseError(words.say("file", "empty", name=name))
    # The names may stand below a title: they are the line in which most are known, else the one with most cells.
    place = max(range(min(len(head), columns.TITLE_LINES)), key=lambda at: _names_in(head[at].cells))
    header = tuple(cell.strip() for cell in head[place].cells)
    below = [line.cells for line in head[place + 1 :]]
    examples = tuple(
        next((cells[at].strip() for cells in below if at < len(cells) and cells[at].strip()), "")
        for at in range(len(header))
    )
    guess = {role: header[at] for role, at in columns.guess(header).items()}
    wide = {"baseline", "current"} <= set(guess) or not {"score", "week", "date"} & set(guess)
    return Preview(header, examples, guess, "wide" if wide else "long", any(map(_is_number, header)))


def _names_in(cells: list[str]) -> tuple[int, int]:
    return len(columns.guess(cells)), sum(bool(cell.strip()) for cell in cells)


def _is_number(cell: str) -> bool:
    try:
        return values.number(cell) is not None
    except values.NotReadable:
        return False
