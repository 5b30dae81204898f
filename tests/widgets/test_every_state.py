"""No state of any kind of activity has a barrier: in light, dark and forced colors, wide and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import Bench
from playwright.sync_api import expect
from states import KINDS, STATES, right, typing
from views import barriers

pytestmark = pytest.mark.browser

Make = Callable[..., Any]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("kind", KINDS)
def test_no_state_has_a_barrier(
    bench: Bench, make: Make, kind: str, state: Callable[..., None], screenshots: Path | None
) -> None:
    state(KINDS[kind], bench, make)
    assert barriers(bench, f"{kind}-{state.__name__}", screenshots) == []


def test_a_graded_item_has_no_barrier(bench: Bench, make: Make, screenshots: Path | None) -> None:
    page = bench.open(make("rewrite", graded=True)).page
    page.get_by_label("Your version").fill("Maya joins in.")
    page.get_by_role("button", name="Save answer").click()
    expect(page.locator(".practice-status")).to_contain_text("Saved")
    assert barriers(bench, "graded", screenshots) == []


def test_two_windows_that_differ_make_no_barrier(bench: Bench, make: Make, screenshots: Path | None) -> None:
    page = bench.open(make("rewrite")).page
    make("rewrite").handle({"seq": 1, "type": "save", "id": "t-refused", "answer": "From the other window"})
    page.get_by_label("Your version").fill("Being typed")
    expect(page.get_by_text("Another window had a different answer here").first).to_be_visible()
    assert barriers(bench, "two-windows", screenshots) == []


def test_forced_colors_keep_the_underlining(bench: Bench, make: Make) -> None:
    page = bench.page
    page.emulate_media(forced_colors="active")
    typing(KINDS["rewrite"], bench, make)
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


@pytest.mark.parametrize("kind", KINDS)
def test_letters_of_double_size_fit(bench: Bench, make: Make, kind: str, screenshots: Path | None) -> None:
    """200% zoom of a 1280 px window leaves 640 px; a larger browser font on a phone is the harder case."""
    page = bench.page
    right(KINDS[kind], bench, make)
    page.set_viewport_size({"width": 390, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    bench.picture(screenshots, f"{kind}-double-size-390")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
