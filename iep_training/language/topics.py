"""How near two texts are in what they are about: by what their words mean, not by their letters.

Each word stem has a vector; stems that stand for each other in a statement and its rewrite point the same way. And it
has two weights: how much it tells of the skill in a statement, and how much in a rewrite. Fitted by
benchmarks/fit_topics.py, which writes topics.json. Only the reader of rewrites needs it, and it loads when first
asked.
"""

from __future__ import annotations

import base64
import json
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from operator import mul

# Vectors kept ready; a hostile text can hold no end of different words.
_KEPT = 4_000
# So many words of each text are compared at most, so that time does not grow with the product of two lengths.
_MOST = 60
# What stands for texts of which one holds no word that is known.
_UNTOLD = 0.3


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near two texts are, from about -0.5 (far) to 1 (the same).

    `before` is how well each word of the first is met by one of the second, on average, telling words weighing more;
    `after` the other way round; `best` how near the nearest two words are. `told` is false where a text has none.
    """

    before: float = _UNTOLD
    after: float = _UNTOLD
    best: float = _UNTOLD
    told: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The vectors, one after another, and the two weights of every stem, by the stem's place."""

    places: dict[str, int]
    dimensions: int
    vectors: bytes
    before: bytes
    after: bytes


def nearness(before: Sequence[str], after: Sequence[str]) -> Nearness:
    """How near the stems of one text are to those of another."""
    shared = set(before) & set(after)
    firsts, seconds = _known(before, shared), _known(after, shared)
    if not firsts or not seconds:
        return Nearness()
    rows = [[_alike(one, other) for other in seconds] for one in firsts]
    table = fitted()
    weights_before, weights_after = _weights(firsts, table.before), _weights(seconds, table.after)
    return Nearness(
        _average([max(row) for row in rows], weights_before),
        _average([max(column) for column in zip(*rows, strict=True)], weights_after),
        max(
            alike * math.sqrt(weight * other)
            for row, weight in zip(rows, weights_before, strict=True)
            for alike, other in zip(row, weights_after, strict=True)
        ),
        True,
    )


def _known(stems: Sequence[str], shared: set[str]) -> list[str]:
    """The stems that can be compared: those with a vector, and those that meet themselves in the other text."""
    places = fitted().places
    return [stem for stem in dict.fromkeys(stems) if stem in places or (stem in shared and stem.isalpha())][:_MOST]


def _average(amounts: Sequence[float], weights: Sequence[float]) -> float:
    return math.fsum(map(mul, amounts, weights)) / math.fsum(weights)


def _alike(one: str, other: str) -> float:
    """The cosine of two stems."""
    return 1.0 if one == other else math.fsum(map(mul, vector(one), vector(other)))


@lru_cache(_KEPT)
def vector(stem: str) -> Sequence[float]:
    """What a stem means, as a vector of length 1; of length 0 where nothing is known."""
    table = fitted()
    place = table.places.get(stem)
    if place is None:
        return (0.0,) * table.dimensions
    start = place * table.dimensions
    whole = struct.unpack(f"{table.dimensions}b", table.vectors[start : start + table.dimensions])
    length = math.hypot(*whole)
    return tuple(number / length for number in whole)


def _weights(stems: Sequence[str], weights: bytes) -> list[float]:
    """How much each stem tells of the skill, from near 0 to 1; one without a vector is some name of a thing."""
    places = fitted().places
    return [weights[places[stem]] / 255 if stem in places else 1.0 for stem in stems]


@cache
def fitted() -> Table:
    """What topics.json holds."""
    return load(files("iep_training.language") / "topics.json")


def load(file: Traversable) -> Table:
    """The table in a file that benchmarks/fit_topics.py wrote."""
    table = json.loads(file.read_text(encoding="utf-8"))
    return Table(
        {stem: place for place, stem in enumerate(table["stems"].split(" "))},
        table["dimensions"],
        base64.b64decode(table["vectors"]),
        base64.b64decode(table["before"]),
        base64.b64decode(table["after"]),
    )
