"""How a statement frames the student, taken as a whole: what its words, and the rules and signals found, add up to.

A linear model. It can show its reasons (what each feature weighs), needs no library, and was fitted to labelled
sentences by benchmarks/fit_tone.py.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from iep_training.language.inflect import verb_forms
from iep_training.language.rules import reader
from iep_training.language.words import STOPS
from iep_training.model import Finding, Framing

FRAMINGS: tuple[Framing, ...] = ("deficit", "strengths", "neutral")
# Prose about teaching, which is no statement about a student, is told apart so that it is never read as one.
KINDS = (*FRAMINGS, "prose")
# Weights are whole numbers in the file: hundredths.
SCALE = 100
# Long texts hold few different words; this bounds what a hostile one can keep.
_WORDS_KEPT = 20_000
_LETTERS = 4
_LARGEST_EXPONENT = 500
_ENDINGS = ("ing", "ed", "es", "ly", "s")


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


# --- what a statement shows ---------------------------------------------------------------------------------

# The id of the finding for a text that no rule speaks of, but that reads as deficit taken as a whole.
WEIGHED = "reads-as-deficit"


def features(words: Sequence[str], found: Iterable[str]) -> list[str]:
    """What a statement shows, by name: the rules and signals `found`, its words, their neighbors, order, and build."""
    shown = [f"={name}" for name in found]
    for word, quoted in _by_quotes(words):
        shown += _of_word(word, quoted)
    return [*shown, *_of_neighbors(words), *_of_order(words), *_of_build(words)]


def _by_quotes(words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Each word, and whether it stands in quotation marks; the marks themselves are left out."""
    quoted = False
    for word in words:
        if word == '"':
            quoted = not quoted
        else:
            yield word, quoted


@lru_cache(_WORDS_KEPT)
def _of_word(word: str, quoted: bool) -> tuple[str, ...]:
    """One word by itself: the word, its stem, its classes, and every four letters of it; less of a quoted one."""
    shape, stem, _ = _forms(word)
    own = [shape, f"s:{stem}", *(f"<{name}>" for name in word_classes().get(word, ()))]
    if quoted:
        return tuple(f"q:{name}" for name in own)
    if word.isalpha():
        edged = f"<{word}>"
        own += [f"c:{edged[place : place + _LETTERS]}" for place in range(len(edged) - _LETTERS + 1)]
    return tuple(own)


@lru_cache(_WORDS_KEPT)
def _forms(word: str) -> tuple[str, str, str]:
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


def _of_neighbors(words: Sequence[str]) -> Iterator[str]:
    """Words beside each other: as they are, as stems, and as classes, those by threes too."""
    before, stem_before, class_before, class_earlier = "^", "^", "^", "^"
    for word in words:
        if word == '"':
            continue
        shape, stem, kind = _forms(word)
        yield f"b:{before}_{shape}"
        yield f"sb:{stem_before}_{stem}"
        yield f"cb:{class_before}_{kind}"
        yield f"ct:{class_earlier}_{class_before}_{kind}"
        before, stem_before, class_before, class_earlier = shape, stem, kind, class_before
    yield f"b:{before}_$"
    yield f"cb:{class_before}_$"


def _of_order(words: Sequence[str]) -> set[str]:
    """Which class of words comes somewhere before which other: praise before contrast, a failing before a support."""
    shown: set[str] = set()
    earlier: set[str] = set()
    for word in words:
        kind = _forms(word)[2]
        if len(kind) > 1:
            shown.update([f"o:{before}>{kind}" for before in earlier])
            earlier.add(kind)
    return shown


def _of_build(words: Sequence[str]) -> list[str]:
    """How the statement is built: how it starts and ends, what stands after "but" and in the last sentence."""
    known = word_classes().get
    told = [word for word in words if word[0].isalnum()]
    if not told:
        return ["(empty)"]
    shown = ["(bias)"]
    contrasted = False
    last_start = 0
    for place, word in enumerate(words):
        if word in STOPS and place < len(words) - 1:
            last_start = place + 1
        classes = known(word, ())
        if contrasted:
            shown += [f"but<{name}>" for name in classes]
        contrasted = contrasted or "contrast" in classes
    if last_start:
        shown += [f"last<{name}>" for word in words[last_start:] for name in known(word, ())]
    shown += [f"^<{name}>" for name in known(told[0], ("other",))]
    if '"' in words:
        shown.append("(quote)")
    shown.append(f"(digits {min(sum(word[0].isdigit() for word in told), 3)})")
    shown.append(f"(length {min(len(told) // 4, 5)})")
    shown.append(f"(end {'word' if words[-1][0].isalnum() else words[-1]})")
    return shown


# --- what it adds up to -------------------------------------------------------------------------------------


def odds(words: Sequence[str], found: Iterable[str]) -> dict[str, float]:
    """How likely each framing is, and how likely the text is mere prose, from 0 to 1.

    `words` are those of the text, `found` the names of what was found in it. The framings add up to 1.
    """
    names = [*map("={}".format, found), *_of_neighbors(words), *_of_order(words), *_of_build(words)]
    deficit, strengths, neutral, prose = _apart(_weight_of_words(words) + sum(filter(None, map(weights().get, names))))
    top = max(deficit, strengths, neutral)
    powers = [math.exp((total - top) / SCALE) for total in (deficit, strengths, neutral)]
    framed = sum(powers)
    prose_power = math.exp(min((prose - top) / SCALE, _LARGEST_EXPONENT))
    shares = [power / framed for power in powers]
    return dict(zip(KINDS, (*shares, prose_power / (framed + prose_power)), strict=True))


def _weight_of_words(words: Sequence[str]) -> int:
    if '"' not in words:
        return sum(map(_weight_of_word, words))
    return sum(_weight_of_word(word, quoted) for word, quoted in _by_quotes(words))


@lru_cache(_WORDS_KEPT)
def _weight_of_word(word: str, quoted: bool = False) -> int:
    return sum(weights().get(name, 0) for name in _of_word(word, quoted))


# The four weights of a feature are kept in one whole number, each in its own block of digits, so that one sum adds
# all four. Blocks are wide enough for any text: a weight is below 2**12, and a text has less than 2**30 features.
_BLOCK = 1 << 44


@cache
def weights() -> Mapping[str, int]:
    """What each feature weighs for each of KINDS, as `_together` puts it; nothing before the first fit."""
    path = files("iep_training.language") / "tone.json"
    if not path.is_file():
        return {}
    table = json.loads(path.read_text(encoding="utf-8"))
    columns = [table[name] for name in KINDS]
    return dict(zip(table["names"], map(_together, *columns), strict=True))


def _together(deficit: int, strengths: int, neutral: int, prose: int) -> int:
    return deficit + _BLOCK * (strengths + _BLOCK * (neutral + _BLOCK * prose))


def _apart(total: int) -> list[int]:
    """The four sums in a sum of `_together`; a block beyond its half is a negative number."""
    sums = []
    for _ in KINDS:
        low = (total + _BLOCK // 2) % _BLOCK - _BLOCK // 2
        sums.append(low)
        total = (total - low) // _BLOCK
    return sums


def whole_statement(text: str, start: int, end: int) -> Finding:
    """What to say of a stretch that reads as deficit framing though no rule names a word in it."""
    advice = _toml()["advice"]
    return Finding(WEIGHED, start, end, text[start:end], advice["why"], advice["instead"], source=advice["source"])


@cache
def _toml() -> Mapping[str, Mapping[str, str]]:
    tree: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (files("iep_training.language") / "tone.toml").read_text(encoding="utf-8")
    )
    return tree
