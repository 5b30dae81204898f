"""From what an author wrote in a TOML file to a record; a slip is a `CourseError` that says where and what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, replace
from typing import Any, TypeVar, get_args

from iep_training.model import (
    Activity,
    Build,
    Card,
    Choose,
    CourseError,
    Field,
    Group,
    Option,
    Order,
    Reads,
    Sort,
    Step,
)

T = TypeVar("T")

# What gives the answer away in the parts of an activity. Learners are handed a graded item without it, and with these
# blanks it is a whole record again.
KEYS_OF_PARTS: dict[str, dict[str, Any]] = {
    "options": {"right": False, "why": ""},
    "cards": {"group": "", "why": ""},
    "steps": {"why": ""},
}

# What an author may write in a field, by the type it has in the record.
_SORTS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "str": (str, "text in quotation marks"),
    "int": (int, "a whole number, without quotation marks"),
    "float": ((int, float), "a number, without quotation marks"),
    "bool": (bool, "true or false, without quotation marks"),
    "Reads": (str, "text in quotation marks"),
    "tuple[str, ...]": (tuple, "a list in square brackets"),
    "tuple[Any, ...]": (tuple, "a list in square brackets"),
    "Mapping[str, str]": (dict, "a table of its own"),
}

# Records inside a record: the author writes a list of { ... } entries.
_PARTS: dict[str, type[Any]] = {f"tuple[{part.__name__}, ...]": part for part in (Option, Group, Card, Step, Field)}


def record(kind: type[T], entry: Mapping[str, Any], where: str) -> T:
    """Build a record from an author's entry, or say which field is misspelled, missing or of the wrong sort."""
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for name in entry:
        if name not in known:
            hint = did_you_mean(name, known) or f". It may hold {', '.join(known)}"
            raise CourseError(f"{where}: “{name}” is not a field of this entry{hint}")
    for name, field in known.items():
        if name not in entry and field.default is MISSING and field.default_factory is MISSING:
            raise CourseError(f"{where}: “{name}” is missing. Add it")
    return kind(**{name: _value(value, str(known[name].type), f"{where}: “{name}”") for name, value in entry.items()})


def _value(value: Any, sort: str, where: str) -> Any:
    if sort in _PARTS:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise CourseError(f"{where} must be a list of entries, each in curly braces")
        return tuple(record(_PARTS[sort], one, f"{where}, entry “{one.get('id', '?')}”") for one in value)
    value = tuple(value) if isinstance(value, list) else value
    right, words = _SORTS.get(sort, (object, ""))
    if not isinstance(value, right) or (isinstance(value, bool) and sort in ("int", "float")):
        raise CourseError(f"{where} must be {words}")
    return value


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """“. Did you mean …?” for a word that is nearly one of the known ones, else ""."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f". Did you mean “{near[0]}”?" if near else ""


def filled(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A graded item as learners are handed it, with blanks for what was left out."""
    parts = {name: [blanks | part for part in entry[name]] for name, blanks in KEYS_OF_PARTS.items() if name in entry}
    return {**entry, **parts}


def with_key(activity: Activity, where: str) -> Activity:
    """The activity, once its parts agree with one another. Where it has a key, that gives strong and weak answers."""
    match activity:
        case Choose():
            return _choose(activity, where)
        case Sort():
            return _sort(activity, where)
        case Order():
            return _order(activity, where)
        case Build():
            _build(activity, where)
    return activity


def _choose(activity: Choose, where: str) -> Choose:
    _different([option.id for option in activity.options], "option", where)
    right = [option.id for option in activity.options if option.right]
    wrong = [option.id for option in activity.options if not option.right]
    if not wrong or not right or (len(right) > 1 and not activity.many):
        wanted = "at least one right and one wrong option" if activity.many else "exactly one right option"
        raise CourseError(f"{where}: this needs {wanted}. Set “right” to true or false in each")
    if activity.many:
        return replace(activity, strong=(right,), weak=([*right, wrong[0]], [wrong[0]]))
    return replace(activity, strong=tuple(right), weak=tuple(wrong))


def _sort(activity: Sort, where: str) -> Sort:
    _different([group.id for group in activity.groups], "group", where)
    _different([card.id for card in activity.cards], "card", where)
    groups = [group.id for group in activity.groups]
    for card in activity.cards:
        if card.group not in groups:
            hint = did_you_mean(card.group, groups) or f". Use one of {', '.join(groups)}"
            raise CourseError(f"{where}, card “{card.id}”: there is no group “{card.group}”{hint}")
    key = {card.id: card.group for card in activity.cards}
    if len(groups) < 2 or set(key.values()) != set(groups):
        raise CourseError(f"{where}: this needs two groups or more, each with a card. Add what is missing")
    first, group = next(iter(key.items()))
    misplaced = key | {first: next(other for other in groups if other != group)}
    return replace(activity, strong=(key,), weak=(misplaced, dict.fromkeys(key, groups[0])))


def _order(activity: Order, where: str) -> Order:
    ids = [step.id for step in activity.steps]
    _different(ids, "step", where)
    if len(ids) < 3:
        raise CourseError(f"{where}: this needs three steps or more. Add what is missing")
    return replace(activity, strong=(ids,), weak=(ids[::-1], [*ids[1:], ids[0]]))


def _build(activity: Build, where: str) -> None:
    ids = [field.id for field in activity.fields]
    _different(ids, "field", where)
    for field in activity.fields:
        if field.reads not in get_args(Reads):
            raise CourseError(f"{where}, field “{field.id}”: “reads” is one of {', '.join(get_args(Reads))}")
    allowed = {*ids, "case", "name"} if activity.cases else set(ids)
    for answer in (*activity.strong, *activity.weak):
        if not isinstance(answer, dict):
            raise CourseError(
                f"{where}: write each answer as a table of its own, under [[set.activity.strong]] or weak"
            )
        for name in answer:
            if name not in allowed:
                raise CourseError(
                    f"{where}: an answer names a field “{name}” that is not there{did_you_mean(name, ids)}"
                )


def _different(ids: list[str], what: str, where: str) -> None:
    for name in ids:
        if ids.count(name) > 1:
            raise CourseError(f"{where}: two {what}s have the id “{name}”. Give one of the two a new id")
