"""What a screen reader is told: once, after a pause, and by names that make sense."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from harness import LISTEN, Bench
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

Make = Callable[..., Any]


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
    page.get_by_label("Your version").press_sequentially("Maya refused to join the group.", delay=30)
    page.wait_for_function("window.heard.length")
    page.wait_for_timeout(1000)
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
