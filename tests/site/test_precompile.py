"""What a visit runs comes compiled; a Python that does not start stops the build."""

import json
import shutil
import zipfile

import pytest

from iep_training.model import CourseError
from iep_training.site.precompile import precompile


def test_without_node_the_site_stays_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert precompile(tmp_path) is False


@pytest.mark.skipif(not shutil.which("node"), reason="Node.js is not installed here")
def test_a_python_that_does_not_start_is_told_in_one_line(tmp_path):
    (tmp_path / "static/pyodide").mkdir(parents=True)
    (tmp_path / "static/pyodide/pyodide.mjs").write_text("throw new Error('out of memory')")
    with pytest.raises(CourseError, match=r"Python does not start .*out of memory") as caught:
        precompile(tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.site
def test_what_a_visit_uses_comes_compiled_and_the_rest_as_source(built):
    wheels = built / "static" / "pyodide-lock"
    lock = json.loads((wheels / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]

    def names(package):
        return set(zipfile.ZipFile(wheels / lock[package]["file_name"].split("/")[-1]).namelist())

    assert [name for name in names("iep-training") if name.endswith(".py")] == []
    assert {"IPython/core/interactiveshell.pyc", "IPython/terminal/embed.py"} <= names("ipython")
    library = set(zipfile.ZipFile(built / "static" / "pyodide" / "python_stdlib.zip").namelist())
    assert {"json/decoder.pyc", "imaplib.py"} <= library
