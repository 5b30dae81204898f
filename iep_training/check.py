"""Look over everything that authors write: modules, practice, layouts of the draft, graded items and rules.

Each slip names the file, the entry and what to do. A test stops on the same slips, and an author meets them here first.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iep_training import content, feedback
from iep_training.content.entries import did_you_mean
from iep_training.language import read_statement
from iep_training.language.reading_grade import reading_grade
from iep_training.language.rules import reader
from iep_training.model import Activity, ActivitySet, Build, Choose, Classify, CourseError, Module, Order, Sort

# The prose of a module is written for the end of a long school day. Names of laws and offices raise the figure.
HIGHEST_GRADE = 10
# A reading grade says little about a few words.
LEAST_WORDS = 40
PRACTICE_ID = re.compile(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Slip:
    """Something to mend: the file, the entry in it ("" for the file as a whole), and what is wrong and what to do."""

    file: str
    entry: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}: {f'{self.entry}: ' if self.entry else ''}{self.words}"


def look_over() -> tuple[Slip, ...]:
    """Every slip in the course and, in a clone, in the graded items; empty when all is well."""
    course = content.course_folder()
    try:
        modules = content.modules()
    except CourseError as error:
        return (_slip(error, "course.toml"),)
    slips: list[Slip] = []
    practice = _read(content.activity_files(), slips)
    items = course.parent / "exercises" / "items"
    graded = _read(sorted([*items.glob("*.toml"), *items.glob("variants/*.toml")]), slips)
    slips += _ids([*practice, *graded], practice)
    for file, one in [*practice, *graded]:
        # After marking, a graded item is the instructor's to talk about: it needs no takeaway.
        needed = ("hint", "takeaway") if (file, one) in practice else ("hint",)
        for activity in one.activities:
            slips += (Slip(file, f"“{activity.id}”", words) for words in _activity(activity, needed))
    slips += _data_files(course / "activities")
    slips += _modules(course / "modules", modules, practice)
    slips += _drafts(course / "drafts", practice)
    slips += _rules()
    return tuple(slips)


Sets = list[tuple[str, ActivitySet]]


def _slip(error: CourseError, file: str) -> Slip:
    """What a reader of content says, without the file's name when it begins with that."""
    return Slip(file, "", str(error).removeprefix(f"{file}: ").removeprefix(f"{file}, "))


def _read(paths: Iterable[Path], slips: list[Slip]) -> Sets:
    sets: Sets = []
    for path in paths:
        try:
            sets += [(path.name, one) for one in content.load_sets(path)]
        except CourseError as error:
            slips.append(_slip(error, path.name))
    return sets


def _ids(everything: Sets, practice: Sets) -> Iterator[Slip]:
    homes: dict[str, str] = {}
    for file, one in everything:
        for name in dict.fromkeys([one.id, *(activity.id for activity in one.activities)]):
            if name in homes:
                yield Slip(file, f"“{name}”", f"this id is used in {homes[name]} as well. Give one of the two a new id")
            homes[name] = file
    for file, one in practice:
        for name in [one.id, *(activity.id for activity in one.activities)]:
            if not PRACTICE_ID.fullmatch(name):
                yield Slip(file, f"“{name}”", "write an id as two digits and small letters with hyphens: 02-refused")


# --- activities -------------------------------------------------------------------------------------------


def _activity(activity: Activity, needed: Iterable[str]) -> Iterator[str]:
    for name in needed:
        if not getattr(activity, name).strip():
            yield f"“{name}” is missing. Add a sentence"
    yield from _explained(activity)
    for which in ("strong", "weak"):
        if not getattr(activity, which):
            yield f"“{which}” is missing. Add two answers or more"
    for number, answer in enumerate(activity.strong, start=1):
        result = feedback.check(activity, answer)
        if not result.right:
            yield f"strong answer {number} is sent back: {result.next_step} Reword the answer"
    for number, answer in enumerate(activity.weak, start=1):
        if feedback.check(activity, answer).right:
            yield f"weak answer {number} is taken as right. Choose a clearer mistake, or look at the rules"


def _explained(activity: Activity) -> Iterator[str]:
    """Every choice has its reason, and every example reads as a good answer would."""
    match activity:
        case Classify() if activity.explain:
            for one in feedback.categories():
                if not activity.explain.get(one["id"], "").strip():
                    yield f"the choice “{one['id']}” is not explained. Add it under explain"
        case Choose():
            yield from _without_why(activity.options, "option")
        case Sort():
            yield from _without_why(activity.cards, "card")
        case Order():
            yield from _without_why(activity.steps, "step")
        case Build():
            for field in activity.fields:
                if not (field.label.strip() and field.help.strip() and field.example.strip()):
                    yield f"the box “{field.id}” needs a label, help and an example. Add what is missing"
                problem = feedback.read_field(activity, field, {field.id: field.example}).problem
                if problem and field.reads != "goal":
                    yield f"the example of “{field.id}” is sent back: {problem} Reword it"


def _without_why(parts: Iterable[Any], what: str) -> Iterator[str]:
    for part in parts:
        if not part.why.strip():
            yield f"the {what} “{part.id}” is not explained. Add its “why”"


def _data_files(activities: Path) -> Iterator[Slip]:
    text = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in activities.glob("*.toml"))
    for path in sorted((activities / "data").iterdir()):
        if path.name not in text:
            yield Slip(f"data/{path.name}", "", "no activity names this file. Name it in one, or take it away")


# --- modules and drafts -----------------------------------------------------------------------------------


def _modules(folder: Path, modules: tuple[Module, ...], practice: Sets) -> Iterator[Slip]:
    if not folder.is_dir():
        return  # the browser edition keeps its modules elsewhere
    names = {module.notebook for module in modules}
    for path in sorted(folder.glob("*.ipynb")):
        if path.name not in names:
            yield Slip(path.name, "", "course.toml does not list this module. Add it there, or take the file away")
    shown: Counter[str] = Counter()
    for module in modules:
        path = folder / module.notebook
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        except (OSError, ValueError, KeyError):
            yield Slip("course.toml", f"“{module.id}”", f"modules/{path.name} is missing or is no notebook. Add it")
            continue
        for cell in cells:
            source = "".join(cell["source"])
            if cell["cell_type"] == "markdown":
                slips = _prose(source, folder, cell.get("id"))
            else:
                named = _named(source)
                shown.update(named)
                slips = _practice(named, practice)
            for words in slips:
                yield Slip(path.name, f"cell “{cell.get('id', '?')}”", words)
    for file, one in practice:
        if not shown[one.id]:
            yield Slip(file, f"“{one.id}”", "no module shows this set. Name it in a practice cell")


def _named(source: str) -> list[str]:
    """The activities that a practice cell names."""
    try:
        calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    except SyntaxError:
        return []
    return [str(one.value) for call in calls for one in call.args if isinstance(one, ast.Constant)]


def _practice(named: list[str], practice: Sets) -> Iterator[str]:
    sets = [one for _, one in practice]
    known = [name for one in sets for name in (one.id, *(activity.id for activity in one.activities))]
    for name in named:
        if name not in known:
            yield f"there is no activity named “{name}”{did_you_mean(name, known) or '. Correct the name in this cell'}"


def _prose(source: str, folder: Path, cell: str | None) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", source):
        if not re.match(r"[a-z]+:", target) and not (folder / target).is_file():
            yield f"the link to {target} leads nowhere. Correct it"
    prose = re.sub(r"<[^>]+>|\]\([^)]*\)|[*\[]", "", "\n".join(_sentences(source)))
    if cell != "sources" and len(prose.split()) >= LEAST_WORDS:
        grade = round(reading_grade(prose))
        if grade > HIGHEST_GRADE:
            yield f"this reads at about grade {grade}. Shorten the longest sentence"


def _sentences(source: str) -> list[str]:
    """The lines of running text: headings, quotations and tables are left out."""
    return [line for line in source.splitlines() if not line.startswith(("#", ">", "|"))]


def _drafts(folder: Path, practice: Sets) -> Iterator[Slip]:
    """The layouts of the IEP draft name boxes that are there."""
    boxes = {
        f"{activity.id}.{field.id}"
        for _, one in practice
        for activity in one.activities
        if isinstance(activity, Build)
        for field in activity.fields
    }
    for path in sorted(folder.glob("*.toml")):
        try:
            tree = content.read_toml(path)
        except CourseError as error:
            yield _slip(error, path.name)
            continue
        for section in tree.get("section", []):
            for part in section.get("part", []):
                for source in part.get("from", []):
                    if source not in boxes:
                        hint = "Name an activity and its field, as in 06-goal.whole"
                        yield Slip(path.name, f"part “{part.get('id')}”", f"there is no box “{source}”. {hint}")


def _rules() -> Iterator[Slip]:
    """What a rule offers instead is not flagged by the reader in turn."""
    for rule in reader().rules:
        found = [one for one in read_statement(rule.instead).findings if feedback.names_words(one, rule.instead)]
        for one in found:
            if one.severity == "finding":
                yield Slip("language/rules", f"“{rule.id}”", f"its “instead” holds “{one.quote}”. Say it another way")
