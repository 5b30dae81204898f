"""The keyboard alone is enough: every kind of activity, in order, with the focus in sight and no way blocked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from harness import LISTEN, Bench
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Make = Callable[..., Any]

NAME = """(() => {
  const { ariaLabel, innerText, tagName } = document.activeElement;
  return (ariaLabel || innerText || tagName).split("\\n")[0];
})()"""


def walk(page: Page, stops: int) -> list[str]:
    """Press Tab so many times, and say where each press leads."""
    names = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        names.append(page.evaluate(NAME))
    return names


def test_a_rewrite_by_keyboard_alone(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    assert walk(page, 4) == ["Statement 1", "Statement 2", "Why is this underlined?", "TEXTAREA"]
    page.keyboard.type("Needs more support to participate in group work.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This works")).to_be_visible()
    assert walk(page, 4) == ["Hint", "Start over", "What was looked for", "Next"]
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Subtraction")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Group work")).to_be_focused()


def test_a_classification_by_keyboard_alone(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    assert walk(page, 4) == ["Student 1", "Student 2", "The numbers as a table", "INPUT"]
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Continue to grow")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".practice-feedback")).to_have_attribute("data-right", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("input:checked")).to_have_count(0)


def test_a_choice_by_keyboard_alone(bench: Bench, make: Make) -> None:
    page = bench.open(make("choose")).page
    walk(page, 3)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Dario explains")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".practice-feedback")).to_have_attribute("data-right", "true")
    assert walk(page, 4) == ["Hint", "Try again", "Each answer, explained", "Next"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".practice-feedback")).to_have_attribute("data-right", "true")


def test_sorting_by_keyboard_alone(bench: Bench, make: Make) -> None:
    page = bench.open(make("sort")).page
    page.evaluate(LISTEN)
    assert walk(page, 2) == ["Ability", "Interest"]
    page.keyboard.press("Shift+Tab")
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(page.get_by_text("All cards are placed.").first).to_be_visible()
    expect(page.get_by_role("button", name="Reads a bus map")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # takes up the card about buses again
    expect(page.get_by_role("button", name="Ability", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_timeout(1200)
    assert "All cards are placed." in page.evaluate("window.heard").pop()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("heading", name="Ability (3)")).to_be_visible()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_text("1 of 3 cards to place")).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Check").press("Enter")
    expect(page.locator("[data-met=false] button")).to_have_count(1)


def test_ordering_by_keyboard_alone(bench: Bench, make: Make) -> None:
    page = bench.open(make("order")).page
    first = page.locator(".practice-step-words").first.inner_text()
    walk(page, 2)
    page.keyboard.press("Enter")
    expect(page.locator(".practice-sequence li").nth(1)).to_contain_text(first)
    expect(page.get_by_role("button", name=f"Move down: {first}")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # at the end already: nothing more happens, and focus stays
    expect(page.locator(".practice-sequence li").last).to_contain_text(first)
    expect(page.get_by_role("button", name=f"Move down: {first}")).to_be_focused()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(".practice-sequence li").nth(2)).to_contain_text(first)


def test_building_by_keyboard_alone(bench: Bench, make: Make) -> None:
    page = bench.open(make("build")).page
    assert walk(page, 4) == ["Page 1", "Page 2", "Example", "TEXTAREA"]
    page.keyboard.type("June tells a story.")
    assert walk(page, 5) == [
        "Example",
        "TEXTAREA",
        "Example",
        "TEXTAREA",
        "See what you built",
    ]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your annual goal")).to_be_visible()
    assert walk(page, 3) == ["Copy", "Print", "Check"]


def test_the_way_out_is_never_blocked(bench: Bench, make: Make) -> None:
    page = bench.open(make("reflection")).page
    page.evaluate("document.body.append(Object.assign(document.createElement('button'), { textContent: 'After' }))")
    page.get_by_role("textbox").focus()
    assert walk(page, 2) == ["Save", "After"]


def test_focus_can_be_seen(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    for _ in range(6):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth]; })()"
        )
        assert style == ["solid", "3px"], page.evaluate("document.activeElement.outerHTML")


def test_jupyters_keys_do_not_fire_inside_a_widget(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    page.get_by_role("radio", name="Big growth").focus()
    for key in (
        "x",
        "d",
        "d",
        "m",
        "ArrowDown",
        "ArrowUp",
        "Escape",
        "a",
        "b",
        "z",
        "0",
        "Shift+Enter",
        "Control+Enter",
    ):
        page.keyboard.press(key)
    assert page.evaluate("window.jupyterKeys") == []
    page.keyboard.press("Control+s")
    assert "s" in page.evaluate("window.jupyterKeys"), "saving the notebook still works"
