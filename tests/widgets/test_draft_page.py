"""The IEP draft on its page: read, changed, taken back and taken away."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import Bench
from playwright.sync_api import Page, expect
from views import barriers

from iep_training import my_draft, my_record
from iep_training.answers import AnswerStore
from iep_training.widgets.draft_page import DraftPage

GOAL = "By May 22, given a story map, June will write a story of 60 words on 4 of 5 weekly prompts."


@pytest.fixture
def learner(tmp_path: Path) -> Path:
    store = AnswerStore(tmp_path)
    store.save("03-strengths-finder", {"name": "June, grade 4", "abilities": "Tells a story <b>aloud</b>."})
    store.save("06-goal", {"name": "June, grade 4", "whole": GOAL})
    return tmp_path


def ask(folder: Path, **message: Any) -> dict[str, Any]:
    return DraftPage(folder).handle({"seq": 1, **message})


def texts(reply: dict[str, Any]) -> dict[str, str]:
    return {part["id"]: part["text"] for section in reply["drafts"][0]["sections"] for part in section["parts"]}


def test_what_the_modules_hold_stands_in_the_draft(learner: Path) -> None:
    reply = ask(learner, type="open")
    assert reply["drafts"][0]["heading"].endswith("June, grade 4")
    assert GOAL in texts(reply).values()
    assert reply["drafts"][0]["notes"]


def test_a_change_is_kept_and_can_be_taken_back(learner: Path) -> None:
    part = next(name for name, text in texts(ask(learner, type="open")).items() if text == GOAL)
    assert texts(ask(learner, type="edit", student="june", part=part, text="Mine"))[part] == "Mine"
    assert texts(ask(learner, type="open"))[part] == "Mine"
    assert texts(ask(learner, type="undo", student="june", part=part))[part] == GOAL
    assert AnswerStore(learner).get("06-goal")["whole"] == GOAL


@pytest.mark.parametrize(("ending", "begins"), [("docx", b"PK"), ("html", b"<!doctype"), ("md", b"#")])
def test_the_draft_is_taken_away_as_a_file(learner: Path, ending: str, begins: bytes) -> None:
    file = ask(learner, type="file", student="june", ending=ending)["file"]
    assert file["name"] == f"iep-draft-june.{ending}"
    assert base64.b64decode(file["content"]).startswith(begins)


@pytest.mark.parametrize(
    "message",
    [{}, {"type": "x"}, {"type": "edit", "student": "no one"}, {"type": "file", "student": "june", "ending": "exe"}],
    ids=range(4),
)
def test_a_message_that_makes_no_sense_is_answered_in_plain_words(learner: Path, message: dict[str, Any]) -> None:
    assert ask(learner, **message)["trouble"]
    assert DraftPage(learner).handle(None)["trouble"]


def test_what_a_learner_has_made_is_shown_from_the_first_day_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "No module is done yet" in my_record().html
    assert repr(my_draft()) == "My IEP draft"


def test_a_record_can_be_kept_once_a_module_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from iep_training import content

    monkeypatch.chdir(tmp_path)
    for one in content.load_sets(content.course_folder() / "activities" / "05_recognizing_growth.toml"):
        for activity in one.activities:
            AnswerStore().save(activity.id, activity.strong[0])
    assert 'download="record-of-completion.html"' in my_record().html


def nothing_yet(bench: Bench, folder: Path) -> None:
    bench.open(DraftPage(folder / "empty"))
    expect(bench.page.get_by_text("Nothing is written yet.")).to_be_visible()


def reading(bench: Bench, folder: Path) -> None:
    bench.open(DraftPage(folder))
    bench.page.get_by_text("Worth a second look").click()


def writing(bench: Bench, folder: Path) -> None:
    bench.open(DraftPage(folder))
    bench.page.get_by_role("button", name="Change:").first.click()
    bench.page.get_by_role("textbox").fill("Call Maya Johnson at (555) 234-9876.")
    expect(bench.page.locator(".practice-caution li")).to_have_count(2)


def changed(bench: Bench, folder: Path) -> None:
    bench.open(DraftPage(folder))
    bench.page.get_by_role("button", name="Change:").first.click()
    bench.page.get_by_role("textbox").fill("Tells a story aloud and draws it.")
    bench.page.get_by_role("button", name="Keep").click()
    expect(bench.page.get_by_role("button", name="Undo my change")).to_be_visible()


def refused(bench: Bench, folder: Path) -> None:
    reading(bench, folder)
    (folder / "drafts.json").write_text('{"version": 9, "answers": {}}', encoding="utf-8")
    bench.page.get_by_role("button", name="Look again at what I wrote").click()
    expect(bench.page.get_by_role("alert")).to_contain_text("newer version")


def disconnected(bench: Bench, folder: Path) -> None:
    reading(bench, folder)
    bench.page.clock.install()
    bench.die()
    bench.page.get_by_role("button", name="Look again at what I wrote").click()
    bench.page.clock.run_for(6000)
    expect(bench.page.get_by_role("alert")).to_contain_text("Not saved")
    bench.page.clock.resume()


@pytest.mark.browser
@pytest.mark.parametrize(
    "state", [nothing_yet, reading, writing, changed, refused, disconnected], ids=lambda state: state.__name__
)
def test_no_state_has_a_barrier(
    page: Page, learner: Path, state: Callable[[Bench, Path], None], screenshots: Path | None
) -> None:
    bench = Bench(page)
    (learner / "empty").mkdir()
    state(bench, learner)
    assert barriers(bench, f"draft-{state.__name__}", screenshots) == []
    assert bench.errors == []


@pytest.mark.browser
@pytest.mark.parametrize("here", [True, False], ids=["here", "not_here"])
def test_word_is_offered_only_where_word_files_can_be_made(
    page: Page, learner: Path, monkeypatch: pytest.MonkeyPatch, here: bool
) -> None:
    if not here:
        monkeypatch.setattr("iep_training.widgets.draft_page.find_spec", lambda _: None)
    bench = Bench(page).open(DraftPage(learner))
    expect(page.get_by_role("button", name="Web page", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Word", exact=True)).to_have_count(int(here))
    assert bench.errors == []


@pytest.mark.browser
def test_a_part_is_changed_by_keyboard(page: Page, learner: Path) -> None:
    bench = Bench(page)
    bench.open(DraftPage(learner))
    page.get_by_role("button", name="Change:").first.press("Enter")
    box = page.get_by_role("textbox")
    expect(box).to_be_focused()
    box.fill("Tells a story aloud and draws it.")
    page.get_by_role("button", name="Keep").press("Enter")
    expect(page.get_by_text("Tells a story aloud and draws it.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo my change")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Plain text").press("Enter")
    assert download.value.suggested_filename == "iep-draft-june.md"
    assert bench.errors == []
