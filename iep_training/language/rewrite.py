"""Read a rewrite beside its original: is the skill kept, the deficit framing gone, and something to build on given?

What the two texts show (the signs), and how the rewrite is worded, is weighed for each verdict and reason. The weights
were fitted to labelled rewrites by benchmarks/fit_rewrite.py.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise

from iep_training.language.events import events
from iep_training.language.figures import invents
from iep_training.language.halves import halves
from iep_training.language.marked import Marked
from iep_training.language.rewrite_words import content, content_of, names, topical, vocabulary
from iep_training.language.statement import Evidence, evidence, reading_of
from iep_training.language.tone_words import forms
from iep_training.language.topics import nearness
from iep_training.language.words import Words, split
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
VERDICTS = ("accept", *REASONS)
_INVENTED = VERDICTS.index("invents_facts")
# Weights are whole numbers in the files: hundredths.
SCALE = 100
_FEWEST_WORDS = 4
# How likely "accept" must be (likelier where a figure stands that was not given), and how likely a second reason; a
# copy earns nothing, so it must be surer. Where such a share of the words was given, the skill is kept.
ENOUGH = 0.45
_ENOUGH_WITH_FIGURE = 0.8
_ALSO = 0.3
_SURE_COPY = 0.8
_MOSTLY_GIVEN = 0.5
_BUILDS = frozenset(("support", "growth", "next step"))


def read_rewrite(original: str, rewrite: str, known: str = "") -> RewriteReading:
    """The verdict on a rewrite, with its reasons; the texts may be any length or empty.

    `known` holds further facts that the writer was given, whose figures are no inventions.
    """
    seen = evidence(rewrite)
    reading, chances = reading_of(rewrite, seen)
    shown = signs(original, rewrite, known, seen, reading, chances)
    likely = verdict_odds(shown, wordings(seen.words), wordings(split(known)))
    if known and shown["builds"] and _told_in_what_was_given(split(f"{original} {known}"), seen.words):
        likely = _without("off_topic", likely)
    reasons = _reasons(shown, likely)
    return RewriteReading(
        original, rewrite, "revise" if reasons else "accept", reasons, reading.findings, reading.strengths
    )


def _told_in_what_was_given(given: Words, rewrite: Words) -> bool:
    """Whether most words that tell of the skill come from the original and the facts beside it: then it is kept."""
    told = set(topical(rewrite.words)) - names(given, rewrite) - vocabulary().growth
    return bool(told) and len(told.intersection(topical(given.words))) >= _MOSTLY_GIVEN * len(told)


def _without(reason: str, likely: Mapping[str, float]) -> dict[str, float]:
    """The odds of the rest where one reason is out of the question."""
    rest = max(1 - likely[reason], 1e-9)
    return {name: 0.0 if name == reason else odds / rest for name, odds in likely.items()}


def _reasons(shown: Mapping[str, float], likely: Mapping[str, float]) -> tuple[str, ...]:
    """The reasons to revise, in the order of REASONS; none is "accept"."""
    certain = {
        "copy": "copy",
        "fewer than 4 words": "too_short",
        "deficit": "still_deficit",
        "a new figure in a deed": "invents_facts",
    }
    found = {reason for sign, reason in certain.items() if shown[sign]}
    if found or likely["accept"] < (_ENOUGH_WITH_FIGURE if shown["invents a figure"] else ENOUGH):
        # A fact is called invented only where a figure stands, or a word that tells what has happened.
        tells = shown["invents a figure"] or shown["an event is told"]
        open_to = [reason for reason in REASONS if reason != "invents_facts" or tells]
        found |= {reason for reason in open_to if likely[reason] >= (_SURE_COPY if reason == "copy" else _ALSO)}
        if not found:
            found.add("invents_facts" if shown["invents a figure"] else max(open_to, key=likely.__getitem__))
    return tuple(reason for reason in REASONS if reason in found)


# --- what a rewrite shows ------------------------------------------------------------------------------------


def signs(
    original: str, rewrite: str, known: str, seen: Evidence, reading: Reading, chances: Mapping[str, float]
) -> dict[str, float]:
    """What a rewrite shows beside its original, by name: 0 or 1, or a share from 0 to 1 (a logarithm for odds).

    `seen`, `reading` and `chances` are the evidence in the rewrite, its reading and its odds.
    """
    shown: dict[str, float] = {"always": 1.0}
    shown |= _of_framing(seen, reading, chances)
    given = split(original)
    shown |= _of_topic(given, seen.words, reading)
    shown |= _of_halves(given, seen.words)
    shown |= _of_help(seen.words, reading)
    count = sum(word[0].isalnum() for word in seen.words.words)
    shown |= {f"fewer than {few} words": float(count < few) for few in (_FEWEST_WORDS, 6, 8)}
    shown["length"] = min(count, 30) / 30
    shown["invents a figure"] = float(invents(f"{original} {known}", rewrite))
    shown |= _of_events(split(f"{original} {known}"), seen.words)
    # A new figure in a deed is made up, even where the deed itself was given.
    in_deed = shown["invents a figure"] and events(split(""), seen.words).told
    shown["a new figure in a deed"] = float(in_deed)
    return shown


def _of_framing(seen: Evidence, reading: Reading, chances: Mapping[str, float]) -> dict[str, float]:
    """How the rewrite frames the student."""
    serious = any(hit[0].severity == "finding" for hit in seen.rule_hits)
    return {
        "deficit": float(reading.framing == "deficit"),
        "odds of deficit": chances["deficit"],
        "odds of strengths": chances["strengths"],
        "log odds of deficit": math.log(chances["deficit"] + 0.01),
        "log odds of strengths": math.log(chances["strengths"] + 0.01),
        "a rule speaks": float(serious),
        "a rule speaks alone": float(serious and not seen.rescued()),
    }


def _of_topic(original: Words, rewrite: Words, reading: Reading) -> dict[str, float]:
    """How near the rewrite stays to the original's skill, and what else its words are about."""
    words = vocabulary()
    named = names(original, rewrite)
    before = set(content(original)) - named
    stems = [stem for stem in content(rewrite) if stem not in named]
    after = set(stems)
    shared = before & after
    fields_before = {name for name, members in words.fields.items() if members & before}
    fields_after = {name for name, members in words.fields.items() if members & after}
    elsewhere = bool(fields_after) and not fields_before & fields_after
    beyond_growth = sum(stem not in words.growth for stem in stems)
    praise = sum(stem in words.praise for stem in stems) / max(1, len(stems))
    nearly_all = len(shared) >= 0.75 * len(before) and len(after - before) <= 2
    near = nearness(*([one for one in topical(text.words) if one not in named] for text in (original, rewrite)))
    return {
        "copy": float(before == after or (reading.framing == "deficit" and nearly_all)),
        "nearly all words are the original's": float(nearly_all),
        "hardly a new word": float(len(after - before) <= 2),
        "share of the original's words": len(shared) / max(1, len(before)),
        "a word of the original": float(bool(shared)),
        "same field": float(bool(fields_before & fields_after)),
        "another field": float(elsewhere and bool(fields_before)),
        "a field where none was": float(elsewhere and not fields_before),
        "a plain field where none was": float(not fields_before and bool(fields_after & words.sharp_fields)),
        "words beyond growth": min(beyond_growth, 8) / 8,
        "the original is met": near.before,
        "the rewrite is met": near.after,
        "nearest words": near.best,
        "no words to compare": float(not near.told),
        "share of praise": praise,
        "mostly praise": float(praise >= 0.5),
        **{f"{few} words beyond growth": float(beyond_growth == few) for few in range(3)},
    }


def _of_halves(original: Words, rewrite: Words) -> dict[str, float]:
    """Whether the need is kept where the original also tells of a strength: "can X but can't Y"."""
    lists = vocabulary()
    stems = content(rewrite)
    shown = {
        "admires": min(sum(one in lists.admiring for one in stems), 2) / 2,
        "two halves": 0.0,
        "the failing half is met": 0.0,
        "the failing half is not met": 0.0,
        "words beyond the strength": 0.0,
    }
    if found := halves(original.words):
        strength, need = (content_of(half) for half in found)
        beyond = [one for one in stems if one not in strength and one not in lists.admiring and one not in lists.praise]
        wanted = [one for one in need if one not in strength]
        met = nearness(wanted, beyond)
        shared = not set(wanted).isdisjoint(beyond)
        shown |= {
            "two halves": 1.0,
            "the failing half is met": 1.0 if shared else met.before if met.told else 0.0,
            "the failing half is not met": float(not shared),
            "words beyond the strength": min(len(beyond), 8) / 8,
        }
    return shown


def _of_events(given: Words, rewrite: Words) -> dict[str, float]:
    """Whether the rewrite tells of what happened, or counts, beyond what was given."""
    words = vocabulary()
    new = set(rewrite.words) - set(given.words)
    happened = events(given, rewrite)
    return {
        "dates": min(happened.dates, 2) / 2,
        "awards": min(happened.awards, 2) / 2,
        "turns": min(happened.turns, 2) / 2,
        "deeds": min(happened.deeds, 2) / 2,
        "dates and deeds": float(happened.dates > 0 and happened.deeds + happened.awards + happened.turns > 0),
        "an event is told": float(happened.told),
        "tells what happened": min(len(new & words.happened), 3) / 3,
        "a new number word": float(any(word in new for word in words.numbers if word != "one")),
    }


def _of_help(rewrite: Words, reading: Reading) -> dict[str, float]:
    """Whether something to build on is given."""
    kinds = [strength.kind for strength in reading.strengths]
    shows_how = _shows_how(rewrite)
    return {
        **{f"names {kind}": float(kind in kinds) for kind in ("support", "growth", "next step", "skill", "interest")},
        "strengths named": min(len(kinds), 4) / 4,
        "tells how": float(shows_how),
        "builds": float(shows_how or any(kind in _BUILDS for kind in kinds)),
        "plans": float("support" in kinds or "next step" in kinds),
    }


def _shows_how(rewrite: Words) -> bool:
    """Whether a word tells under what condition, with what help, or what comes next."""
    lists, words = vocabulary(), rewrite.words
    manner = {
        place
        for place, word in enumerate(words)
        if word == "with" and not lists.manner.isdisjoint(words[place + 1 : place + 3])
    }
    return any(word in lists.building and place not in manner for place, word in enumerate(words))


def wordings(text: Words) -> set[str]:
    """The stems of a text, and each with the one before it."""
    stems = ["^", *(forms(word)[1] for word in text.words), "$"]
    return {*stems, *map("_".join, pairwise(stems))}


# --- what it adds up to --------------------------------------------------------------------------------------


def verdict_odds(shown: Mapping[str, float], worded: Iterable[str], given: Collection[str] = ()) -> dict[str, float]:
    """How likely "accept" and each reason is, from the signs and wordings; they add up to 1.

    A wording that was `given` makes nothing an invention.
    """
    totals = [0.0] * len(VERDICTS)
    for sign, amount in shown.items():
        for place, weight in enumerate(_weights().get(sign, ())):
            totals[place] += amount * weight / SCALE
    for wording in worded:
        for place, weight in enumerate(wording_weights().of(wording)):
            if place != _INVENTED or wording not in given:
                totals[place] += weight / SCALE
    top = max(totals)
    powers = [math.exp(total - top) for total in totals]
    return {verdict: power / sum(powers) for verdict, power in zip(VERDICTS, powers, strict=True)}


@cache
def _weights() -> Mapping[str, list[int]]:
    """What each sign weighs for each of VERDICTS, in hundredths."""
    table: dict[str, list[int]] = json.loads(
        (files("iep_training.language") / "rewrite_weights.json").read_text(encoding="utf-8")
    )
    return table


@cache
def wording_weights() -> Marked:
    """What each wording weighs for each of VERDICTS."""
    return Marked(files("iep_training.language") / "rewrite_wordings.json", len(VERDICTS))
