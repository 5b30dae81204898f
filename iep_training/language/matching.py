"""Find every pattern in one pass over a text.

Each word of a text becomes one letter (words that no pattern tells apart share a letter), and each pattern a short
regular expression over those letters, tried only where its first two letters can stand. A pattern has no unbounded
repeat, so time grows with the text alone, and patterns that start with other words cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import add
from typing import Any, TypeVar

from iep_training.language.patterns import Node, least_words
from iep_training.language.remembered import Remembered
from iep_training.language.words import BREAKS, WORDS_KEPT

NUMBER, NAME, OTHER = "#number", "#name", "#other"
_GAP = 4
_FIRST_LETTER = 0xF0000
# How many pairs of letters may be remembered; texts of every day hold far fewer.
_PAIRS_KEPT = 100_000
_BREAK_CLASS = "".join(re.escape(mark) for mark in sorted(BREAKS))
_EXPRESSIONS = {
    "gap": f"[^{_BREAK_CLASS}]{{0,{_GAP}}}?",
    "any": f"[^{_BREAK_CLASS}]",
    "start": f"(?:^|(?<=[{_BREAK_CLASS}]))",
    "end": f"(?=[{_BREAK_CLASS}]|$)",
    "skill": f"(?=[^{_BREAK_CLASS}])",
    "ahead": "",
}
_NO_WORD = frozenset(("start", "not", "ahead", "skill"))


def _leaves(node: Node) -> Iterator[frozenset[str]]:
    if node.kind == "leaf":
        yield node.words
    for part in node.parts:
        yield from _leaves(part)


class Alphabet:
    """One letter for each class of words that the given patterns can tell apart."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        leaves = list(dict.fromkeys(leaf for node in nodes for leaf in _leaves(node)))
        memberships: dict[str, list[int]] = {word: [] for word in (NUMBER, NAME, OTHER)}
        for number, leaf in enumerate(leaves):
            for word in leaf:
                memberships.setdefault(word, []).append(number)
        letters: dict[tuple[int, ...], str] = {}
        self.letters: dict[str, str] = {}
        for word, member in memberships.items():
            key = tuple(member) if word not in (NUMBER, NAME, OTHER) else (-1, *member, hash(word))
            self.letters[word] = letters.setdefault(key, chr(_FIRST_LETTER + len(letters)))
        # A figure that some pattern names ("1") is still a number to all others.
        self._figures = {letter for word, letter in self.letters.items() if word[0].isdigit()}
        # Punctuation keeps letters of its own, so that a clause can end.
        self.letters |= {mark: mark for mark in BREAKS}
        self._of_typed = Remembered(WORDS_KEPT, self._letter)

    def encode(self, typed: Iterable[str]) -> str:
        """A text as letters, one for each of its words as they were typed."""
        return "".join(map(self._of_typed.__getitem__, typed))

    def _letter(self, typed: str) -> str:
        kind = NUMBER if typed[0].isdigit() else NAME if typed[0].isupper() else OTHER
        return self.letters.get(typed.lower()) or self.letters[kind]

    def of(self, words: Iterable[str]) -> set[str]:
        """The letters of these words."""
        letters = {self.letters[word] for word in words}
        return letters | self._figures if self.letters[NUMBER] in letters else letters

    def some(self, words: Iterable[str]) -> str:
        """A character class of the letters of these words."""
        return "[" + "".join(sorted(self.of(words))) + "]"

    def expression(self, node: Node) -> str:
        """The regular expression over letters that finds this pattern."""
        kind, parts = node.kind, node.parts
        if kind == "leaf":
            return self.some(node.words)
        if kind == "row":
            return self._row(parts)
        if kind == "either":
            return "(?:" + "|".join(self.expression(part) for part in parts) + ")"
        if kind == "maybe":
            return f"(?:{self.expression(parts[0])})?"
        if kind == "not":
            return f"(?!{self.expression(parts[0])})"
        return _EXPRESSIONS[kind]

    def _row(self, parts: Sequence[Node]) -> str:
        for place, part in enumerate(parts):
            if part.kind == "ahead":
                after = "".join(self.expression(one) for one in parts[place + 1 :])
                return "".join(self.expression(one) for one in parts[:place]) + f"(?={after})"
        return "".join(self.expression(part) for part in parts)

    def firsts(self, node: Node) -> set[str]:
        """The letters that a match of this pattern can start with."""
        return set().union(*(self.of(leaf.words) for leaf, _ in _openings((node,)) if leaf))

    def seconds(self, node: Node) -> set[str] | None:
        """The letters that can come second in a match of this pattern; None where any can."""
        letters: set[str] = set()
        for _, rest in _openings((node,)):
            for leaf, _ in _openings(rest):
                if leaf is None:
                    return None
                letters |= self.of(leaf.words)
        return letters


def _openings(parts: tuple[Node, ...]) -> Iterator[tuple[Node | None, tuple[Node, ...]]]:
    """Each way in which these parts can start: the leaf of the first word (None: any word, or none), and the rest."""
    if not parts:
        yield None, ()
        return
    first, rest = parts[0], parts[1:]
    if first.kind == "leaf":
        yield first, rest
    elif first.kind == "row":
        yield from _openings((*first.parts, *rest))
    elif first.kind in ("either", "maybe"):
        for part in first.parts:
            yield from _openings((part, *rest))
        if first.kind == "maybe":
            yield from _openings(rest)
    elif first.kind in _NO_WORD:
        yield from _openings(rest)
    else:
        yield None, rest


Label = TypeVar("Label")
# What was found, its first word, and the word after its last.
Hit = tuple[Label, int, int]


class Matcher:
    """Finds the labeled patterns of one or several sheets at once, each sheet by itself. A label may be anything.

    Where several patterns of a sheet start at one word, the longest written one wins. A pattern is tried only where its
    first letter stands and the next letter can be its second.
    """

    def __init__(self, alphabet: Alphabet, *sheets: Sequence[tuple[Any, Node]]) -> None:
        self.sheets = sheets
        ready = [_Sheet(number, alphabet, patterns) for number, patterns in enumerate(sheets)]
        self._attempts: Remembered[str, list[Attempt]] = Remembered(
            _PAIRS_KEPT, lambda pair: [attempt for sheet in ready if (attempt := sheet.attempt(pair))]
        )

    def find(self, letters: str) -> list[list[Hit[Any]]]:
        """For each sheet every match, in text order."""
        found: list[list[Hit[Any]]] = [[] for _ in self.sheets]
        attempts = map(self._attempts.__getitem__, map(add, letters, letters[1:] + " "))
        for place, here in enumerate(attempts):
            # Hardly any pattern can start at most of the places.
            if here:
                for sheet, match_at, labels in here:
                    if (match := match_at(letters, place)) and (end := match.end()) > place:
                        found[sheet].append((labels[match.lastindex or 0], place, end))
        return found


# A sheet's number, what matches its patterns at a place, and their labels by the number of the group that matched.
Attempt = tuple[int, Callable[[str, int], re.Match[str] | None], list[Any]]


class _Sheet:
    """Labeled patterns, and what of them can start with which two letters, compiled when it is first asked for."""

    def __init__(self, number: int, alphabet: Alphabet, patterns: Sequence[tuple[Any, Node]]) -> None:
        self._number = number
        self._alphabet = alphabet
        self._patterns = sorted(patterns, key=lambda one: -least_words(one[1]))
        self._seconds: dict[int, set[str] | None] = {}
        self._by_first: dict[str, list[int]] = {}
        self._compiled: dict[tuple[int, ...], Attempt | None] = {(): None}
        for number, (_, node) in enumerate(self._patterns):
            for letter in alphabet.firsts(node):
                self._by_first.setdefault(letter, []).append(number)

    def attempt(self, pair: str) -> Attempt | None:
        """How to match the patterns that can start with these two letters; None if there are none."""
        numbers = tuple(one for one in self._by_first.get(pair[0], ()) if self._can_come_second(pair[1], one))
        if numbers not in self._compiled:
            expressions = (f"({self._alphabet.expression(self._patterns[one][1])})" for one in numbers)
            self._compiled[numbers] = (
                self._number,
                re.compile("|".join(expressions)).match,
                [None, *(self._patterns[one][0] for one in numbers)],
            )
        return self._compiled[numbers]

    def _can_come_second(self, letter: str, number: int) -> bool:
        if number not in self._seconds:
            self._seconds[number] = self._alphabet.seconds(self._patterns[number][1])
        seconds = self._seconds[number]
        return seconds is None or letter in seconds
