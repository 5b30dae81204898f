"""Which column of a file holds what: guessed from the names in vocabulary.toml, or said by the caller."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from typing import Literal

from iep_training.model import CourseError
from iep_training.progress import words
from iep_training.progress.sheet import Line
from iep_training.progress.values import vocabulary

Form = Literal["wide", "long"]

_NEEDED: dict[Form, tuple[str, ...]] = {
    "wide": ("id", "baseline", "target", "current"),
    "long": ("id", "week or date", "score", "target"),
}
_TITLE_LINES = 10  # the names may stand below a title


@dataclass(frozen=True, slots=True)
class Columns:
    """The shape of a file: one row a student ("wide") or one row a score ("long"), and where each column stands.

    `header` names every column of the file as it is written there; `places` says which one holds what, by our names.
    """

    form: Form
    header: tuple[str, ...]
    places: Mapping[str, int]

    @property
    def mapping(self) -> dict[str, str]:
        """Our name of each column in use, with the file's own."""
        return {role: self.header[place] for role, place in self.places.items()}


def find(lines: Iterator[Line], name: str, mapping: Mapping[str, str] | None = None) -> tuple[Columns, Iterator[Line]]:
    """The columns, and the lines below the one that names them.

    `mapping` gives our names with the file's, such as {"score": "WCPM"}; what it leaves out is guessed. Raises
    CourseError that names the missing columns.
    """
    head = list(islice(lines, _TITLE_LINES))
    if not head:
        raise CourseError(words.say("file", "empty", name=name))
    for place, line in enumerate(head):
        columns = _columns(line.cells, name, mapping or {})
        if columns:
            return columns, chain(head[place + 1 :], lines)
    raise CourseError(_complaint(max(head, key=lambda line: len(guess(line.cells))).cells, name, mapping or {}))


def guess(header: Sequence[str]) -> dict[str, int]:
    """Our name of each column that is recognized, with its place. A column serves only once."""
    plain = [_plain(cell) for cell in header]
    places: dict[str, int] = {}
    for role, names in _names().items():
        for known in names:
            if known in plain and plain.index(known) not in places.values():
                places[role] = plain.index(known)
                break
    return places


def _columns(cells: Sequence[str], name: str, mapping: Mapping[str, str]) -> Columns | None:
    header = tuple(cell.strip() for cell in cells)
    wanted = {role: column for role, column in mapping.items() if column in header}
    if len(wanted) < len(mapping):
        return None
    said = {role: header.index(column) for role, column in wanted.items()}
    guessed = {role: place for role, place in guess(header).items() if role not in said}
    places = {role: place for role, place in guessed.items() if place not in said.values()} | said
    form = next((form for form in _NEEDED if not _missing(places, form)), None)
    if form is None:
        return None
    plain = [_plain(cell) for cell in header]
    for place in places.values():
        if plain.count(plain[place]) > 1:
            raise CourseError(words.say("file", "two_columns", name=name, column=header[place]))
    return Columns(form, header, places)


def _missing(places: Mapping[str, int], form: Form) -> list[str]:
    return [
        role
        for role in _NEEDED[form]
        if role not in places and not (role == "week or date" and ("week" in places or "date" in places))
    ]


def _complaint(header: Sequence[str], name: str, mapping: Mapping[str, str]) -> str:
    found = ", ".join(f"“{cell.strip()}”" for cell in header[:20] if cell.strip())[:300] or "nothing"
    for column in mapping.values():
        if column not in [cell.strip() for cell in header]:
            return words.say("file", "no_mapped", name=name, column=column, found=found)
    places = guess(header)
    missing = min((_missing(places, form) for form in _NEEDED), key=len)
    return words.say("file", "no_columns", name=name, missing=" or ".join(f"“{role}”" for role in missing), found=found)


@cache
def _names() -> dict[str, tuple[str, ...]]:
    return {role: tuple(names) for role, names in vocabulary()["columns"].items()}


def _plain(cell: str) -> str:
    """A column's name without case, punctuation and what stands in brackets: "Score (WCPM)" is "score"."""
    return " ".join(re.sub(r"\(.*?\)|[^\w%]|_", " ", cell.casefold()).split())
