"""The service worker's list of files: what the browser keeps, so that the course opens quickly and without internet."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from iep_training.model import CourseError
from iep_training.site.places import site_folder

NAME, LITE = "service-worker.js", "lite-service-worker.js"

# The heaviest and latest needed come first; the pages themselves bring what they need before that.
ORDER = ("static/pyodide/", "static/pyodide-lock/", "extensions/", "notebooks/", "files/", "api/")

# Read from a stick or by people.
NOT_KEPT = ("*.bat", "*.command", "*.sh", "*.py", "*.txt", "*.map", "*licenses.json")


def write(site: Path) -> None:
    """Write the worker into the finished site. JupyterLite's own stays beside it, and ours starts it."""
    if not (site / LITE).exists():
        (site / NAME).replace(site / LITE)
    source = (site_folder() / "static" / NAME).read_text(encoding="utf-8")
    marker = "FILES_OF_THE_SITE"
    if source.count(marker) != 1:
        raise CourseError(f"{NAME} must name {marker} once")
    (site / NAME).write_text(source.replace(marker, json.dumps(files(site), indent=0)), encoding="utf-8")


def files(site: Path) -> dict[str, tuple[str, int]]:
    """Every file that the browser keeps: its name, the fingerprint of its content, and its size in bytes."""
    found = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and name not in (NAME, LITE) and not any(path.match(pattern) for pattern in NOT_KEPT):
            data = path.read_bytes()
            found[name] = (hashlib.sha256(data).hexdigest()[:16], len(data))
    return dict(sorted(found.items(), key=lambda item: _place(item[0])))


def _place(name: str) -> int:
    return next((place for place, start in enumerate(ORDER) if name.startswith(start)), len(ORDER))
