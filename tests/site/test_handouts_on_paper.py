"""The handouts as they leave the printer: two sheets at most, with margins and room to write."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iep_training import content
from iep_training.site import pages
from iep_training.site.places import site_folder

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
HANDOUTS = [path.stem for path in sorted((content.course_folder() / "facilitator").glob("*_handout.md"))]
LETTER_WIDTH = 816  # pixels, as a page of Letter paper is laid out
# How high the lowest line to write on is, in millimeters.
ROOM = "() => Math.min(...[...document.querySelectorAll('.write')].map((cell) => cell.offsetHeight)) / 96 * 25.4"


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's own pages, as they lie on the server."""
    site = tmp_path_factory.mktemp("site")
    shutil.copytree(site_folder() / "static", site, dirs_exist_ok=True)
    pages.write(site, [], megabytes=30)
    return site / "guides"


@pytest.mark.parametrize("name", HANDOUTS)
def test_a_handout_is_two_sheets_with_room_to_write(
    name: str, guides: Path, page: Page, screenshots: Path | None
) -> None:
    page.goto((guides / f"{name}.html").as_uri())
    for paper in ("A4", "Letter"):
        printed = page.pdf(format=paper, prefer_css_page_size=False)
        assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") <= 2, paper
        if screenshots:
            (screenshots / f"{name}-{paper}.pdf").write_bytes(printed)
    page.set_viewport_size({"width": LETTER_WIDTH, "height": 1056})
    page.emulate_media(media="print")
    assert page.evaluate(ROOM) >= 8
    assert page.evaluate("document.documentElement.scrollWidth") <= LETTER_WIDTH
