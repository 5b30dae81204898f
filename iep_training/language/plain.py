"""Plain language for families: reading grade, long sentences, jargon and acronyms with plain words to use instead."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from iep_training.language.reading_grade import reading_grade
from iep_training.model import Finding

# The longest sentence that stays easy to follow.
LONGEST_SENTENCE = 20

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_SENTENCE = re.compile(r"[^.!?\n]*[^.!?\s][^.!?\n]*[.!?]*")
_SOURCE = "Kincaid, Fishburne, Rogers and Chissom (1975), Research Branch Report 8-75"
_FAMILY_SOURCE = "34 CFR 300.322(e), parents must be able to understand the IEP meeting"


@dataclass(frozen=True, slots=True)
class PlainReading:
    """How easy a text is to read: its Flesch-Kincaid grade (None without words) and what to make plainer."""

    text: str
    grade: float | None
    words: int
    sentences: int
    findings: tuple[Finding, ...] = ()


def read_plain(text: str) -> PlainReading:
    """Read a note to a family. All findings are advisories."""
    sentences = [match for match in _SENTENCE.finditer(text) if _WORD.search(match.group())]
    words = _WORD.findall(text)
    grade = round(reading_grade(text), 1) if words else None
    long = [_long_sentence(match) for match in sentences if len(_WORD.findall(match.group())) > LONGEST_SENTENCE]
    found = sorted([*long, *_unfamiliar(text)], key=lambda finding: finding.start)
    return PlainReading(text, grade, len(words), len(sentences), tuple(found))


def _long_sentence(match: re.Match[str]) -> Finding:
    lead = len(match.group()) - len(match.group().lstrip())
    return Finding(
        "plain-long-sentence",
        match.start() + lead,
        match.end(),
        match.group()[lead:],
        f"This sentence has more than {LONGEST_SENTENCE} words, which is hard to follow at one reading.",
        "Consider two sentences: one thing in each.",
        "advisory",
        _SOURCE,
    )


def _unfamiliar(text: str) -> list[Finding]:
    expression, plain = _glossary()
    found = []
    for match in expression.finditer(text):
        quote = match.group()
        words = plain.get(quote) or plain[quote.lower()]
        kind = "acronym" if quote.isupper() else "jargon"
        why = "Families may not know these letters." if kind == "acronym" else "This is a school word."
        found.append(
            Finding(f"plain-{kind}", *match.span(), quote, why, f"Consider “{words}”.", "advisory", _FAMILY_SOURCE)
        )
    return found


@cache
def _glossary() -> tuple[re.Pattern[str], dict[str, str]]:
    tree = tomllib.loads((files("iep_training.language") / "plain.toml").read_text(encoding="utf-8"))
    longest_first = sorted(tree["jargon"], key=len, reverse=True)
    jargon, acronyms = "|".join(map(re.escape, longest_first)), "|".join(tree["acronyms"])
    return re.compile(rf"\b(?:(?i:{jargon})|(?:{acronyms}))\b"), {**tree["jargon"], **tree["acronyms"]}
