"""Classify a file that may be larger than memory: rows one by one, series gathered in a temporary file on disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from iep_training.model import Growth
from iep_training.progress import columns as column_names
from iep_training.progress import scores, sheet
from iep_training.progress.reading import Groups, row_growth, score_lines, wide_rows
from iep_training.progress.rule import CUT, classify_series
from iep_training.progress.scores import Remark, ScoreLine

_REMARKS_KEPT = 1_000


def stream(raw: BinaryIO, name: str, cut: float = CUT) -> tuple[Iterator[Growth], list[Remark]]:
    """Every row or series of a CSV or Excel file, classified in the order of the file, and remarks on the reading.

    The remarks fill as the growths are taken. Raises CourseError, at once or while reading, for a file that can't be
    read; what was already given stands.
    """
    found, notes = sheet.lines(raw, name)
    columns, below = column_names.find(found, name)
    remarks = [Remark(0, text) for text in notes]
    if columns.form == "wide":
        return (row_growth(row, cut) for row in wide_rows(columns, below)), remarks
    return _series(score_lines(columns, below, name), cut, remarks), remarks


def _series(lines: Iterator[ScoreLine], cut: float, remarks: list[Remark]) -> Iterator[Growth]:
    groups = Groups()
    # A database without a name is a temporary file of SQLite's own, held in memory while it is small.
    store = sqlite3.connect("")
    try:
        fields = ", ".join(f'"{field}"' for field in ScoreLine._fields)
        store.execute(f"CREATE TABLE score (series INTEGER, {fields})")
        insert = f"INSERT INTO score VALUES (?, {', '.join('?' for _ in ScoreLine._fields)})"
        store.executemany(insert, ((number, *line) for number, line in groups.watch(lines)))
        remarks += groups.remarks()
        found = store.execute(f"SELECT series, {fields} FROM score ORDER BY series, line")
        for number, rows in groupby(found, key=itemgetter(0)):
            series, some = scores.build(
                groups.label(number), [ScoreLine._make(row[1:]) for row in rows], groups.day_first
            )
            remarks += some[: _REMARKS_KEPT - len(remarks)]
            yield classify_series(series, cut)
    finally:
        store.close()
