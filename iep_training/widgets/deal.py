"""Give each learner of an assignment a version of each item, the same at every opening."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from iep_training import content
from iep_training.answers import AnswerStore
from iep_training.content.variants import SEED, dealt
from iep_training.model import ActivitySet, CourseError


def deal(chosen: ActivitySet, assignment: Iterable[ActivitySet], variants: Path, store: AnswerStore) -> ActivitySet:
    """The chosen set with the versions that fall to the learner whose answers are in `store`.

    `variants` is the file of variants beside the assignment; where there is none, everybody meets the same items.
    """
    if not variants.is_file():
        return chosen
    others = [one for each in content.load_sets(variants, keys=False) for one in each.activities]
    seed = _seed(store, {one.id for each in assignment for one in each.activities})
    mine = tuple(dealt(one, others, seed) for one in chosen.activities)
    alone = [one.id for one in chosen.activities] == [chosen.id]
    return replace(chosen, title=mine[0].title if alone else chosen.title, activities=mine)


def _seed(store: AnswerStore, items: set[str]) -> str:
    """The learner's seed, drawn now if the work has not begun; "" where it was begun without one."""
    kept = store.read()
    if SEED in kept:
        known = kept[SEED]["answer"]
        return known if isinstance(known, str) else ""
    if items & kept.keys():
        return ""
    seed = secrets.token_hex(8)
    # Where it can't be kept, no answer can be saved either, and the page will say so.
    with suppress(CourseError):
        store.save(SEED, seed)
        return seed
    return ""
