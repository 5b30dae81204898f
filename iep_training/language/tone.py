"""The second opinion on a statement's framing, for statements in which no rule speaks.

A linear model: it adds up what the words, the rules and the signals found weigh for each framing. It can show its
reasons, needs no library, and was fitted to labelled sentences by benchmarks/fit_tone.py.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from iep_training.language.inflect import verb_forms
from iep_training.language.rules import reader
from iep_training.model import Finding, Framing

FRAMINGS: tuple[Framing, ...] = ("deficit", "strengths", "neutral")
_STOPS = frozenset(".;!?\n")


@cache
def word_classes() -> Mapping[str, tuple[str, ...]]:
    """The classes of tone.toml that each word belongs to."""
    tree = _toml()["words"]
    irregular = reader().lexicon.irregular
    classes: dict[str, list[str]] = {}
    for name, text in tree.items():
        for word in text.split():
            for form in verb_forms(word, irregular) if name.endswith("_verbs") else (word,):
                classes.setdefault(form, []).append(name)
    return {word: tuple(dict.fromkeys(names)) for word, names in classes.items()}


def features(words: Sequence[str], found: Iterable[str]) -> list[str]:
    """What a statement shows: the names of rules and signals `found`, its words, their classes, and its build."""
    known = word_classes()
    seen: dict[str, None] = dict.fromkeys(f"={name}" for name in found)
    text = [word for word in words if word[0].isalnum()]
    if not text:
        return ["(empty)"]
    last_start = 0
    after_contrast = False
    previous = "^"
    in_quote = False
    for place, word in enumerate(words):
        if word == '"':
            in_quote = not in_quote
            seen["(quote)"] = None
            continue
        if word in _STOPS and place < len(words) - 1:
            last_start = place + 1
        shape = "#" if word[0].isdigit() else word
        side = "q:" if in_quote else ""
        seen[side + shape] = None
        seen[f"{side}{previous}_{shape}"] = None
        for name in known.get(word, ()):
            key = f"{side}<{name}>"
            if key in seen:
                seen[f"{key}2"] = None
            seen[key] = None
            if after_contrast:
                seen[f"but{key}"] = None
            if name == "contrast":
                after_contrast = True
        previous = shape
    for word in words[last_start:] if last_start else ():
        for name in known.get(word, ()):
            seen[f"last<{name}>"] = None
    for name in known.get(text[0], ("other",)):
        seen[f"^<{name}>"] = None
    digits = sum(word[0].isdigit() for word in text)
    seen[f"(digits {min(digits, 3)})"] = None
    seen[f"(length {min(len(text) // 4, 5)})"] = None
    seen[f"(end {words[-1] if not words[-1][0].isalnum() else 'word'})"] = None
    seen["(bias)"] = None
    return list(seen)


@cache
def _weights() -> Mapping[str, Sequence[float]]:
    path = files("iep_training.language") / "tone.json"
    weights: dict[str, list[float]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return weights


def odds(shown: Iterable[str]) -> dict[Framing, float]:
    """How likely each framing is, given what a statement shows (see `features`)."""
    weight_of = _weights().get
    deficit = strengths = neutral = 0.0
    for name in shown:
        row = weight_of(name)
        if row:
            deficit += row[0]
            strengths += row[1]
            neutral += row[2]
    totals = (deficit, strengths, neutral)
    top = max(totals)
    powers = [math.exp(total - top) for total in totals]
    whole = sum(powers)
    return {name: power / whole for name, power in zip(FRAMINGS, powers, strict=True)}


def whole_statement(text: str) -> Finding:
    """What to say of a statement that reads as deficit framing though no rule names a word in it."""
    advice = _toml()["advice"]
    return Finding("reads-as-deficit", 0, len(text), text, advice["why"], advice["instead"], source=advice["source"])


@cache
def _toml() -> Mapping[str, Mapping[str, str]]:
    tree: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (files("iep_training.language") / "tone.toml").read_text(encoding="utf-8")
    )
    return tree
