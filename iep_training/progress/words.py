"""Put what the numbers say into plain words. The sentences themselves stand in words.toml."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from iep_training.progress.measures import TOLERANCE


@cache
def sentences() -> dict[str, Any]:
    """Every sentence of words.toml, by section and name."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def say(section: str, name: str, /, **values: object) -> str:
    """One sentence of words.toml with its blanks filled in."""
    return str(sentences()[section][name]).format(**values)


def figure(value: float) -> str:
    """A number as a teacher writes it: 24, 0.5, 1,240; never 24.0 or 0.30000000000000004."""
    if value != 0 and (abs(value) < 0.001 or abs(value) >= 1e15):
        return f"{value:.3g}"
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(share: float) -> int:
    """A share in whole percent, rounded down, so that 99.6% never reads as the whole way."""
    return math.floor(share * 100 + TOLERANCE * 100)


def moved(baseline: float, target: float, current: float, share: float, unit: str) -> str:
    """One sentence: how far from baseline toward target, in the unit of the scores and as a share of the way."""
    way = "increase" if target > baseline else "decrease"
    values = {name: figure(value) for name, value in (("baseline", baseline), ("target", target), ("current", current))}
    values |= {"moved": figure(abs(current - baseline)), "needed": figure(abs(target - baseline))}
    values["unit"] = f" {unit}" if unit else ""
    values["in_unit"] = f" ({unit})" if unit else ""  # a long unit would tear the sentence apart
    if abs(share) <= TOLERANCE:
        return say("same", "part", **values)
    if share < 0:
        return say(way, "away", **values)
    if share >= 1 - TOLERANCE:
        return say(way, "reached", **values)
    return say(way, "part", **values, share=_share(share))


def count(number: int, noun: str = "score") -> str:
    """ "1 score", "2 scores"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


@cache
def _named_shares() -> tuple[tuple[float, str], ...]:
    return tuple((float(share), name) for share, name in sentences()["share"].items())


def _share(share: float) -> str:
    for value, name in _named_shares():
        if abs(share - value) <= TOLERANCE:
            return name
    return f"{percent(share)}% of the way"
