"""The wheel for the browser holds what a notebook there needs, and nothing that can't run there."""

import subprocess
import sys
import zipfile

from iep_training import content
from iep_training.site import wheel


def test_the_wheel_carries_the_course_and_no_server_parts(tmp_path):
    kit = wheel.pack(tmp_path)[0]
    names = zipfile.ZipFile(kit).namelist()
    assert "iep_training/_course/course.toml" in names
    for folder in ("activities", "iep_drafts"):
        for path in (content.course_folder() / folder).glob("*.toml"):
            assert f"iep_training/_course/{folder}/{path.name}" in names
    parts = {name.split("/")[1] for name in names if name.startswith("iep_training/")}
    assert not parts & {"cli", "grading", "learn", "site", "labextension"}
    assert not [name for name in names if "/activities/drafts/" in name or "__pycache__" in name]


def test_two_packings_are_the_same_file(tmp_path):
    (tmp_path / "again").mkdir()
    first, second = wheel.pack(tmp_path)[0], wheel.pack(tmp_path / "again")[0]
    assert first.read_bytes() == second.read_bytes()


def test_practice_opens_from_the_wheel_without_pandas_and_the_rest(tmp_path):
    """A fresh Python that sees the wheel first and has none of the packages the browser lacks."""
    kit = wheel.pack(tmp_path)[0]
    program = f"""
import sys
sys.path.insert(0, {str(kit)!r})
for name in ("pandas", "numpy", "narwhals", "nbgrader", "openpyxl", "tqdm", "jupyterlab", "notebook", "nbconvert"):
    sys.modules[name] = None
from pathlib import Path
import zipfile, tempfile
folder = tempfile.mkdtemp()
zipfile.ZipFile({str(kit)!r}).extractall(folder)
sys.path[0] = folder
import iep_training
assert iep_training.__file__.startswith(folder)
from iep_training import content, practice
from iep_training.feedback import check
for path in sorted((content.course_folder() / "activities").glob("*.toml")):
    for one in content.load_sets(path):
        practice(one.id)
        for activity in one.activities:
            for answer in (*activity.strong, *activity.weak):
                check(activity, answer)
from iep_training.iep.template import templates
assert templates()
print("all open")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.strip() == "all open", done.stderr[-2000:]


def test_a_stand_in_is_a_name_and_nothing_else(tmp_path):
    for path in wheel.pack(tmp_path)[1:]:
        assert all(".dist-info/" in name for name in zipfile.ZipFile(path).namelist())
