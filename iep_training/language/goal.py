"""Read an annual goal: which of its parts are there, where, and what would make it easier to measure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

from iep_training.language.matching import Alphabet, Matcher
from iep_training.language.patterns import Lexicon
from iep_training.language.rules import load_lexicon
from iep_training.language.words import BREAKS, STOPS, Words, split
from iep_training.model import Finding, GoalReading, Span

_DATE = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}/20\d\d|20\d\d")
_RATIO = re.compile(r"\d+/\d+")
_CLAUSE_ENDS = BREAKS - {"(", ")", '"', ":"}
_SENTENCE_ENDS = STOPS | {"(", ")"}
_FEW_WORDS = 2
# A sentence of fewer tells no present level.
_FEWEST_WORDS = 4
_FIGURES = frozenset(("#percent", "#ratio"))

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Kit:
    alphabet: Alphabet
    kinds: tuple[str, ...]
    find: Matcher
    texts: dict[str, dict[str, str]]
    not_verbs: frozenset[str]
    fillers: frozenset[str]
    uncounted_before: frozenset[str]
    counts: frozenset[str]
    dates: frozenset[str]
    modals: frozenset[str]
    not_showing: frozenset[str]
    numbers: frozenset[str]
    not_told_now: frozenset[str]


def read_goal(text: str) -> GoalReading:
    """Find condition, behavior, criterion and timeframe, a baseline and a strength, each with its place in `text`."""
    kit = _kit()
    words = _marked(split(text))
    marks = list(_marks(kit, words))
    start = _main_start(kit, words, marks)
    timeframe = _timeframe(kit, words, marks)
    baseline = _baseline(kit, words, _first(marks, "baseline")) or _counted_beside(kit, words)
    strength = _first(marks, "strength")
    condition = _condition(marks, words, start, timeframe, strength)
    taken = [stretch for stretch in (timeframe, baseline, condition) if stretch]
    verb, vague = _behavior(kit, words, marks, start)
    criterion = _criterion(kit, words, marks, taken, verb)
    found = GoalReading(
        text,
        condition=_span(words, condition),
        behavior=_span(words, (verb, _clause_end(words, verb)) if verb is not None else None),
        criterion=_span(words, criterion),
        timeframe=_span(words, timeframe),
        baseline=_span(words, baseline),
        strength=_span(words, strength),
    )
    return replace(found, findings=tuple(_findings(kit, words, found, vague, _span(words, _first(marks, "falling")))))


# --- words and marks ------------------------------------------------------------------------------------


def _marked(words: Words) -> Words:
    """The words with dates, ratios and percents named, so that a pattern can ask for them."""
    named = []
    for place, word in enumerate(words.words):
        if word[0].isdigit():
            after_by = place > 0 and words.words[place - 1] == "by"
            if word.endswith("%"):
                word = "#percent"
            elif _DATE.fullmatch(word) or (after_by and "/" in word):
                word = "#date"
            elif _RATIO.fullmatch(word):
                word = "#ratio"
            elif _joined(words, place):
                word = "#joined"
        named.append(word)
    return replace(words, words=named)


def _joined(words: Words, place: int) -> bool:
    """Whether a hyphen ties this word to the next, as in "3-step"."""
    _, end = words.span(place, place + 1)
    return words.text[end : end + 1] == "-"


def _marks(kit: _Kit, words: Words) -> Iterator[tuple[str, int, int]]:
    told = (word if word[0] == "#" else typed for word, typed in zip(words.words, words.typed, strict=True))
    (found,) = kit.find.find(kit.alphabet.encode(told))
    for label, first, last in found:
        yield kit.kinds[label], first, last


def _first(marks: list[tuple[str, int, int]], kind: str) -> Stretch | None:
    return next(((first, last) for name, first, last in marks if name == kind), None)


def _clause_end(words: Words, place: int) -> int:
    while place < len(words.words) and words.words[place] not in _CLAUSE_ENDS:
        place += 1
    return place


def _span(words: Words, stretch: Stretch | None) -> Span | None:
    if stretch is None:
        return None
    start, end = words.span(*stretch)
    return Span(start, end, words.text[start:end])


# --- the parts ------------------------------------------------------------------------------------------


def _main_start(kit: _Kit, words: Words, marks: list[tuple[str, int, int]]) -> int | None:
    """Where the predicate starts: after "will", or at the first word that is not part of an opening phrase."""
    for place, word in enumerate(words.words):
        if word in kit.modals and place + 1 < len(words.words) and not _in_baseline(marks, place):
            return place + 1
    opening = {first: last for kind, first, last in marks if kind in ("lead", "timeframe", "condition", "strength")}
    place = 0
    while place < len(words.words):
        if place in opening:
            place = opening[place]
            while place < len(words.words) and words.words[place] not in BREAKS:
                place += 1
        elif words.words[place] in BREAKS or (words.words[place + 1 : place + 2] == [":"]):
            place += 1
        else:
            return place
    return None


def _in_baseline(marks: list[tuple[str, int, int]], place: int) -> bool:
    return any(kind == "baseline" and first <= place < last for kind, first, last in marks)


def _timeframe(kit: _Kit, words: Words, marks: list[tuple[str, int, int]]) -> Stretch | None:
    """The date, with the day and year that follow it: "by March 3, 2027", "by the end of the school year"."""
    found = _first(marks, "timeframe")
    if found is None:
        return None
    first, last = found
    while last < len(words.words):
        step = 2 if words.words[last] == "," else 1
        after = words.words[last + step - 1] if last + step <= len(words.words) else ""
        if not (after == "#date" or (step == 1 and (after.isdigit() or after in kit.dates))):
            break
        last += step
    return first, last


def _baseline(kit: _Kit, words: Words, mark: Stretch | None) -> Stretch | None:
    """Where the goal tells the present level: the clause from the mark on, or a whole sentence that plans nothing."""
    if mark is None:
        return None
    first, last = mark
    ends = [place for place, word in enumerate(words.words) if word in _SENTENCE_ENDS]
    start = max((place + 1 for place in ends if place < first), default=0)
    end = min((place for place in ends if place >= last), default=len(words.words))
    last = min(_clause_end(words, last), end)
    if words.words[first] == "from" and "to" in words.words[first:last]:
        # "from 55% to 80%": what follows is where the goal leads.
        return first, words.words.index("to", first)
    return (first if kit.modals.intersection(words.words[start:end]) else start), last


def _counted_beside(kit: _Kit, words: Words) -> Stretch | None:
    """A sentence that plans nothing and counts something: "On the pretest he got 3 of 10."."""
    if kit.modals.isdisjoint(words.words):
        return None
    ends = [place for place, word in enumerate(words.words) if word in _SENTENCE_ENDS]
    for end, after in pairwise([-1, *ends, len(words.words)]):
        told = words.words[end + 1 : after]
        counts = any(word[0].isdigit() or word in kit.numbers or word in _FIGURES for word in told)
        whole = len(told) >= _FEWEST_WORDS and told[0].isalpha()
        if counts and whole and kit.not_told_now.isdisjoint(told):
            return end + 1, after
    return None


def _condition(
    marks: list[tuple[str, int, int]],
    words: Words,
    start: int | None,
    timeframe: Stretch | None,
    strength: Stretch | None,
) -> Stretch | None:
    """An opening phrase under which the skill is shown, or one of the sure wordings anywhere."""
    before = start if start is not None else 0
    for kind, first, last in marks:
        opens = kind == "lead" and first <= before and _opens_phrase(words, first)
        if kind == "condition" or opens:
            if timeframe and timeframe[0] <= first < timeframe[1]:
                continue
            if strength and strength[0] == first:
                continue
            end = max(last, _clause_end(words, last))
            # "During circle time Mia will ...": what is planned is no condition.
            return first, start - 1 if start is not None and first < start <= end else end
    return None


def _opens_phrase(words: Words, place: int) -> bool:
    return place == 0 or words.words[place - 1] in BREAKS or words.words[place - 1] == "and"


def _behavior(
    kit: _Kit, words: Words, marks: list[tuple[str, int, int]], start: int | None
) -> tuple[int | None, Stretch | None]:
    """Where the observable verb stands, and the vague wording if that is what stands in its place."""
    if start is None:
        return None, None
    vague_at = {first: last for kind, first, last in marks if kind == "vague"}
    place = start
    while place < len(words.words) and words.words[place] in kit.fillers:
        place += 1
    if words.words[place : place + 3] == ["be", "able", "to"]:
        place += 3
    if place >= len(words.words) or words.words[place] in BREAKS:
        return None, None
    if place in vague_at:
        return _shown_by(kit, words, vague_at, place), (place, vague_at[place])
    word = words.words[place]
    said_with_will = start > 0 and words.words[start - 1] in kit.modals
    if not said_with_will and (word in kit.not_verbs or not word[0].isalpha() or len(words.words) <= _FEW_WORDS):
        return None, None
    return place, None


def _shown_by(kit: _Kit, words: Words, vague_at: dict[int, int], place: int) -> int | None:
    """After a vague verb, the observable act that shows it: "understand fractions by drawing ...", if there is one."""
    for later in range(place, len(words.words) - 1):
        after = words.words[later + 1]
        if (
            words.words[later] == "by"
            and after.endswith("ing")
            and after not in kit.not_showing
            and later + 1 not in vague_at
        ):
            return later + 1
    return None


def _criterion(
    kit: _Kit, words: Words, marks: list[tuple[str, int, int]], taken: list[Stretch], verb: int | None
) -> Stretch | None:
    for kind, first, last in marks:
        if kind == "criterion" and not any(start <= first < end for start, end in taken):
            return first, last
    for place in range(verb or 0, len(words.words)):
        counted = words.words[place].isdigit() or (
            place == (verb or 0) + 1 and words.words[place] in kit.counts and not _joined(words, place)
        )
        if (
            counted
            and place > 0
            and words.words[place - 1] not in kit.uncounted_before
            and not any(start <= place < end for start, end in taken)
        ):
            return place, min(place + 2, len(words.words))
    return None


# --- what to say ----------------------------------------------------------------------------------------


def _findings(
    kit: _Kit, words: Words, goal: GoalReading, vague: Stretch | None, falling: Span | None
) -> Iterator[Finding]:
    def finding(name: str, span: Span) -> Finding:
        text = kit.texts[name]
        return Finding(
            f"goal-{name}", span.start, span.end, span.quote, text["why"], text["instead"], "advisory", text["source"]
        )

    whole = Span(0, len(goal.goal), goal.goal)
    if vague is not None and goal.behavior is None:
        span = _span(words, vague)
        assert span is not None
        yield finding("vague-verb", span)._replace(severity="finding")
    elif goal.behavior is None:
        yield finding("no-behavior", whole)
    elif falling is not None and goal.behavior.start <= falling.start < goal.behavior.end:
        yield finding("falling-behavior", falling)
    if goal.criterion is None:
        yield finding("no-criterion", whole)
    if goal.condition is None:
        yield finding("no-condition", whole)
    if goal.timeframe is None:
        yield finding("no-timeframe", whole)
    if goal.behavior is not None and goal.criterion is not None:
        if goal.baseline is None:
            yield finding("no-baseline", whole)
        if goal.strength is None:
            yield finding("no-strength", whole)


@cache
def _kit() -> _Kit:
    tree = tomllib.loads((files("iep_training.language") / "goals.toml").read_text(encoding="utf-8"))
    shared = load_lexicon(files("iep_training.language") / "lexicon.toml")
    lexicon = Lexicon({**shared.entries, **tree["groups"]}, shared.irregular)
    kinds: list[str] = []
    nodes = []
    for part in [*tree["part"], *({"kind": "vague", **one} for one in tree["vague"])]:
        kinds.append("lead" if part.get("lead") else part["kind"])
        nodes += [(len(kinds) - 1, lexicon.parse(pattern)) for pattern in part["patterns"]]
    alphabet = Alphabet([node for _, node in nodes])
    plain = tree["words"]
    return _Kit(
        alphabet,
        tuple(kinds),
        Matcher(alphabet, nodes),
        tree["advice"],
        frozenset(plain["not_verbs"].split()),
        frozenset(plain["fillers"].split()),
        frozenset(plain["uncounted_before"].split()),
        frozenset(plain["counts"].split()),
        frozenset(tree["groups"]["period"]),
        frozenset(plain["modals"].split()),
        frozenset(plain["not_showing"].split()),
        frozenset(plain["numbers"].split()),
        frozenset(f"{plain['modals']} {plain['not_told_now']}".split()),
    )
