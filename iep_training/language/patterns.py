"""The small language in which rules are written, and the matcher that finds every rule in one pass.

A pattern is a row of words:

    refuse            that word                      [refuse]     refuse, refuses, refused, refusing
    <cannot>          any entry of that word group   (more | any) one of these;  more? that word or nothing
    ...               up to four words of the clause _            any one word of the clause
    ^   $             start, end of a clause         !word        not followed by this word or group
    a > b             report a, where b follows      {skill}      the rest of the clause, offered to `instead`

How it works: each word of a text becomes one letter (words that no rule tells apart share a letter), and each
pattern a short regular expression over those letters, tried only where its first letter stands. A pattern has no
unbounded repeat, so time grows with the text alone, and rules that start with other words cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from iep_training.language.inflect import verb_forms
from iep_training.language.words import BREAKS, Words

NUMBER, NAME, OTHER = "#number", "#name", "#other"
_GAP = 4
_FIRST_LETTER = 0xF0000
_PIECE = re.compile(r"\s*(<[a-z_]+>|\[[a-z']+\]|\.\.\.|\{skill\}|[()|>!^$_,:?\"]|[\w'’#%.]+)")


class PatternError(ValueError):
    """A pattern that can't be read; the message says what to mend."""


@dataclass(frozen=True)
class Node:
    """One piece of a parsed pattern: a `kind`, the words of a leaf, the parts of a compound."""

    kind: str
    words: frozenset[str] = frozenset()
    parts: tuple[Node, ...] = ()


_NULLABLE = {"gap", "start", "end", "not", "skill"}


class Lexicon:
    """Named groups of words and patterns, and the irregular verbs, which patterns may refer to."""

    def __init__(self, groups: Mapping[str, Sequence[str]], irregular: Mapping[str, str]) -> None:
        self.entries = groups
        self.irregular = irregular
        self._groups: dict[str, Node] = {}
        self._verbs: dict[str, Node] = {}
        self._leaves: dict[str, Node] = {}

    def parse(self, pattern: str) -> Node:
        """The pattern as a tree. Raises `PatternError` in plain words."""
        pieces = _pieces(pattern)
        node = self._alternatives(pieces, pattern)
        if pieces:
            raise PatternError(f"“{pattern}” has a “{pieces[-1]}” too many")
        if node.kind == "row" and not node.parts:
            raise PatternError("a pattern is empty")
        return node

    def group(self, name: str) -> Node:
        """The group of this name; its one-word entries become a single leaf."""
        if name not in self._groups:
            if name not in self.entries:
                raise PatternError(f"there is no word group <{name}>; the groups stand in lexicon.toml")
            self._groups[name] = _alternation([self.parse(entry) for entry in self.entries[name]])
        return self._groups[name]

    def _alternatives(self, pieces: list[str], pattern: str) -> Node:
        rows = [self._row(pieces, pattern)]
        while pieces and pieces[-1] == "|":
            pieces.pop()
            rows.append(self._row(pieces, pattern))
        return _alternation(rows)

    def _row(self, pieces: list[str], pattern: str) -> Node:
        parts: list[Node] = []
        while pieces and pieces[-1] not in ("|", ")"):
            element = self._element(pieces, pattern)
            if pieces and pieces[-1] == "?":
                pieces.pop()
                element = Node("maybe", parts=(element,))
            parts.append(element)
        return parts[0] if len(parts) == 1 else Node("row", parts=tuple(parts))

    def _element(self, pieces: list[str], pattern: str) -> Node:
        piece = pieces.pop()
        if piece == "(":
            inner = self._alternatives(pieces, pattern)
            if not pieces:
                raise PatternError(f"“{pattern}” lacks a closing parenthesis")
            pieces.pop()
            return inner
        if piece == "!":
            if not pieces:
                raise PatternError(f"“{pattern}” ends with a “!”; put a word after it")
            return Node("not", parts=(self._element(pieces, pattern),))
        if piece in _MARKS:
            return Node(_MARKS[piece])
        if piece.startswith("<"):
            return self.group(piece[1:-1])
        if piece.startswith("["):
            base = piece[1:-1]
            if base not in self._verbs:
                self._verbs[base] = Node("leaf", verb_forms(base, self.irregular))
            return self._verbs[base]
        if piece not in self._leaves:
            self._leaves[piece] = Node("leaf", frozenset((piece.replace("’", "'"),)))
        return self._leaves[piece]


_MARKS = {"...": "gap", "_": "any", "^": "start", "$": "end", ">": "ahead", "{skill}": "skill"}


def _pieces(pattern: str) -> list[str]:
    """The pieces of a pattern, last one first."""
    text = pattern.replace("-", " ").strip()
    pieces = _PIECE.findall(text)
    if sum(map(len, pieces)) != len(text) - len(re.findall(r"\s", text)):
        raise PatternError(f"“{pattern}” has a mark that patterns don't know")
    return list(reversed(pieces))


def _alternation(rows: Sequence[Node]) -> Node:
    if len(rows) == 1:
        return rows[0]
    single = frozenset().union(*(row.words for row in rows if row.kind == "leaf"))
    flat = [part for row in rows for part in (row.parts if row.kind == "either" else (row,))]
    single = single.union(*(row.words for row in flat if row.kind == "leaf"))
    others = [row for row in flat if row.kind != "leaf"]
    leaf = [Node("leaf", single)] if single else []
    return leaf[0] if leaf and not others else Node("either", parts=(*leaf, *others))


# --- matching -------------------------------------------------------------------------------------------


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
        # Punctuation keeps letters of its own, so that a clause can end.
        self.letters |= {mark: mark for mark in BREAKS}

    def encode(self, words: Words) -> str:
        """The text as letters, one for each of its words."""
        known = self.letters.get
        return "".join([known(word) or self._unknown(words, place) for place, word in enumerate(words.words)])

    def _unknown(self, words: Words, place: int) -> str:
        if words.words[place][0].isdigit():
            return self.letters[NUMBER]
        return self.letters[NAME if words.text[words.starts[place]].isupper() else OTHER]

    def some(self, words: Iterable[str]) -> str:
        """A character class of the letters of these words."""
        return "[" + "".join(sorted({self.letters[word] for word in words})) + "]"

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

    def firsts(self, node: Node) -> tuple[set[str], bool]:
        """The letters that a match of this pattern can start with, and whether the pattern can match nothing."""
        if node.kind == "leaf":
            return {self.letters[word] for word in node.words}, False
        if node.kind == "either":
            both = [self.firsts(part) for part in node.parts]
            return set().union(*(letters for letters, _ in both)), any(empty for _, empty in both)
        if node.kind == "maybe":
            return self.firsts(node.parts[0])[0], True
        if node.kind == "row":
            letters: set[str] = set()
            for part in node.parts:
                more, empty = self.firsts(part)
                letters |= more
                if not empty:
                    return letters, False
            return letters, True
        return set(), node.kind in _NULLABLE


_BREAK_CLASS = "".join(re.escape(mark) for mark in sorted(BREAKS))
_EXPRESSIONS = {
    "gap": f"[^{_BREAK_CLASS}]{{0,{_GAP}}}?",
    "any": f"[^{_BREAK_CLASS}]",
    "start": f"(?:^|(?<=[{_BREAK_CLASS}]))",
    "end": f"(?=[{_BREAK_CLASS}]|$)",
    "skill": f"(?=[^{_BREAK_CLASS}])",
    "ahead": "",
}


@dataclass(slots=True)
class Matcher:
    """Finds many labeled patterns at once. Where several start at one word, the longest written one wins."""

    alphabet: Alphabet
    patterns: Sequence[tuple[int, Node]]
    _by_letter: dict[str, list[int]] = field(default_factory=dict)
    _compiled: dict[str, tuple[Callable[[str, int], re.Match[str] | None], list[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        order = sorted(range(len(self.patterns)), key=lambda one: -least_words(self.patterns[one][1]))
        for number in order:
            letters, _ = self.alphabet.firsts(self.patterns[number][1])
            for letter in letters:
                self._by_letter.setdefault(letter, []).append(number)

    def find(self, letters: str) -> list[tuple[int, int, int]]:
        """Every match as (label, first word, word after the last), in text order."""
        found = []
        starts, compiled = self._by_letter, self._compiled
        for place, letter in enumerate(letters):
            if letter in starts:
                match_at, labels = compiled.get(letter) or self._compile(letter)
                match = match_at(letters, place)
                if match and match.lastindex and match.end() > place:
                    found.append((labels[match.lastindex - 1], place, match.end()))
        return found

    def _compile(self, letter: str) -> tuple[Callable[[str, int], re.Match[str] | None], list[int]]:
        numbers = self._by_letter[letter]
        expression = re.compile("|".join(f"({self.alphabet.expression(self.patterns[one][1])})" for one in numbers))
        self._compiled[letter] = expression.match, [self.patterns[one][0] for one in numbers]
        return self._compiled[letter]


def least_words(node: Node) -> int:
    """The fewest words that a match of this pattern can hold."""
    if node.kind in ("leaf", "any"):
        return 1
    if node.kind == "either":
        return min(least_words(part) for part in node.parts)
    if node.kind == "row":
        return sum(least_words(part) for part in node.parts)
    return 0
