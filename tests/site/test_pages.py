"""The site's own pages: built from the course, escaped, whole."""

import json

import pytest

from iep_training import content
from iep_training.model import CourseError, Module
from iep_training.site import notebooks, pages, worker
from iep_training.site.places import site_folder


@pytest.fixture
def site(tmp_path):
    pages.write(tmp_path, ["hosting.md"], megabytes=30)
    return tmp_path


def read(site, name):
    return (site / name).read_text(encoding="utf-8")


def test_the_landing_page_starts_the_first_numbered_module_and_lists_all(site):
    landing = read(site, "index.html")
    numbered = [module for module in content.modules() if not module.id.startswith("00")]
    assert f'class="button" href="notebooks/index.html?path={numbered[0].notebook}"' in landing
    for module in numbered:
        assert f'href="notebooks/index.html?path={module.notebook}"' in landing
    assert "{{" not in landing
    assert "$" not in landing


def test_every_page_has_a_title_a_way_home_and_no_unfilled_place(site):
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    assert {"index.html", "about.html", "privacy.html", "accessibility.html", "your-work.html", "guides.html"} <= {
        *found
    }
    assert "guides/hosting.html" in found
    for name in found:
        text = read(site, name)
        assert "{{" not in text, name
        assert text.count("<h1") == 1, name
        assert f'href="{"../" * name.count("/")}index.html"' in text, name


def test_a_module_title_with_markup_is_shown_as_text(tmp_path, monkeypatch):
    module = Module("01_x", "<script>alert(1)</script> & “can’t”", 10, ("<b>bold</b>",))
    monkeypatch.setattr(content, "modules", lambda: (module,))
    pages.write(tmp_path, [], megabytes=30)
    landing = read(tmp_path, "index.html")
    assert "<script>alert" not in landing
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; “can’t”" in landing
    assert "&lt;b&gt;bold" in landing


def test_markup_in_a_guide_is_shown_as_text_and_handouts_begin_a_sheet(tmp_path):
    source = tmp_path / "guide.md"
    table = "| | b |\n| - | - |\n| 1 | 2 |\n"
    text = f"# Guide\n\n<script>alert(1)</script>\n\n## Handout: one\n\n[next](02_x.md#a)\n\n{table}"
    source.write_text(text, encoding="utf-8")
    body = pages._prose(source)
    assert "<script>" not in body
    assert 'class="handout"' in body
    assert 'href="02_x.html#a"' in body
    assert "<th></th>" not in body
    assert "<th>b</th>" in body


def test_a_course_without_numbered_modules_is_refused_in_plain_words(tmp_path, monkeypatch):
    monkeypatch.setattr(content, "modules", lambda: (Module("00_start_here", "Start", 5, ("a",)),))
    with pytest.raises(CourseError, match="no module with a number"):
        pages.write(tmp_path, [], megabytes=30)


# --- modules ----------------------------------------------------------------------------------------------


def notebook(*texts):
    cells = [{"cell_type": "markdown", "metadata": {}, "source": text} for text in texts]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def test_a_module_is_placed_trusted_and_with_its_fingerprint(tmp_path):
    notebooks.place(tmp_path / "files")
    placed = sorted(path.name for path in (tmp_path / "files").iterdir())
    assert placed == sorted(module.notebook for module in content.modules())
    for name in placed:
        tree = json.loads(read(tmp_path / "files", name))
        assert all(cell["metadata"]["trusted"] for cell in tree["cells"])
        assert tree["metadata"]["iep_training"]["fingerprint"] == notebooks.fingerprint(tree)


def test_the_fingerprint_is_about_what_a_module_says():
    lines, whole = notebook("one\ntwo"), notebook(["one\n", "two"])
    assert notebooks.fingerprint(lines) == notebooks.fingerprint(whole)
    assert notebooks.fingerprint(lines) != notebooks.fingerprint(notebook("one\nthree"))
    saved = notebook("one\ntwo")
    saved["cells"][0]["outputs"] = ["x"]
    assert notebooks.fingerprint(saved) == notebooks.fingerprint(lines)


def test_a_listed_module_without_a_file_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(content, "modules", lambda: (Module("99_nowhere", "Nowhere", 5, ("a",)),))
    with pytest.raises(CourseError, match="99_nowhere"):
        notebooks.place(tmp_path / "files")


def test_a_jupyterlite_that_makes_its_page_differently_stops_the_build(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "index.html").write_text("<html><head></head><body></body></html>", encoding="utf-8")
    with pytest.raises(CourseError, match="makes its page differently"):
        notebooks.dress(tmp_path)


# --- what the browser keeps --------------------------------------------------------------------------------


def test_the_worker_lists_every_file_by_its_content(tmp_path):
    for name, text in {
        "service-worker.js": "theirs",
        "index.html": "one",
        "static/pyodide/a.mjs": "two",
        "start.py": "x",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    before = worker.files(tmp_path)
    assert list(before) == ["static/pyodide/a.mjs", "index.html"]  # the heaviest first, the stick's starter not at all
    (tmp_path / "index.html").write_text("changed", encoding="utf-8")
    after = worker.files(tmp_path)
    assert [name for name in after if after[name] != before[name]] == ["index.html"]

    worker.write(tmp_path)
    assert read(tmp_path, "lite-service-worker.js") == "theirs"
    assert after["index.html"][0] in read(tmp_path, "service-worker.js")
    assert "FILES_OF_THE_SITE" not in read(tmp_path, "service-worker.js")


def test_the_page_and_the_kernel_mean_the_same_storage():
    config = json.loads((site_folder() / "lite" / "jupyter-lite.json").read_text(encoding="utf-8"))
    name = config["jupyter-config-data"]["contentsStorageName"]
    assert f'const DATABASE = "{name}";' in (site_folder() / "static" / "storage.js").read_text(encoding="utf-8")
