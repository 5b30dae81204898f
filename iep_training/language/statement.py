"""Read one statement: what is worth a second look, what is already good, and how it frames the student."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from iep_training.language.matching import Hit
from iep_training.language.rules import Reader, Rule, Signal, reader, sources
from iep_training.language.tone import odds, whole_statement
from iep_training.language.trend import trend
from iep_training.language.words import BREAKS, STOPS, Words, split
from iep_training.model import Finding, Framing, Reading, Strength

# How many words before a deficit word may hold the word that cancels it.
_CANCEL_REACH = 4
# How many words after it may hold the word that tells of its fall.
_FALL_REACH = 3
# How likely deficit framing must be, taken as a whole, before a word is said: precision before recall. Chosen on the
# test sentences of earlier readers.
_ENOUGH = 0.65
# From here on the text is taken for prose about teaching, and nothing is said of its framing.
_PROSE = 0.73
# So few words, one of which a rule speaks of, are no prose, though their end may not be typed yet.
_NO_PROSE = 5
# Fewer words than these, without an end, make no statement: only a rule may speak of them.
_FEWEST_WORDS = 4
# So many deficit words with no support, growth or next step beside them settle it.
_MANY = 3
_LONGEST_SKILL = 12

# What stands good in a statement, as against the plain facts and the contexts that signals also tell.
_SHOWN_KINDS = frozenset(("support", "growth", "next step", "skill", "interest"))


@dataclass(slots=True)
class Evidence:
    """What was found in one statement, before anything is decided."""

    words: Words
    rule_hits: list[Hit[Rule]]
    good: list[Hit[Signal]]
    kinds: Collection[str]
    canceled: bool

    def shown(self) -> list[str]:
        """Names of all that was found, as the tone of the whole weighs them."""
        names = ["good " + hit[0].kind for hit in self.good]
        names += ["kind " + kind for kind in self.kinds]
        if self.rule_hits:
            rules = [hit[0] for hit in self.rule_hits]
            names += [rule.id for rule in rules]
            names += {rule.severity for rule in rules}
            if True in [rule.always for rule in rules]:
                names.append("always")
        if self.rescued():
            names.append("rescued")
        if self.canceled:
            names.append("canceled")
        if way := trend(self.words):
            names.append(way)
        return names

    def rescued(self) -> bool:
        """Whether a support, growth or a next step stands in the statement."""
        return True in [hit[0].rescues for hit in self.good]


def evidence(text: str) -> Evidence:
    """Everything that rules and signals find in a statement."""
    kit = reader()
    words = split(text)
    letters = kit.alphabet.encode(words.typed)
    spoken, marks = kit.find.find(letters)
    if '"' in letters:
        spoken, marks = _unquoted(spoken, letters), _unquoted(marks, letters)
    kinds = dict.fromkeys([hit[0].kind for hit in marks])
    good = [hit for hit in marks if hit[0].kind in _SHOWN_KINDS]
    # What is good holds where no failure takes it back and no deficit speaks in the same words.
    rule_hits: list[Hit[Rule]] = []
    if spoken:
        spoken = _longest(spoken)
        harmless = _of_kind("harmless", marks) if "harmless" in kinds else []
        rule_hits = [hit for hit in _outside(harmless, spoken) if not _canceled(hit, letters, kit)]
        in_rule = _covered(rule_hits, len(letters))
        good = [hit for hit in good if not in_rule[hit[1]]]
    if "failed" in kinds:
        good = _outside(_failed_reach(_of_kind("failed", marks), letters), good)
    return Evidence(words, rule_hits, good, kinds, len(rule_hits) < len(spoken))


def read_statement(text: str) -> Reading:
    """Read a statement about a student.

    Findings and strengths carry character offsets into `text` exactly as given.
    """
    return reading_of(text, evidence(text))[0]


def reading_of(text: str, seen: Evidence) -> tuple[Reading, Mapping[str, float]]:
    """The reading of a statement from what was found in it, and how likely each framing is, from 0 to 1."""
    words = seen.words.words
    chances = odds(words, seen.shown())
    serious = [hit[0] for hit in seen.rule_hits if hit[0].severity == "finding"]
    # Several deficits, or hardly a word beside one, settle it where nothing helps; some wordings settle it alone.
    settled = serious and (
        ((len(serious) >= _MANY or _short(words)) and not seen.rescued()) or any(rule.decides for rule in serious)
    )
    no_prose = chances["prose"] < _PROSE or (serious and len(words) <= _NO_PROSE)
    likely = chances["deficit"] >= _ENOUGH and no_prose and (serious or not _still_typed(words))
    framing: Framing
    if settled or likely:
        framing = "deficit"
        findings = [_finding(rule, seen.words, first, last) for rule, first, last in seen.rule_hits]
        if not serious:
            findings.append(whole_statement(text, *_heaviest(seen.words)))
    else:
        # A difficulty beside its support is told as it should be: only advisories remain.
        framing = "strengths" if chances["strengths"] >= chances["neutral"] else "neutral"
        findings = [
            _finding(rule, seen.words, first, last)
            for rule, first, last in seen.rule_hits
            if rule.severity == "advisory"
        ]
    strengths = []
    for signal, first, last in seen.good:
        start, end = seen.words.span(first, last)
        strengths.append(Strength(signal.kind, start, end, text[start:end]))
    return Reading(text, framing, tuple(findings), tuple(strengths)), chances


def _short(words: Sequence[str]) -> bool:
    return len([word for word in words if word[0].isalnum()]) < _FEWEST_WORDS


def _still_typed(words: Sequence[str]) -> bool:
    """Whether these are the first words of a sentence; a few words and a period are a whole one."""
    return _short(words) and not (words and words[-1] in STOPS)


def _heaviest(words: Words) -> tuple[int, int]:
    """Where the sentence stands that weighs most toward deficit framing."""
    stops = [place + 1 for place, word in enumerate(words.words) if word in STOPS]
    sentences = [
        (first, last)
        for first, last in pairwise(dict.fromkeys([0, *stops, len(words.words)]))
        if any(word[0].isalnum() for word in words.words[first:last])
    ]
    if len(sentences) < 2:
        return words.span(*sentences[0]) if sentences else (0, len(words.text))
    return words.span(*max(sentences, key=lambda one: odds(words.words[one[0] : one[1]], ())["deficit"]))


# --- where a hit stands: one flag for each word, so that time grows with the text alone -------------------


def _of_kind(kind: str, marks: Sequence[Hit[Signal]]) -> list[Hit[Signal]]:
    return [hit for hit in marks if hit[0].kind == kind]


def _covered(hits: Sequence[Hit[Any]], length: int) -> Sequence[int]:
    """A flag for each word: whether one of the hits covers it."""
    flags = bytearray(length)
    reach = 0
    for _, first, last in hits:
        start = max(first, reach)
        if last > start:
            flags[start:last] = b"\1" * (last - start)
            reach = last
    return flags


def _outside(stretches: Sequence[Hit[Signal]], hits: list[Hit[Any]]) -> list[Hit[Any]]:
    """The hits that share no word with one of the stretches."""
    if not stretches or not hits:
        return hits
    covered = _covered(stretches, max(hit[2] for hit in (*stretches, *hits)))
    return [hit for hit in hits if not any(covered[hit[1] : hit[2]])]


def _unquoted(hits: list[Hit[Any]], letters: str) -> list[Hit[Any]]:
    """The hits that don't start between double quotation marks."""
    marks = [place for place, letter in enumerate(letters) if letter == '"']
    pairs = zip(marks[::2], marks[1::2], strict=False)
    quoted = _covered([(0, first, last + 1) for first, last in pairs], len(letters))
    return [hit for hit in hits if not quoted[hit[1]]]


def _failed_reach(failed: Sequence[Hit[Signal]], letters: str) -> list[Hit[Signal]]:
    """The words that a failed support takes back: its own, and the rest of its clause."""
    stretches = []
    clause_end = 0
    for signal, first, last in failed:
        clause_end = max(clause_end, last)
        while clause_end < len(letters) and letters[clause_end] not in BREAKS:
            clause_end += 1
        stretches.append((signal, first, clause_end))
    return stretches


def _longest(hits: list[Hit[Rule]]) -> list[Hit[Rule]]:
    """Hits without those that start inside an earlier one."""
    kept: list[Hit[Rule]] = []
    reach = 0
    for hit in hits:
        if hit[1] >= reach:
            kept.append(hit)
            reach = hit[2]
    return kept


def _canceled(hit: Hit[Rule], letters: str, kit: Reader) -> bool:
    """Whether the same clause takes the deficit back: “never” shortly before it, “fell” shortly after."""
    rule, first, last = hit
    if _in_clause(kit.canceling, letters[max(first - _CANCEL_REACH, 0) : first][::-1]):
        return True
    # "Afflicted with Down syndrome" falls nowhere.
    return not rule.decides and _in_clause(kit.falling, letters[last : last + _FALL_REACH])


def _in_clause(sought: Collection[str], letters: str) -> bool:
    """Whether one of the letters is among those sought, before a mark that bounds a clause."""
    for letter in letters:
        if letter in BREAKS:
            return False
        if letter in sought:
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
    kit, told = reader(), words.words
    while place < len(told) and told[place] in kit.before_skill:
        place += 1
    last = place
    for word in told[place : place + _LONGEST_SKILL + 1]:
        if word in BREAKS or word in kit.after_skill:
            break
        last += 1
    if last == place or last - place > _LONGEST_SKILL:
        return ""
    return " ".join(words.slice(place, last).split())
