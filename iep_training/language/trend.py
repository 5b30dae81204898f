"""Which way the figures of a statement go: "6 in Nov, 2 in Jan, 0 so far" falls, "/r/ 40% in Sept, 75% in Dec" rises.

Which is growth depends on what is counted: tone.toml lists of what fewer are better, and tone_table.py weighs the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from iep_training.language.tone_words import tone_tree
from iep_training.language.words import Words

_DIGIT = re.compile("[0-9]")
_COUNT = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)%?", re.ASCII)
_RATIO = re.compile(r"(\d{1,9})/(\d{1,9})", re.ASCII)
_YEARS = range(1950, 2100)
_WHERE_FEWER_ARE_BETTER = {"figures rise": "figures worsen", "figures fall": "figures mend"}

# A kind ("%", "of" for a share, "" for a count), the value, and its place among the words.
Figure = tuple[str, float, int]


def trend(text: Words) -> str:
    """Whether figures rise, fall or vary, by the first kind that stands more than once; "" where none does.

    Where fewer are better, it is told whether they mend or worsen.
    """
    words, numbers = text.words, _lists().numbers
    # Most texts hold no figure, or one: they are done with quickly.
    if not _DIGIT.search(text.marked) and numbers.keys().isdisjoint(words):
        return ""
    if len([word for word in words if word[0].isdigit() or word in numbers]) < 2:
        return ""
    figures = list(_figures(words))
    for kind in dict.fromkeys(kind for kind, _, _ in figures):
        values = [value for one, value, _ in figures if one == kind]
        if len(values) > 1:
            places = [place for one, _, place in figures if one == kind]
            way = _direction(values, _told_backward(words, places[0], places[-1]))
            return way if _lists().fewer_are_better.isdisjoint(words) else _WHERE_FEWER_ARE_BETTER.get(way, way)
    return ""


def _direction(values: Sequence[float], backward: bool) -> str:
    steps = [later - earlier for earlier, later in pairwise(values)]
    rises, falls = max(steps) > 0, min(steps) < 0
    if rises == falls:
        return "figures vary"
    return "figures rise" if rises != backward else "figures fall"


def _told_backward(words: Sequence[str], first: int, last: int) -> bool:
    """Whether the later figure is told first: "7 in May, 2 in September", "7, up from 2", "now 7, once 2"."""
    lists = _lists()
    months = [lists.months[word] for word in words if word in lists.months]
    if len(months) > 1:
        return months[0] > months[-1]
    return not lists.turns.isdisjoint(words[first:last]) or (
        not lists.present.isdisjoint(words[:first]) and lists.present.isdisjoint(words[first:])
    )


def _figures(words: Sequence[str]) -> Iterator[Figure]:
    """What is counted or scored; dates, years, grades and the like are none of it."""
    lists = _lists()
    wholes = set()
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        if place in wholes or before in lists.not_counted:
            continue
        if ratio := _RATIO.fullmatch(word):
            if 0 < int(ratio[2]) >= int(ratio[1]):
                yield "of", int(ratio[1]) / int(ratio[2]), place
            continue
        value = _count(word)
        if value is None:
            continue
        after_of = place + 2 + (list(words[place + 1 : place + 3]) == ["out", "of"])
        whole = _count(words[after_of]) if words[after_of - 1 : after_of] == ["of"] and after_of < len(words) else None
        if whole:
            wholes.add(after_of)
            yield "of", value / whole, place
        elif word.endswith("%"):
            yield "%", value, place
        elif before not in lists.months and value not in _YEARS:
            yield "", value, place


def _count(word: str) -> float | None:
    count = _COUNT.fullmatch(word)
    return float(count[1]) if count else _lists().numbers.get(word)


@dataclass(frozen=True, slots=True)
class _Lists:
    """The word lists of tone.toml; months by their order in a school year."""

    numbers: Mapping[str, float]
    months: Mapping[str, int]
    not_counted: frozenset[str]
    turns: frozenset[str]
    present: frozenset[str]
    fewer_are_better: frozenset[str]


@cache
def _lists() -> _Lists:
    lists = {name: text.split() for name, text in tone_tree()["figures"].items()}
    first_letters = list(dict.fromkeys(month[:3] for month in lists["months"]))
    return _Lists(
        {word: float(value) for value, word in enumerate(lists["numbers"])},
        {month: first_letters.index(month[:3]) for month in lists["months"]},
        frozenset(lists["not_counted"]),
        frozenset(lists["turns"]),
        frozenset(lists["present"]),
        frozenset(lists["fewer_are_better"]),
    )
