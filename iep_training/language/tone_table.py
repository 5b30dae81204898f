"""What the words of a statement, their neighbors and its build weigh toward each framing: a linear model.

It can show its reasons (what each feature weighs). Fitted by benchmarks/fit_tone_table.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, repeat
from typing import TypeVar

from iep_training.language.tone_words import KINDS, WORDS_KEPT, by_quotes, forms, word_classes

# Weights are whole numbers in the file: hundredths.
SCALE = 100
_PAIRS_KEPT = 100_000
_LETTERS = 4
_START, _END = "^", "$"

Shown = TypeVar("Shown")


# --- what a statement shows ---------------------------------------------------------------------------------


def features(words: Sequence[str], found: Iterable[str]) -> list[str]:
    """What a statement shows, by name: the rules and signals `found`, its words, their neighbors, and its build."""
    return [*_of_found(found), *chain.from_iterable(_walk(words, _of_word, _of_pair, _of_build))]


def _walk(
    words: Sequence[str],
    of_word: Callable[[str, bool], Shown],
    of_pair: Callable[[str, str], Shown],
    of_build: Callable[[str, bool, int, int, str], Shown],
) -> Iterable[Shown]:
    """What the given functions say of each word, of each two neighbors, and of the build."""
    has_quote = '"' in words
    told = [word for word in words if word != '"'] if has_quote else list(words)
    quoted = [quoted for _, quoted in by_quotes(words)] if has_quote else repeat(False)
    first = next((word for word in told if word[0].isalnum()), "")
    digits = sum([word[0].isdigit() for word in told])
    length = sum([word[0].isalnum() for word in told])
    return chain(
        map(of_word, told, quoted),
        map(of_pair, [_START, *told], [*told, _END]),
        (of_build(first, has_quote, min(digits, 3), min(length // 4, 5), words[-1] if words else ""),),
    )


def _of_found(found: Iterable[str]) -> list[str]:
    return [f"={name}" for name in found]


def _of_word(word: str, quoted: bool) -> tuple[str, ...]:
    """One word by itself: the word, its stem, its classes, and every four letters of it; less of a quoted one."""
    shape, stem, _ = forms(word)
    own = [shape, f"s:{stem}", *(f"<{name}>" for name in word_classes().get(word, ()))]
    if quoted:
        return tuple(f"q:{name}" for name in own)
    if word.isalpha():
        edged = f"<{word}>"
        own += [f"c:{edged[place : place + _LETTERS]}" for place in range(len(edged) - _LETTERS + 1)]
    return tuple(own)


def _of_pair(before: str, word: str) -> tuple[str, ...]:
    """Two neighbors: as they are, as stems, and as classes."""
    (shape_before, stem_before, class_before), (shape, stem, kind) = forms(before), forms(word)
    return f"b:{shape_before}_{shape}", f"sb:{stem_before}_{stem}", f"cb:{class_before}_{kind}"


def _of_build(first: str, has_quote: bool, digits: int, length: int, last: str) -> tuple[str, ...]:
    """How the statement is built: how it starts and ends, how long it is, whether it quotes or counts."""
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
    total = sum(_walk(words, _weight_of_word, _weight_of_pair, _weight_of_build))
    total += sum(map(_weight_of_found, found))
    return [weight / SCALE for weight in apart(total)]


def _weight(names: Iterable[str]) -> int:
    weigh = weights().get
    return sum([weigh(name, 0) for name in names])


@cache
def _weight_of_found(name: str) -> int:
    return _weight(_of_found([name]))


@lru_cache(WORDS_KEPT)
def _weight_of_word(word: str, quoted: bool) -> int:
    return _weight(_of_word(word, quoted))


@lru_cache(_PAIRS_KEPT)
def _weight_of_pair(before: str, word: str) -> int:
    return _weight(_of_pair(before, word))


@lru_cache(WORDS_KEPT)
def _weight_of_build(first: str, has_quote: bool, digits: int, length: int, last: str) -> int:
    return _weight(_of_build(first, has_quote, digits, length, last))


# The four weights of a feature are kept in one whole number, each in its own block of digits, so that one sum adds
# all four. Blocks are wide enough for any text: a weight is below 2**12, and a text has less than 2**30 features.
_BLOCK = 1 << 44


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
    return sum(number * _BLOCK**place for place, number in enumerate(four))


def apart(total: int) -> list[int]:
    """The four sums in a sum of `together`; a block beyond its half is a negative number."""
    found = []
    for _ in KINDS:
        low = (total + _BLOCK // 2) % _BLOCK - _BLOCK // 2
        found.append(low)
        total = (total - low) // _BLOCK
    return found
