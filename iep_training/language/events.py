"""What a rewrite says has happened: a date, an award, a deed in the past tense. What was not given may be made up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from iep_training.language.rewrite_words import names, stem, word_lists
from iep_training.language.rules import reader
from iep_training.language.words import BREAKS, Words

# A deed with a figure that was given is no new one: "got 3 of 25".
_FIGURE_REACH = 5


@dataclass(frozen=True, slots=True)
class Events:
    """What is told that the given text does not hold."""

    dates: int
    awards: int
    turns: int
    deeds: int

    @property
    def told(self) -> bool:
        """Whether anything is said to have happened."""
        return bool(self.dates or self.awards or self.turns or self.deeds)


@dataclass(frozen=True, slots=True)
class _Lists:
    dates: re.Pattern[str]
    turns: re.Pattern[str]
    plans: re.Pattern[str]
    awards: frozenset[str]
    doers: frozenset[str]
    openers: frozenset[str]
    between: frozenset[str]
    objects: frozenset[str]
    no_deed: frozenset[str]
    irregular: frozenset[str]


def events(given: Words, rewrite: Words) -> Events:
    """What the rewrite says has happened beyond what was given."""
    lists = _lists()
    known, low = given.marked.lower(), rewrite.marked.lower()
    stems = {stem(word) for word in given.words}
    figures = {word for word in given.words if word[0].isdigit()}
    return Events(
        _new(lists.dates, known, low),
        len((lists.awards & set(rewrite.words)) - set(given.words)),
        _new(lists.turns, known, low),
        sum(
            stem(rewrite.words[place]) not in stems and figures.isdisjoint(rewrite.words[place : place + _FIGURE_REACH])
            for place in _deeds(rewrite)
        ),
    )


def _new(pattern: re.Pattern[str], known: str, told: str) -> int:
    """How often the pattern finds what is not known, but for sentences that plan."""
    given, plans = set(pattern.findall(known)), _lists().plans
    sentences = [sentence for sentence in re.split(r"[.;!?\n]", told) if not plans.search(sentence)]
    return sum(found not in given for sentence in sentences for found in pattern.findall(sentence))


def _deeds(text: Words) -> Iterator[int]:
    """Where words stand that tell what the student did: "he raised", "Maya has stopped", "Raised his grade".

    "A list that he made" tells of no deed.
    """
    lists, words = _lists(), text.words
    called = names(text)
    for place, word in enumerate(words):
        if not _past(word, lists):
            continue
        doer = place - 1
        while doer >= 0 and (words[doer] in lists.between or words[doer].endswith("ly")):
            doer -= 1
        if _opens(words, doer + 1, lists):
            after = words[place + 1] if place + 1 < len(words) else ""
            told = after and (after in lists.objects or after[0].isdigit() or stem(after) in called)
            if told and word not in lists.no_deed:
                yield place
        elif (words[doer] in lists.doers or stem(words[doer]) in called) and _opens(words, doer, lists):
            yield place


def _opens(words: Sequence[str], place: int, lists: _Lists) -> bool:
    """Whether a clause begins at this place."""
    return place == 0 or words[place - 1] in BREAKS or words[place - 1] in lists.openers


def _past(word: str, lists: _Lists) -> bool:
    return word in lists.irregular or (len(word) > 4 and word.endswith("ed") and not word.endswith("eed"))


@cache
def _lists() -> _Lists:
    tree = word_lists()["events"]

    def words(name: str) -> frozenset[str]:
        return frozenset(tree[name].split())

    irregular = reader().lexicon.irregular
    # "Put", "read" and "had" are no past by their form alone.
    past = {form for base, told in irregular.items() for form in told.split() if form != base}
    return _Lists(
        re.compile("|".join(tree["dates"])),
        re.compile("|".join(tree["turns"])),
        re.compile(tree["plans"]),
        words("awards"),
        words("doers"),
        words("openers"),
        words("between"),
        words("objects"),
        words("no_deed"),
        frozenset(past) - words("no_past"),
    )
