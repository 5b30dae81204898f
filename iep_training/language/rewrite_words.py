"""What the reader of rewrites knows about words, from rewrites.toml, and how it compares two texts by their stems."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from iep_training.language.tone_words import word_classes
from iep_training.language.words import Words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word stems by what they tell about a rewrite; see rewrites.toml."""

    function: frozenset[str]
    growth: frozenset[str]
    praise: frozenset[str]
    building: frozenset[str]
    manner: frozenset[str]
    happened: frozenset[str]
    fields: dict[str, frozenset[str]]
    sharp_fields: frozenset[str]
    numbers: dict[str, str]
    rates: frozenset[str]
    planned: re.Pattern[str]
    counted: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """The word lists of rewrites.toml, cut to stems."""
    tree = _tree()

    def stems(text: str) -> frozenset[str]:
        return frozenset(stem(word) for word in text.split())

    return Vocabulary(
        frozenset(tree["function_words"].split()),
        stems(tree["growth_words"]),
        stems(tree["praise_words"]),
        frozenset(tree["building_words"].split()),
        frozenset(tree["manner_words"].split()),
        frozenset(tree["happened_words"].split()),
        {name: stems(text) for name, text in tree["fields"].items()},
        frozenset(tree["sharp_fields"].split()),
        {word: str(number) for number, word in enumerate(tree["figures"]["numbers"].split())},
        frozenset(tree["figures"]["rates"].split()),
        re.compile(tree["figures"]["planned"]),
        re.compile("|".join(tree["figures"]["counted"])),
    )


def content(words: Words) -> list[str]:
    """The stems of the words that carry content, in order."""
    lists = vocabulary()
    return [
        stem(lists.numbers.get(word, word)) for word in words.words if word[0].isalnum() and word not in lists.function
    ]


def names(words: Words) -> set[str]:
    """Words written with a capital that no list knows: they are names, not skills."""
    lists = vocabulary()
    capitals = {word for word, typed in zip(words.words, words.typed, strict=True) if typed[0].isupper()}
    known = lists.growth.union(lists.praise, *lists.fields.values())
    return {stem(word) for word in capitals if stem(word) not in known and word not in word_classes()}


@cache
def _endings() -> tuple[str, ...]:
    return tuple(_tree()["endings"].split())


@cache
def _tree() -> dict[str, Any]:
    return tomllib.loads((files("iep_training.language") / "rewrites.toml").read_text(encoding="utf-8"))


def stem(word: str) -> str:
    """A word without its ending, for comparing texts only: reads, reading and read are one."""
    word = word.removesuffix("'s").replace("n't", "")
    for ending in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if word.endswith(("y", "i")) and len(word) > 3 else word
