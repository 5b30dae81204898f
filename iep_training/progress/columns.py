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
TITLE_LINES = 10  # the names may stand below a title


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

    `mapping` gives our names with the file's, such as {"score": "WCPM"}; what it leaves out is guessed, and what it
    gives as "" is in no column. A target that is in no column may be given later. Raises CourseError that names the
    missing columns.
    """
    head = list(islice(lines, TITLE_LINES))
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
    chosen = {role: column for role, column in mapping.items() if column}
    if any(column not in header for column in chosen.values()):
        return None
    said = {role: header.index(column) for role, column in chosen.items()}
    guessed = {role: place for role, place in guess(header).items() if role not in mapping}
    places = {role: place for role, place in guessed.items() if place not in said.values()} | said
    form = next((form for form in _NEEDED if not _missing(places, form, mapping)), None)
    if form is None:
        return None
    for column in header:
        if list(chosen.values()).count(column) > 1:
            raise CourseError(words.say("file", "chosen_twice", name=name, column=column))
    plain = [_plain(cell) for cell in header]
    for place in places.values():
        if plain.count(plain[place]) > 1:
            raise CourseError(words.say("file", "two_columns", name=name, column=header[place]))
    return Columns(form, header, places)


def _missing(places: Mapping[str, int], form: Form, mapping: Mapping[str, str]) -> list[str]:
    found = {*places, *(("target",) if mapping.get("target") == "" else ())}
    found |= {"week or date"} if found & {"week", "date"} else set()
    return [role for role in _NEEDED[form] if role not in found]


def _complaint(header: Sequence[str], name: str, mapping: Mapping[str, str]) -> str:
    found = ", ".join(f"“{cell.strip()}”" for cell in header[:20] if cell.strip())[:300] or "nothing"
    for column in mapping.values():
        if column and column not in [cell.strip() for cell in header]:
            return words.say("file", "no_mapped", name=name, column=column, found=found)
    plain = [cell.strip() for cell in header]
    places = {role: place for role, place in guess(header).items() if role not in mapping}
    places |= {role: plain.index(column) for role, column in mapping.items() if column}
    missing = min((_missing(places, form, mapping) for form in _NEEDED), key=len)
    return words.say("file", "no_columns", name=name, missing=" or ".join(f"“{role}”" for role in missing), found=found)


@cache
def _names() -> dict[str, tuple[str, ...]]:
    return {role: tuple(names) for role, names in vocabulary()["columns"].items()}


def _plain(cell: str) -> str:
    """A column's name without case, punctuation and what stands in brackets: "Score (WCPM)" is "score"."""
    return " ".join(re.sub(r"\(.*?\)|[^\w%]|_", " ", cell.casefold()).split())
