"""Read one statement: what is worth a second look, what is already good, and how it frames the student."""

from __future__ import annotations

import re
from dataclasses import dataclass

from iep_training.language.rules import Reader, Rule, reader, sources
from iep_training.language.tone import features, odds, whole_statement
from iep_training.language.words import BREAKS, Words, split
from iep_training.model import Finding, Framing, Reading, Strength

# How many words before a deficit word may hold the word that cancels it.
_CANCEL_REACH = 4
# How likely deficit framing must be, by the second opinion, where a rule has found it and where none has.
_ENOUGH_WITH_RULE = 0.3
_ENOUGH_ALONE = 0.5
_LEADING_FILLER = frozenset(("to", "even", "seem", "always", "ever", "really", "be", "able"))
_LONGEST_SKILL = 12

Hit = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found in one statement, before anything is decided."""

    words: Words
    rule_hits: list[Hit]
    good: list[Hit]
    by_kind: dict[str, list[Hit]]
    canceled: bool

    def shown(self, kit: Reader) -> list[str]:
        """Names of all that was found, as the second opinion weighs them."""
        rules = [kit.rules[hit[0]] for hit in self.rule_hits]
        return [
            *(rule.id for rule in rules),
            *({rule.severity for rule in rules} | {"always" for rule in rules if rule.always}),
            *(f"good {kit.signals[hit[0]].kind}" for hit in self.good),
            *(f"kind {kind}" for kind in self.by_kind),
            *(["rescued"] if self.rescued(kit) else []),
            *(["canceled"] if self.canceled else []),
        ]

    def rescued(self, kit: Reader) -> bool:
        """Whether a support, growth or a next step stands in the statement."""
        return any(kit.signals[hit[0]].rescues for hit in self.good)


def evidence(text: str) -> Evidence:
    """Everything that rules and signals find in a statement."""
    kit = reader()
    words = split(text)
    letters = kit.alphabet.encode(words)
    quoted = _quoted(words.words)
    marks = [hit for hit in kit.find_signals.find(letters) if not _inside(hit, quoted)]
    by_kind = _by_kind(kit, marks)
    spoken = [hit for hit in _longest(kit.find_rules.find(letters)) if not _inside(hit, quoted)]
    rule_hits = [
        hit
        for hit in spoken
        if not _overlaps(hit, by_kind.get("harmless", ())) and not _canceled(hit, letters, kit.canceling)
    ]
    good = _working(kit, marks, by_kind.get("failed", ()), rule_hits, letters)
    return Evidence(words, rule_hits, good, by_kind, len(rule_hits) < len(spoken))


def read_statement(text: str) -> Reading:
    """Read a statement about a student.

    Findings and strengths carry character offsets into `text` exactly as given.
    """
    kit = reader()
    seen = evidence(text)
    chances = odds(features(seen.words.words, seen.shown(kit)))
    serious = [hit for hit in seen.rule_hits if kit.rules[hit[0]].severity == "finding"]
    spoken = any(kit.rules[hit[0]].always for hit in serious) or (bool(serious) and not seen.rescued(kit))
    framing: Framing
    if chances["deficit"] >= (_ENOUGH_WITH_RULE if spoken else _ENOUGH_ALONE):
        framing = "deficit"
        findings = [_finding(kit.rules[label], seen.words, first, last) for label, first, last in seen.rule_hits]
        if not serious:
            findings.append(whole_statement(text))
    else:
        # A difficulty beside its support is told as it should be: only advisories remain.
        framing = "strengths" if chances["strengths"] >= chances["neutral"] else "neutral"
        findings = [
            _finding(kit.rules[label], seen.words, first, last)
            for label, first, last in seen.rule_hits
            if kit.rules[label].severity == "advisory"
        ]
    return Reading(
        text,
        framing,
        tuple(findings),
        tuple(
            Strength(kit.signals[label].kind, *seen.words.span(first, last), _slice(seen.words, first, last))
            for label, first, last in seen.good
        ),
    )



def _unflagged(
    by_kind: dict[str, list[Hit]], good: list[Hit], rule_hits: list[Hit], kit: Reader, words: Words
) -> Framing:
    """(LEAD: old rule, kept until tone.json exists.) The framing of a statement without a deficit: strengths, or a plain fact."""
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
