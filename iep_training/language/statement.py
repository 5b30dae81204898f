"""Read one statement: what is worth a second look, what is already good, and how it frames the student."""

from __future__ import annotations

import re

from iep_training.language.rules import Reader, Rule, reader, sources
from iep_training.language.words import BREAKS, STOPS, Words, split
from iep_training.model import Finding, Framing, Reading, Strength

# How many words before a deficit word may hold the word that cancels it.
_CANCEL_REACH = 4
_LEADING_FILLER = frozenset(("to", "even", "seem", "always", "ever", "really", "be", "able"))
_LONGEST_SKILL = 12

Hit = tuple[int, int, int]


def read_statement(text: str) -> Reading:
    """Read a statement about a student.

    Findings and strengths carry character offsets into `text` exactly as given.
    """
    kit = reader()
    words = split(text)
    letters = kit.alphabet.encode(words)
    quoted = _quoted(words.words)
    marks = [hit for hit in kit.find_signals.find(letters) if not _inside(hit, quoted)]
    by_kind = _by_kind(kit, marks)
    rule_hits = [
        hit
        for hit in _longest(kit.find_rules.find(letters))
        if not _inside(hit, quoted)
        and not _overlaps(hit, by_kind.get("harmless", ()))
        and not _canceled(hit, letters, kit.canceling)
    ]
    good = _working(kit, marks, by_kind.get("failed", ()), rule_hits, letters)
    serious = [hit for hit in rule_hits if kit.rules[hit[0]].severity == "finding"]
    labels = [hit for hit in serious if kit.rules[hit[0]].always]
    rescued = any(kit.signals[hit[0]].rescues for hit in good)
    framing: Framing
    if labels or (serious and not rescued):
        framing, shown = "deficit", rule_hits
    elif serious:
        # A difficulty beside its support is told as it should be: nothing to mend.
        framing, shown = "strengths", [hit for hit in rule_hits if hit not in serious]
    else:
        framing, shown = _unflagged(by_kind, good, rule_hits, kit, words), rule_hits
    return Reading(
        text,
        framing,
        tuple(_finding(kit.rules[label], words, first, last) for label, first, last in shown),
        tuple(
            Strength(kit.signals[label].kind, *words.span(first, last), _slice(words, first, last))
            for label, first, last in good
            if kit.signals[label].kind in _SHOWN_KINDS
        ),
    )


_SHOWN_KINDS = frozenset(("support", "growth", "next step", "skill", "interest"))


def _by_kind(kit: Reader, marks: list[Hit]) -> dict[str, list[Hit]]:
    kinds: dict[str, list[Hit]] = {}
    for hit in marks:
        kinds.setdefault(kit.signals[hit[0]].kind, []).append(hit)
    return kinds


def _working(kit: Reader, marks: list[Hit], failed: object, rule_hits: list[Hit], letters: str) -> list[Hit]:
    """The marks of something good that hold: not in the reach of a failure, nor inside a deficit's own words."""
    held = []
    for hit in marks:
        if kit.signals[hit[0]].kind not in _SHOWN_KINDS:
            continue
        if any(first <= hit[1] < last for _, first, last in rule_hits):
            continue
        if any(_reaches(fail, hit, letters) for fail in failed):  # type: ignore[attr-defined]
            continue
        held.append(hit)
    return held


def _reaches(fail: Hit, hit: Hit, letters: str) -> bool:
    """Whether a failure that comes before a mark, in the same clause, takes it back; or holds it."""
    if fail[1] <= hit[1] < fail[2] or hit[1] <= fail[1] < hit[2]:
        return True
    return fail[2] <= hit[1] and not any(letter in BREAKS for letter in letters[fail[2] : hit[1]])


def _unflagged(
    by_kind: dict[str, list[Hit]], good: list[Hit], rule_hits: list[Hit], kit: Reader, words: Words
) -> Framing:
    """The framing of a statement without a deficit: strengths, or a plain fact."""
    kinds = {kit.signals[hit[0]].kind for hit in good}
    facts = {"service", "diagnosis", "safety", "logistics", "data"} & set(by_kind)
    if rule_hits and not kinds - {"skill", "interest"}:
        return "neutral"
    if "safety" in facts or "diagnosis" in facts or "service" in facts:
        return "strengths" if kinds & {"growth", "interest"} else "neutral"
    if kinds & {"growth", "interest", "support", "next step"}:
        return "strengths"
    if facts:
        return "strengths" if "skill" in kinds and facts != {"data"} else "neutral"
    return "strengths" if any(mark[:1].isalpha() for mark in words.words) else "neutral"


# --- where a hit stands ---------------------------------------------------------------------------------


def _quoted(words: list[str]) -> list[tuple[int, int]]:
    """The stretches between double quotation marks."""
    marks = [place for place, word in enumerate(words) if word == '"']
    return list(zip(marks[::2], marks[1::2], strict=False))


def _inside(hit: Hit, stretches: list[tuple[int, int]]) -> bool:
    return any(first <= hit[1] and hit[2] <= last + 1 for first, last in stretches)


def _overlaps(hit: Hit, others: object) -> bool:
    return any(hit[1] < last and first < hit[2] for _, first, last in others)  # type: ignore[attr-defined]


def _longest(hits: list[Hit]) -> list[Hit]:
    """Hits without those that start inside an earlier one."""
    kept: list[Hit] = []
    reach = 0
    for hit in hits:
        if hit[1] >= reach:
            kept.append(hit)
            reach = hit[2]
    return kept


def _canceled(hit: Hit, letters: str, canceling: frozenset[str]) -> bool:
    """Whether a word such as “never” or “instead of”, shortly before in the same clause, takes the deficit back."""
    for place in range(hit[1] - 1, max(hit[1] - 1 - _CANCEL_REACH, -1), -1):
        if letters[place] in BREAKS:
            return False
        if letters[place] in canceling:
            return True
    return False


# --- what to say ----------------------------------------------------------------------------------------


def _finding(rule: Rule, words: Words, first: int, last: int) -> Finding:
    start, end = words.span(first, last)
    skill = _skill_after(words, last) if rule.instead_skill else ""
    instead = rule.instead_skill.replace("{skill}", skill) if skill else rule.instead
    return Finding(rule.id, start, end, words.text[start:end], rule.why, instead, rule.severity, sources()[rule.source])


def _skill_after(words: Words, place: int) -> str:
    """The skill that the clause goes on with, in the writer's own words, or ""."""
    while place < len(words.words) and words.words[place] in _LEADING_FILLER:
        place += 1
    last = place
    while last < len(words.words) and words.words[last] not in BREAKS and words.words[last] not in _SKILL_ENDS:
        last += 1
    if last == place or last - place > _LONGEST_SKILL:
        return ""
    return re.sub(r"\s+", " ", _slice(words, place, last))


_SKILL_ENDS = frozenset(
    ("but", "because", "and", "when", "if", "so", "unless", "even", "without", "until", "or", "despite", "while")
)


def _slice(words: Words, first: int, last: int) -> str:
    start, end = words.span(first, last)
    return words.text[start:end]


__all__ = ["STOPS", "read_statement"]
