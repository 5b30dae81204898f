"""The browser edition as a visitor meets it: built, served below a path, with no way to the outside."""

from __future__ import annotations

import json
import re

import pytest
from browser_site import Outside, Site, open_module, profile, wait_until_kept

from iep_training import content
from iep_training.answers import AnswerStore
from iep_training.feedback import check
from iep_training.site import notebooks, worker

pytestmark = [pytest.mark.site, pytest.mark.browser]

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
REWRITES, CHARTS = "02_no_cant_in_ieps.ipynb", "05_recognizing_growth.ipynb"


def practice_of(notebook: str) -> list[str]:
    """The ids of the practice in a module, in order."""
    tree = json.loads((content.course_folder() / "modules" / notebook).read_text(encoding="utf-8"))
    code = "\n".join("".join(cell["source"]) for cell in tree["cells"] if cell["cell_type"] == "code")
    return re.findall(r'practice\("([^"]+)"\)', code)


def fill(card, answer: str) -> None:
    card.locator("textarea").first.fill(answer)


def choose(card, answer: str) -> None:
    card.locator(f'input[type="radio"][value="{answer}"]').check()


# How a person gives an answer of each kind.
GIVE = {"rewrite": fill, "reflection": fill, "classify": choose}


def answer_first(page, place: int, set_id: str) -> None:
    """Answer the first activity of a set well, and expect the very words that the installed edition says."""
    chosen = content.activity_set(set_id)
    activity = chosen.activities[0]
    answer = activity.strong[0] if activity.strong else "I will write what helps, with a date to look at it again."
    card = page.locator(".practice").nth(place)
    card.scroll_into_view_if_needed()
    GIVE[chosen.kind](card, answer)
    card.locator(".practice-actions .practice-main").click()
    told = check(activity, answer)
    feedback = card.locator(".practice-feedback")
    feedback.locator("h4").first.wait_for()
    shown = feedback.inner_text()
    for words in (*told.good, told.next_step):
        assert words in shown
    card.get_by_text("Saved").first.wait_for()


MODULES = [module.notebook for module in content.modules() if practice_of(module.notebook)]


@pytest.mark.parametrize("notebook", MODULES)
def test_each_module_opens_and_answers_back_without_a_single_outside_request(chromium, site, tmp_path, notebook):
    outside = Outside()
    with profile(chromium, tmp_path / "profile", outside) as browser:
        page = open_module(browser, site.module(notebook))
        done = set()
        for place, set_id in enumerate(practice_of(notebook)):
            kind = content.activity_set(set_id).kind
            if kind not in done and kind in GIVE:
                answer_first(page, place, set_id)
                done.add(kind)
        assert done
        wait_until_kept(page)
        assert outside.asked == []
    outside.close()


def test_answers_outlive_reload_restart_and_update_and_the_course_works_offline(
    chromium, site: Site, tmp_path, outside
):
    practice = practice_of(REWRITES)[0]
    activity = content.activity_set(practice).activities[0]
    with profile(chromium, tmp_path / "profile", outside) as browser:
        page = open_module(browser, site.module(REWRITES))
        answer_first(page, 0, practice)
        page.keyboard.press("Control+s")  # a habit; the saved copy must not hide the next version
        wait_until_kept(page)
        page.reload()
        page.get_by_text("Practice is ready.").wait_for()
        done = page.get_by_role("button", name=re.compile("1, done")).first
        done.wait_for()

    # The site gets a new version of the module, and the browser is started anew.
    path = site.folder / "files" / REWRITES
    tree = json.loads(path.read_text(encoding="utf-8"))
    tree["cells"][1]["source"] = "## A newer version of this module"
    path.write_text(json.dumps(notebooks.mark(tree)), encoding="utf-8")
    worker.write(site.folder)
    with profile(chromium, tmp_path / "profile", outside) as browser:
        page = open_module(browser, site.module(REWRITES))
        page.get_by_role("heading", name="A newer version of this module").wait_for()
        page.get_by_role("button", name=re.compile("1, done")).first.click()
        assert page.locator(".practice textarea").first.input_value() == activity.strong[0]
        wait_until_kept(page)

        site.stop()
        page.close()
        page = open_module(browser, site.module(CHARTS))
        answer_first(page, 0, practice_of(CHARTS)[0])
        page.goto(f"{site.address}your-work.html")
        page.get_by_text("There are 2 answers in this browser.").wait_for()
        site.start()
        assert outside.asked == []


def test_work_travels_from_one_browser_to_another_and_to_the_installed_edition(chromium, site: Site, tmp_path, outside):
    practice = practice_of(REWRITES)[0]
    activity = content.activity_set(practice).activities[0]
    with profile(chromium, tmp_path / "one", outside) as browser:
        page = open_module(browser, site.module(REWRITES))
        answer_first(page, 0, practice)
        page.get_by_role("link", name="Your work").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Download my work").click()
        download.value.save_as(tmp_path / "installed" / "answers.json")
    installed = AnswerStore(tmp_path / "installed")
    assert installed.get(activity.id) == activity.strong[0]
    installed.save("05-later", "written in the installed edition")

    with profile(chromium, tmp_path / "two", outside) as browser:
        page = browser.new_page()
        page.goto(f"{site.address}your-work.html")
        page.get_by_text("There are no answers in this browser yet.").wait_for()
        page.get_by_label("Restore my work").set_input_files(tmp_path / "installed" / "answers.json")
        page.get_by_text("Restored 2 answers.").wait_for()
        page.get_by_label("Restore my work").set_input_files(tmp_path / "installed" / "answers.json")
        page.get_by_text("For 2 more, this browser already had the same").wait_for()
        wrong = tmp_path / "photo.json"
        wrong.write_text("not ours")
        page.get_by_label("Restore my work").set_input_files(wrong)
        page.get_by_text("holds no work from this course").wait_for()
        page = open_module(browser, site.module(REWRITES))
        page.get_by_role("button", name=re.compile("1, done")).first.click()
        assert page.locator(".practice textarea").first.input_value() == activity.strong[0]


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


def test_feedback_and_charts_are_the_same_as_installed_byte_for_byte(chromium, site: Site, tmp_path, outside):
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
    with profile(chromium, tmp_path / "profile", outside) as browser:
        page = browser.new_page()
        page.goto(f"{site.address}about.html")
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
def test_pages_are_accessible_and_fit_a_phone(chromium, site: Site, tmp_path, outside, scheme, screenshots):
    from axe_playwright_python.sync_playwright import Axe

    names = [
        path.relative_to(site.folder).as_posix()
        for path in (*site.folder.glob("*.html"), *site.folder.glob("guides/*.html"))
    ]
    with profile(chromium, tmp_path / "profile", outside) as browser:
        page = browser.new_page()
        page.emulate_media(color_scheme=scheme)
        for name in names:
            for width in (1000, 390, 320):
                page.set_viewport_size({"width": width, "height": 800})
                page.goto(site.address + name)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
                if screenshots:
                    page.screenshot(path=screenshots / f"site-{name.replace('/', '-')}-{scheme}-{width}.png")
            found = Axe().run(page, options=AXE).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name
        page.set_viewport_size({"width": 1000, "height": 800})
        page.goto(site.address)
        assert page.locator(".start .button").bounding_box()["y"] < 500  # in the first screen
        assert outside.asked == []


def test_a_module_on_the_site_is_accessible_while_it_opens_and_when_it_is_ready(
    chromium, site: Site, tmp_path, outside
):
    from axe_playwright_python.sync_playwright import Axe

    with profile(chromium, tmp_path / "profile", outside) as browser:
        page = browser.new_page()
        page.goto(site.module(REWRITES), wait_until="commit")
        page.get_by_text("Opening the course…").wait_for(timeout=10_000)
        page.get_by_text("Practice is ready.").wait_for()
        for ours in (".jp-OutputArea-output", ".iep-status"):
            found = Axe().run(page, context={"include": [[ours]]}, options=AXE).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_opened_as_a_file_the_page_says_what_to_double_click(page, built):
    page.goto((built / "index.html").as_uri())
    page.get_by_text("double-click the starter beside it").wait_for()


def test_the_course_map_and_the_link_at_the_end_lead_on(chromium, site: Site, tmp_path, outside):
    with profile(chromium, tmp_path / "profile", outside) as browser:
        page = open_module(browser, site.module(content.modules()[0].notebook))
        page.locator(f'.jp-OutputArea-output a[href*="{REWRITES}"]').first.click()
        page.get_by_role("heading", name="There is no", level=1).wait_for()
        link = page.locator('.jp-MarkdownOutput a[href$=".ipynb"]').first
        onward = link.get_attribute("href").split("/")[-1]
        assert onward != REWRITES
        link.click()
        page.wait_for_url(f"**path={onward}")
        page.get_by_text("Practice is ready.").wait_for()
