"""What words in a row mean together, for the framing of a statement: a small convolutional network, in whole numbers.

Each word has a vector. A filter listens to a few neighboring words, wherever they stand, and reports the strongest that
it heard; what all filters report, with the rules and signals found, speaks for each framing. Fitted by
benchmarks/fit_tone_net.py, which writes tone_net.json.

The arithmetic needs no library and is quick, because one large whole number holds a number for every filter, each in
a lane of bits of its own: adding two of them adds all lanes at once, and a few steps keep the greater of each lane.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from operator import mul

from iep_training.language.tone_table import apart, together
from iep_training.language.tone_words import KINDS, WORDS_KEPT, word_classes
from iep_training.language.words import STOPS

# Bits in a lane, and in the wide lanes in which a word's vector is multiplied out; the upper half of those is kept.
LANE = 16
WIDE = 2 * LANE
# Bits in a lane for what all filters add up to.
LONG = 32
# What a filter hears is kept above this, so that no lane is ever negative and the uppermost bit stays free.
ZERO = 1 << LANE - 2
_REACH = 3
# How a word is looked up that has no vector: a figure, a mark, or a word by its ending.
NUMBER, MARK, UNKNOWN = "#", "?p", "?"


@dataclass(frozen=True, slots=True)
class Net:
    """The fitted network. Whole numbers with lanes for `filters` filters, or for three times as many in `rows`."""

    places: dict[str, int]
    vectors: bytes
    endings: Sequence[str]
    filters: int
    rows: Sequence[int]
    bias: Sequence[int]
    hidden: int
    onward: Sequence[int]
    found: dict[str, int]
    base: int
    scale: int
    out: Sequence[int]
    out_scale: int


def sums(words: Sequence[str], found: Iterable[str]) -> list[float]:
    """How much a statement speaks for each of KINDS."""
    net = fitted()
    loudest = _loudest(_heard(words, net), net.filters)
    said = struct.unpack(f"<{net.filters}H", loudest.to_bytes(net.filters * LANE // 8, "little"))
    total = sum(map(mul, said, net.onward)) + sum([net.found.get(name, 0) for name in set(found)]) + net.base
    told = _apart(total, net.hidden + len(KINDS))
    hidden, direct = told[: net.hidden], told[net.hidden :]
    more = apart(sum(map(mul, [max(number, 0) for number in hidden], net.out)))
    return [(one + other / net.out_scale) / net.scale for one, other in zip(direct, more, strict=True)]


def _heard(words: Sequence[str], net: Net) -> Iterator[int]:
    """What the filters hear at each word: that word, the one before it and the one after it."""
    if not words:
        return iter(())
    before, here, after = zip(*map(_shares, words), strict=True)
    bias = [net.bias[0]] * len(words) if _turns().isdisjoint(words) else map(net.bias.__getitem__, bends(words))
    return map(sum, zip((0, *before[:-1]), here, (*after[1:], 0), bias, strict=True))


def bends(words: Sequence[str]) -> Iterator[int]:
    """For each word whether it stands after a "but" (1), in quotation marks (2), or neither (0)."""
    turned = quoted = False
    for word in words:
        if word == '"':
            quoted = not quoted
            yield 0
            continue
        turned = turned and word not in STOPS
        yield 2 if quoted else 1 if turned else 0
        turned = turned or word in _turns()


def _loudest(heard: Iterable[int], filters: int) -> int:
    """The greatest number of each lane; none is below ZERO."""
    top_bits = _in_all(1 << LANE - 1, filters)
    best = _in_all(ZERO, filters)
    for row in heard:
        # A lane's top bit stays set where `best` is not below `row`; it becomes a mask of the bits under it.
        not_below = ((best | top_bits) - row) & top_bits
        best = row ^ ((best ^ row) & (not_below - (not_below >> LANE - 1)))
    return best


@lru_cache(WORDS_KEPT)
def _shares(word: str) -> tuple[int, ...]:
    """What a word adds to each filter at the word after it, at its own place, and at the word before it."""
    net = fitted()
    width, lanes = len(net.rows), net.filters * _REACH
    start = place_of(word, net.places, net.endings) * width
    wide = sum(map(mul, struct.unpack(f"{width}b", net.vectors[start : start + width]), net.rows))
    # The upper half of each wide lane.
    cut = struct.unpack(f"<{2 * lanes}H", _above(wide, lanes, WIDE))[1::2]
    half = _in_all(1 << LANE - 1, net.filters)
    pieces = (cut[at : at + net.filters] for at in range(0, lanes, net.filters))
    return tuple(int.from_bytes(struct.pack(f"<{net.filters}H", *piece), "little") - half for piece in pieces)


def _above(number: int, lanes: int, width: int) -> bytes:
    """The lanes one after another, each raised by half of what it can hold, so that none is negative."""
    return (number + _in_all(1 << width - 1, lanes, width)).to_bytes(lanes * width // 8, "little")


def _apart(total: int, lanes: int) -> list[int]:
    """The numbers in lanes of LONG bits."""
    return [number - (1 << LONG - 1) for number in struct.unpack(f"<{lanes}I", _above(total, lanes, LONG))]


def _joined(numbers: Iterable[int]) -> int:
    """The numbers in one, each in a lane of LONG bits."""
    return sum(number << LONG * lane for lane, number in enumerate(numbers))


def place_of(word: str, places: Mapping[str, int], endings: Iterable[str]) -> int:
    """Which vector stands for a word, known or not."""
    word = known_as(word)
    if word in places:
        return places[word]
    if not word[0].isalpha():
        return places[MARK]
    long = (end for end in endings if word.endswith(end) and len(word) > len(end) + 2)
    return places[UNKNOWN + next(long, "")]


def known_as(word: str) -> str:
    """The word under which a vector is kept: all figures share one."""
    return NUMBER if word[0].isdigit() else word


@cache
def _turns() -> frozenset[str]:
    """The words after which a sentence turns, and the quotation mark."""
    return frozenset(word for word, classes in word_classes().items() if "contrast" in classes) | {'"'}


@cache
def _in_all(number: int, lanes: int, width: int = LANE) -> int:
    """The number in each of so many lanes."""
    return sum(number << width * lane for lane in range(lanes))


@cache
def fitted() -> Net:
    """The network of tone_net.json."""
    table = json.loads((files("iep_training.language") / "tone_net.json").read_text(encoding="utf-8"))
    filters = table["filters"]

    def lanes(packed: str, count: int, size: int) -> list[int]:
        """Whole numbers of `count` lanes; a lane is kept in the file as its number and half of what it can hold."""
        raw, step, half = base64.b64decode(packed), count * size // 8, _in_all(1 << size - 1, count, size)
        return [int.from_bytes(raw[at : at + step], "little") - half for at in range(0, len(raw), step)]

    bias, *added = lanes(table["bias"], filters, LANE)
    bias += _in_all(ZERO, filters)
    return Net(
        {word: place for place, word in enumerate(table["words"].split(" "))},
        base64.b64decode(table["vectors"]),
        table["endings"],
        filters,
        lanes(table["rows"], filters * _REACH, WIDE),
        [bias, *(bias + more for more in added)],
        table["hidden"],
        [_joined(row) for row in table["onward"]],
        {name: _joined(row) for name, row in table["found"].items()},
        _joined(table["base"]),
        table["scale"],
        [together(*row) for row in table["out"]],
        table["out_scale"],
    )
