"""A learner at the widgets, in a real browser: writing, choosing, hints, feedback, going on and coming back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from harness import Bench
from playwright.sync_api import expect

from iep_training import content
from iep_training.answers import AnswerStore
from iep_training.widgets.classify import ClassifyWidget

pytestmark = pytest.mark.browser

Make = Callable[..., Any]
GOOD = "Needs more support to participate in group work."


def test_deficit_words_are_underlined_in_the_statement_and_explained(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    expect(page.locator("blockquote mark")).to_have_text(["Refused (look again)"])
    page.get_by_text("Why is this underlined?").click()
    expect(page.locator("details .practice-findings li")).to_have_count(1)


def test_deficit_words_are_underlined_while_typing(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    box = page.get_by_label("Your version")
    box.press_sequentially("😀 Maya refused to write")
    expect(page.locator(".practice-mirror mark")).to_have_text(["refused"])
    expect(page.locator(".practice-live .practice-findings li")).to_have_count(1)
    box.press_sequentially(", and won't read")
    expect(page.locator(".practice-mirror mark")).to_have_text(["refused", "won't"])
    box.fill("Maya joins group work with sentence starters.")
    expect(page.locator(".practice-mirror mark")).to_have_count(0)
    expect(page.locator(".practice-live")).to_contain_text("with sentence starters")


def test_the_underline_lies_under_its_word(bench: Bench, make: Make) -> None:
    """The mirror must break lines where the box does: both have the same size and the same height of text."""
    page = bench.open(make("rewrite")).page
    page.get_by_label("Your version").fill("She refused to join the group. " * 20 + "\n\n")
    expect(page.locator(".practice-mirror mark")).to_have_count(20)
    sizes = page.evaluate(
        """() => ["mirror", "text"].map((name) => {
          const box = document.querySelector(`.practice-${name}`), style = getComputedStyle(box);
          return [box.offsetWidth, box.offsetHeight, box.scrollHeight, style.font, style.letterSpacing, style.padding];
        })"""
    )
    assert sizes[0] == sizes[1]
    assert sizes[1][1] >= sizes[1][2], "the box grows with the text: nothing to scroll"


def test_an_old_reading_never_overwrites_a_newer_one(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.evaluate("() => { window.delay = ({ answer }) => (answer.includes('refused') ? 600 : 0); }")
    box = page.get_by_label("Your version")
    box.fill("Maya refused to write")
    page.wait_for_function("window.sent?.some((one) => one.type === 'typing')")
    box.fill("Maya joins in")
    page.wait_for_timeout(1000)
    expect(page.locator(".practice-mirror mark")).to_have_count(0)
    expect(page.locator(".practice-live .practice-findings")).to_have_count(0)


@pytest.mark.parametrize("pause", [0, 400], ids=["at_once", "while_the_first_is_being_read"])
def test_a_box_left_at_once_for_the_next_is_read_too(bench: Bench, make: Make, pause: int) -> None:
    page = bench.open(make("build")).page
    page.evaluate("() => { window.delay = ({ type, part }) => (type === 'typing' && part === 'strength' ? 900 : 0); }")
    page.evaluate(
        """async (pause) => {
          const [strength, goal] = document.querySelectorAll("textarea");
          const write = (box, text) => { box.value = text; box.dispatchEvent(new Event("input", { bubbles: true })); };
          write(strength, "He refused to write.");
          await new Promise((later) => { setTimeout(later, pause); });
          write(goal, "By May 22, June will write a story.");
        }""",
        pause,
    )
    expect(page.locator(".practice-mirror mark")).to_have_text(["refused"])
    expect(page.locator(".practice-live").nth(1)).to_contain_text("By May 22")


def test_a_weak_try_gets_what_is_good_and_one_next_step(bench: Bench, make: Make, store: AnswerStore) -> None:
    page = bench.open(make("rewrite")).page
    page.get_by_label("Your version").fill("Refused to participate in group work, even with sentence starters.")
    page.get_by_role("button", name="Check").click()
    feedback = page.locator(".practice-feedback")
    expect(feedback.get_by_role("heading", name="One next step")).to_be_visible()
    expect(page.locator(".practice-examples")).to_be_hidden()
    expect(page.locator(".practice-status")).to_contain_text("Saved")
    assert store.get("t-refused") == "Refused to participate in group work, even with sentence starters."
    page.get_by_text("What was looked for").click()
    expect(feedback.locator(".practice-criteria li")).to_have_count(4)
    page.get_by_role("button", name="Show an example").click()
    expect(page.locator(".practice-examples li")).to_have_count(2)
    expect(page.get_by_role("button", name="Show an example")).to_be_hidden()


def test_a_good_try_is_told_why_and_leads_on(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.get_by_label("Your version").fill(GOOD)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="This works")).to_be_visible()
    expect(page.locator(".practice-takeaway")).to_contain_text("guesses at a motive")
    expect(page.locator(".practice-examples li")).to_have_text(["Maya joins group work with sentence starters."])
    expect(page.get_by_role("button", name="Statement 1, done")).to_be_visible()
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.get_by_role("heading", name="Subtraction")).to_be_focused()
    expect(page.get_by_text("Statement 2 of 2")).to_be_visible()
    expect(page.get_by_role("button", name="Next", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Previous").click()
    expect(page.get_by_label("Your version")).to_have_value(GOOD)
    expect(page.get_by_role("heading", name="This works")).to_be_visible()


def test_feedback_says_when_the_answer_has_changed_since(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.get_by_label("Your version").fill("Refused again.")
    page.get_by_role("button", name="Check").click()
    note = page.get_by_text("You changed your answer since this feedback.")
    expect(page.locator(".practice-feedback")).to_be_visible()
    expect(note).to_be_hidden()
    page.get_by_label("Your version").press_sequentially(" Now")
    expect(note).to_be_visible()


def test_a_hint_comes_and_goes(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    button = page.get_by_role("button", name="Hint")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(page.get_by_text("When did Maya take part?")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(page.get_by_text("When did Maya take part?")).to_be_hidden()
    page.get_by_role("button", name="Next", exact=True).click()
    expect(button).to_be_hidden()


def test_starting_over_can_be_undone(bench: Bench, make: Make, store: AnswerStore) -> None:
    page = bench.open(make("rewrite")).page
    box = page.get_by_label("Your version")
    box.fill("Refused, in my own words.")
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Start over").click()
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    expect(page.locator(".practice-feedback")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(box).to_have_value("Refused, in my own words.")
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    page.wait_for_timeout(1200)
    assert store.get("t-refused") == "Refused, in my own words."


@pytest.mark.parametrize(("choice", "right"), [("Big growth", False), ("Continue to grow", True)])
def test_a_choice_is_explained_whether_right_or_wrong(bench: Bench, make: Make, choice: str, right: bool) -> None:
    page = bench.open(make("classify")).page
    group = page.get_by_role("group", name="What do the data show?")
    expect(group.get_by_role("radio")).to_have_count(4)
    group.get_by_role("radio", name=choice).check()
    page.get_by_role("button", name="Check").click()
    feedback = page.locator(".practice-feedback")
    expect(feedback).to_have_attribute("data-right", str(right).lower())
    expect(feedback.get_by_role("heading", name="The numbers")).to_be_visible()
    expect(feedback).to_contain_text("24")
    expect(page.get_by_role("button", name="Student 1, done")).to_have_count(int(right))


def test_a_wrong_choice_may_be_tried_again(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    page.get_by_role("radio", name="Big growth").check()
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("input:checked")).to_have_count(0)
    expect(page.get_by_role("radio", name="Big growth")).to_be_focused()
    expect(page.locator(".practice-feedback")).to_be_hidden()


def test_checking_without_an_answer_asks_for_one(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Choose one of the categories first.")).to_be_visible()


def test_the_chart_has_its_numbers_in_words(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    expect(page.get_by_role("img", name="Ana: Reading aloud")).to_be_visible()
    page.get_by_text("The numbers as a table").click()
    table = page.get_by_role("table", name="Ana: Reading aloud")
    expect(table.get_by_role("row", name="Target 80")).to_be_visible()


def test_the_numbers_of_a_chart_fit_a_phone(bench: Bench, store: AnswerStore) -> None:
    page = bench.page
    page.set_viewport_size({"width": 320, "height": 800})
    bench.open(ClassifyWidget(content.activity_set("09-before-the-meeting"), store))
    page.get_by_text("The numbers as a table").click()
    beyond = page.locator(".practice-table").evaluate("(table) => table.scrollWidth - table.clientWidth")
    assert beyond == 0


def test_a_reflection_counts_kindly_and_is_kept(bench: Bench, make: Make, store: AnswerStore) -> None:
    page = bench.open(make("reflection")).page
    box = page.get_by_label("What would you write now?")
    expect(page.get_by_text("About 6 words give a reader enough to go on.")).to_be_visible()
    box.fill("Two words")
    expect(page.get_by_text("2 words so far.")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="If you have a moment")).to_be_visible()
    box.fill("I would name the support that helps.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="If you have a moment")).to_be_hidden()
    assert store.get("t-think") == "I would name the support that helps."


@pytest.mark.parametrize(("kind", "words"), [("rewrite", "This works"), ("classify", "What the data say")])
def test_a_graded_item_is_saved_without_a_verdict(
    bench: Bench, make: Make, store: AnswerStore, kind: str, words: str
) -> None:
    page = bench.open(make(kind, graded=True)).page
    if kind == "rewrite":
        page.get_by_label("Your version").fill(GOOD)
    else:
        page.get_by_role("radio", name="Continue to grow").check()
    page.get_by_role("button", name="Save answer").click()
    expect(page.locator(".practice-status")).to_contain_text("Saved")
    expect(page.get_by_text(words)).to_have_count(0)
    expect(page.locator(".practice-feedback")).to_be_hidden()
    assert store.read()


def test_a_learners_text_is_never_taken_as_markup(bench: Bench, make: Make) -> None:
    widget = make("rewrite")
    page = bench.open(widget).page
    page.get_by_label("Your version").fill("<img src=x onerror='window.hurt = 1'> Maya refused <b>again</b>")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".practice-feedback")).to_be_visible()
    expect(page.locator("#here img, #here .practice-live b")).to_have_count(0)
    assert page.evaluate("window.hurt") is None
