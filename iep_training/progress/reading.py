"""Read a file of progress data: rows or series out, with a report of what was read, what was not, and which line."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from iep_training.model import CANNOT_CLASSIFY, CourseError, Growth, Series
from iep_training.progress import columns as column_names
from iep_training.progress import dates, scores, sheet, words
from iep_training.progress.columns import Columns, Form
from iep_training.progress.rule import CUT, classify_row, classify_series, unclassified, with_notes
from iep_training.progress.scores import Remark, ScoreLine

_OF_THE_GOAL = ("target", "direction")  # the same on every line of a series


class Row(NamedTuple):
    """One line of a wide file, its cells as text. `broken` says that the line as a whole can't be trusted."""

    line: int
    id: str
    baseline: str
    target: str
    current: str
    direction: str
    goal: str
    unit: str
    mastery: str
    broken: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: `rows` of a wide one, or `series` of a long one, and what to know about the reading.

    `columns` is our name of each column in use with the file's own; `header` names every column of the file;
    `lines` are those that the series were made of; `summary` says in a sentence what was read; `remarks` what was left
    out or read in doubt, with the line, after what was left `aside` (other sheets).
    """

    name: str
    form: Form
    header: tuple[str, ...]
    columns: Mapping[str, str]
    rows: tuple[Row, ...]
    lines: tuple[ScoreLine, ...]
    series: tuple[Series, ...]
    summary: str
    remarks: tuple[Remark, ...]
    aside: tuple[Remark, ...] = ()

    def growths(self, cut: float = CUT) -> tuple[Growth, ...]:
        """Every row or series classified, in the order of the file."""
        if self.form == "wide":
            return tuple(row_growth(row, cut) for row in self.rows)
        return tuple(classify_series(series, cut) for series in self.series)


def read_file(path: Path, mapping: Mapping[str, str] | None = None) -> Read:
    """Read a CSV or Excel file. `mapping` gives our names of columns with the file's, where they can't be guessed."""
    with sheet.open_file(path) as raw:
        return read_bytes(raw, path.name, mapping)


def read_text(text: str, name: str = "the pasted text", mapping: Mapping[str, str] | None = None) -> Read:
    """Read CSV text, as pasted from a spreadsheet or written in a test."""
    return read_bytes(io.BytesIO(text.encode("utf-8", "replace")), name, mapping)


def read_bytes(raw: BinaryIO | bytes, name: str, mapping: Mapping[str, str] | None = None) -> Read:
    """Read the bytes of a CSV or Excel file, as an upload holds them. Raises CourseError when nothing can be read."""
    found, other_sheets = sheet.lines(io.BytesIO(raw) if isinstance(raw, bytes) else raw, name)
    columns, below = column_names.find(found, name, mapping)
    if columns.form == "wide":
        read = _of_rows(name, tuple(wide_rows(columns, below)))
    else:
        read = _of_lines(name, tuple(score_lines(columns, below, name)))
    aside = tuple(Remark(0, text) for text in other_sheets)
    return replace(read, header=columns.header, columns=columns.mapping, remarks=(*aside, *read.remarks), aside=aside)


def corrected(read: Read, changes: Mapping[tuple[int, str], str]) -> Read:
    """The same file read again with some cells changed: `changes` gives the new text of a field in a line.

    Fields are those of Row or ScoreLine. A line that was broken is trusted again once one of its own cells, other than
    what belongs to the goal, was looked at and changed.
    """
    by_line: dict[int, dict[str, Any]] = {}
    for (line, field), text in changes.items():
        by_line.setdefault(line, {})[field] = text
        if field not in _OF_THE_GOAL:
            by_line[line]["broken"] = ""
    if read.form == "wide":
        again = _of_rows(read.name, tuple(row._replace(**by_line.get(row.line, {})) for row in read.rows))
    else:
        again = _of_lines(read.name, tuple(one._replace(**by_line.get(one.line, {})) for one in read.lines))
    remarks = (*read.aside, *again.remarks)
    return replace(again, header=read.header, columns=read.columns, remarks=remarks, aside=read.aside)


def _of_rows(name: str, rows: tuple[Row, ...]) -> Read:
    summary = words.say("file", "read_rows", name=name, count=words.count(len(rows), "row"))
    return Read(name, "wide", (), {}, rows, (), (), summary, tuple(_repeated_ids(rows)))


def _of_lines(name: str, lines: tuple[ScoreLine, ...]) -> Read:
    groups = Groups()
    kept = sorted(groups.watch(iter(lines)), key=lambda pair: pair[0])  # each series together, its lines in file order
    built = [
        scores.build(groups.label(key), [line for _, line in pairs], groups.day_first)
        for key, pairs in groupby(kept, key=lambda pair: pair[0])
    ]
    series = tuple(one for one, _ in built)
    remarks = sorted(groups.remarks() + [remark for _, some in built for remark in some])
    number = sum(point.score is not None for one in series for point in one.points)
    of = words.count(len(series), "goal" if groups.several_goals else "student")
    summary = words.say("file", "read_series", name=name, scores=words.count(number), count=of)
    return Read(name, "long", (), {}, (), lines, series, summary, tuple(remarks))


def series_from_csv(path: Path) -> tuple[Series, ...]:
    """Every series of a long file (id, week or date, score, target; phase and direction where they help).

    Raises CourseError for a file of another form. A line that can't be read is named in its series' `problems`.
    """
    read = read_file(path)
    if read.form == "wide":
        raise CourseError(f"{path.name}: this file has one row a student. A series needs one row for each score")
    return read.series


def row_growth(row: Row, cut: float = CUT) -> Growth:
    """One row of a wide file, classified."""
    if row.broken:
        return unclassified(row.id, row.broken)
    growth = classify_row(row.id, row.baseline, row.target, row.current, row.direction, cut, unit=row.unit)
    if not row.mastery or growth.category == CANNOT_CLASSIFY:
        return growth
    # One score can't show "4 of 5 trials", so a person has to look.
    return with_notes(replace(growth, borderline=True), words.say("note", "mastery_row", criterion=row.mastery))


# --- lines ------------------------------------------------------------------------------------------------


def wide_rows(columns: Columns, lines: Iterator[sheet.Line]) -> Iterator[Row]:
    """The lines of a wide file as rows, one by one."""
    places = [columns.places.get(name) for name in Row._fields[1:-1]]
    for line in lines:
        broken = _broken(line, columns)
        cells = line.cells
        texts = ("" if place is None or place >= len(cells) else cells[place].strip() for place in places)
        yield Row._make([line.number, *texts, broken])


def score_lines(columns: Columns, lines: Iterator[sheet.Line], name: str) -> Iterator[ScoreLine]:
    """The lines of a long file, one by one. Raises CourseError where a cell has swallowed the lines that follow it."""
    roles = dict(columns.places)
    roles["when"] = roles.get("date", roles.get("week", 0))
    places = [roles.get(field) for field in ScoreLine._fields[1:-1]]
    key_places = [roles[role] for role in ("id", "when", "score", "phase", "target") if role in roles]
    for line in lines:
        cells = line.cells
        if any("\n" in cells[place] for place in key_places if place < len(cells)):
            raise CourseError(words.say("file", "swallowed", name=name, where=f"line {line.number}"))
        texts = ("" if place is None or place >= len(cells) else cells[place].strip() for place in places)
        yield ScoreLine._make([line.number, *texts, _broken(line, columns)])


def _broken(line: sheet.Line, columns: Columns) -> str:
    where = f"Line {line.number}"
    if line.broken:
        return words.say("file", "quotes", where=where)
    counts = {"cells": len(line.cells), "columns": len(columns.header)}
    if any(cell.strip() for cell in line.cells[len(columns.header) :]):
        return words.say("file", "extra_cells", where=where, **counts)
    if line.unended and len(line.cells) < len(columns.header):
        return words.say("file", "cut_off", where=where, **counts)
    return ""


def _repeated_ids(rows: Sequence[Row]) -> list[Remark]:
    first: dict[tuple[str, str], int] = {}
    remarks = []
    for row in rows:
        seen = first.setdefault((row.id, row.goal), row.line)
        if seen != row.line:
            text = words.say("file", "same_id", where=f"Line {row.line}", id=row.id, first=seen)
            remarks.append(Remark(row.line, text))
    return remarks


class Groups:
    """Which lines belong together, and what only the whole file tells: goals a student, the order of its dates."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, str], int] = {}
        self._names: list[tuple[str, str]] = []
        self._goals: dict[str, int] = {}
        self._orders: dict[str, str] = {}

    def watch(self, lines: Iterator[ScoreLine]) -> Iterator[tuple[int, ScoreLine]]:
        """Each line with the number of its series, counted in the order in which they first appear."""
        for line in lines:
            key = (line.id, line.goal)
            if key not in self._keys:
                self._keys[key] = len(self._keys)
                self._names.append(key)
                self._goals[line.id] = self._goals.get(line.id, 0) + 1
            order = dates.order(line.when)
            if order:
                self._orders.setdefault(order, line.when)
            yield self._keys[key], line

    @property
    def several_goals(self) -> bool:
        """True when some student has more than one goal."""
        return any(count > 1 for count in self._goals.values())

    @property
    def day_first(self) -> bool:
        """True when the dates can only be read with the day first."""
        return "day" in self._orders and "month" not in self._orders

    def label(self, number: int) -> str:
        """The name of a series: the student, with the goal where a student has several."""
        id, goal = self._names[number]
        return f"{id} ({goal})" if goal and id and self._goals[id] > 1 else id

    def remarks(self) -> list[Remark]:
        """Names that differ by a capital letter only, and dates with the day first."""
        remarks = []
        if self.day_first:
            text = self._orders["day"]
            remarks.append(Remark(0, words.say("file", "day_first", text=text, number=text[:2])))
        spelled: dict[str, str] = {}
        for id in self._goals:
            other = spelled.setdefault(" ".join(id.casefold().split()), id)
            if other != id:
                remarks.append(Remark(0, words.say("file", "alike", one=other, other=id)))
        return remarks
