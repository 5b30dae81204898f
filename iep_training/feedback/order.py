"""Steps in order: each step that follows the right one earns its share."""

from __future__ import annotations

import random
from typing import Any

from iep_training.feedback.shared import nothing_yet, readable, total, words
from iep_training.model import Criterion, Feedback, Order, Step


def clean(activity: Order, answer: Any) -> list[str]:
    """The ids of all steps in the order given, or [] where a step is missing or there twice."""
    given = [readable(one) for one in answer] if isinstance(answer, (list, tuple)) else []
    return given if sorted(given) == sorted(step.id for step in activity.steps) else []


def in_words(activity: Order, answer: list[str]) -> str:
    """The steps, numbered, one a line."""
    texts = {step.id: step.text for step in activity.steps}
    return "\n".join(f"{number}. {texts[name]}" for number, name in enumerate(answer, start=1))


def shuffled(activity: Order) -> tuple[Step, ...]:
    """The steps as a learner first sees them: for one activity always the same order, and never the right one."""
    steps, dice = list(activity.steps), random.Random(activity.id)
    while tuple(steps) == activity.steps:
        dice.shuffle(steps)
    return tuple(steps)


def judge(activity: Order, answer: list[str]) -> Feedback:
    """The share of the steps that stand right behind the one they belong behind; the first, at the top.

    Places are not counted, because one step out of place would then cost every step behind it, although the
    learner has the rest of the sequence right. A criterion a step, in the learner's order, which gives nothing away.
    """
    said = words()["order"]
    if not answer:
        return nothing_yet(activity, said["empty"])
    steps = {step.id: step for step in activity.steps}
    ids = list(steps)
    before = dict(zip(answer, [None, *answer], strict=False))
    follows = dict(zip(ids, [None, *ids], strict=False))
    worth = activity.points / len(ids)
    criteria = tuple(
        Criterion(steps[name].text, met, steps[name].why if met else said["look_again"], worth if met else 0.0, worth)
        for name in answer
        for met in [before[name] == follows[name]]
    )
    there, count = sum(one.met for one in criteria), len(criteria)
    right = there == count
    good = said["right"] if right else said["there"].format(there=there, count=count)
    return Feedback(
        id=activity.id,
        right=right,
        earned=total(criteria, activity.points),
        points=activity.points,
        good=(good,) if there else (),
        next_step="" if right else said["next_step"],
        criteria=criteria,
        takeaway=activity.takeaway,
    )
