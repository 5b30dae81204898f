"""Figures in a rewrite: which of them the original does not hold."""

from __future__ import annotations

import re

from iep_training.language.rewrite_words import vocabulary

# How many letters before a figure may hold the word that makes it a plan.
_PLANNED_REACH = 80
_FIGURE = re.compile(r"\d+(?:[.,/:]\d+)*")
_NUMBER = re.compile(rf"(?<![\w-])({_FIGURE.pattern})(?:st|nd|rd|th)?(?![\w-])|(?<![\w-])(\d+)(?=-\w)")


def invents(original: str, rewrite: str) -> bool:
    """Whether the rewrite states a figure that the original does not hold. A planned support is not a figure."""
    words = vocabulary()
    number_of = words.numbers
    known = {number_of.get(word, word) for word in re.findall(rf"{_FIGURE.pattern}|[a-z]+", original.lower())}
    low = rewrite.lower()
    for match in _NUMBER.finditer(low):
        if (
            match.group(1)
            and match.group(1) not in known
            and not words.planned.search(low[max(0, match.start() - _PLANNED_REACH) : match.start()])
        ):
            return True
    for match in words.counted.finditer(low):
        for word in filter(None, match.groups()):
            number = number_of.get(word) or (word if word.split()[0] in words.rates else None)
            if (
                number
                and number not in known
                and not words.planned.search(low[max(0, match.start() - _PLANNED_REACH) : match.start()])
            ):
                return True
    return False
