"""Every form of an English verb from its base form, so that a rule names a verb once."""

from __future__ import annotations

from collections.abc import Mapping

_VOWELS = "aeiou"


def verb_forms(base: str, irregular: Mapping[str, str]) -> frozenset[str]:
    """Base, -s, -ing and past forms. `irregular` maps a base to its past forms, parted by spaces."""
    past = irregular.get(base, "").split() or [_past(base)]
    return frozenset((base, third_person(base), _present_participle(base, irregular), *past))


def third_person(base: str) -> str:
    """The form after "she": tries, misses, reads."""
    if base == "have":
        return "has"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ies"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    return base + "s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return base[:-1] + "ied"
    return _doubled(base) + "ed"


def _present_participle(base: str, irregular: Mapping[str, str]) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")) and base != "be":
        return base[:-1] + "ing"
    return _doubled(base) + "ing"


def _doubled(base: str) -> str:
    """The stem with its last letter doubled where English does so: stop, refer, quit."""
    if len(base) < 3 or base[-1] in _VOWELS + "wxy" or base[-2] not in _VOWELS:
        return base
    if base.startswith("qu") or base[:-3].endswith("qu") or base[-3:-1] == "ui":
        return base + base[-1]
    if base[-3] in _VOWELS:
        return base
    one_syllable = not any(letter in _VOWELS for letter in base[:-2])
    stressed_end = base.endswith(("fer", "mit", "gin", "get", "cur", "bel", "rol", "pel", "gret"))
    return base + base[-1] if one_syllable or (stressed_end and base not in _STRESSED_EARLY) else base


_STRESSED_EARLY = frozenset(("offer", "suffer", "differ", "target", "budget", "label", "limit"))
