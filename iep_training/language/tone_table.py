"""What the words of a statement, their neighbors and its build weigh toward each framing: a linear model.

It can show its reasons (what each feature weighs). Fitted by benchmarks/fit_tone_table.py.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

from iep_training.language.tone_words import KINDS, WORDS_KEPT, by_quotes, forms, word_classes
from iep_training.language.words import BREAKS

# Weights are whole numbers in the file: hundredths.
SCALE = 100
_PAIRS_KEPT = 100_000
_LETTERS = 4
_START, _END = "^", "$"
# Stands before a word between quotation marks; no word holds one.
_QUOTED = '"'

Build = tuple[str, bool, int, int, str]


# --- what a statement shows ---------------------------------------------------------------------------------


def features(words: Sequence[str], found: Iterable[str]) -> list[str]:
    """What a statement shows, by name: the rules and signals `found`, its words, their neighbors, and its build."""
    marked, pairs = _apart_and_paired(words)
    digits = sum(word[0].isdigit() for word in words)
    length = sum(word[0].isalnum() for word in words)
    names = [*map(_of_found, found), *map(_of_word, marked), *map(_of_pair, pairs)]
    return [*chain.from_iterable(names), *_of_build(_build(words, digits, length))]


def _apart_and_paired(words: Sequence[str]) -> tuple[Sequence[str], Iterable[tuple[str, str]]]:
    """The words, those in quotation marks marked, and each two neighbors."""
    told = marked = words
    if '"' in words:
        told = [word for word in words if word != '"']
        marked = [_QUOTED + word if quoted else word for word, quoted in by_quotes(words)]
    return marked, zip((_START, *told), (*told, _END), strict=True)


def _build(words: Sequence[str], digits: int, length: int) -> Build:
    """How a statement with so many figures and so many words is built."""
    first = words[0] if words and words[0] not in BREAKS else next((word for word in words if word[0].isalnum()), "")
    return first, '"' in words, min(digits, 3), min(length // 4, 5), words[-1] if words else ""


def _of_found(name: str) -> tuple[str, ...]:
    return (f"={name}",)


def _of_word(marked: str) -> tuple[str, ...]:
    """One word by itself: the word, its stem, its classes, and every four letters of it; less of a quoted one."""
    word = marked.removeprefix(_QUOTED)
    shape, stem, _ = forms(word)
    own = [shape, f"s:{stem}", *(f"<{name}>" for name in word_classes().get(word, ()))]
    if word != marked:
        return tuple(f"q:{name}" for name in own)
    if word.isalpha():
        edged = f"<{word}>"
        own += [f"c:{edged[place : place + _LETTERS]}" for place in range(len(edged) - _LETTERS + 1)]
    return tuple(own)


def _of_pair(pair: tuple[str, str]) -> tuple[str, ...]:
    """Two neighbors: as they are, as stems, and as classes."""
    (shape_before, stem_before, class_before), (shape, stem, kind) = map(forms, pair)
    return f"b:{shape_before}_{shape}", f"sb:{stem_before}_{stem}", f"cb:{class_before}_{kind}"


def _of_build(build: Build) -> tuple[str, ...]:
    """How the statement is built: how it starts and ends, how long it is, whether it quotes or counts."""
    first, has_quote, digits, length, last = build
    if not first:
        return ("(empty)",)
    return (
        "(bias)",
        *(f"^<{name}>" for name in word_classes().get(first, ("other",))),
        *(["(quote)"] if has_quote else []),
        f"(digits {digits})",
        f"(length {length})",
        f"(end {'word' if last[0].isalnum() else last})",
    )


# --- what it adds up to -------------------------------------------------------------------------------------


def sums(words: Sequence[str], found: Iterable[str]) -> list[float]:
    """How much a statement speaks for each of KINDS."""
    marked, pairs = _apart_and_paired(words)
    total = sum(map(_words().__getitem__, marked))
    build = _build(words, total & _ALL_COUNTED, total >> _COUNTED & _ALL_COUNTED)
    total += sum(map(_pairs().__getitem__, pairs)) + _builds()[build] + sum(map(_found().__getitem__, found))
    return [weight / SCALE for weight in apart(total)]


class _Weighed(dict[Any, int]):
    """What a word, a pair, a build or a found name weighs, worked out when it first comes up.

    `names` gives its features, `count` what it adds to the counts of figures and words. No more than `most` are
    remembered at a time, so that no text can fill the memory.
    """

    def __init__(
        self, names: Callable[[Any], Iterable[str]], most: int, count: Callable[[Any], int] = lambda _: 0
    ) -> None:
        self._names = names
        self._most = most
        self._count = count

    def __missing__(self, shown: object) -> int:
        if len(self) >= self._most:
            self.clear()
        weigh = weights().get
        self[shown] = weight = sum([weigh(name, 0) for name in self._names(shown)]) + self._count(shown)
        return weight


@cache
def _words() -> _Weighed:
    return _Weighed(_of_word, WORDS_KEPT, _counted)


def _counted(marked: str) -> int:
    """What a word adds to the counts: one for a figure, and one, further up, for whatever is no mark."""
    word = marked.removeprefix(_QUOTED)
    return word[0].isdigit() + (word[0].isalnum() << _COUNTED)


@cache
def _pairs() -> _Weighed:
    return _Weighed(_of_pair, _PAIRS_KEPT)


@cache
def _builds() -> _Weighed:
    return _Weighed(_of_build, WORDS_KEPT)


@cache
def _found() -> _Weighed:
    return _Weighed(_of_found, WORDS_KEPT)


# The four weights of a feature are kept in one whole number, each in its own block of bits, so that one sum adds all
# four. Blocks are wide enough for any text: a weight is below 2**12, and a text has less than 2**50 features. Two more
# blocks below them count figures and words.
_BITS = 64
_COUNTED = 32
_ALL_COUNTED = (1 << _COUNTED) - 1
_BLOCKS = struct.Struct(f"<{len(KINDS)}Q")
_HALF = 1 << _BITS - 1
_HALF_IN_EACH = sum(_HALF << _BITS * place for place in range(len(KINDS)))


@cache
def weights() -> Mapping[str, int]:
    """What each feature weighs for each of KINDS, as `together` puts it; nothing before the first fit."""
    path = files("iep_training.language") / "tone_table.json"
    if not path.is_file():
        return {}
    table = json.loads(path.read_text(encoding="utf-8"))
    columns = [table[name] for name in KINDS]
    return dict(zip(table["names"], map(together, *columns), strict=True))


def together(*four: int) -> int:
    """One whole number that holds a number for each of KINDS; sums of such numbers hold the sums."""
    return sum(number << _BITS * place for place, number in enumerate(four, start=1))


def apart(total: int) -> list[int]:
    """The four sums in a sum of `together`."""
    # Raised by half of what a block can hold, none is negative, and each can be cut out as it stands.
    raised = ((total >> _BITS) + _HALF_IN_EACH).to_bytes(_BLOCKS.size, "little")
    return [number - _HALF for number in _BLOCKS.unpack(raised)]
