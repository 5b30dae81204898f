"""Attacks through other files in the submitted folder."""

from __future__ import annotations

import os
import shutil

from attacks import Place, attack


@attack()
def module_named_like_the_package(place: Place):
    (place.folder / "iep_training.py").write_text(place.code())


@attack()
def folder_named_like_the_package(place: Place):
    package = place.folder / "iep_training" / "grading"
    package.mkdir(parents=True)
    for folder in (package.parent, package):
        (folder / "__init__.py").write_text(place.code("score = lambda item: 4.0"))


@attack()
def modules_named_like_the_library(place: Place):
    for name in (
        "json",
        "html",
        "tomllib",
        "re",
        "statistics",
        "IPython",
        "nbformat",
        "sitecustomize",
        "usercustomize",
    ):
        (place.folder / f"{name}.py").write_text(place.code())


@attack()
def jupyter_configuration(place: Place):
    for name in ("ipython_config.py", "ipython_kernel_config.py", "jupyter_config.py", "nbgrader_config.py"):
        (place.folder / name).write_text(place.code())


@attack()
def compiled_modules(place: Place):
    cache = place.folder / "__pycache__"
    cache.mkdir()
    (cache / "iep_training.cpython-311.pyc").write_bytes(b"\x00" * 64)


@attack()
def course_of_its_own(place: Place):
    items = place.folder / "items"
    items.mkdir()
    (place.folder / "nbgrader_config.py").write_text(place.code())
    (items / f"{place.folder.name}.toml").write_text('title = "Easy"\n')


@attack()
def easier_items(place: Place):
    (place.folder / "activities.toml").write_text('[[set]]\nid = "x"\nkind = "classify"\ntitle = "x"\n')


@attack()
def easier_data(place: Place):
    (place.folder / "data").mkdir()
    (place.folder / "data" / "01_first_look.csv").write_text("id,week,score,phase,target,direction\n")


@attack()
def gradebook_of_its_own(place: Place):
    (place.folder / "gradebook.db").write_bytes(b"SQLite format 3\x00")


@attack()
def extra_notebook(place: Place):
    shutil.copy(place.notebook, place.folder / "second.ipynb")


@attack()
def link_to_the_items(place: Place):
    (place.folder / "key.txt").symlink_to(place.folder / "../../../items/01_first_look.toml")


@attack()
def linked_folder(place: Place):
    (place.folder / "data").symlink_to("/etc")


@attack()
def link_to_a_file_to_overwrite(place: Place):
    (place.folder / "activities.toml").symlink_to(place.canary)


@attack()
def link_loop(place: Place):
    (place.folder / "loop").symlink_to(place.folder)


@attack()
def pipe(place: Place):
    os.mkfifo(place.folder / "data.csv")


@attack()
def strange_names(place: Place):
    for name in ("line\nbreak.txt", "tab\t.txt", "=cmd|'calc'!A0", "nul\u202etxt.exe", "x" * 200, "-rf"):
        (place.folder / name).write_text("x")


@attack()
def time_that_is_no_time(place: Place):
    (place.folder / "timestamp.txt").write_text("tomorrow, perhaps")


@attack()
def linked_time(place: Place):
    (place.folder / "timestamp.txt").symlink_to("/etc/passwd")


@attack()
def huge_time(place: Place):
    (place.folder / "timestamp.txt").write_bytes(b"9" * 1_000_000)


@attack()
def linked_secret(place: Place):
    (place.folder / "submission_secret.txt").symlink_to("/etc/passwd")


@attack()
def huge_extra_file(place: Place):
    with (place.folder / "film.mp4").open("wb") as file:
        file.truncate(500_000_000)


@attack()
def thousands_of_files(place: Place):
    for number in range(2_000):
        (place.folder / f"f{number}").touch()


@attack()
def deep_folders(place: Place):
    (place.folder / "/".join(["d"] * 200)).mkdir(parents=True)
