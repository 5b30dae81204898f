"""The picture of a group, with nobody in it: what was hard, how it grew, and rewrites shown by consent.

A number that rests on fewer than four people could point to one of them, so it is held back.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from iep_training import content, feedback, language
from iep_training.iep import before_after
from iep_training.iep.before_after import Comparison, Task
from iep_training.iep.my_progress import is_answer
from iep_training.iep.text import one_line, plain, words
from iep_training.model import Activity, ActivitySet, Choose, Classify, CourseError, Feedback, Rewrite

FEWEST = 4
_MOST_REWRITES = 6
_LONGEST_LABEL = 90  # characters
_LONGEST_REWRITE = 60  # words: what a room can read from a screen


@dataclass(frozen=True, slots=True)
class Item:
    """One activity in the group: how many answered it and had it right, and the commonest slip in words."""

    activity: Activity
    answered: int
    right: int
    slip: str

    @property
    def share(self) -> float:
        """The share of those who answered that had it right."""
        return self.right / self.answered


@dataclass(frozen=True, slots=True)
class GroupMeasure:
    """One measure before and after, as means over those who did the task both times, and what it shows of how many."""

    id: str
    learners: int
    before: float
    after: float
    best: float
    shows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Picture:
    """What may be shown of a group. `held_back` counts the activities that too few had answered."""

    learners: int
    items: tuple[Item, ...]
    held_back: int
    measures: tuple[GroupMeasure, ...]
    rewrites: tuple[tuple[Rewrite, str], ...]

    @property
    def missed(self) -> tuple[Item, ...]:
        """The items that somebody missed, the hardest first."""
        return tuple(sorted((one for one in self.items if one.right < one.answered), key=lambda one: one.share))


def picture(learners: Iterable[Mapping[str, Any]]) -> Picture:
    """The picture of a group, from each learner's answers by activity id.

    Who answered nothing of this course is left out. Raises CourseError for fewer than four learners, whose numbers
    would not be anonymous.
    """
    task = _task()
    activities = tuple(_activities(task))
    known = {one.id for one in activities} | _task_ids(task)
    group = [one for one in learners if known & one.keys()]
    if len(group) < FEWEST:
        raise CourseError(words()["report"]["too_few"].format(learners=len(group), fewest=FEWEST))
    checked = [(activity, _checked(activity, group)) for activity in activities]
    items = [_item(activity, answers) for activity, answers in checked if len(answers) >= FEWEST]
    few = sum(0 < len(answers) < FEWEST for _, answers in checked)
    comparisons = [before_after.compare(one, task) for one in group] if task else []
    consenting = [one for one in group if task and _consents(one.get(task.consent))]
    rewrites = tuple(_best_rewrites(items, consenting))
    return Picture(len(group), tuple(items), few, tuple(_measures(comparisons)), rewrites)


def _task() -> Task | None:
    """The task before and after, or None where the course has none that can be read."""
    try:
        return before_after.task()
    except CourseError:
        return None


def _task_ids(task: Task | None) -> set[str]:
    if task is None:
        return set()
    practiced = {one.id for pair in (*task.rewrites, *task.charts) for one in pair}
    return practiced.union(*task.goals)


def _activities(task: Task | None) -> Iterator[Activity]:
    """Every activity of the course but those of the task before and after."""
    own = _task_ids(task)
    for path in content.activity_files():
        for one in _sets(path):
            yield from (activity for activity in one.activities if activity.id not in own)


def _sets(path: Any) -> tuple[ActivitySet, ...]:
    try:
        return content.load_sets(path)
    except CourseError:
        return ()


def _checked(activity: Activity, group: list[Mapping[str, Any]]) -> list[tuple[Any, Feedback]]:
    """Each answer to an activity with its feedback; none for what only a person judges."""
    answers = [one[activity.id] for one in group if is_answer(one.get(activity.id))]
    results = [(answer, feedback.check(activity, answer)) for answer in answers]
    return [(answer, result) for answer, result in results if not result.needs_person]


def _item(activity: Activity, answers: list[tuple[Any, Feedback]]) -> Item:
    slips = Counter(slip for answer, result in answers if not result.right for slip in _slips(activity, answer, result))
    # A slip that one person made is that person's own.
    common = [slip for slip, count in slips.most_common(1) if count > 1]
    return Item(activity, len(answers), sum(result.right for _, result in answers), common[0] if common else "")


def _slips(activity: Activity, answer: Any, result: Feedback) -> Iterator[str]:
    said = words()["report"]
    if isinstance(activity, Classify) or (isinstance(activity, Choose) and not activity.many):
        yield said["chose"].format(label=_short(feedback.answer_text(activity, answer)))
    else:
        yield from (said["missed"].format(criterion=_short(one.name)) for one in result.criteria if not one.met)


def _short(label: str) -> str:
    return textwrap.shorten(label, _LONGEST_LABEL, placeholder=" …")


# --- before and after -----------------------------------------------------------------------------------


def _measures(comparisons: list[Comparison]) -> Iterator[GroupMeasure]:
    for name in words()["before_after"]["measure"]:
        found = [one for comparison in comparisons if (one := comparison.measure(name))]
        if len(found) >= FEWEST:
            many = len(found)
            yield GroupMeasure(
                name,
                many,
                sum(one.before for one in found) / many,
                sum(one.after for one in found) / many,
                sum(one.best for one in found) / many,
                Counter(before_after.said_of(one) for one in found),
            )


# --- rewrites by consent --------------------------------------------------------------------------------


def _consents(answer: Any) -> bool:
    """Whether a learner has plainly said yes; anything else is no."""
    return one_line(answer).casefold().strip(" .!\"'“”") in words()["report"]["yes"]


def _best_rewrites(items: list[Item], consenting: list[Mapping[str, Any]]) -> Iterator[tuple[Rewrite, str]]:
    """One rewrite each for the statements that the group found hardest, from as many different people as there are."""
    hardest = [one.activity for one in sorted(items, key=lambda one: one.share) if isinstance(one.activity, Rewrite)]
    shown: Counter[int] = Counter()
    for activity in hardest:
        texts = {place: _good(activity, answers.get(activity.id)) for place, answers in enumerate(consenting)}
        good = [place for place, text in texts.items() if text]
        if good and shown.total() < _MOST_REWRITES:
            best = max(good, key=lambda place: (-shown[place], *_merit(texts[place])))
            shown[best] += 1
            yield activity, texts[best]


def _good(activity: Rewrite, answer: Any) -> str:
    """A rewrite that was accepted, reads as strengths by itself, is short, and is no model answer of ours; else ""."""
    text = one_line(plain(answer))
    own = text.casefold() not in {one_line(one).casefold() for one in activity.strong}
    if not own or not 0 < len(text.split()) <= _LONGEST_REWRITE:
        return ""
    strengths = language.read_statement(text).framing == "strengths"
    return text if strengths and feedback.check(activity, answer).right else ""


def _merit(text: str) -> tuple[int, int]:
    """What makes a rewrite worth showing: the sorts of strength that it names, then brevity."""
    return len({one.kind for one in language.read_statement(text).strengths}), -len(text)
