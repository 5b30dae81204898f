"""Activities to practice with, a folder for their answers, and a page to show them on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from harness import Bench
from playwright.sync_api import Page

from iep_training.answers import AnswerStore
from iep_training.model import Activity, ActivitySet, Classify, Reflection, Rewrite
from iep_training.widgets.classify import ClassifyWidget
from iep_training.widgets.reflection import ReflectionWidget
from iep_training.widgets.rewrite import RewriteWidget

MAYA = Rewrite(
    id="t-refused",
    title="Group work",
    statement="Refused to participate in group work.",
    student="Maya, grade 5. She talks easily with one partner she knows.",
    hint="When did Maya take part?",
    takeaway="“Refused” guesses at a motive.",
    strong=("Needs more support to participate in group work.", "Maya joins group work with sentence starters."),
)
LUIS = Rewrite(id="t-cannot", title="Subtraction", statement="Cannot subtract with regrouping.")
ANA = Classify(
    id="t-ana",
    title="Ana reads",
    student="Ana",
    skill="Reading aloud",
    unit="words",
    baseline=40,
    target=80,
    current=64,
)
BEN = Classify(
    id="t-ben", title="Ben waits", student="Ben", skill="Calling out", unit="calls", baseline=10, target=2, current=1
)
THINK = Reflection(
    id="t-think", title="Think back", question="What would you write now?", least_words=6, rubric=("A real sentence",)
)

SETS: dict[str, tuple[type[Any], tuple[Activity, ...]]] = {
    "rewrite": (RewriteWidget, (MAYA, LUIS)),
    "classify": (ClassifyWidget, (ANA, BEN)),
    "reflection": (ReflectionWidget, (THINK,)),
}


@pytest.fixture
def store(tmp_path: Path) -> AnswerStore:
    return AnswerStore(tmp_path)


@pytest.fixture
def make(store: AnswerStore) -> Callable[..., Any]:
    """Make the widget of a kind, as running its cell in a new kernel does."""

    def build(kind: str, *, graded: bool = False) -> Any:
        widget, activities = SETS[kind]
        chosen = ActivitySet(f"t-{kind}", kind, "First turns", "Keep the skill.", activities)
        return widget(chosen, store, graded=graded)

    return build


@pytest.fixture
def bench(page: Page) -> Iterator[Bench]:
    bench = Bench(page)
    yield bench
    assert bench.errors == []
