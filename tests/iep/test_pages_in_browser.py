"""The pages in a real browser: readable by everyone, on a phone, in the dark and on both sizes of paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from building import build_answers
from room import learner, models
from small_course import answers_to, saved

from iep_training.answers import AnswerStore
from iep_training.iep import before_after, course_map, group, record, workshop_page
from iep_training.iep.export_html import to_html
from iep_training.iep.page import document
from iep_training.iep.store import DraftStore

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("course")]


def draft_page(folder: Path) -> str:
    for activity, answer in build_answers("June, grade 4").items():
        AnswerStore(folder).save(activity, answer)
    store = DraftStore(folder)
    store.edit("June", "supports.who", "x" * 400 + "\nقالت جدتها إنها تحب القصص")
    return to_html(store.draft("June"))


def record_page(folder: Path) -> str:
    answers = answers_to("02_no_cant_in_ieps") | answers_to("05_recognizing_growth")
    return record.to_html(record.record(saved(answers), "Zoë Ortiz", date(2026, 11, 21)))


def start_page(folder: Path) -> str:
    """The course map and the comparison, which the course shows inside its own pages."""
    store = AnswerStore(folder)
    store.save("02-refused", "x")
    compared = before_after.compare(learner(1, models()), before_after.task())
    return document(
        "My course", "<h1>My course</h1><h2>Where I am</h2>", course_map.draw(store) + before_after.draw(compared)
    )


def workshop(folder: Path) -> str:
    known = models()
    return workshop_page.to_html(group.picture(learner(number, known) for number in range(30)))


@pytest.mark.parametrize("make", [draft_page, record_page, start_page, workshop], ids=lambda make: make.__name__)
def test_a_page_suits_every_reader(make, browser: Browser, tmp_path: Path, screenshots: Path | None) -> None:
    (tmp_path / "work").mkdir()
    file = tmp_path / "page.html"
    file.write_text(make(tmp_path / "work"), encoding="utf-8")
    for width, scheme, contrast in ((1000, "light", "none"), (1000, "dark", "none"), (320, "light", "active")):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            forced_colors=contrast,
        )
        page = context.new_page()
        requests: list[str] = []
        page.on("request", lambda request, requests=requests: requests.append(request.url))
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert requests == [file.as_uri()]
        found = Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
        if screenshots:
            page.screenshot(path=screenshots / f"{make.__name__}-{width}-{scheme}.png", full_page=True)
            if width > 320 and scheme == "light":
                for paper in ("A4", "Letter"):
                    page.pdf(path=screenshots / f"{make.__name__}-{paper}.pdf", format=paper)
        context.close()
