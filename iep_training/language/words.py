"""Cut a text into words without losing where each one stands.

Spans always refer to the text as it was typed: nothing is normalized that would move a character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Initials ("J.", "T.J."), words, numbers ("3/5", "80%", "2nd"), and the punctuation that bounds a clause.
# Hyphens and every other mark only part words, so that "off-task" reads as "off task".
_TOKEN = re.compile(
    r"(?<![^\W_])(?:[^\W\d_]\.){1,4}(?=\s?[^\W_])(?![^\W\d_]{2})"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|\d+(?:[.,:/]\d+)*(?:st|nd|rd|th)?%?"
    r"|[.,;:!?()\"\n—–]|(?<=\s)-(?=\s)"
)
_ONE_MARK = str.maketrans("’‘ʼ`´“”„«»", "'''''\"\"\"\"\"")
STOPS = frozenset(".;!?\n")
BREAKS = STOPS | frozenset(',:()"—–-')


@dataclass(frozen=True, slots=True)
class Words:
    """A text and its tokens: `words` in lower case with straight apostrophes, and where each starts and ends."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the tokens from `first` up to, not including, `last`."""
        return self.starts[first], self.ends[last - 1]


def split(text: str) -> Words:
    """The tokens of a text, in time proportional to its length."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _TOKEN.finditer(lowered(text)):
        words.append(match.group())
        start, end = match.span()
        starts.append(start)
        ends.append(end)
    return Words(text, words, starts, ends)


def lowered(text: str) -> str:
    """The text in lower case with one kind of apostrophe and quotation mark, exactly as long as it was."""
    low = text.lower()
    if len(low) != len(text):
        # A few letters, the Turkish dotted I among them, grow when lowered: leave those as they are.
        low = "".join(small if len(small := mark.lower()) == 1 else mark for mark in text)
    return low.translate(_ONE_MARK)
