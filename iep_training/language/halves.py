"""A statement that says "can X but can't Y": the words of the half that goes well, and of the half that fails."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from iep_training.language.rewrite_words import word_lists


def halves(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]] | None:
    """The words of the half that goes well and of the half that fails, or None where a statement has no two halves."""
    turning, failing = _lists()
    failures = [place for place, word in enumerate(words) if word in failing]
    for place in range(1, len(words) - 1):
        if words[place] in turning:
            if not failures or place <= failures[0]:
                return words[:place], words[place + 1 :]
            if place >= failures[-1]:
                return words[place + 1 :], words[:place]
    return None


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    """The words at which a statement turns, and those that tell of a failure."""
    tree = word_lists()["halves"]
    return frozenset(tree["turning"].split()), frozenset(tree["failing"].split())
