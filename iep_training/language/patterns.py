"""The small language in which rules are written.

A pattern is a row of words:

    refuse            that word                      [refuse]     refuse, refuses, refused, refusing
    <cannot>          any entry of that word group   (more | any) one of these;  more? that word or nothing
    ...               up to four words of the clause _            any one word of the clause
    ^   $             start, end of a clause         !word        not followed by this word or group
    a > b             report a, where b follows      {skill}      the rest of the clause, offered to `instead`

What is parsed here is found by matching.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iep_training.language.inflect import verb_forms

_PIECE = re.compile(r"\s*(<[a-z_]+>|\[[a-z']+\]|\.\.\.|\{skill\}|[()|>!^$_,:?\"]|[\w'’#%.]+)")


class PatternError(ValueError):
    """A pattern that can't be read; the message says what to mend."""


@dataclass(frozen=True)
class Node:
    """One piece of a parsed pattern: a `kind`, the words of a leaf, the parts of a compound."""

    kind: str
    words: frozenset[str] = frozenset()
    parts: tuple[Node, ...] = ()


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
        if piece in self._leaves:
            return self._leaves[piece]
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
        self._leaves[piece] = Node("leaf", frozenset((piece.replace("’", "'"),)))
        return self._leaves[piece]


_MARKS = {"...": "gap", "_": "any", "^": "start", "$": "end", ">": "ahead", "{skill}": "skill"}


def _pieces(pattern: str) -> list[str]:
    """The pieces of a pattern, last one first."""
    text = pattern.replace("-", " ").strip()
    pieces = _PIECE.findall(text)
    if sum(map(len, pieces)) != sum(map(len, text.split())):
        raise PatternError(f"“{pattern}” has a mark that patterns don't know")
    return pieces[::-1]


def _alternation(rows: Sequence[Node]) -> Node:
    if len(rows) == 1:
        return rows[0]
    flat = [part for row in rows for part in (row.parts if row.kind == "either" else (row,))]
    single = frozenset[str]().union(*[row.words for row in flat if row.kind == "leaf"])
    others = [row for row in flat if row.kind != "leaf"]
    leaf = [Node("leaf", single)] if single else []
    return leaf[0] if leaf and not others else Node("either", parts=(*leaf, *others))


def least_words(node: Node) -> int:
    """The fewest words that a match of this pattern can hold."""
    if node.kind in ("leaf", "any"):
        return 1
    if node.kind == "either":
        return min(least_words(part) for part in node.parts)
    if node.kind == "row":
        return sum(least_words(part) for part in node.parts)
    return 0
