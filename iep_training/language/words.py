"""Cut a text into words without losing where each one stands.

Spans always refer to the text as it was typed: nothing is normalized that would move a character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def _tokens(letter: str, letter_or_digit: str) -> re.Pattern[str]:
    """Words, the punctuation that bounds a clause, initials ("J.", "T.J."), and numbers ("3/5", "80%", "2nd").

    Hyphens and every other mark only part words, so that "off-task" reads as "off task".
    """
    return re.compile(
        rf"{letter}{{2,}}+(?:'{letter}+)*+"
        r"|[.,;:!?()\"\n—–]"
        rf"|{letter}\.(?<!{letter_or_digit}..)(?:{letter}\.){{0,3}}(?=\s?{letter_or_digit})(?!{letter}{{2}})"
        rf"|{letter}(?:'{letter}+)*+"
        r"|\d+(?:[.,:/]\d+)*(?i:st|nd|rd|th)?%?"
        r"|(?<=\s)-(?=\s)"
    )


_TOKEN = _tokens(r"[^\W\d_]", r"[^\W_]")
# The same for plain English letters, which are told apart faster.
_PLAIN_TOKEN = _tokens("[A-Za-z]", "[A-Za-z0-9]")
_ONE_MARK = str.maketrans("’‘ʼ`´“”„«»", "'''''\"\"\"\"\"")
STOPS = frozenset(".;!?\n")
# Long texts hold few different words; this bounds what a hostile one can keep.
WORDS_KEPT = 20_000
BREAKS = STOPS | frozenset(',:()"—–-')


@dataclass(slots=True)
class Words:
    """A text and its tokens: `words` in lower case with straight apostrophes, `typed` as they were written.

    `marked` is the text with one kind of apostrophe and of quotation mark. Where tokens start is worked out when it is
    first asked for.
    """

    text: str
    marked: str
    words: list[str]
    typed: list[str]
    _starts: list[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the tokens from `first` up to, not including, `last`."""
        starts, known = self._starts, len(self._starts)
        if known < last:
            end = starts[-1] + len(self.typed[known - 1]) if known else 0
            for token in self.typed[known:last]:
                # Only other marks stand between tokens, so a token is found where it was cut.
                start = self.marked.index(token, end)
                starts.append(start)
                end = start + len(token)
        return starts[first], starts[last - 1] + len(self.typed[last - 1])

    def slice(self, first: int, last: int) -> str:
        """What stands in the text from the token `first` up to, not including, `last`."""
        start, end = self.span(first, last)
        return self.text[start:end]


def split(text: str) -> Words:
    """The tokens of a text, in time proportional to its length."""
    plain = text.isascii()
    marked = text if plain and "`" not in text else text.translate(_ONE_MARK)
    typed = (_PLAIN_TOKEN if plain else _TOKEN).findall(marked)
    return Words(text, marked, list(map(str.lower, typed)), typed, [])
