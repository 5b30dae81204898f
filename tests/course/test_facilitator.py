"""The facilitator's kit: run sheets to the minute, keys that fit the activities, handouts that need no computer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from iep_training import content
from iep_training.model import Choose, Classify

FOLDER = content.course_folder() / "facilitator"
PAGES = sorted(FOLDER.glob("*.md"))
HANDOUTS = [page for page in PAGES if page.stem.endswith("_handout")]
MODULES = content.modules()
# Module 00 only welcomes, with a handout. The key of the task before and after the course stands where one prepares.
GUIDES = [FOLDER / f"{module.id}.md" for module in MODULES if module.id[:2] != "00"]
KEYS = {"00": FOLDER / "before_you_start.md"} | {guide.name[:2]: guide for guide in GUIDES}
SECTIONS = ["45 minutes", "90 minutes", "Talking points", "Discussion prompts", "Likely misconceptions", "Answer key"]
GROWTH = {
    "big_growth": "Big growth",
    "continue_to_grow": "Continue to grow",
    "need_more_support": "Need more support",
    "cannot_classify": "Can’t tell",
}
SETS = [one for path in content.activity_files() for one in content.load_sets(path)]
ACTIVITIES = {activity.id: activity for one in SETS for activity in one.activities}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
each_guide = pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
each_key = pytest.mark.parametrize(("number", "page"), KEYS.items(), ids=KEYS.keys())
each_handout = pytest.mark.parametrize("page", HANDOUTS, ids=lambda page: page.stem)


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def sections(page: Path) -> dict[str, str]:
    """The text under each second-level heading, by heading."""
    parts = re.split(r"^## (.+)$", text(page), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def rows(section: str) -> list[list[str]]:
    """The rows of a section's table, without its head."""
    lines = [line.strip().strip("|").split(" | ") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines[2:]]


def key(page: Path) -> dict[str, str]:
    """Each activity in a guide's answer key, with its title and its answer."""
    return {cells[0]: " | ".join(cells[1:]) for cells in rows(sections(page)["Answer key"])}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_every_module_has_its_guide_and_its_handout(module):
    assert (FOLDER / f"{module.id}.md").is_file() or module.id[:2] == "00"
    assert (FOLDER / f"{module.id}_handout.md").is_file()


@each_page
def test_a_page_has_one_title_and_plain_markdown(page):
    assert len(re.findall(r"^# \S", text(page), re.MULTILINE)) == 1
    assert text(page).startswith("# Handout") is (page in HANDOUTS)
    assert not re.search(r"</?[a-z]+[^>]*>", text(page)), "HTML is shown as text on the site"


@each_guide
def test_a_guide_has_its_parts_in_order(page):
    assert [name for name in sections(page) if name in SECTIONS] == SECTIONS


RUN_SHEETS = [(guide, f"{minutes} minutes") for guide in GUIDES for minutes in (45, 90)]
RUN_SHEETS += [(FOLDER / "no_network.md", "45 minutes with paper only")]


@pytest.mark.parametrize(("page", "heading"), RUN_SHEETS, ids=lambda value: getattr(value, "stem", value))
def test_the_minutes_of_a_run_sheet_follow_on_and_add_up(page, heading):
    table = rows(sections(page)[heading])
    assert all(len(cells) == 4 for cells in table)
    assert follow_on([cells[0].split("–") for cells in table]) == ("0", heading.split()[0])


def test_the_times_of_the_whole_day_follow_on():
    times = [cells[0].split("–") for cells in rows(sections(FOLDER / "whole_day.md")["The day"])]
    assert follow_on([[clock(time) for time in span] for span in times]) == ("510", "930")


def follow_on(spans: list[list[str]]) -> tuple[str, str]:
    """The first and the last moment of spans that each begin where the one before ended."""
    assert all(int(start) < int(end) for start, end in spans)
    assert [start for start, _ in spans[1:]] == [end for _, end in spans[:-1]]
    return spans[0][0], spans[-1][1]


def clock(time: str) -> str:
    """Minutes since midnight of a time in a working day, such as 8:30 or 1:45."""
    hour, minute = (int(number) for number in time.split(":"))
    return str((hour if hour > 6 else hour + 12) * 60 + minute)


@each_key
def test_the_key_holds_every_activity_of_the_module_under_its_own_title(number, page):
    of_module = {name: activity.title for name, activity in ACTIVITIES.items() if name[:2] == number}
    found = {name: answer.split(" | ")[0] for name, answer in key(page).items()}
    assert found == of_module


@each_key
def test_the_key_gives_the_right_answer(number, page):
    for name, answer in key(page).items():
        activity = ACTIVITIES[name]
        if isinstance(activity, Classify):
            said = [category for category, words in GROWTH.items() if f"**{words}.**" in answer]
            assert said == list(activity.strong), name
        if isinstance(activity, Choose):
            for quote in re.findall(r"“([^”]+)”", answer.split(" | ")[1]):
                chosen = [option.right for option in activity.options if quote.lower() in option.text.lower()]
                assert chosen == [True], f"{name}: “{quote}”"
            assert answer.split(" | ")[1].count("“") >= sum(option.right for option in activity.options), name


@each_page
def test_links_lead_to_pages_of_the_kit(page):
    for target in re.findall(r"\]\(([^)#]+)", text(page)):
        assert (FOLDER / target).is_file(), target


@each_key
def test_an_activity_named_anywhere_in_a_guide_exists(number, page):
    named = set(re.findall(rf"\b{number}-[a-z][a-z-]+", text(page)))
    assert named <= {one.id for one in SETS} | set(ACTIVITIES)


@each_handout
def test_a_handout_has_numbered_parts_space_to_write_and_something_to_take_along(page):
    parts = [name for name in sections(page) if name[0].isdecimal()]
    assert [name.split(".")[0] for name in parts] == [str(number) for number in range(1, len(parts) + 1)]
    assert len(parts) >= 2
    assert text(page).count("| … ") >= 6
    assert "**Take it with you.**" in text(page)


@each_handout
def test_a_handout_fits_two_sheets_and_needs_no_computer(page):
    words = re.findall(r"\w+", text(page))
    lines = [line for line in text(page).splitlines() if line and not re.fullmatch(r"\|[ |-]+\|", line)]
    assert len(words) <= 620
    assert len(lines) <= 75
    assert not re.search(r"https?:|screen|projector|press start|click", text(page), re.IGNORECASE)
