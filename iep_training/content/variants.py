"""Variants of graded items: neighbors meet different ones, and grading knows which.

A learner's seed is a random word. The page draws it when an assignment is opened for the first time and keeps it among
the answers, so that page and grader always deal alike. Work without a seed was begun before there were variants.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from iep_training.model import Activity

# The name under which answers.json keeps the seed.
SEED = "seed"


def versions(item: Activity, variants: Iterable[Activity]) -> tuple[Activity, ...]:
    """The item, and every variant that may stand in its place."""
    return (item, *(one for one in variants if one.variant_of == item.id))


def dealt(item: Activity, variants: Iterable[Activity], seed: str) -> Activity:
    """The version of an item that falls to the learner with this seed; without a seed, the item itself."""
    if not seed:
        return item
    return max(versions(item, variants), key=lambda one: sha256(f"{seed} {one.id}".encode()).digest())
