"""The browser edition as a visitor meets it: built, served below a path, with no way to the outside."""

from __future__ import annotations

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_site import Site, Visitor, open_module, profile, wait_until_kept
from by_mouse import give, practice_called
from playwright.sync_api import Page

from iep_training import content
from iep_training.answers import AnswerStore
from iep_training.site import notebooks, worker

pytestmark = [pytest.mark.site, pytest.mark.browser]

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
REWRITES, CHARTS = "02_no_cant_in_ieps.ipynb", "05_recognizing_growth.ipynb"
DONE = re.compile("1, done")


def answer_first(page: Page, notebook: str) -> str:
    """Answer the first activity of a module's first practice well, and wait until it is saved. Returns its id."""
    chosen = content.activity_set(first_practice(notebook))
    activity = chosen.activities[0]
    give(practice_called(page, chosen.title), activity, activity.strong[0])
    return activity.id


def first_practice(notebook: str) -> str:
    text = (content.course_folder() / "modules" / notebook).read_text(encoding="utf-8")
    return re.search(r'practice\(\\"([^"\\]+)\\"\)', text)[1]


def problems(page: Page, *where: str) -> list[tuple[str, str]]:
    """What axe finds wrong on the page, or in these parts of it, at WCAG 2.2 AA and best practice."""
    context = {"include": [[one] for one in where]} if where else None
    found = Axe().run(page, context=context, options=AXE).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


def test_answers_outlive_reload_restart_and_update_and_the_course_works_offline(
    chromium, site: Site, tmp_path, outside
):
    with profile(chromium, tmp_path / "profile", outside) as browser:
        page = open_module(browser, site.module(REWRITES))
        answered = answer_first(page, REWRITES)
        page.keyboard.press("Control+s")  # a habit; the saved copy must not hide the next version
        wait_until_kept(page)
        page.reload()
        page.get_by_text("Practice is ready.").wait_for()
        page.get_by_role("button", name=DONE).first.wait_for()

    # The site gets a new version of the module, and the browser is started anew.
    path = site.folder / "files" / REWRITES
    tree = json.loads(path.read_text(encoding="utf-8"))
    tree["cells"][1]["source"] = "## A newer version of this module"
    path.write_text(json.dumps(notebooks.mark(tree)), encoding="utf-8")
    worker.write(site.folder)
    with profile(chromium, tmp_path / "profile", outside) as browser:
        page = open_module(browser, site.module(REWRITES))
        page.get_by_role("heading", name="A newer version of this module").wait_for()
        page.get_by_role("button", name=DONE).first.click()
        assert page.locator(".practice textarea").first.input_value() == strong(answered)
        wait_until_kept(page)

        site.stop()
        page.close()
        page = open_module(browser, site.module(CHARTS))
        answer_first(page, CHARTS)
        page.goto(f"{site.address}your-work.html")
        page.get_by_text("There are 2 answers in this browser.").wait_for()
        site.start()
        assert outside.asked == []


def strong(activity: str) -> str:
    return str(content.activity_set(activity).activities[0].strong[0])


def test_work_travels_from_one_browser_to_another_and_to_the_installed_edition(
    chromium, visitor: Visitor, tmp_path, outside
):
    page = visitor.open(REWRITES)
    answered = answer_first(page, REWRITES)
    page.get_by_role("link", name="Your work").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download my work").click()
    download.value.save_as(tmp_path / "installed" / "answers.json")
    installed = AnswerStore(tmp_path / "installed")
    assert installed.get(answered) == strong(answered)
    installed.save("05-later", "written in the installed edition")
    number = len(installed.read())

    with profile(chromium, tmp_path / "two", outside) as browser:
        page = browser.new_page()
        page.goto(f"{visitor.site.address}your-work.html")
        page.get_by_text("There are no answers in this browser yet.").wait_for()
        page.get_by_label("Restore my work").set_input_files(tmp_path / "installed" / "answers.json")
        page.get_by_text(f"Restored {number} answers.").wait_for()
        page.get_by_label("Restore my work").set_input_files(tmp_path / "installed" / "answers.json")
        page.get_by_text(f"For {number} more, this browser already had the same").wait_for()
        wrong = tmp_path / "photo.json"
        wrong.write_text("not ours")
        page.get_by_label("Restore my work").set_input_files(wrong)
        page.get_by_text("holds no work from this course").wait_for()
        page = open_module(browser, visitor.site.module(REWRITES))
        page.get_by_role("button", name=DONE).first.click()
        assert page.locator(".practice textarea").first.input_value() == strong(answered)


SAME = """
import json
from iep_training import content
from iep_training.feedback import check
from iep_training.model import to_json
from iep_training.widgets import static
told = {}
for path in sorted((content.course_folder() / "activities").glob("*.toml")):
    for one in content.load_sets(path):
        for activity in one.activities:
            answers = [*activity.strong, *activity.weak, "", "Needs more support to participate"]
            told[activity.id] = [to_json(check(activity, answer)) for answer in answers]
            told[activity.id] += [static(one, {activity.id: answer}, graded=False).html for answer in answers[:1]]
result = json.dumps(told, ensure_ascii=False)
"""


def test_feedback_and_charts_are_the_same_as_installed_byte_for_byte(visitor: Visitor):
    here: dict[str, str] = {}
    exec(SAME, here)
    run = """async (program) => {
      const root = new URL("./", location.href).href;
      const { loadPyodide } = await import(root + "static/pyodide/pyodide.mjs");
      const python = await loadPyodide({ lockFileURL: root + "static/pyodide-lock/pyodide-lock.json" });
      await python.loadPackage(["iep-training"]);
      python.runPython(program);
      return python.globals.get("result");
    }"""
    with visitor.new_tab() as page:
        page.goto(f"{visitor.site.address}about.html")
        there = page.evaluate(run, SAME)
    assert json.loads(there) == json.loads(here["result"])
    assert there == here["result"]


def test_a_changed_copy_of_a_module_is_set_aside_not_lost(chromium, site: Site, tmp_path, outside):
    with profile(chromium, tmp_path / "profile", outside) as browser:
        page = browser.new_page()
        page.goto(f"{site.address}your-work.html")
        mine = json.loads((site.folder / "files" / REWRITES).read_text(encoding="utf-8"))
        mine["cells"][1]["source"] = "My own words"
        store = """async ([path, content]) => {
          const root = new URL("./", location.href).href;
          const { writeText, getFile } = await import(root + "storage.js");
          await writeText(path, "x", "application/json");
          const made = await getFile(path);
          const request = indexedDB.open("iep-training");
          const database = await new Promise((done) => { request.onsuccess = () => done(request.result); });
          const change = database.transaction("files", "readwrite").objectStore("files");
          change.put({ ...made, type: "notebook", format: "json", content }, path);
          await new Promise((done) => { change.transaction.oncomplete = done; });
          database.close();
        }"""
        page.evaluate(store, [REWRITES, mine])
        page.goto(site.module(REWRITES))
        page.get_by_role("heading", name="A Tuesday in October").wait_for()
        page.goto(f"{site.address}your-work.html")
        page.get_by_role("link", name=re.compile("yours")).wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit_a_phone(visitor: Visitor, scheme, screenshots):
    site = visitor.site
    guides = [*site.folder.glob("guides/*.html")]
    if scheme == "dark":  # the same tables, lists and boxes in other colors: one guide of each sort holds them all
        guides = [
            site.folder / "guides" / f"{name}.html"
            for name in ("hosting", "02_no_cant_in_ieps", "02_no_cant_in_ieps_handout")
        ]
    pages = (*site.folder.glob("*.html"), *guides)
    with visitor.new_tab() as page:
        page.emulate_media(color_scheme=scheme)
        for name in sorted(path.relative_to(site.folder).as_posix() for path in pages):
            page.goto(site.address + name)
            for width in (320, 390, 1000):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
                if screenshots:
                    page.screenshot(path=screenshots / f"site-{name.replace('/', '-')}-{scheme}-{width}.png")
            assert problems(page) == [], name
        page.goto(site.address)
        assert page.locator(".start .button").bounding_box()["y"] < 500  # in the first screen
    assert visitor.outside.asked == []


def test_a_module_is_accessible_while_it_opens_and_with_feedback_shown(visitor: Visitor):
    with visitor.new_tab() as page:
        page.goto(visitor.site.module(REWRITES), wait_until="commit")
        page.get_by_text("Opening the course…").wait_for(timeout=10_000)
        page.get_by_text("Practice is ready.").wait_for()
        answer_first(page, REWRITES)
        assert problems(page, ".jp-OutputArea-output", ".iep-status") == []


def test_opened_as_a_file_the_page_says_what_to_double_click(page, built):
    page.goto((built / "index.html").as_uri())
    page.get_by_text("double-click the starter beside it").wait_for()


def test_the_course_map_and_the_link_at_the_end_lead_on(visitor: Visitor):
    page = visitor.open(content.modules()[0].notebook)
    page.locator(f'.jp-OutputArea-output a[href*="{REWRITES}"]').first.click()
    page.get_by_role("heading", name="There is no", level=1).wait_for()
    link = page.locator('.jp-MarkdownOutput a[href$=".ipynb"]').first
    onward = link.get_attribute("href").split("/")[-1]
    assert onward != REWRITES
    link.click()
    page.wait_for_url(f"**path={onward}")
    title = next(module.title for module in content.modules() if module.notebook == onward)
    page.get_by_role("heading", name=title, level=1).wait_for()
