"""Load the rules, signals and word groups, which curriculum authors write as TOML, and compile them once.

An author's slip becomes a `CourseError` that names the file, the entry and the fix.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from iep_training.language.matching import Alphabet, Matcher
from iep_training.language.patterns import Lexicon, Node, PatternError, least_words
from iep_training.model import CourseError, Severity

_HERE = files("iep_training.language")


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of wording worth a second look. `id` is permanent: reports and gradebooks may hold it.

    `flags` are sentences the rule must find, `passes` sentences in which nothing at all may be found; a test
    proves both. `instead_skill` is the advice where the text goes on with a skill, which takes the place of
    {skill}. `always` rules weigh even beside a support: a label stays a label. A rule that `decides` makes the framing
    deficit by itself.
    """

    id: str
    theme: str
    patterns: tuple[str, ...]
    why: str
    instead: str
    source: str
    flags: tuple[str, ...]
    passes: tuple[str, ...]
    instead_skill: str = ""
    severity: Severity = "finding"
    always: bool = False
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """A kind of wording that shows a support, growth, a skill, plain data and so on. `rescues`: see strengths.toml."""

    kind: str
    patterns: tuple[str, ...]
    rescues: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything that reading a statement needs, compiled; `find` has a sheet for `rules` and one for `signals`."""

    rules: tuple[Rule, ...]
    signals: tuple[Signal, ...]
    lexicon: Lexicon
    alphabet: Alphabet
    find: Matcher
    canceling: frozenset[str]
    falling: frozenset[str]
    before_skill: frozenset[str]
    after_skill: frozenset[str]


@cache
def reader() -> Reader:
    """The rules that come with the kit, loaded once."""
    rules = tuple(rule for file in _folder("rules") if file.name != "sources.toml" for rule in load_rules(file))
    _refuse_duplicates(rules)
    signals = tuple(signal for file in _folder("signals") for signal in load_signals(file))
    return compile_reader(rules, signals, load_lexicon(_HERE / "lexicon.toml"))


def compile_reader(rules: Sequence[Rule], signals: Sequence[Signal], lexicon: Lexicon) -> Reader:
    """A reader for these rules and signals. Raises `CourseError` for a pattern that can't be read."""
    rule_nodes = [
        (rule, _parse(lexicon, pattern, f"{rule.theme}.toml, rule “{rule.id}”"))
        for rule in rules
        for pattern in rule.patterns
    ]
    signal_nodes = [
        (signal, _parse(lexicon, pattern, f"signals, kind “{signal.kind}”"))
        for signal in signals
        for pattern in signal.patterns
    ]
    canceling, falling = lexicon.group("canceling"), lexicon.group("falling")
    alphabet = Alphabet([*(node for _, node in rule_nodes + signal_nodes), canceling, falling])
    return Reader(
        tuple(rules),
        tuple(signals),
        lexicon,
        alphabet,
        Matcher(alphabet, rule_nodes, signal_nodes),
        frozenset(alphabet.firsts(canceling)),
        frozenset(alphabet.firsts(falling)),
        frozenset(lexicon.entries["before_skill"]),
        frozenset(lexicon.entries["after_skill"]),
    )


def load_rules(file: Traversable) -> Iterator[Rule]:
    """The rules of one themed file."""
    sources = _toml(_HERE / "rules" / "sources.toml")
    theme = file.name.removesuffix(".toml")
    for number, entry in enumerate(_toml(file).get("rule", ()), start=1):
        where = f"{file.name}, rule “{entry.get('id', number)}”"
        rule = _record(Rule, {"theme": theme, **entry}, where)
        if rule.source not in sources:
            raise CourseError(f"{where}: the source “{rule.source}” is not in sources.toml. Add it there first")
        if rule.severity not in ("finding", "advisory"):
            raise CourseError(f"{where}: severity is “{rule.severity}”; use “finding” or “advisory”")
        for needed in ("patterns", "flags", "passes"):
            if not getattr(rule, needed):
                raise CourseError(f"{where}: “{needed}” is empty. Give at least one")
        yield rule


def load_signals(file: Traversable) -> Iterator[Signal]:
    """The signals of one file."""
    for number, entry in enumerate(_toml(file).get("signal", ()), start=1):
        yield _record(Signal, entry, f"{file.name}, signal “{entry.get('kind', number)}”")


def load_lexicon(file: Traversable) -> Lexicon:
    """The word groups and irregular verbs."""
    tree = _toml(file)
    return Lexicon(tree["groups"], tree["irregular"])


@cache
def sources() -> Mapping[str, str]:
    """The public sources by the keys that rules use."""
    return {key: str(name) for key, name in _toml(_HERE / "rules" / "sources.toml").items()}


def _folder(name: str) -> list[Traversable]:
    return sorted(
        (file for file in (_HERE / name).iterdir() if file.name.endswith(".toml")), key=lambda file: file.name
    )


def _toml(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CourseError(f"{file.name}: there is no such file") from None
    except UnicodeDecodeError:
        raise CourseError(f"{file.name}: save this file as UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{file.name}: {error}. Check quotation marks and brackets near there") from None


def _record(kind: Any, entry: Mapping[str, Any], where: str) -> Any:
    known = {field.name: field for field in fields(kind)}
    for name, value in entry.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f". Did you mean “{near[0]}”?" if near else f"; it knows {', '.join(known)}"
            raise CourseError(f"{where}: “{name}” is not a field of this entry{hint}")
        wants_list = str(known[name].type).startswith("tuple")
        if wants_list != isinstance(value, list):
            raise CourseError(
                f"{where}: “{name}” should be {'a list in [ ]' if wants_list else 'one value, not a list'}"
            )
    for name, field in known.items():
        if name not in entry and field.default is MISSING:
            raise CourseError(f"{where}: “{name}” is missing. Add it")
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()})


def _parse(lexicon: Lexicon, pattern: str, where: str) -> Node:
    try:
        node = lexicon.parse(pattern)
        if not least_words(node):
            raise PatternError(f"“{pattern}” needs at least one word that has to be there")
        return node
    except PatternError as error:
        raise CourseError(f"{where}: {error}") from None


def _refuse_duplicates(rules: Sequence[Rule]) -> None:
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.id in seen:
            raise CourseError(
                f"{rule.theme}.toml, rule “{rule.id}”: this id is already used in {seen[rule.id]}.toml. "
                "Give one a new id"
            )
        seen[rule.id] = rule.theme
