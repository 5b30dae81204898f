"""Cut a text into words without losing where each one stands.

Spans always refer to the text as it was typed: nothing is normalized that would move a character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Initials ("J.", "T.J."), words, numbers ("3/5", "80%", "2nd"), and the punctuation that bounds a clause.
# Hyphens and every other mark only part words, so that "off-task" reads as "off task".
_TOKEN = re.compile(
    r"(?<![^\W_])(?:[^\W\d_]\.){1,4}(?=\s?[^\W_])(?![^\W\d_]{2})"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|\d+(?:[.,:/]\d+)*(?i:st|nd|rd|th)?%?"
    r"|[.,;:!?()\"\n—–]|(?<=\s)-(?=\s)"
)
_ONE_MARK = str.maketrans("’‘ʼ`´“”„«»", "'''''\"\"\"\"\"")
STOPS = frozenset(".;!?\n")
BREAKS = STOPS | frozenset(',:()"—–-')


@dataclass(slots=True)
class Words:
    """A text and its tokens: `words` in lower case with straight apostrophes, `typed` as they were written.

    Where each token starts and ends is worked out when it is first asked for; most texts never need it.
    """

    text: str
    words: list[str]
    typed: list[str]
    _spans: list[tuple[int, int]] = field(default_factory=list)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Character offsets of the tokens from `first` up to, not including, `last`."""
        if not self._spans:
            self._spans = [match.span() for match in _TOKEN.finditer(self.text.translate(_ONE_MARK))]
        return self._spans[first][0], self._spans[last - 1][1]

    def slice(self, first: int, last: int) -> str:
        """What stands in the text from the token `first` up to, not including, `last`."""
        start, end = self.span(first, last)
        return self.text[start:end]


def split(text: str) -> Words:
    """The tokens of a text, in time proportional to its length."""
    typed = _TOKEN.findall(text.translate(_ONE_MARK))
    return Words(text, list(map(str.lower, typed)), typed)
