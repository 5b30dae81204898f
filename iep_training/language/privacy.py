"""Notice what could tell who a student is, such as a full name or a phone number, and say what to write instead.

What counts stands in privacy.toml. A hint, never a judgment: no mark and no framing hangs on it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Private:
    """Words that look private: which kind of detail, their place in the text, and what to say to the writer."""

    detail: str
    start: int
    end: int
    quote: str
    words: str


def private_details(text: str) -> tuple[Private, ...]:
    """What in a text could tell who a student is, in order; where two overlap, the first."""
    found = sorted(
        (one for detail in _details() for one in _found(detail, text)), key=lambda one: (one.start, -one.end)
    )
    kept: list[Private] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class _Detail:
    id: str
    looks_like: str
    instead: str
    patterns: tuple[re.Pattern[str], ...]


def _found(detail: _Detail, text: str) -> Iterator[Private]:
    for pattern in detail.patterns:
        match = pattern.search(text)
        while match:
            if not _fits(match):
                # What was no name here may still begin one: “Maria Jose Hernandez”.
                match = pattern.search(text, match.start() + 1)
                continue
            quote = match["quote"]
            words = f"“{quote}” looks like {detail.looks_like}. {detail.instead}"
            yield Private(detail.id, *match.span("quote"), quote, words)
            match = pattern.search(text, match.end())


def _fits(match: re.Match[str]) -> bool:
    """Whether every group named after a list is, or is not, an entry of it. A shout and a word are no one name."""
    groups = {name: word for name, word in match.groupdict().items() if word and name != "quote"}
    if len({word.isupper() for word in groups.values()}) > 1:
        return False
    lists = _lists()
    return all(
        (_POSSESSIVE.sub("", word).casefold() in lists[name.removeprefix("no_")]) != name.startswith("no_")
        for name, word in groups.items()
    )


@cache
def _details() -> tuple[_Detail, ...]:
    tree = _tree()
    blanks = {name: _any_of(text.split()) for name, text in tree["lists"].items()}
    for name, text in tree["parts"].items():
        blanks[name] = _filled(text, blanks)
    return tuple(
        _Detail(
            one["id"],
            one["looks_like"],
            one["instead"],
            tuple(re.compile(_filled(text, blanks)) for text in one["patterns"]),
        )
        for one in tree["detail"]
    )


def _filled(pattern: str, blanks: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda blank: blanks[blank[1]], pattern)


def _any_of(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, words))


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists = {name: frozenset(text.casefold().split()) for name, text in _tree()["lists"].items()}
    # Two first names in a row are two students, unless the second is also a common last name.
    return lists | {"others": lists["others"] | (lists["given"] - lists["surnames"])}


@cache
def _tree() -> dict[str, Any]:
    return tomllib.loads((files("iep_training.language") / "privacy.toml").read_text(encoding="utf-8"))
