"""No word is lost: saving while typing, a kernel that dies, a page opened again, two windows, a folder that refuses."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from harness import Bench
from playwright.sync_api import expect

from iep_training.answers import AnswerStore

pytestmark = pytest.mark.browser

Make = Callable[..., Any]


def eventually(bench: Bench, store: AnswerStore, id: str, answer: str) -> None:
    """Wait until the answer is on the disk, while the page goes on living."""
    end = time.monotonic() + 5
    while store.get(id) != answer and time.monotonic() < end:
        bench.page.wait_for_timeout(20)
    assert store.get(id) == answer


def test_text_is_saved_while_it_is_typed(bench: Bench, make: Make, store: AnswerStore) -> None:
    page = bench.open(make("rewrite")).page
    page.get_by_label("Your version").fill("Half a sen")
    expect(page.locator(".practice-status")).to_contain_text("Saved")
    assert store.get("t-refused") == "Half a sen"


def test_someone_who_never_pauses_is_saved_too(bench: Bench, make: Make, store: AnswerStore) -> None:
    page = bench.open(make("reflection")).page
    page.get_by_role("textbox").press_sequentially("word " * 12, delay=40)
    saves = page.evaluate("window.sent.filter((one) => one.type === 'save').map((one) => one.answer)")
    assert saves
    assert saves[0] != "word " * 12, "saved before the pause"


def test_leaving_the_box_saves_at_once(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.clock.install()
    page.get_by_label("Your version").fill("Half a sen")
    page.get_by_label("Your version").blur()
    page.wait_for_function("window.sent?.some((one) => one.type === 'save')")


def test_going_to_the_next_activity_saves_at_once(bench: Bench, make: Make, store: AnswerStore) -> None:
    page = bench.open(make("rewrite")).page
    page.get_by_label("Your version").fill("Half a sen")
    page.get_by_role("button", name="Next", exact=True).click()
    eventually(bench, store, "t-refused", "Half a sen")
    assert store.get("t-cannot") is None


def test_a_page_opened_again_shows_the_answer_and_when_it_was_saved(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    page.get_by_role("radio", name="Continue to grow").check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".practice-feedback")).to_be_visible()
    bench.open(make("classify"))
    expect(page.get_by_role("heading", name="Ben waits")).to_be_visible()
    page.get_by_role("button", name="Student 1, done").click()
    expect(page.get_by_role("radio", name="Continue to grow")).to_be_checked()
    expect(page.locator(".practice-feedback")).to_be_visible()
    expect(page.locator(".practice-status")).to_contain_text("Saved")


def test_an_answer_of_another_day_is_shown_with_its_day(bench: Bench, make: Make) -> None:
    widget = make("rewrite")
    widget.answers = {
        "t-refused": {"answer": "Old", "saved": "2025-03-09T15:42:00.000+00:00", "done": False, "feedback": None}
    }
    page = bench.open(widget).page
    expect(page.locator(".practice-status")).to_contain_text("Saved Mar 9")


def test_a_dead_kernel_is_told_within_five_seconds(bench: Bench, make: Make, store: AnswerStore) -> None:
    page = bench.open(make("rewrite")).page
    bench.die()
    page.evaluate(
        """() => {
          const watch = (event) => { window.typed = performance.now(); };
          document.querySelector("textarea").addEventListener("input", watch);
          new MutationObserver(() => { window.told ??= performance.now(); })
            .observe(document.querySelector("[role=alert]"), { childList: true });
        }"""
    )
    page.get_by_label("Your version").fill("Do not lose me")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Not saved", timeout=10_000)
    assert page.evaluate("window.told - window.typed") < 5000
    expect(alert).to_contain_text("Kernel menu")
    expect(page.locator(".practice-status")).to_have_text("Not saved")
    expect(page.get_by_label("Your version")).to_have_value("Do not lose me")
    assert store.read() == {}


def test_saving_again_works_when_the_kernel_is_back(bench: Bench, make: Make, store: AnswerStore) -> None:
    page = bench.open(make("rewrite")).page
    page.clock.install()
    bench.die()
    page.get_by_label("Your version").fill("Do not lose me")
    page.clock.run_for(6000)
    bench.revive()
    page.get_by_role("button", name="Save again").click()
    expect(page.locator(".practice-status")).to_contain_text("Saved")
    expect(page.get_by_role("alert")).to_be_empty()
    expect(page.get_by_label("Your version")).to_be_focused()
    assert store.get("t-refused") == "Do not lose me"


def test_a_restarted_kernel_finds_the_text_that_was_not_saved(bench: Bench, make: Make, store: AnswerStore) -> None:
    page = bench.open(make("rewrite")).page
    bench.die()
    page.get_by_label("Your version").fill("Typed while the kernel was dead")
    bench.open(make("rewrite"))
    expect(page.get_by_label("Your version")).to_have_value("Typed while the kernel was dead")
    eventually(bench, store, "t-refused", "Typed while the kernel was dead")
    expect(page.locator(".practice-status")).to_contain_text("Saved")
    assert page.evaluate("sessionStorage.length") == 0, "nothing stays behind in the browser once it is saved"


def test_a_slow_kernel_is_believed_when_it_answers_at_last(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.evaluate("() => { window.delay = () => 5000; }")
    page.get_by_label("Your version").fill("Patience")
    expect(page.get_by_role("alert")).to_contain_text("Not saved", timeout=10_000)
    expect(page.get_by_role("alert")).to_be_empty(timeout=10_000)
    expect(page.locator(".practice-status")).to_contain_text("Saved")


def test_a_confirmation_of_older_text_does_not_pass_for_the_newer(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.get_by_label("Your version").fill("First")
    expect(page.locator(".practice-status")).to_contain_text("Saved")
    page.evaluate("() => { window.delay = ({ answer }) => (answer === 'Second' ? 2500 : 0); }")
    page.get_by_label("Your version").fill("Second")
    page.wait_for_function("window.sent.some((one) => one.type === 'save' && one.answer === 'Second')")
    bench.die()
    page.get_by_label("Your version").fill("Third")
    expect(page.get_by_role("alert")).to_contain_text("Not saved", timeout=8000)
    page.wait_for_timeout(500)
    expect(page.locator(".practice-status")).to_have_text("Not saved")


def test_a_line_that_is_cut_is_told_at_once(bench: Bench, make: Make) -> None:
    page = bench.open(make("rewrite")).page
    page.evaluate("() => { window.model.send = () => { throw new Error('Kernel is dead'); }; }")
    page.get_by_label("Your version").fill("Do not lose me")
    expect(page.get_by_role("alert")).to_contain_text("Not saved", timeout=2500)


def test_a_check_without_a_kernel_is_told_too(bench: Bench, make: Make) -> None:
    page = bench.open(make("classify")).page
    page.clock.install()
    bench.die()
    page.get_by_role("radio", name="Big growth").check()
    page.get_by_role("button", name="Check").click()
    page.clock.run_for(4500)
    expect(page.get_by_role("alert")).to_contain_text("Not saved")
    expect(page.get_by_role("radio", name="Big growth")).to_be_checked()


def test_a_folder_that_refuses_is_told_and_feedback_still_comes(bench: Bench, make: Make, store: AnswerStore) -> None:
    page = bench.open(make("rewrite")).page
    folder, store.folder = store.folder, store.folder / "gone"
    page.get_by_label("Your version").fill("Refused.")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_contain_text("Your answer is NOT saved")
    expect(page.get_by_role("heading", name="One next step")).to_be_visible()
    store.folder = folder
    page.get_by_role("button", name="Save again").click()
    expect(page.get_by_role("alert")).to_be_empty()
    eventually(bench, store, "t-refused", "Refused.")


def test_what_another_window_saved_is_shown(bench: Bench, make: Make) -> None:
    widget = make("rewrite")
    page = bench.open(widget).page
    widget.handle({"seq": 1, "type": "save", "id": "t-refused", "answer": "From the other window"})
    page.evaluate("(answers) => window.model.take({ answers })", widget.answers)
    expect(page.get_by_label("Your version")).to_have_value("From the other window")


def test_what_another_window_saved_does_not_wipe_what_is_being_typed(bench: Bench, make: Make) -> None:
    widget = make("rewrite")
    page = bench.open(widget).page
    page.clock.install()
    page.get_by_label("Your version").fill("Being typed")
    widget.handle({"seq": 1, "type": "save", "id": "t-refused", "answer": "From the other window"})
    page.evaluate("(answers) => window.model.take({ answers })", widget.answers)
    expect(page.get_by_label("Your version")).to_have_value("Being typed")


@pytest.mark.parametrize(("press", "kept"), [("Take the other", "From the other window"), ("Keep mine", "Being typed")])
def test_when_two_windows_differ_both_texts_are_there_to_choose(
    bench: Bench, make: Make, store: AnswerStore, press: str, kept: str
) -> None:
    page = bench.open(make("rewrite")).page
    make("rewrite").handle({"seq": 1, "type": "save", "id": "t-refused", "answer": "From the other window"})
    page.get_by_label("Your version").fill("Being typed")
    box = page.locator(".practice-trouble").get_by_text("Another window had a different answer here")
    expect(box).to_be_visible()
    expect(page.locator(".practice-quoted")).to_have_text("From the other window")
    assert bench.problems() == []
    page.get_by_role("button", name=press).click()
    expect(box).to_be_hidden()
    expect(page.get_by_label("Your version")).to_have_value(kept)
    eventually(bench, store, "t-refused", kept)


def test_saved_answers_that_cannot_be_read_are_announced(bench: Bench, make: Make, store: AnswerStore) -> None:
    (store.folder / "answers.json").write_text('{"version": 9, "answers": {}}', encoding="utf-8")
    page = bench.open(make("rewrite")).page
    expect(page.get_by_text("newer version of the course")).to_be_visible()


def test_a_browser_that_forbids_storage_still_saves(bench: Bench, make: Make, store: AnswerStore) -> None:
    page = bench.page
    page.add_init_script("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('forbidden'); } })")
    bench.open(make("rewrite"))
    page.get_by_label("Your version").fill("Saved all the same")
    eventually(bench, store, "t-refused", "Saved all the same")
