"""How a statement frames the student, taken as a whole: what its words, and the rules and signals found, add up to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import exp

from iep_training.language.tone_table import SCALE, sums
from iep_training.language.tone_words import tone_tree
from iep_training.model import Finding

# The id of the finding for a text that no rule speaks of, but that reads as deficit taken as a whole.
WEIGHED = "reads-as-deficit"
_LARGEST_EXPONENT = 500


def odds(words: Sequence[str], found: Collection[str]) -> dict[str, float]:
    """How likely each framing is, and how likely the text is mere "prose" about teaching, from 0 to 1.

    `words` are those of the text, `found` the names of what was found in it. The framings add up to 1.
    """
    for_deficit, for_strengths, for_neutral, for_prose = sums(words, found)
    top = max(for_deficit, for_strengths, for_neutral)
    deficit = exp((for_deficit - top) / SCALE)
    strengths = exp((for_strengths - top) / SCALE)
    neutral = exp((for_neutral - top) / SCALE)
    total = deficit + strengths + neutral
    return {
        "deficit": deficit / total,
        "strengths": strengths / total,
        "neutral": neutral / total,
        "prose": 1 / (1 + total * exp(min((top - for_prose) / SCALE, _LARGEST_EXPONENT))),
    }


def whole_statement(text: str, start: int, end: int) -> Finding:
    """What to say of a stretch that reads as deficit framing though no rule names a word in it."""
    advice = tone_tree()["advice"]
    return Finding(WEIGHED, start, end, text[start:end], advice["why"], advice["instead"], source=advice["source"])
