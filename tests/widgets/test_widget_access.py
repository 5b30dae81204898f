"""Everyone can use the widgets: keyboard alone, screen readers, any theme, a phone, large letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import LISTEN, Bench
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

Make = Callable[..., Any]
State = Callable[[Bench, Make], None]


# --- every state ----------------------------------------------------------------------------------------


def rewrite_empty(bench: Bench, make: Make) -> None:
    bench.open(make("rewrite"))


def rewrite_typing(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.get_by_text("Why is this underlined?").click()
    page.get_by_role("button", name="Hint").click()
    page.get_by_label("Your version").fill("Maya refused, and she won't join.")
    expect(page.locator(".practice-mirror mark")).to_have_count(2)
    expect(page.locator(".practice-status")).to_contain_text("Saved")


def rewrite_wrong(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.get_by_label("Your version").fill("Refused to participate in group work.")
    page.get_by_role("button", name="Check").click()
    page.get_by_text("What was looked for").click()
    page.get_by_role("button", name="Show an example").click()
    expect(page.locator(".practice-examples")).to_be_visible()


def rewrite_right(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.get_by_label("Your version").fill("Needs more support to participate in group work.")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="This works")).to_be_visible()


def rewrite_disconnected(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.clock.install()
    bench.die()
    page.get_by_label("Your version").fill("Do not lose me")
    page.clock.run_for(6000)
    expect(page.get_by_role("alert")).to_contain_text("Not saved")
    page.clock.resume()


def rewrite_graded(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite", graded=True)).page
    page.get_by_label("Your version").fill("Maya joins in.")
    page.get_by_role("button", name="Save answer").click()
    expect(page.locator(".practice-status")).to_contain_text("Saved")


def classify_empty(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    page.get_by_text("The numbers as a table").click()


def classify_wrong(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    page.get_by_role("radio", name="Big growth").check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".practice-feedback")).to_be_visible()


def classify_right(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    page.get_by_role("radio", name="Continue to grow").check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".practice-feedback")).to_be_visible()


def reflection_empty(bench: Bench, make: Make) -> None:
    page = bench.open(make("reflection")).page
    page.get_by_text("What a reader looks for").click()


def reflection_saved(bench: Bench, make: Make) -> None:
    page = bench.open(make("reflection")).page
    page.get_by_role("textbox").fill("I would name the support that helps him.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".practice-feedback")).to_be_visible()


def series_empty(bench: Bench, make: Make) -> None:
    bench.open(make("series"))


def series_right(bench: Bench, make: Make) -> None:
    page = bench.open(make("series")).page
    page.get_by_role("radio", name="Continue to grow").check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".practice-feedback")).to_be_visible()


def choose_empty(bench: Bench, make: Make) -> None:
    bench.open(make("choose"))


def choose_wrong(bench: Bench, make: Make) -> None:
    page = bench.open(make("choose")).page
    page.get_by_role("radio", name="What I like").check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("This tells of our feelings.")).to_be_visible()


def choose_right(bench: Bench, make: Make) -> None:
    page = bench.open(make("choose")).page
    page.get_by_role("radio", name="Dario explains").check()
    page.get_by_role("button", name="Check").click()
    page.get_by_text("Each answer, explained").click()
    expect(page.get_by_text("Good at what?")).to_be_visible()


def choose_many(bench: Bench, make: Make) -> None:
    page = bench.open(make("choose")).page
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("checkbox", name="Counted").check()
    page.get_by_role("checkbox", name="Is smart").check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Each answer, explained")).to_be_visible()


def choose_disconnected(bench: Bench, make: Make) -> None:
    page = bench.open(make("choose")).page
    bench.die()
    page.get_by_role("radio", name="Dario explains").check()
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved", timeout=10_000)


def sort_empty(bench: Bench, make: Make) -> None:
    page = bench.open(make("sort")).page
    page.get_by_role("button", name="Hint").click()


def place(page: Page, *groups: str) -> None:
    for group in groups:
        page.get_by_role("group", name="Where does it belong?").get_by_role("button", name=group).click()


def sort_half(bench: Bench, make: Make) -> None:
    page = bench.open(make("sort")).page
    place(page, "Ability")
    expect(page.locator(".practice-status")).to_contain_text("Saved")


def sort_wrong(bench: Bench, make: Make) -> None:
    page = bench.open(make("sort")).page
    place(page, "Ability", "Ability", "Interest")
    page.get_by_role("button", name="Check").click()
    expect(page.locator("li[data-met=false]")).to_have_count(2)


def sort_right(bench: Bench, make: Make) -> None:
    page = bench.open(make("sort")).page
    place(page, "Ability", "Interest", "Ability")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Every card is where it belongs.")).to_be_visible()


def sort_disconnected(bench: Bench, make: Make) -> None:
    page = bench.open(make("sort")).page
    bench.die()
    place(page, "Ability")
    expect(page.get_by_role("alert")).to_contain_text("Not saved", timeout=10_000)


def order_empty(bench: Bench, make: Make) -> None:
    bench.open(make("order"))


def order_wrong(bench: Bench, make: Make) -> None:
    page = bench.open(make("order")).page
    page.get_by_role("button", name="Move down").first.click()
    page.get_by_role("button", name="Check").click()
    expect(page.locator("li[data-met=false]").first).to_be_visible()


def order_right(bench: Bench, make: Make) -> None:
    page = bench.open(make("order")).page
    for words in ("Writing instruction", "By May", "He needs", "Lev plans"):
        for _ in range(3):
            page.get_by_role("button", name=f"Move up: {words}").press("Enter")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Each step leans on the one before it.")).to_be_visible()


def build_empty(bench: Bench, make: Make) -> None:
    bench.open(make("build"))


def build_typing(bench: Bench, make: Make) -> None:
    page = bench.open(make("build")).page
    page.get_by_label("The strength it builds on").fill("June refuses to write.")
    expect(page.locator(".practice-mirror mark")).to_have_count(1)
    page.get_by_label("The whole goal").fill("By May 22, June will write a story of 60 words.")
    expect(page.get_by_text("by when: “By May 22”")).to_be_visible()
    page.get_by_label("A note to the family").fill("Today June wrote a page. " * 5)
    expect(page.get_by_text("Reading grade of the whole note")).to_be_visible()


def build_wrong(bench: Bench, make: Make) -> None:
    build_typing(bench, make)
    bench.page.get_by_role("button", name="Check").click()
    expect(bench.page.get_by_role("heading", name="One next step")).to_be_visible()


def build_right(bench: Bench, make: Make) -> None:
    page = bench.open(make("build")).page
    page.get_by_label("The strength it builds on").fill("June tells a story aloud with a clear beginning and end.")
    page.get_by_label("The whole goal").fill(
        "By May 22, given a story map, June will write a story of 60 words on 4 of 5 weekly prompts."
    )
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="It is all there")).to_be_visible()
    page.get_by_role("button", name="See what you built").click()
    expect(page.get_by_role("heading", name="Your annual goal")).to_be_visible()


def build_case(bench: Bench, make: Make) -> None:
    page = bench.open(make("build")).page
    page.get_by_role("button", name="Next", exact=True).click()
    page.get_by_role("radio", name="Ravi").check()
    expect(page.get_by_text("Ravi reads certificates.")).to_be_visible()


def build_disconnected(bench: Bench, make: Make) -> None:
    page = bench.open(make("build")).page
    bench.die()
    page.get_by_label("The whole goal").fill("Do not lose me")
    expect(page.get_by_role("alert")).to_contain_text("Not saved", timeout=10_000)


STATES = (
    rewrite_empty,
    rewrite_typing,
    rewrite_wrong,
    rewrite_right,
    rewrite_disconnected,
    rewrite_graded,
    classify_empty,
    classify_wrong,
    classify_right,
    reflection_empty,
    reflection_saved,
    series_empty,
    series_right,
    choose_empty,
    choose_wrong,
    choose_right,
    choose_many,
    choose_disconnected,
    sort_empty,
    sort_half,
    sort_wrong,
    sort_right,
    sort_disconnected,
    order_empty,
    order_wrong,
    order_right,
    build_empty,
    build_typing,
    build_wrong,
    build_right,
    build_case,
    build_disconnected,
)


@pytest.fixture(params=STATES, ids=lambda state: state.__name__)
def state(request: pytest.FixtureRequest) -> State:
    return request.param


# What a learner may see or touch: each must be large enough, or have space around it (WCAG 2.5.8).
SMALL = """() => [...document.querySelectorAll("#here :is(button, a, summary, textarea, label:has(input))")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.innerText, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_has_a_barrier(bench: Bench, make: Make, state: State, scheme: Any, screenshots: Path | None) -> None:
    page = bench.page
    page.emulate_media(color_scheme=scheme)
    state(bench, make)
    bench.picture(screenshots, f"{state.__name__}-{scheme}-1000")
    assert bench.problems() == []
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 700})
        bench.picture(screenshots, f"{state.__name__}-{scheme}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing to scroll sideways"
        assert page.evaluate(SMALL) == []


def test_forced_colors_keep_every_sign(bench: Bench, make: Make, screenshots: Path | None) -> None:
    page = bench.page
    page.emulate_media(forced_colors="active")
    rewrite_typing(bench, make)
    bench.picture(screenshots, "forced-colors-rewrite")
    assert bench.problems() == []
    line = "getComputedStyle(document.querySelector('.practice-mirror mark'))"
    assert "underline" in page.evaluate(f"{line}.textDecorationLine")
    assert page.evaluate(f"{line}.color") == "rgba(0, 0, 0, 0)", "only the box itself shows letters"


def test_jupyters_own_theme_decides_the_colors(bench: Bench, make: Make) -> None:
    page = bench.page
    page.emulate_media(color_scheme="light")
    bench.open(make("rewrite"))
    paper = "getComputedStyle(document.querySelector('.practice')).backgroundColor"
    light = page.evaluate(paper)
    page.evaluate("document.body.dataset.jpThemeLight = 'false'")
    dark = page.evaluate(paper)
    assert dark != light
    assert bench.problems() == []
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    assert page.evaluate(paper) == light


def test_letters_of_double_size_fit(bench: Bench, make: Make, screenshots: Path | None) -> None:
    """200% zoom of a 1280 px window leaves 640 px; a larger browser font on a phone is the harder case."""
    page = bench.page
    rewrite_right(bench, make)
    page.set_viewport_size({"width": 390, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    bench.picture(screenshots, "double-size-390")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# --- keyboard -------------------------------------------------------------------------------------------


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


# --- what a screen reader is told -----------------------------------------------------------------------


def test_feedback_is_announced_once_after_a_pause(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.evaluate(LISTEN)
    page.get_by_label("Your version").fill("Refused to participate in group work.")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".practice-feedback")).to_be_visible()
    assert not any("One next step" in words for words in page.evaluate("window.heard")), "not at once"
    page.wait_for_timeout(1500)
    heard = [words for words in page.evaluate("window.heard") if "One next step" in words]
    assert len(heard) == 1
    assert "Saved" in heard[0]
    assert page.evaluate("window.region === document.querySelector('#here [role=status]')"), "the region stays in place"


def test_typing_is_announced_when_it_pauses_and_autosaving_is_not(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.evaluate(LISTEN)
    page.get_by_label("Your version").press_sequentially("Maya refused to join", delay=30)
    page.wait_for_timeout(2000)
    assert page.evaluate("window.heard") == ["Look again at “refused”"]


def test_checking_twice_is_announced_twice(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    page.evaluate(LISTEN)
    for _ in range(2):
        page.get_by_role("button", name="Check").click()
        page.wait_for_timeout(1200)
    assert len(page.evaluate("window.heard")) == 2


def test_the_parts_have_names(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    expect(page.get_by_role("region", name="First turns")).to_be_visible()
    expect(page.get_by_role("group", name="What do the data show?")).to_be_visible()
    expect(page.get_by_role("button", name="Student 1")).to_have_attribute("aria-current", "step")
    expect(page.get_by_role("heading", level=3, name="Ana reads")).to_be_visible()


def test_nothing_moves_for_those_who_ask_for_stillness(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    moving = (
        "getAnimations().length + [...document.querySelectorAll('#here *')].filter((one) => "
        "parseFloat(getComputedStyle(one).transitionDuration) > 0).length"
    )
    assert page.evaluate(f"document.{moving}") == 0
