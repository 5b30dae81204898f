"""The whole way from the course to a folder of static files."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from iep_training.content import read_toml
from iep_training.model import CourseError
from iep_training.site import notebooks, pages, tools, wheel, worker
from iep_training.site.places import labextension_folder, site_folder
from iep_training.site.precompile import precompile
from iep_training.site.tools import Tools
from iep_training.site.verify import verify

OUR_EXTENSION = "iep-training"

# A folder that holds this file was built by this command, and may be replaced by it.
MARK = "built-by-iep-training.txt"

# Parts of the tools that no course needs.
LEFT_OUT = (
    "static/pyodide/*.html",
    "static/pyodide/*.ts",
    "static/pyodide/README.md",
    "rspack.*",
    "*.schema.v0.json",
    # fonts in forms for browsers too old for the course
    "build/fa-*.eot",
    "build/fa-*.svg",
    "build/fa-*.ttf",
)


def build(
    folder: Path,
    *,
    pyodide: Path | None = None,
    python: str | None = None,
    tell: Callable[[str], object] = print,
) -> Path:
    """Build the site into `folder` and return it. What was built there before is replaced, but only by a whole site.

    `pyodide` is Pyodide's .tgz file where npm can't bring it; `python` a Python of at least 3.12 to build with; `tell`
    is called with each step in plain words. Raises CourseError with one clear line when any part is missing.
    """
    folder = folder.expanduser().resolve()
    _refuse_other_folders(folder)
    settings = read_toml(site_folder() / "site.toml")
    extensions = settings["tools"]["extensions"]
    tell("1 of 4  Getting the tools ready (the first time, this brings about 60 MB)")
    found = tools.bring(pyodide, python)
    with tempfile.TemporaryDirectory(prefix="iep-training-site-", ignore_cleanup_errors=True) as scratch:
        stage, site = Path(scratch) / "stage", Path(scratch) / "site"
        tell("2 of 4  Putting the course and Python together for the browser")
        _stage(stage, found, extensions)
        _run_lite(stage, site, found, folder)
        if not precompile(site):
            tell("        Node.js is not installed here, so the course will take longer to open for its visitors")
        tell("3 of 4  Writing the pages")
        _finish(site, settings["guides"]["docs"])
        tell("4 of 4  Looking it over")
        verify(site, settings["pyodide"]["version"], [*extensions, OUR_EXTENSION])
        _put_in_place(site, folder)
    return folder


def _refuse_other_folders(folder: Path) -> None:
    if folder.is_file():
        raise CourseError(f"{folder} is a file. Name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise CourseError(f"{folder} holds other files, which are left alone. Name a new or empty folder")


def _stage(stage: Path, found: Tools, extensions: list[str]) -> None:
    """Lay out what JupyterLite builds from."""
    source = site_folder()
    shutil.copytree(source / "lite", stage)
    shutil.copy(source / "browser.txt", stage)
    (stage / "wheels").mkdir()
    wheel.pack(stage / "wheels")
    notebooks.place(stage / "files")
    _unpack_pyodide(found.pyodide, stage / "static" / "pyodide")

    config = _read(stage / "jupyter_lite_config.json")
    places = [labextension_folder(), *(found.extension(name) for name in extensions)]
    for place in places:
        if not (place / "package.json").is_file():
            raise CourseError(f"The extension {place.name} is missing from {place.parent}")
    config["LiteBuildConfig"]["federated_extensions"] = [str(place) for place in places]
    _write(stage / "jupyter_lite_config.json", config)

    # The settings of the installed edition hold here too.
    overrides = {**_read(labextension_folder() / "overrides.json"), **_read(stage / "overrides.json")}
    _write(stage / "overrides.json", overrides)


def _unpack_pyodide(package: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    with tarfile.open(package) as archive:
        for member in archive.getmembers():
            inside = Path(member.name).parts[1:]
            if member.isfile() and len(inside) == 1 and (file := archive.extractfile(member)):
                (folder / inside[0]).write_bytes(file.read())
    # The packages that Pyodide offers lie on an outside server; ours are all in the site.
    lock = _read(folder / "pyodide-lock.json")
    _write(folder / "pyodide-lock.json", {**lock, "packages": {}})


def _run_lite(stage: Path, site: Path, found: Tools, folder: Path) -> None:
    record = folder.parent / f"{folder.name}.log"
    record.parent.mkdir(parents=True, exist_ok=True)
    tools.run(
        [found.program("jupyter-lite"), "build", "--lite-dir", stage, "--output-dir", site],
        "The browser edition could not be put together",
        record,
        cwd=stage,
        # The packages for the browser are chosen for its Python, without bringing another one to this machine.
        env={**os.environ, "UV_PYTHON_DOWNLOADS": "never"},
    )
    record.unlink()


def _finish(site: Path, docs: list[str]) -> None:
    for pattern in LEFT_OUT:
        for path in site.glob(pattern):
            path.unlink()
    notebooks.dress(site)
    config = _read(site / "jupyter-lite.json")
    for source in (*(site_folder() / "static").iterdir(), *(site_folder() / "starters").iterdir()):
        if source.name != worker.NAME:
            shutil.copy(source, site)
    for starter in (*site.glob("*.command"), *site.glob("*.sh")):
        starter.chmod(0o755)
    shared = site / "site.js"
    version = config["jupyter-config-data"]["appVersion"]
    shared.write_text(shared.read_text(encoding="utf-8").replace("LITE_VERSION", json.dumps(version)), encoding="utf-8")
    # Web hosts send files compressed.
    size = sum(len(gzip.compress((site / name).read_bytes(), 6)) for name in worker.files(site))
    pages.write(site, docs, round(size / 1e6))
    (site / MARK).write_text("Built by `iep-training site`. Built again, this folder is replaced.\n", encoding="utf-8")
    (site / ".nojekyll").touch()  # GitHub Pages, too, then serves the files as they are
    worker.write(site)


def _put_in_place(site: Path, folder: Path) -> None:
    # Copied beside its place first: a full disk then leaves the old site as it was.
    fresh = folder.with_name(f".{folder.name}-fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(site, fresh)
    if folder.exists():
        shutil.rmtree(folder)
    fresh.rename(folder)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _write(path: Path, tree: Any) -> None:
    path.write_text(json.dumps(tree, indent=1), encoding="utf-8")
