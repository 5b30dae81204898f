"""The modules: thin notebooks of prose and one-call cells, with ids that stay, and practice that exists."""

from __future__ import annotations

import ast
import itertools
import json
import re
from pathlib import Path

import nbformat
import pytest

from iep_training import content

MODULES = content.modules()
FOLDER = content.course_folder() / "modules"
START = '<button data-commandlinker-command="notebook:run-all-cells" data-commandlinker-args="{}">Start</button>'

each_module = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)


def cells(module, kind=None):
    notebook = json.loads((FOLDER / module.notebook).read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if kind in (None, cell["cell_type"])]


def source(cell):
    return "".join(cell["source"])


def call(cell):
    """The name and the arguments of the one call a code cell makes."""
    imported, called = ast.parse(source(cell)).body
    assert isinstance(imported, ast.ImportFrom)
    assert imported.module == "iep_training"
    assert isinstance(called, ast.Expr)
    assert isinstance(called.value, ast.Call)
    assert isinstance(called.value.func, ast.Name)
    assert [name.name for name in imported.names] == [called.value.func.id]
    return called.value.func.id, [ast.literal_eval(argument) for argument in called.value.args]


def test_the_list_and_the_folder_agree():
    assert {path.name for path in FOLDER.glob("*.ipynb")} == {module.notebook for module in MODULES}


@each_module
def test_the_file_is_a_clean_notebook(module):
    path = FOLDER / module.notebook
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.iep_training.module == module.id
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in cells(module, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


@each_module
def test_cells_have_spoken_ids_and_cannot_be_lost_by_a_stray_key(module):
    ids = [cell["id"] for cell in cells(module)]
    assert len(set(ids)) == len(ids)
    for cell in cells(module):
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", cell["id"])
        assert cell["metadata"]["editable"] is False
        assert cell["metadata"]["deletable"] is False


@each_module
def test_a_code_cell_is_a_plain_words_comment_and_one_call(module):
    for cell in cells(module, "code"):
        assert re.match(r"# [A-Z][^#_()\"]+ \(press Start at the top of the page\)\n", source(cell))
        assert cell["metadata"]["jupyter"] == {"source_hidden": True}
        assert cell["metadata"]["tags"] == ["practice"]
        assert call(cell)[0] in {"practice", "course_map", "my_draft", "my_record", "own_data"}


@each_module
def test_every_activity_a_notebook_names_exists(module):
    for name, arguments in map(call, cells(module, "code")):
        if name == "practice":
            assert content.activity_set(*arguments).activities


def test_every_set_of_the_course_is_shown_once():
    shown = [call(cell)[1][0] for module in MODULES for cell in cells(module, "code") if call(cell)[1]]
    written = [
        one.id for path in (content.course_folder() / "activities").glob("*.toml") for one in content.load_sets(path)
    ]
    assert sorted(shown) == sorted(written)


@each_module
def test_the_first_cell_tells_minutes_and_objectives_and_starts_the_page(module):
    opening = source(cells(module)[0])
    assert opening.startswith("# ")
    assert f"about {module.minutes} minutes" in opening
    assert START in opening
    assert "**Run All Cells**" in opening
    if not module.id.startswith("00"):
        assert opening.startswith(f"# {module.title}\n")
        for objective in module.objectives:
            assert f"- {objective}\n" in opening


@each_module
def test_a_module_follows_the_pattern(module):
    if module.id.startswith("00"):
        pytest.skip("the start page is no lesson")
    ids = [cell["id"] for cell in cells(module)]
    assert ids[:2] == ["title", "scene"]
    assert ids[-3:] == ["reflection", "key-points", "sources"]
    assert 20 <= module.minutes <= 45


@each_module
def test_headings_step_down_one_level_at_a_time(module):
    text = "\n".join(source(cell) for cell in cells(module, "markdown"))
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]
    assert levels[0] == 1
    assert 1 not in levels[1:]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@each_module
def test_links_lead_to_other_modules(module):
    for cell in cells(module, "markdown"):
        for target in re.findall(r"\]\(([^)]+)\)", source(cell)):
            if not target.startswith("https://"):
                assert Path(FOLDER / target).is_file(), target


def test_every_module_but_the_last_leads_to_the_next():
    for module, following in itertools.pairwise(MODULES):
        text = "\n".join(source(cell) for cell in cells(module, "markdown"))
        assert re.search(rf"Next: \[[^]]+\]\({following.notebook}\)", text)


@each_module
def test_tables_have_headers_and_even_rows(module):
    for cell in cells(module, "markdown"):
        for table in re.findall(r"(?:^\|.*\|$\n?)+", source(cell), re.MULTILINE):
            header, rule, *rows = table.splitlines()
            assert header.count("|") <= 5, "more than four columns do not fit a phone"
            assert re.fullmatch(r"[|\- ]+", rule)
            assert all(row.count("|") == header.count("|") for row in rows)
            assert all(name.strip() for name in header.strip("|").split("|"))
