"""Read one cell: a number, a direction or a phase, as teachers write them."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from iep_training.model import Direction

_NUMBER = re.compile(r"[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)?(?:\.\d*)?(?:[eE][+-]?\d{1,3})?")


class NotReadable(ValueError):
    """A cell that holds something, but not what was asked for."""


@cache
def vocabulary() -> dict[str, Any]:
    """The words a data file may use, from vocabulary.toml."""
    return tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))


@cache
def _absent() -> frozenset[str]:
    return frozenset(vocabulary()["absent"]["words"])


def number(cell: float | str | None) -> float | None:
    """The number in a cell, None for an absence ("", "n/a", "absent"). Raises NotReadable for anything else.

    "45%" is 45 and "1,234" is 1234; "0,7" and "inf" are not read, since they can't be told for sure.
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        text = cell.strip()
        if text.casefold() in _absent():
            return None
        bare = text.removesuffix("%").rstrip().replace("−", "-")
        if not _NUMBER.fullmatch(bare) or not any(map(str.isdigit, bare)):
            raise NotReadable(text)
        value = float(bare.replace(",", ""))
    else:
        value = float(cell)
        if math.isnan(value):
            return None
    if not math.isfinite(value):
        raise NotReadable(str(cell))
    return value


def direction(cell: str | None) -> Direction | None:
    """The direction a cell names, None when it is blank. Raises NotReadable for an unknown word."""
    word = (cell or "").strip().casefold()
    if word == "increase" or word in vocabulary()["direction"]["increase"]:
        return "increase"
    if word in vocabulary()["direction"]["decrease"]:
        return "decrease"
    if word in _absent():
        return None
    raise NotReadable(word)


def phase(cell: str | None) -> str:
    """The phase a cell names: "baseline" for any of its usual names, else the words as they stand."""
    words = (cell or "").strip()
    return "baseline" if words.casefold() in vocabulary()["phase"]["baseline"] else words


def unclear_percent(cells: Mapping[str, float | str | None]) -> str | None:
    """The name of a cell that may be 0.4 or 0.4%, when the others carry a percent sign; None when all is clear.

    Excel shows 0.4 as 40%, so a file can hold both forms of the same number.
    """
    signed = [isinstance(cell, str) and cell.strip().endswith("%") for cell in cells.values()]
    if not any(signed):
        return None
    for (name, cell), has_sign in zip(cells.items(), signed, strict=True):
        value = None if has_sign else number(cell)
        if value is not None and 0 < abs(value) <= 1:
            return name
    return None
