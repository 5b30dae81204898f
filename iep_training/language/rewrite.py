"""Read a rewrite beside its original: is the skill kept, the deficit framing gone, and something to build on given?"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from iep_training.language.rules import reader
from iep_training.language.statement import evidence, reading_of
from iep_training.language.tone import WEIGHED, word_classes
from iep_training.language.words import split
from iep_training.model import Reading, RewriteReading

# The order in which reasons are given: the first is the one to mend first.
REASONS = (
    "copy",
    "still_deficit",
    "too_short",
    "off_topic",
    "magic_phrase",
    "vague_praise",
    "hides_need",
    "invents_facts",
)
_FEWEST_WORDS = 4
# A rewrite is accepted only where deficit framing is less likely than this; where a rule has found something and no
# support stands beside it, than the smaller one.
_DOUBTFUL = 0.5
_DOUBTFUL_WITH_RULE = 0.15
_BUILDS = frozenset(("support", "growth", "next step"))


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Word stems by what they tell about a rewrite; see rewrites.toml."""

    function: frozenset[str]
    growth: frozenset[str]
    praise: frozenset[str]
    building: frozenset[str]
    manner: frozenset[str]
    fields: dict[str, frozenset[str]]
    sharp_fields: frozenset[str]
    numbers: dict[str, str]
    rates: frozenset[str]
    planned: re.Pattern[str]
    counted: re.Pattern[str]


def read_rewrite(original: str, rewrite: str, known: str = "") -> RewriteReading:
    """The verdict on a rewrite, with its reasons; the texts may be any length or empty.

    `known` holds further facts that the writer was given, whose figures are no inventions.
    """
    seen = evidence(rewrite)
    reading, likely_deficit = reading_of(rewrite, seen)
    alone = not seen.rescued(reader()) and any(reader().rules[hit[0]].severity == "finding" for hit in seen.rule_hits)
    deficit = reading.framing == "deficit" or likely_deficit >= (_DOUBTFUL_WITH_RULE if alone else _DOUBTFUL)
    found = set(_reasons(original, rewrite, reading, known, deficit))
    reasons = tuple(reason for reason in REASONS if reason in found)
    return RewriteReading(
        original, rewrite, "revise" if reasons else "accept", reasons, reading.findings, reading.strengths
    )


def _reasons(original: str, rewrite: str, reading: Reading, known: str, deficit: bool) -> list[str]:
    words = vocabulary()
    names = _names(original) | _names(rewrite)
    about = set(_content(original)) - names
    content = [stem for stem in _content(rewrite) if stem not in names]
    if _is_copy(about, set(content), deficit):
        return ["copy", *(["still_deficit"] if deficit else [])]
    reasons = ["still_deficit"] if deficit else []
    if sum(word[0].isalnum() for word in split(rewrite).words) < _FEWEST_WORDS:
        reasons.append("too_short")
    shares = bool(about & set(content))
    builds = any(strength.kind in _BUILDS for strength in reading.strengths) or _shows_how(rewrite)
    beyond_growth = sum(stem not in words.growth for stem in content)
    if content and (not beyond_growth or (beyond_growth == 1 < len(content) and not _planned(reading))):
        reasons.append("magic_phrase")
    elif not shares and sum(stem in words.praise for stem in content) >= len(content) / 2 and not _planned(reading):
        reasons.append("vague_praise")
    elif not shares and _other_field(about, set(content)):
        reasons.append("off_topic")
    elif not reasons and not builds:
        reasons.append("hides_need")
    # Where only the weight of its words speaks against it, praise or a phrase is called what it is, and no more.
    if {"magic_phrase", "vague_praise"} & set(reasons) and all(one.rule == WEIGHED for one in reading.findings):
        reasons = [reason for reason in reasons if reason != "still_deficit"]
    if _invents(f"{original} {known}", rewrite):
        reasons.append("invents_facts")
    return reasons


def _shows_how(rewrite: str) -> bool:
    """Whether a word tells under what condition, with what help, or what comes next."""
    words = vocabulary()
    text = split(rewrite).words
    manner = {
        place
        for place, word in enumerate(text)
        if word == "with" and not words.manner.isdisjoint(text[place + 1 : place + 3])
    }
    return any(word in words.building and place not in manner for place, word in enumerate(text))


def _planned(reading: Reading) -> bool:
    """Whether the rewrite names a support or a next step."""
    return any(strength.kind in ("support", "next step") for strength in reading.strengths)


def _names(text: str) -> set[str]:
    """Words written with a capital that no list knows: they are names, not skills."""
    words, lists = split(text), vocabulary()
    capitals = {word for word, start in zip(words.words, words.starts, strict=True) if text[start].isupper()}
    known = lists.growth.union(lists.praise, *lists.fields.values())
    return {stem(word) for word in capitals if stem(word) not in known and word not in word_classes()}


def _is_copy(about: set[str], content: set[str], deficit: bool) -> bool:
    """Whether the rewrite holds all the original's words and hardly another."""
    if about == content:
        return True
    return deficit and len(about & content) >= 0.75 * len(about) and len(content - about) <= 2


def _other_field(about: set[str], content: set[str]) -> bool:
    """Whether the rewrite speaks of a field of skill that the original does not touch."""
    fields = vocabulary().fields
    before = {name for name, words in fields.items() if words & about}
    after = {name for name, words in fields.items() if words & content}
    return bool(after) and not before & after and (bool(before) or bool(after & vocabulary().sharp_fields))


# --- numbers --------------------------------------------------------------------------------------------

# How many letters before a figure may hold the word that makes it a plan.
_PLANNED_REACH = 80
_FIGURE = re.compile(r"\d+(?:[.,/:]\d+)*")
_NUMBER = re.compile(rf"(?<![\w-])({_FIGURE.pattern})(?:st|nd|rd|th)?(?![\w-])|(?<![\w-])(\d+)(?=-\w)")


def _invents(original: str, rewrite: str) -> bool:
    """Whether the rewrite states a figure that the original does not hold. A planned support is not a figure."""
    words = vocabulary()
    number_of = words.numbers
    known = {number_of.get(word, word) for word in re.findall(rf"{_FIGURE.pattern}|[a-z]+", original.lower())}
    low = rewrite.lower()
    for match in _NUMBER.finditer(low):
        if (
            match.group(1)
            and match.group(1) not in known
            and not words.planned.search(low[max(0, match.start() - _PLANNED_REACH) : match.start()])
        ):
            return True
    for match in words.counted.finditer(low):
        for word in filter(None, match.groups()):
            number = number_of.get(word) or (word if word.split()[0] in words.rates else None)
            if (
                number
                and number not in known
                and not words.planned.search(low[max(0, match.start() - _PLANNED_REACH) : match.start()])
            ):
                return True
    return False


# --- stems ----------------------------------------------------------------------------------------------


@cache
def vocabulary() -> _Vocabulary:
    """The word lists of rewrites.toml, cut to stems."""
    tree = _tree()

    def stems(text: str) -> frozenset[str]:
        return frozenset(stem(word) for word in text.split())

    return _Vocabulary(
        frozenset(tree["function_words"].split()),
        stems(tree["growth_words"]),
        stems(tree["praise_words"]),
        frozenset(tree["building_words"].split()),
        frozenset(tree["manner_words"].split()),
        {name: stems(text) for name, text in tree["fields"].items()},
        frozenset(tree["sharp_fields"].split()),
        {word: str(number) for number, word in enumerate(tree["figures"]["numbers"].split())},
        frozenset(tree["figures"]["rates"].split()),
        re.compile(tree["figures"]["planned"]),
        re.compile("|".join(tree["figures"]["counted"])),
    )


def _content(text: str) -> list[str]:
    """The stems of the words that carry content, in order."""
    words = vocabulary()
    return [
        stem(words.numbers.get(word, word))
        for word in split(text).words
        if word[0].isalnum() and word not in words.function
    ]


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
