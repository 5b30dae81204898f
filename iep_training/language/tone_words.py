"""The coloring of single words (tone.toml), and the forms in which tone_table.py knows a word."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from iep_training.language.inflect import verb_forms
from iep_training.language.rules import reader
from iep_training.language.words import WORDS_KEPT
from iep_training.model import Framing

FRAMINGS: tuple[Framing, ...] = ("deficit", "strengths", "neutral")
# Prose about teaching, which is no statement about a student, is told apart so that it is never read as one.
KINDS = (*FRAMINGS, "prose")
_ENDINGS = ("ing", "ed", "es", "ly", "s")


@cache
def tone_tree() -> Mapping[str, Any]:
    """What tone.toml holds."""
    return tomllib.loads((files("iep_training.language") / "tone.toml").read_text(encoding="utf-8"))


@cache
def word_classes() -> Mapping[str, tuple[str, ...]]:
    """The classes of tone.toml that each word belongs to."""
    tree = tone_tree()["words"]
    irregular = reader().lexicon.irregular
    classes: dict[str, list[str]] = {}
    for name, text in tree.items():
        for word in text.split():
            for form in verb_forms(word, irregular) if name.endswith("_verbs") else (word,):
                classes.setdefault(form, []).append(name)
    return {word: tuple(dict.fromkeys(names)) for word, names in classes.items()}


def by_quotes(words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each word, and whether it stands in quotation marks; the marks themselves are left out."""
    quoted = False
    for word in words:
        if word == '"':
            quoted = not quoted
        else:
            yield word, quoted


@lru_cache(WORDS_KEPT)
def forms(word: str) -> tuple[str, str, str]:
    """A word, its stem and its first class, as its neighbors see it; every figure is "#"."""
    if word[0].isdigit():
        return "#", "#", "#"
    stem = word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= len(_ENDINGS[0]):
            stem = word.removesuffix(ending)
            break
    classes = word_classes().get(word)
    return word, stem, classes[0] if classes else "-" if word[0].isalnum() else word
