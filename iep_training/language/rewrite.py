"""Read a rewrite beside its original: does it keep the skill, drop the deficit framing and give the team something to build on?"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from iep_training.language.statement import read_statement
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
_BUILDS = frozenset(("support", "growth", "next step"))


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """Word stems by what they tell about a rewrite; see rewrites.toml."""

    function: frozenset[str]
    growth: frozenset[str]
    praise: frozenset[str]
    domains: tuple[frozenset[str], ...]


def read_rewrite(original: str, rewrite: str) -> RewriteReading:
    """The verdict on a rewrite, with the reasons of shared definitions; both texts may be any length or empty."""
    reading = read_statement(rewrite)
    before, after = _stems(original), _stems(rewrite)
    found = set(_reasons(original, rewrite, before, after, reading))
    reasons = tuple(reason for reason in REASONS if reason in found)
    return RewriteReading(
        original, rewrite, "revise" if reasons else "accept", reasons, reading.findings, reading.strengths
    )


def _reasons(original: str, rewrite: str, before: list[str], after: list[str], reading: Reading) -> list[str]:
    words = vocabulary()
    content = [stem for stem in after if stem not in words.function]
    about = {stem for stem in before if stem not in words.function}
    specific = [stem for stem in content if stem not in words.growth]
    unpraised = [stem for stem in content if stem not in words.praise]
    builds = any(strength.kind in _BUILDS for strength in reading.strengths)
    reasons = []
    if _is_copy(about, set(content), reading):
        return ["copy", *(["still_deficit"] if reading.framing == "deficit" else [])]
    if reading.framing == "deficit":
        reasons.append("still_deficit")
    if len([word for word in split(rewrite).words if word[0].isalnum()]) < _FEWEST_WORDS:
        reasons.append("too_short")
    shares = bool(about & set(content))
    if content and not specific:
        reasons.append("magic_phrase")
    elif content and not shares and len(unpraised) <= len(content) / 2 and not builds:
        reasons.append("vague_praise")
    elif not reasons and not builds:
        reasons.append("hides_need")
    if not reasons and not shares and _other_domain(about, set(content)):
        reasons.append("off_topic")
    if _invents(original, rewrite):
        reasons.append("invents_facts")
    return reasons


def _is_copy(about: set[str], content: set[str], reading: Reading) -> bool:
    """Whether the rewrite holds all the original's words and hardly another."""
    if about == content:
        return True
    return reading.framing == "deficit" and len(about & content) >= 0.75 * len(about) and len(content - about) <= 2


def _other_domain(about: set[str], content: set[str]) -> bool:
    """Whether both texts name a field of skill, and never the same one."""
    domains = vocabulary().domains
    before = {place for place, domain in enumerate(domains) if domain & about}
    after = {place for place, domain in enumerate(domains) if domain & content}
    return bool(before and after and not before & after)


# --- numbers --------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"(?<![\w-])(\d+(?:[.,/:]\d+)*)(?:st|nd|rd|th)?(?![\w-])|(?<![\w-])(\d+)(?=-\w)")
_WORD_NUMBERS = {
    word: str(number)
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_PLANNED = re.compile(r"\b(?:will|needs?|plan|benefits?|every|each|given|warning|choices?|breaks?)\b[^.;]{0,40}$")
_COUNTED = re.compile(
    r"\bfrom (\w+) to (\w+)|\b(\w+) (?:times|days|weeks|months|percent|points|out of|of the last)\b|\bhas (\w+) (?:close |new |good )*friends"
)


def _invents(original: str, rewrite: str) -> bool:
    """Whether the rewrite states a figure that the original does not hold. A planned support is not a figure."""
    known = {_WORD_NUMBERS.get(word, word) for word in re.findall(r"\d+(?:[.,/:]\d+)*|[a-z]+", original.lower())}
    low = rewrite.lower()
    for match in _NUMBER.finditer(low):
        if match.group(1) and match.group(1) not in known and not _PLANNED.search(low[: match.start()]):
            return True
    for match in _COUNTED.finditer(low):
        for word in filter(None, match.groups()):
            number = _WORD_NUMBERS.get(word)
            if number and number not in known and not _PLANNED.search(low[: match.start()]):
                return True
    return False


# --- stems ----------------------------------------------------------------------------------------------


@cache
def vocabulary() -> _Vocabulary:
    """The word lists of rewrites.toml, cut to stems."""
    tree = tomllib.loads((files("iep_training.language") / "rewrites.toml").read_text(encoding="utf-8"))

    def stems(text: str) -> frozenset[str]:
        return frozenset(stem(word) for word in text.split())

    return _Vocabulary(
        stems(tree["function_words"]),
        stems(tree["growth_words"]),
        stems(tree["praise_words"]),
        tuple(stems(text) for text in tree["domains"].values()),
    )


def _stems(text: str) -> list[str]:
    return [stem(_WORD_NUMBERS.get(word, word)) for word in split(text).words if word[0].isalnum()]


_ENDINGS = ("ingly", "edly", "ing", "ies", "ied", "ed", "es", "ly", "al", "s", "e")


def stem(word: str) -> str:
    """A word without its ending, for comparing texts only: reads, reading and read are one."""
    word = word.removesuffix("'s").replace("n't", "")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if word.endswith(("y", "i")) and len(word) > 3 else word
