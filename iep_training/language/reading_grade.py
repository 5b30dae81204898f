"""How many years of school a text asks of its reader: the Flesch-Kincaid grade.

Source: Kincaid, Fishburne, Rogers and Chissom 1975, Derivation of New Readability Formulas. The formula counts only
the length of sentences and words, so it is a hint, and on a few words it is no hint at all.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d.,:/]*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)|\n+")
_VOWELS = re.compile(r"[aeiouyáàâäéèêëíìîïóòôöúùûü]+")
_SILENT_END = re.compile(
    r"(?<=[^aeiouylr])e$|(?<=[aeiouy]r)e$|(?<=[aeiouy]l)e$|(?<=[^dtaeiouy])ed$|(?<=[^csxzghaeiouy])es$"
)


def reading_grade(text: str) -> float:
    """The grade level of a text, 0.0 for one without words. A number counts as one word of one syllable."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))
    syllables = sum(map(_syllables, words))
    return max(0.0, 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59)


def _syllables(word: str) -> int:
    return max(1, len(_VOWELS.findall(_SILENT_END.sub("", word.lower()))))
