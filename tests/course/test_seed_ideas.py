"""The table of the seeds' ideas leads to modules and activities that are there."""

from __future__ import annotations

import re

from iep_training import content

DOCS = content.course_folder().parent / "docs"
TABLE = (DOCS / "seed_ideas.md").read_text(encoding="utf-8")
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ")][2:]


def test_every_idea_has_a_module_and_practice():
    assert len(ROWS) == 11
    for row in ROWS:
        _, idea, module, practice, _ = row.split("|")
        assert idea.strip()
        assert ".ipynb)" in module
        assert ".toml)" in practice


def test_every_link_leads_to_a_file():
    links = re.findall(r"\]\(([^)]+)\)", TABLE)
    assert links
    assert [link for link in links if not (DOCS / link).is_file()] == []


def test_every_activity_that_is_named_is_in_the_file_it_links_to():
    named = re.findall(r"\[`([^`]+)`\]\(([^)]+)\)", TABLE)
    assert len(named) > 30
    for name, link in named:
        assert content.pick(content.load_sets((DOCS / link).resolve()), name), name
