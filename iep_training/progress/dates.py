"""Weeks and dates as teachers write them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from iep_training.progress.values import NotReadable, vocabulary

_WEEK = re.compile(r"(?:weeks?|wk)?\.?\s*#?\s*(-?\d{1,4}(?:\.\d+)?)", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:\s.*)?")
_DAY_FIRST_NAMED = re.compile(r"(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s,-]+(\d{4}|\d{2})", re.IGNORECASE)
_MONTH_FIRST_NAMED = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})", re.IGNORECASE)


def when(cell: str, day_first: bool = False) -> float | date:
    """The week ("3", "Week 3") or date ("9/14/2026", "2026-09-14", "Sep 14, 2026") in a cell.

    Dates with slashes are read with the month first, as in the United States, unless `day_first`. Raises NotReadable.
    """
    text = cell.strip()
    if found := _WEEK.fullmatch(text):
        return float(found[1])
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _SLASHED.fullmatch(text):
            month, day = (found[2], found[1]) if day_first else (found[1], found[2])
            return date(_year(found[3]), int(month), int(day))
        if found := _DAY_FIRST_NAMED.fullmatch(text):
            return date(_year(found[3]), _month(found[2]), int(found[1]))
        if found := _MONTH_FIRST_NAMED.fullmatch(text):
            return date(int(found[3]), _month(found[1]), int(found[2]))
    except ValueError:  # a 13th month, a 31st of June
        pass
    raise NotReadable(text)


def order(cell: str) -> str:
    """What a date with slashes gives away: "day" when it can only start with the day, "month" likewise, else ""."""
    found = _SLASHED.fullmatch(cell.strip())
    if not found:
        return ""
    first, second = int(found[1]), int(found[2])
    if first > 12 >= second:
        return "day"
    return "month" if second > 12 >= first else ""


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(name: str) -> int:
    months = _months()
    if name.casefold() not in months:
        raise ValueError(name)
    return months[name.casefold()]


@cache
def _months() -> dict[str, int]:
    return {name: place for place, name in enumerate(vocabulary()["months"]["names"], start=1)}
