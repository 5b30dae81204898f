"""The last page of the course on a phone: a teacher's growth stands there whole, by day and by night."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sitting import learn

from iep_training import content
from iep_training.answers import AnswerStore

pytestmark = [pytest.mark.browser, pytest.mark.server]

TASK = content.course_folder() / "activities" / "00_before_and_after.toml"
TOO_WIDE = """() => [...document.querySelectorAll("td, th")]
  .filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.innerText)"""


def test_growth_is_not_shut_in_a_box_and_follows_the_night(
    browser: Browser, tmp_path: Path, screenshots: Path | None
) -> None:
    folder = tmp_path / "iep-training"
    folder.mkdir()
    for one in content.load_sets(TASK):
        for activity in one.activities:
            AnswerStore(folder).save(activity.id, activity.strong[0])
    context = browser.new_context(viewport={"width": 390, "height": 800}, color_scheme="dark", reduced_motion="reduce")
    page = context.new_page()
    with learn(tmp_path) as course:
        page.goto(course.page("10_capstone"))
        expect(page.get_by_text("Practice is ready.")).to_be_visible(timeout=60_000)
        growth = page.get_by_role("heading", name="Before and after")
        growth.scroll_into_view_if_needed()
        expect(growth).to_be_visible()
        expect(page.locator(".jp-mod-outputsScrolled")).to_have_count(0)
        assert page.evaluate(TOO_WIDE) == []
        expect(page.locator('body[data-jp-theme-light="false"]')).to_have_count(1)
        if screenshots:
            page.screenshot(path=screenshots / "my-growth-390-dark.png")
    context.close()
