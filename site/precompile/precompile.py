"""Run inside the browser's Python: compile the modules that a visit uses, in the site mounted at /site.

A browser forgets compiled Python when a page is closed, so without this every visit compiles some four hundred modules
anew, and waits several seconds for it. A module that a visit does not use stays as source, which is smaller; and what
no visit can use is left out.
"""

import hashlib
import importlib
import json
import os
import pkgutil
import py_compile
import shutil
import sys
import warnings
import zipfile
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

SITE = Path("/site/static")
# Tests; what a server hands to browsers; and the syntax of some five hundred languages that no module shows.
LEFT_OUT = ("*/tests/*", "*.data/*", "anywidget/*extension/*", "pygments/lexers/*.py")

LOCK = SITE / "pyodide-lock" / "pyodide-lock.json"
STANDARD_LIBRARY = SITE / "pyodide" / "python_stdlib.zip"


def rehearse() -> None:
    """Bring in what the kernel and the course use."""
    for name in ("piplite.piplite", "pyodide_kernel", "ipywidgets", "anywidget", "ipython_pygments_lexers"):
        importlib.import_module(name)
    for module in pkgutil.walk_packages(importlib.import_module("iep_training").__path__, "iep_training."):
        importlib.import_module(module.name)


def used() -> set[str]:
    """The files of the modules in use, as archives name them."""
    files = [str(getattr(module, "__file__", None) or "") for module in [*sys.modules.values()]]
    return {os.path.relpath(file, home) for file in files for home in sys.path if home and file.startswith(f"{home}/")}


def compile_in(archive: Path, names: set[str]) -> None:
    """Put compiled code in place of the source of these modules, and leave out what is no use."""
    before = zipfile.ZipFile(archive)
    after = archive.with_suffix(".new")
    with TemporaryDirectory() as folder, zipfile.ZipFile(after, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        source, compiled = Path(folder, "source.py"), Path(folder, "compiled.pyc")
        for one in before.infolist():
            name, content = one.filename, before.read(one)
            if name in names:
                source.write_bytes(content)
                # The browser has no source beside it to compare with, and no clock that the archive could trust.
                mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
                py_compile.compile(str(source), str(compiled), name, doraise=True, invalidation_mode=mode)
                name, content = f"{name}c", compiled.read_bytes()
            elif any(fnmatch(name, pattern) for pattern in LEFT_OUT):
                continue
            out.writestr(zipfile.ZipInfo(name, one.date_time), content, zipfile.ZIP_DEFLATED)
    shutil.copymode(archive, after)
    after.replace(archive)


warnings.simplefilter("ignore")
rehearse()
names = used()
compile_in(STANDARD_LIBRARY, names)
lock = json.loads(LOCK.read_text(encoding="utf-8"))
for package in lock["packages"].values():
    wheel = LOCK.parent / Path(package["file_name"]).name
    if wheel.exists():  # the kernel's own few lie elsewhere, and are listed elsewhere too
        compile_in(wheel, names)
        package["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()
LOCK.write_text(json.dumps(lock, indent=1), encoding="utf-8")
