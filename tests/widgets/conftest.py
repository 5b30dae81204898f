"""Activities to practice with, a folder for their answers, and a page to show them on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from harness import Bench
from playwright.sync_api import Page
from views import looked

from iep_training.answers import AnswerStore
from iep_training.content.entries import with_key
from iep_training.model import (
    Activity,
    ActivitySet,
    Build,
    Card,
    Case,
    Choose,
    Classify,
    Field,
    Group,
    Option,
    Order,
    Paper,
    Point,
    Reflection,
    Rewrite,
    Series,
    Sort,
    Step,
)
from iep_training.widgets.build import BuildWidget
from iep_training.widgets.choose import ChooseWidget
from iep_training.widgets.classify import ClassifyWidget
from iep_training.widgets.order import OrderWidget
from iep_training.widgets.reflection import ReflectionWidget
from iep_training.widgets.rewrite import RewriteWidget
from iep_training.widgets.sort import SortWidget

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

TIA = Classify(
    id="t-tia",
    title="Tia reads",
    student="Tia",
    skill="Reading aloud",
    unit="words",
    series=Series(
        "Tia",
        tuple(
            Point(week, score, "baseline" if week < 4 else "")
            for week, score in enumerate([40, 42, 41, 50, 52, 58, 63, 61, 62], start=1)
        ),
        80,
    ),
)
DARIO = Choose(
    id="t-dario",
    title="Dario, grade 3",
    question="Which line belongs in the strengths section?",
    hint="Look for something that somebody has seen.",
    takeaway="A verb beats an adjective.",
    options=(
        Option("smile", "What I like about Dario is his smile.", False, "This tells of our feelings."),
        Option("explains", "Dario explains a math problem to a partner.", True, "Here is an ability."),
        Option("good", "Dario is a good student.", False, "Good at what?"),
    ),
)
NOTES = Choose(
    id="t-notes",
    title="Notes on Joaquín",
    question="Which notes can go into the profile?",
    many=True,
    options=(
        Option("money", "Counted out lunch money without a mistake.", True, "Who, what, when."),
        Option("smart", "Is smart.", False, "What did he do?"),
        Option("reads", "Reads to the kindergartners twice a week.", True, "An interest, with proof."),
    ),
)
NADIA = Sort(
    id="t-nadia",
    title="Notes about Nadia",
    prompt="Ability: what she does well. Interest: what she cares about.",
    hint="Try “She can…”.",
    takeaway="An ability is what you build on.",
    groups=(Group("ability", "Ability"), Group("interest", "Interest")),
    cards=(
        Card("maps", "Reads a bus map and finds the shortest way.", "ability", "Something she does well."),
        Card("buses", "Talks about bus routes whenever she can.", "interest", "What she cares about."),
        Card("retell", "Retells a video in the right order.", "ability", "Sequencing is a skill."),
    ),
)
LEV = Order(
    id="t-lev",
    title="One thread",
    prompt="Begin with what he does well.",
    hint="Strength, need, goal, support.",
    takeaway="Pull at any part of the plan.",
    steps=(
        Step("strength", "Lev plans several moves ahead in chess.", "The strength on which all leans."),
        Step("need", "He needs instruction in putting ideas in order.", "The need comes from the data."),
        Step("goal", "By May, Lev will write a paragraph of 80 words.", "The goal answers the need."),
        Step("support", "Writing instruction with a planning board.", "It teaches what the goal measures."),
    ),
)
JUNE = Build(
    id="t-june",
    title="A goal for June",
    produces="goal",
    hint="Say it aloud.",
    takeaway="Bring it as a draft.",
    fields=(
        Field(
            "strength", "The strength it builds on", "From the same area.", "June tells a story.", False, "statement"
        ),
        Field("whole", "The whole goal", "In one sentence.", "By May 22, June will…", False, "goal"),
        Field("note", "A note to the family", "In plain words.", "Today June wrote.", True, "family_note"),
    ),
    strong=(
        {
            "strength": "June tells a story aloud with a clear beginning and end.",
            "whole": "By May 22, given a story map, June will write a story of 60 words on 4 of 5 weekly prompts.",
        },
    ),
)
CASES = Build(
    id="t-cases",
    title="One of two students",
    produces="iep",
    fields=(Field("abilities", "Abilities", "What the student does well.", "Lev plans ahead.", False, "statement"),),
    cases=(
        Case(
            "ravi.toml",
            "Ravi, grade 2",
            (Paper("At a glance", "March 4", ("Ravi reads certificates.",)), Paper("Scores", "", ("2, 1, 2",))),
        ),
        Case("jesse.toml", "Jesse, grade 11", (Paper("At a glance", "May 2", ("Jesse feeds eleven horses.",)),)),
    ),
    strong=({"case": "ravi.toml", "abilities": "Ravi adds three-digit numbers in his head."},),
)

SETS: dict[str, tuple[type[Any], tuple[Activity, ...]]] = {
    "rewrite": (RewriteWidget, (MAYA, LUIS)),
    "classify": (ClassifyWidget, (ANA, BEN)),
    "reflection": (ReflectionWidget, (THINK,)),
    "series": (ClassifyWidget, (TIA,)),
    "choose": (ChooseWidget, (DARIO, NOTES)),
    "sort": (SortWidget, (NADIA,)),
    "order": (OrderWidget, (LEV,)),
    "build": (BuildWidget, (JUNE, CASES)),
}


@pytest.fixture
def store(tmp_path: Path) -> AnswerStore:
    return AnswerStore(tmp_path)


@pytest.fixture
def make(store: AnswerStore) -> Callable[..., Any]:
    """Make the widget of a kind, as running its cell in a new kernel does."""

    def build(kind: str, *, graded: bool = False) -> Any:
        widget, activities = SETS[kind]
        keyed = tuple(with_key(activity, activity.id) for activity in activities)
        chosen = ActivitySet(f"t-{kind}", keyed[0].kind, "First turns", "Keep the skill.", keyed)
        return widget(chosen, store, graded=graded)

    return build


@pytest.fixture
def bench(page: Page) -> Iterator[Bench]:
    bench = Bench(page)
    yield bench
    assert bench.errors == []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how often axe looked at a screen in this run; the accessibility statement quotes it."""
    if looked:
        terminalreporter.write_line(
            f"axe looked {looked['looks']} times at {looked['screens']} screens: {looked['barriers']} barriers"
        )
