""" "Your own data" on a page: every state, by keyboard, for screen readers, on a phone, and with a dead kernel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import Bench
from playwright.sync_api import Page, expect
from views import barriers

from iep_training.widgets.own_data import OwnData

pytestmark = pytest.mark.browser

State = Callable[[Bench], None]

WIDE = "id,baseline,target,current,direction\nMaya Torres,20,68,50,\nBo,10,2,1O,decrease\n<b>Cy</b>,5,25,7,\nCy,5,9,\n"
UNKNOWN = "kid,wk,words\n" + "".join(f"Ana,{week},{score}\n" for week, score in enumerate((10, 11, 12, 30, 31, 32), 1))
# The third score is of the baseline, but marked as another phase; the fifth is not marked at all.
PHASES = (
    "id,week,score,phase,target\nAna,1,20,baseline,56\nAna,2,30,A,56\nAna,3,40,suport,56\nAna,4,41,B,56\n"
    "Ana,5,43,,56\nAna,6,42,B,56\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def choose(page: Page, text: str, name: str = "class.csv") -> None:
    page.get_by_label("Choose a CSV or Excel file").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": text.encode()}
    )


def empty(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    page.get_by_text("Or paste cells").click()
    page.get_by_text("What should the data look like?").click()


def read(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    choose(page, WIDE)
    expect(page.get_by_role("heading", name="2. How it was read")).to_be_focused()
    page.get_by_text("Columns: look or change").click()


def mapping(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    choose(page, UNKNOWN)
    expect(page.get_by_text("no column is named")).to_be_visible()


def student(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    page.get_by_text("What should the data look like?").click()
    page.get_by_role("button", name="Try it with an example class").click()
    page.get_by_role("button", name="Ngozi").click()
    expect(page.get_by_role("heading", name="Ngozi", level=3)).to_be_focused()
    page.get_by_text("The numbers as a table").click()


def correcting(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    choose(page, WIDE)
    page.get_by_role("button", name="Bo").click()
    page.get_by_text("Correct a number").click()
    page.locator(".own-student").get_by_label("Score now").fill("1")
    page.get_by_role("button", name="Read it again").click()
    expect(page.locator(".own-category")).to_have_text("Big growth")
    page.get_by_text("Correct a number").click()


def phases(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    choose(page, PHASES)
    page.get_by_role("button", name="Ana").click()
    page.get_by_text("Correct a score, its phase").click()
    expect(page.get_by_role("group", name="Line 4").get_by_label("Phase")).to_have_value("suport")


def saved(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    choose(page, WIDE)
    page.get_by_role("button", name="Use initials").click()
    page.get_by_role("button", name="Save the summary").click()
    expect(page.get_by_role("link", name="Download the table")).to_be_visible()


def overview(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    choose(page, WIDE)
    page.get_by_text("Every chart on one page").click()
    expect(page.locator(".iep-overview svg")).to_have_count(4)


def unreadable(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    choose(page, "", "cat.csv")
    expect(page.get_by_role("alert").filter(has_text="cat.csv")).to_be_visible()


def dead(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    choose(page, WIDE)
    expect(page.get_by_role("button", name="Bo")).to_be_visible()
    page.clock.install()
    bench.die()
    page.get_by_role("button", name="Save the summary").click()
    page.clock.run_for(6000)
    expect(page.get_by_role("alert").filter(has_text="not answering")).to_be_visible()
    page.clock.resume()


STATES = (empty, read, mapping, student, correcting, phases, saved, overview, unreadable, dead)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_state_has_a_barrier(bench: Bench, state: State, screenshots: Path | None) -> None:
    state(bench)
    assert barriers(bench, f"own-{state.__name__}", screenshots) == []


FOCUS = """(() => {
  const one = document.activeElement;
  return one.labels?.[0]?.innerText || one.innerText.split("\\n")[0] || one.tagName;
})()"""


def test_everything_by_keyboard_alone(bench: Bench, folder: Path) -> None:
    page = bench.open(OwnData()).page

    def tab_to(words: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if str(page.evaluate(FOCUS)).startswith(words):
                return
        raise AssertionError(f"{words} can't be reached")

    tab_to("Choose a CSV")
    tab_to("Or paste cells")
    page.keyboard.press("Enter")
    tab_to("Cells")
    page.keyboard.insert_text(UNKNOWN.replace(",", "\t"))
    tab_to("Read these cells")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2. How it was read")).to_be_focused()
    for label, key in (("Student", "k"), ("Score", "words")):
        tab_to(label)
        page.keyboard.type(key)
    tab_to("Read it with these columns")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="3. What the data show")).to_be_visible()
    tab_to("Ana")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ana", level=3)).to_be_focused()
    tab_to("Correct a score")
    page.keyboard.press("Space")
    tab_to("Target")
    page.keyboard.type("50")
    page.keyboard.press("Enter")
    expect(page.locator(".own-category")).to_contain_text("Continue to grow")
    expect(page.get_by_role("heading", name="Ana", level=3)).to_be_focused()
    tab_to("Save the summary")
    page.keyboard.press("Space")
    expect(page.get_by_text("Saved beside this notebook")).to_be_visible()
    assert len(list(folder.iterdir())) == 2


def test_a_phase_is_corrected_by_keyboard_announced_and_kept(bench: Bench, folder: Path) -> None:
    phases(bench)
    page = bench.page
    phase = page.get_by_role("group", name="Line 4").get_by_label("Phase")
    assert phase.locator("option").all_inner_texts() == [
        "Not marked",
        "Baseline",
        "Support",
        "suport (support)",
    ]
    assert page.get_by_role("group", name="Line 3").get_by_label("Phase").locator(":checked").inner_text() == "Baseline"
    assert (
        page.get_by_role("group", name="Line 6").get_by_label("Phase").locator(":checked").inner_text() == "Not marked"
    )
    expect(page.get_by_text("All others count as scores with support, marked or not.")).to_be_visible()
    page.get_by_role("group", name="Line 4").get_by_label("Score").focus()
    page.keyboard.press("Tab")
    expect(phase).to_be_focused()
    page.keyboard.type("Base")
    expect(phase).to_have_value("baseline")
    page.get_by_role("button", name="Read it again").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ana", level=3)).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("Ana: Need more support to grow. Gained 12 of the 26 needed")
    expect(page.get_by_text("the phase, line 4 was “suport” and is now “baseline”.")).to_be_visible()
    page.get_by_role("button", name="Save the summary").click()
    expect(page.get_by_text("Saved beside this notebook")).to_be_visible()
    for summary in folder.iterdir():
        assert "the phase, line 4 was “suport” and is now “baseline”." in summary.read_text("utf-8")
    page.get_by_role("button", name="Take the corrections back").click()
    expect(page.locator(".own-category")).to_contain_text("Continue to grow")


def test_jupyters_keys_do_not_fire_inside(bench: Bench) -> None:
    mapping(bench)
    page = bench.page
    page.evaluate("window.jupyterKeys.length = 0")
    page.get_by_role("radio", name="One row for each score").focus()
    for key in ("x", "d", "d", "ArrowDown", "Escape", "a", "Shift+Enter"):
        page.keyboard.press(key)
    assert page.evaluate("window.jupyterKeys") == []
    page.keyboard.press("Control+s")
    assert "s" in page.evaluate("window.jupyterKeys"), "saving the notebook still works"


def test_what_was_read_is_announced_after_a_pause(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    choose(page, WIDE)
    expect(page.get_by_role("status")).to_contain_text("class.csv: read 4 rows.")
    expect(page.get_by_role("status")).to_contain_text("Continue to grow: 1.")


def test_a_file_can_be_dropped(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.items.add(new File([text], "class.csv", { type: "text/csv" }));
          const zone = document.querySelector(".own-drop");
          for (const type of ["dragover", "drop"]) {
            zone.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
          }
        }""",
        WIDE,
    )
    expect(page.get_by_text("class.csv: read 4 rows.").first).to_be_visible()


def test_a_file_too_large_is_not_even_opened(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    choose(page, "x" * 5_000_001, "district.csv")
    expect(page.get_by_role("alert").filter(has_text="district.csv")).to_contain_text("iep-training progress")
    assert [message["type"] for message in page.evaluate("window.sent")] == ["open"]


def test_nothing_in_a_file_becomes_markup(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    evil = "<img src=x onerror=alert(1)>"
    choose(page, f"{evil}1,id,baseline,target,current,unit\n{evil},{evil},20,68,50,{evil}\n", f"{evil}.csv")
    page.get_by_role("button", name=evil).click()
    page.get_by_text("Every chart on one page").click()
    expect(page.locator(".iep-overview svg")).to_have_count(1)
    page.get_by_role("button", name="Save the summary").click()
    expect(page.get_by_role("link", name="Download the table")).to_be_visible()
    assert page.locator("#here img").count() == 0


def test_the_downloads_hold_the_summary(bench: Bench, tmp_path: Path) -> None:
    saved(bench)
    with bench.page.expect_download() as download:
        bench.page.get_by_role("link", name="Download the table").click()
    path = tmp_path / "downloaded"
    download.value.save_as(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfStudent,")
    assert download.value.suggested_filename.endswith(".csv")


def test_going_on_to_the_next_student_leaves_the_class_as_it_is(bench: Bench) -> None:
    overview(bench)
    page = bench.page
    page.get_by_role("button", name="Bo").click()
    page.get_by_role("button", name="Next student").click()
    expect(page.get_by_role("heading", name="<b>Cy</b>", level=3).first).to_be_focused()
    expect(page.locator(".own-link[aria-current]")).to_have_text("<b>Cy</b>")
    expect(page.locator(".iep-overview")).to_be_visible()


def test_on_paper_no_student_is_cut_off(bench: Bench) -> None:
    page = bench.open(OwnData()).page
    choose(page, "id,baseline,target,current\n" + "".join(f"S{number},20,68,50\n" for number in range(40)))
    everyone = page.get_by_role("region", name="The class")
    heights = "[...document.querySelectorAll('.own-class')].map((one) => one.scrollHeight - one.clientHeight)"
    expect(everyone).to_be_visible()
    assert page.evaluate(heights)[0] > 0, "on the screen the table scrolls"
    page.emulate_media(media="print")
    assert page.evaluate(heights) == [0]
    expect(page.get_by_text("Choose a CSV or Excel file")).to_be_hidden()


def test_a_page_shown_again_finds_the_data(bench: Bench) -> None:
    widget = OwnData()
    choose(bench.open(widget).page, WIDE)
    expect(bench.page.get_by_role("button", name="Bo")).to_be_visible()
    bench.open(widget)
    expect(bench.page.get_by_role("button", name="Bo")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_saved_page_has_no_barrier(bench: Bench, scheme: Any, folder: Path, screenshots: Path | None) -> None:
    student(bench)
    bench.page.get_by_role("button", name="Save the summary").click()
    expect(bench.page.get_by_text("Saved beside this notebook")).to_be_visible()
    (summary,) = folder.glob("*.html")
    page = bench.page
    page.unroute_all()
    page.emulate_media(color_scheme=scheme)
    page.set_content(summary.read_text("utf-8"))
    assert bench.problems() == []
    bench.picture(screenshots, f"own-summary-{scheme}")
    if screenshots and scheme == "light":
        page.emulate_media(media="print")
        page.pdf(path=screenshots / "own-summary.pdf", prefer_css_page_size=True)
        page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 700})
    bench.picture(screenshots, f"own-summary-{scheme}-320")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
