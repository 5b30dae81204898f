"""What the reader of rewrites knows about words, from rewrites.toml, and how it compares two texts by their stems."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from iep_training.language.tone_words import word_classes
from iep_training.language.words import WORDS_KEPT, Words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word stems by what they tell about a rewrite; see rewrites.toml."""

    function: frozenset[str]
    growth: frozenset[str]
    praise: frozenset[str]
    building: frozenset[str]
    manner: frozenset[str]
    happened: frozenset[str]
    admiring: frozenset[str]
    topicless: frozenset[str]
    fields: dict[str, frozenset[str]]
    sharp_fields: frozenset[str]
    numbers: dict[str, str]
    rates: frozenset[str]
    planned: re.Pattern[str]
    counted: re.Pattern[str]


@cache
def vocabulary() -> Vocabulary:
    """The word lists of rewrites.toml, cut to stems."""
    tree = word_lists()

    def stems(text: str) -> frozenset[str]:
        return frozenset(stem(word) for word in text.split())

    return Vocabulary(
        frozenset(tree["function_words"].split()),
        stems(tree["growth_words"]),
        stems(tree["praise_words"]),
        frozenset(tree["building_words"].split()),
        frozenset(tree["manner_words"].split()),
        frozenset(tree["happened_words"].split()),
        stems(tree["admiring_words"]),
        frozenset(tree["topicless_words"].split()),
        {name: stems(text) for name, text in tree["fields"].items()},
        frozenset(tree["sharp_fields"].split()),
        {word: str(number) for number, word in enumerate(tree["figures"]["numbers"].split())},
        frozenset(tree["figures"]["rates"].split()),
        re.compile(tree["figures"]["planned"]),
        re.compile("|".join(tree["figures"]["counted"])),
    )


def content(words: Words) -> list[str]:
    """The stems of the words that carry content, in order."""
    return content_of(words.words)


def content_of(words: Sequence[str]) -> list[str]:
    """The same of words in lower case."""
    lists = vocabulary()
    return [stem(lists.numbers.get(word, word)) for word in words if word[0].isalnum() and word not in lists.function]


def topical(words: Sequence[str]) -> list[str]:
    """The stems of the words, in lower case, that tell what a text is about."""
    return content_of([word for word in words if word not in vocabulary().topicless])


def names(*texts: Words) -> set[str]:
    """Words written with a capital that no list knows, and nowhere without one: they are names, not skills."""
    lists = vocabulary()
    written = [(word, typed) for text in texts for word, typed in zip(text.words, text.typed, strict=True)]
    # "ELA" and "PE" are no names.
    capitals = {word for word, typed in written if typed[0].isupper() and (len(typed) < 2 or not typed.isupper())}
    small = {stem(word) for word, typed in written if typed[0].islower()}
    known = lists.growth.union(lists.praise, small, *lists.fields.values())
    return {stem(word) for word in capitals if stem(word) not in known and word not in word_classes()}


@cache
def _endings() -> tuple[str, ...]:
    return tuple(word_lists()["endings"].split())


@cache
def word_lists() -> dict[str, Any]:
    """What rewrites.toml holds."""
    return tomllib.loads((files("iep_training.language") / "rewrites.toml").read_text(encoding="utf-8"))


@lru_cache(WORDS_KEPT)
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
