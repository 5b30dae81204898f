"""A teacher builds a whole IEP draft through the modules, with clicks and keys, and takes it away in three forms."""

from __future__ import annotations

import html
import io
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest
from by_keyboard import write
from playwright.sync_api import Locator, Page, expect
from sitting import Sitting, learn

from iep_training import content
from iep_training.iep.template import templates
from iep_training.model import Build

pytestmark = [pytest.mark.browser, pytest.mark.server]

READY = "Practice is ready."
WRITTEN = tomllib.loads((Path(__file__).parent / "one_student.toml").read_text(encoding="utf-8"))
BUILDERS = {name: boxes for name, boxes in WRITTEN.items() if name != "draft"}


def write_in(page: Page, course: Sitting, builder: str, boxes: Mapping[str, str]) -> None:
    """Open the builder's module, write in its boxes from one to the next, and check them."""
    found = content.activity_set(builder)
    activity = found.activities[0]
    assert isinstance(activity, Build)
    page.goto(course.page(boxes["module"]))
    expect(page.get_by_text(READY)).to_be_visible(timeout=30_000)
    card = page.locator(".practice").filter(has=page.get_by_role("heading", name=activity.title, exact=True))
    for place, field in enumerate(activity.fields):
        card.locator(".practice-field textarea").nth(place).click()
        write(page, boxes[field.id])
    card.get_by_role("button", name="Check", exact=True).click()
    told = card.locator(".practice-feedback")
    expect(told).to_be_visible()
    assert told.get_attribute("data-right") == "true", told.inner_text()
    expect(card.locator(".practice-status")).to_have_text(re.compile(r"^Saved \d"))


def take(draft: Locator, words: str) -> tuple[str, bytes]:
    """The name and content of the file behind this button."""
    with draft.page.expect_download() as download:
        draft.get_by_role("button", name=words, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def words_of(word_file: bytes) -> str:
    """Everything a Word file says, the cells of its tables included."""
    document = docx.Document(io.BytesIO(word_file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_what_was_built_in_six_modules_is_one_draft_to_take_away(
    page: Page, tmp_path: Path, screenshots: Path | None
) -> None:
    with learn(tmp_path) as course:
        for builder, boxes in BUILDERS.items():
            write_in(page, course, builder, boxes)
        page.goto(course.page("10_capstone"))
        expect(page.get_by_text(READY)).to_be_visible(timeout=30_000)
        draft = page.get_by_role("region", name="My IEP draft")
        expect(draft.get_by_role("heading", name="Rhea, grade 6")).to_be_visible()
        for part, text in WRITTEN["draft"].items():
            draft.locator(f'[data-part="{part.replace("-", ".")}"]').click()
            write(page, text)
            draft.get_by_role("button", name="Keep", exact=True).click()
            expect(draft.get_by_text(text)).to_be_visible()
        assert draft.get_by_text("Not written yet.").count() == 0
        files = dict(take(draft, words) for words in ("Word", "Web page", "Plain text"))
    if screenshots:
        for name, content_of in files.items():
            (screenshots / name).write_bytes(content_of)
    assert sorted(files) == ["iep-draft-rhea.docx", "iep-draft-rhea.html", "iep-draft-rhea.md"]
    said = {
        "Word": words_of(files["iep-draft-rhea.docx"]),
        "page": html.unescape(files["iep-draft-rhea.html"].decode()),
        "text": files["iep-draft-rhea.md"].decode(),
    }
    parts = [part for section in templates()[0].sections for part in section.parts]
    written = [BUILDERS[one.activity][one.field] for part in parts for one in part.sources]
    written += WRITTEN["draft"].values()
    for form, words in said.items():
        assert [text for text in written if text not in words] == [], form
