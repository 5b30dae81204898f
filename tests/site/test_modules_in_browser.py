"""Each module of the browser edition: it opens, and all its practice answers with the installed edition's own words."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from browser_site import Visitor
from by_mouse import answers_to, give, practice_called, shown
from harness import Bench
from playwright.sync_api import Locator, Page

from iep_training import content, practice
from iep_training.widgets.own_data import OwnData

pytestmark = [pytest.mark.site, pytest.mark.browser]

MODULES = [module.notebook for module in content.modules()]
SOON = 20  # seconds for the last reading of a text to arrive


@pytest.fixture
def bench(page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The installed edition's practice on a page of its own, its files in a fresh folder."""
    monkeypatch.chdir(tmp_path)
    return Bench(page)


def calls_in(notebook: str) -> list[tuple[str, str]]:
    """What the cells of a module show, in order: ("practice", its id), ("own_data", "")..."""
    tree = json.loads((content.course_folder() / "modules" / notebook).read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in tree["cells"] if cell["cell_type"] == "code"]
    return [(found[1], found[2] or "") for text in code if (found := re.search(r'(\w+)\((?:"([^"]+)")?\)\s*$', text))]


@pytest.mark.parametrize("notebook", MODULES)
def test_every_kind_of_practice_answers_as_the_installed_edition_does(visitor: Visitor, bench: Bench, notebook: str):
    tab = visitor.open(notebook)
    kinds = set()
    for call, name in calls_in(notebook):
        if call == "own_data":
            same_with_own_data(tab, bench)
        elif call == "my_draft":
            what_was_built_is_in_the_draft(tab)
        elif call == "practice":
            chosen = content.activity_set(name)
            if chosen.kind not in kinds or chosen.kind == "build":
                same_with_practice(tab, bench, name)
            kinds.add(chosen.kind)
    assert kinds
    look_for_failures(tab)
    assert visitor.outside.asked == []


def same_with_practice(tab: Page, bench: Bench, name: str) -> None:
    chosen = content.activity_set(name)
    there = practice_called(tab, chosen.title)
    here = bench.open(practice(name)).page.locator(".practice")
    for answer in answers_to(chosen.activities[0]):
        for card in (here, there):
            give(card, chosen.activities[0], answer)
        expect_same(there, here)


def same_with_own_data(tab: Page, bench: Bench) -> None:
    installed = OwnData()
    installed.excel = False  # the one thing that the browser can't do, and its page says so
    bench.open(installed)
    pages = [practice_called(page, "Your own data") for page in (tab, bench.page)]
    saved = []
    for card in pages:
        card.get_by_text("What should the data look like?").click()
        card.get_by_role("button", name="Try it with an example class").click()
        card.locator(".own-link").first.click()
        card.locator(".own-student .practice-chart svg").wait_for()
        card.get_by_role("button", name="Save the summary").click()
        files = []
        for words in ("Download the page to print", "Download the table"):
            with card.page.expect_download() as download:
                card.get_by_role("link", name=words).click()
            files.append(download.value.path().read_bytes())
        saved.append(files)
    assert saved[0] == saved[1]
    expect_same(*pages)


def what_was_built_is_in_the_draft(tab: Page) -> None:
    activity = content.activity_set("10-iep").activities[0]
    built = activity.strong[0]
    student = next(case.name for case in activity.cases if case.id == built["case"])
    draft = practice_called(tab, "My IEP draft")
    draft.get_by_role("button", name="Look again at what I wrote").click()
    draft.get_by_text(student).first.wait_for()
    if (one_of_several := draft.get_by_role("button", name=student)).count():
        one_of_several.click()
    draft.locator(".practice-quoted").filter(has_text=built["abilities"]).first.wait_for()
    assert draft.get_by_role("button", name="Plain text", exact=True).count() == 1
    assert draft.get_by_role("button", name="Word", exact=True).count() == 0, "Word files can't be made in a browser"


def expect_same(there: Locator, here: Locator) -> None:
    """Expect two pages to show the same, once the last reading of a text has arrived on both."""
    patience = time.monotonic() + SOON
    while shown(there) != shown(here) and time.monotonic() < patience:
        there.page.wait_for_timeout(50)
    assert shown(there) == shown(here)


def look_for_failures(tab: Page) -> None:
    for words in ("Traceback", "could not be shown"):
        assert tab.get_by_text(words).count() == 0
    for kind in ("error", "stderr"):
        assert tab.locator(f'[data-mime-type="application/vnd.jupyter.{kind}"]').count() == 0
