"""Every state a practice card can be in, for every kind of activity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from harness import Bench
from playwright.sync_api import Page, expect

Make = Callable[..., Any]
Act = Callable[[Page], None]


@dataclass(frozen=True)
class Kind:
    """How a learner answers one kind of activity: the `place` of it in a `set` of conftest.py, and what to do."""

    set: str
    half: Act
    wrong: Act
    right: Act
    place: int = 1
    button: str = "Check"
    saves_by_itself: bool = True

    def open(self, bench: Bench, make: Make) -> Page:
        page = bench.open(make(self.set)).page
        if self.place > 1:
            page.get_by_role("button", name="Next", exact=True).click()
        return page

    def hand_in(self, page: Page) -> None:
        page.get_by_role("button", name=self.button, exact=True).click()


def fill(label: str, text: str) -> Act:
    return lambda page: page.get_by_label(label).fill(text)


def pick(*names: str) -> Act:
    def act(page: Page) -> None:
        for name in names:
            page.get_by_role("radio", name=name).or_(page.get_by_role("checkbox", name=name)).check()

    return act


def place(*groups: str) -> Act:
    def act(page: Page) -> None:
        for group in groups:
            page.get_by_role("group", name="Where does it belong?").get_by_role("button", name=group).click()

    return act


def move_up(*steps: str) -> Act:
    def act(page: Page) -> None:
        for words in steps:
            for _ in range(3):
                page.get_by_role("button", name=f"Move up: {words}").press("Enter")

    return act


def all_of(acts: Iterable[Act]) -> Act:
    acts = tuple(acts)

    def act(page: Page) -> None:
        for one in acts:
            one(page)

    return act


GOAL = "By May 22, given a story map, June will write a story of 60 words on 4 of 5 weekly prompts."
KINDS = {
    "rewrite": Kind(
        "rewrite",
        half=fill("Your version", "Maya refused, and she won't join."),
        wrong=fill("Your version", "Refused to participate in group work."),
        right=fill("Your version", "Needs more support to participate in group work."),
    ),
    "classify": Kind(
        "classify",
        half=pick("Big growth"),
        wrong=pick("Big growth"),
        right=pick("Continue to grow"),
        saves_by_itself=False,
    ),
    "series": Kind(
        "series",
        half=pick("Big growth"),
        wrong=pick("Big growth"),
        right=pick("Continue to grow"),
        saves_by_itself=False,
    ),
    "reflection": Kind(
        "reflection",
        half=fill("What would you write now?", "I would"),
        wrong=fill("What would you write now?", "Yes."),
        right=fill("What would you write now?", "I would name the support that helps him."),
        button="Save",
    ),
    "choose": Kind(
        "choose",
        half=pick("What I like"),
        wrong=pick("What I like"),
        right=pick("Dario explains"),
        saves_by_itself=False,
    ),
    "choose-many": Kind(
        "choose",
        half=pick("Counted"),
        wrong=pick("Counted", "Is smart"),
        right=pick("Counted", "Reads to"),
        place=2,
        saves_by_itself=False,
    ),
    "sort": Kind(
        "sort",
        half=place("Ability"),
        wrong=place("Ability", "Ability", "Interest"),
        right=place("Ability", "Interest", "Ability"),
    ),
    "order": Kind(
        "order",
        half=move_up("Writing instruction"),
        wrong=move_up("Lev plans", "By May", "Writing instruction"),
        right=move_up("Writing instruction", "By May", "He needs", "Lev plans"),
    ),
    "build": Kind(
        "build",
        half=all_of(
            (
                fill("The strength it builds on", "June refuses to write."),
                fill("The whole goal", "By May 22, June Garcia will write a story of 60 words."),
                fill("A note to the family", "Today June wrote a page. " * 5),
            )
        ),
        wrong=fill("The strength it builds on", "June refuses to write."),
        right=all_of(
            (
                fill("The strength it builds on", "June tells a story aloud with a clear beginning and end."),
                fill("The whole goal", GOAL),
            )
        ),
    ),
    "build-case": Kind(
        "build",
        half=pick("Ravi"),
        wrong=fill("Abilities", "Ravi adds numbers in his head."),
        right=all_of((pick("Ravi"), fill("Abilities", "Ravi adds three-digit numbers in his head."))),
        place=2,
    ),
}


# --- the states -----------------------------------------------------------------------------------------


def empty(kind: Kind, bench: Bench, make: Make) -> None:
    page = kind.open(bench, make)
    open_all(page)


def typing(kind: Kind, bench: Bench, make: Make) -> None:
    page = kind.open(bench, make)
    kind.half(page)
    if kind.saves_by_itself:
        expect(page.locator(".practice-status")).to_contain_text("Saved")
    open_all(page)


def wrong(kind: Kind, bench: Bench, make: Make) -> None:
    page = kind.open(bench, make)
    kind.wrong(page)
    kind.hand_in(page)
    expect(page.locator(".practice-feedback")).to_have_attribute("data-right", "false")
    examples = page.get_by_role("button", name=re.compile("^Show an? |^Show the answer"))
    if examples.is_visible():
        examples.click()
        expect(page.locator(".practice-examples")).to_be_visible()
    open_all(page)


def right(kind: Kind, bench: Bench, make: Make) -> None:
    page = kind.open(bench, make)
    kind.right(page)
    kind.hand_in(page)
    expect(page.locator(".practice-feedback")).to_have_attribute("data-right", "true")
    if page.get_by_role("button", name="See what you built").is_visible():
        page.get_by_role("button", name="See what you built").click()
    open_all(page)


def error(kind: Kind, bench: Bench, make: Make) -> None:
    """The folder can't be written."""
    page = kind.open(bench, make)
    kind.right(page)
    bench.widget._store.folder = bench.widget._store.folder / "gone"
    kind.hand_in(page)
    expect(page.get_by_role("alert")).to_contain_text("NOT saved")
    expect(page.locator(".practice-feedback")).to_be_visible()


def saved(kind: Kind, bench: Bench, make: Make) -> None:
    """Opened again another day, with the answer of last time."""
    right(kind, bench, make)
    page = kind.open(bench, make)
    done = page.get_by_role("button", name=re.compile(f" {kind.place}, done$"))
    if done.is_visible():
        done.click()
    expect(page.locator(".practice-status")).to_contain_text("Saved")
    expect(page.locator(".practice-feedback")).to_have_attribute("data-right", "true")


def disconnected(kind: Kind, bench: Bench, make: Make) -> None:
    page = kind.open(bench, make)
    page.clock.install()
    bench.die()
    kind.right(page)
    kind.hand_in(page)
    page.clock.run_for(6000)
    expect(page.get_by_role("alert")).to_contain_text("Not saved")
    page.clock.resume()


def open_all(page: Page) -> None:
    """Open the hint and everything else that can be opened."""
    hint = page.get_by_role("button", name="Hint")
    if hint.is_visible():
        hint.click()
    page.evaluate("document.querySelectorAll('#here details').forEach((one) => { one.open = true; })")


STATES = (empty, typing, wrong, right, error, saved, disconnected)
