"""What the words of a statement, their neighbors and its build weigh toward each framing: a linear model.

Fitted by benchmarks/fit_tone_table.py, which writes tone_table.json. It needs no library, and it can show its reasons:
what each feature weighs.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain

from iep_training.language.marked import Marked
from iep_training.language.remembered import Remembered
from iep_training.language.tone_words import KINDS, by_quotes, forms, word_classes
from iep_training.language.words import BREAKS, WORDS_KEPT

# Weights are whole numbers in the file: so many make one.
SCALE = 64
_STEPS_KEPT = 100_000
_START, _END = "^", "$"
# Stands before a word between quotation marks; no word holds one.
_QUOTED = '"'

Build = tuple[str, bool, int, int, str]


# --- what a statement shows ---------------------------------------------------------------------------------


def features(words: Sequence[str], found: Iterable[str]) -> list[str]:
    """What a statement shows, by name: the rules and signals `found`, its words, their neighbors, and its build."""
    digits = sum(word[0].isdigit() for word in words)
    length = sum(word[0].isalnum() for word in words)
    quotes = '"' in words
    names = [*map(_of_found, found), *map(_of_step, _steps(words, quotes))]
    return [*chain.from_iterable(names), *_of_build(_build(words, quotes, digits, length))]


def _steps(words: Sequence[str], quotes: bool) -> Iterable[tuple[str, str]]:
    """Each word with the word before it; a word in quotation marks, where it `quotes`, is marked."""
    if not quotes:
        return zip((_START, *words), (*words, _END), strict=True)
    told = [word for word in words if word != '"']
    marked = [_QUOTED + word if quoted else word for word, quoted in by_quotes(words)]
    return zip((_START, *told), (*marked, _END), strict=True)


def _build(words: Sequence[str], quotes: bool, digits: int, length: int) -> Build:
    """How a statement with so many figures and so many words is built, which `quotes` or not."""
    first = words[0] if words and words[0] not in BREAKS else next((word for word in words if word[0].isalnum()), "")
    return first, quotes, digits, length, words[-1] if words else ""


def _of_found(name: str) -> tuple[str, ...]:
    return (f"={name}",)


def _of_step(step: tuple[str, str]) -> tuple[str, ...]:
    """A word after another: both as they are, as stems, and as classes; and the later word by itself."""
    return *_of_pair(step), *_of_word(step[1])


def _of_pair(step: tuple[str, str]) -> tuple[str, ...]:
    before, word = step[0], step[1].removeprefix(_QUOTED)
    (shape_before, stem_before, class_before), (shape, stem, kind) = forms(before), forms(word)
    return f"b:{shape_before}_{shape}", f"sb:{stem_before}_{stem}", f"cb:{class_before}_{kind}"


def _of_word(marked: str) -> tuple[str, ...]:
    """One word by itself: the word, its stem and its classes."""
    word = marked.removeprefix(_QUOTED)
    if word == _END:
        return ()
    shape, stem, _ = forms(word)
    own = (shape, f"s:{stem}", *(f"<{name}>" for name in word_classes().get(word, ())))
    return own if word == marked else tuple(f"q:{name}" for name in own)


def _of_build(build: Build) -> tuple[str, ...]:
    """How the statement is built: how it starts and ends, how long it is, whether it quotes or counts."""
    first, has_quote, digits, length, last = build
    if not first:
        return ("(empty)",)
    return (
        "(bias)",
        *(f"^<{name}>" for name in word_classes().get(first, ("other",))),
        *(["(quote)"] if has_quote else []),
        f"(digits {min(digits, 3)})",
        f"(length {min(length // 4, 5)})",
        f"(end {'word' if last[0].isalnum() else last})",
    )


# --- what it adds up to -------------------------------------------------------------------------------------


# What a word, a pair of neighbors, a build and a found name weigh.
_WORDS: Remembered[str, int] = Remembered(WORDS_KEPT, lambda word: _weigh(_of_word(word)) + _counted(word))
_STEPPED: Remembered[tuple[str, str], int] = Remembered(
    _STEPS_KEPT, lambda step: _weigh(_of_pair(step)) + _WORDS[step[1]]
)
_BUILDS: Remembered[Build, int] = Remembered(WORDS_KEPT, lambda build: _weigh(_of_build(build)))
_FOUND: Remembered[str, int] = Remembered(WORDS_KEPT, lambda name: _weigh(_of_found(name)))


def sums(words: Sequence[str], found: Iterable[str]) -> tuple[int, ...]:
    """How much a statement speaks for each of KINDS, in parts of SCALE; all four are RAISED."""
    quotes = '"' in words
    total = sum(map(_STEPPED.__getitem__, _steps(words, quotes)))
    build = _build(words, quotes, total & _ALL_COUNTED, total >> _COUNTED & _ALL_COUNTED)
    return _raised(total + _BUILDS[build] + sum(map(_FOUND.__getitem__, found)))


def _weigh(names: Iterable[str]) -> int:
    return sum(map(weight, names))


def _counted(marked: str) -> int:
    """What a word adds to the counts: one for a figure, and one, further up, for whatever is no mark."""
    word = marked.removeprefix(_QUOTED)
    return word[0].isdigit() + (word[0].isalnum() << _COUNTED)


# The four weights of a feature are kept in one whole number, each in its own block of bits, so that one sum adds all
# four. Blocks are wide enough for any text: a weight is below 2**7, and a text has less than 2**50 features. Two more
# blocks below them count figures and words.
_BITS = 64
_COUNTED = 32
_ALL_COUNTED = (1 << _COUNTED) - 1
_BLOCKS = struct.Struct(f"<{len(KINDS)}Q")
# Half of what a block can hold: raised by it, no sum is negative, and each can be cut out as it stands.
RAISED = 1 << _BITS - 1
_RAISED_IN_EACH = sum(RAISED << _BITS * place for place in range(len(KINDS)))


def weight(name: str) -> int:
    """What a feature weighs for each of KINDS, as `together` puts it; 0 for one that the fit left out."""
    return together(*fitted().of(name))


@cache
def fitted() -> Marked:
    """What tone_table.json holds."""
    return Marked(files("iep_training.language") / "tone_table.json", len(KINDS))


def together(*four: int) -> int:
    """One whole number that holds a number for each of KINDS; sums of such numbers hold the sums."""
    return sum(number << _BITS * place for place, number in enumerate(four, start=1))


def apart(total: int) -> list[int]:
    """The four sums in a sum of `together`."""
    return [number - RAISED for number in _raised(total)]


def _raised(total: int) -> tuple[int, ...]:
    """The four sums, each RAISED."""
    return _BLOCKS.unpack(((total >> _BITS) + _RAISED_IN_EACH).to_bytes(_BLOCKS.size, "little"))
