"""Figures in a rewrite: which of them the original does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from iep_training.language.rewrite_words import vocabulary

# How many letters before a figure may hold the word that makes it a plan.
_PLANNED_REACH = 80
_FIGURE = re.compile(r"\d+(?:[.,/:]\d+)*")
_NUMBER = re.compile(rf"(?<![\w-])({_FIGURE.pattern})(?:st|nd|rd|th)?(?![\w-])|(?<![\w-])(\d+)(?=-\w)")


def invents(original: str, rewrite: str) -> bool:
    """Whether the rewrite states a figure that the original does not hold. A planned support is not a figure."""
    words = vocabulary()
    known = {words.numbers.get(word, word) for word in re.findall(rf"{_FIGURE.pattern}|[a-z]+", original.lower())}
    low = rewrite.lower()
    return any(
        figure not in known and not words.planned.search(low[max(0, start - _PLANNED_REACH) : start])
        for start, figure in _figures(low)
    )


def _figures(text: str) -> Iterator[tuple[int, str]]:
    """Each figure that a text in lower case states, in digits or in words, and where what states it begins."""
    words = vocabulary()
    for match in _NUMBER.finditer(text):
        if match.group(1):
            yield match.start(), match.group(1)
    for match in words.counted.finditer(text):
        for word in filter(None, match.groups()):
            figure = words.numbers.get(word) or (word if word.split()[0] in words.rates else None)
            if figure:
                yield match.start(), figure
