"""The modules, as the browser edition serves them, and the page around them."""

from __future__ import annotations

import hashlib
import json
from html import escape
from pathlib import Path
from typing import Any

from iep_training import content
from iep_training.model import CourseError
from iep_training.site.places import site_folder

KERNEL = {"display_name": "Python", "language": "python", "name": "python"}


def place(folder: Path) -> None:
    """Copy every module of course.toml into the folder, marked as the course's own."""
    folder.mkdir(parents=True)
    for module in content.modules():
        source = content.course_folder() / "modules" / module.notebook
        try:
            tree = json.loads(source.read_text(encoding="utf-8"))
            marked = mark(tree)
        except FileNotFoundError:
            raise CourseError(
                f"course.toml lists {module.id}, but there is no {module.notebook} in course/modules"
            ) from None
        except (ValueError, KeyError, TypeError):
            raise CourseError(
                f"{module.notebook} is not a notebook that can be read. Restore it from the last good copy"
            ) from None
        (folder / module.notebook).write_text(json.dumps(marked, ensure_ascii=False), encoding="utf-8")


def mark(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with what a server would know: that it is trusted, its kernel, and what it said when placed."""
    for cell in notebook["cells"]:
        cell["metadata"]["trusted"] = True
    metadata = notebook["metadata"]
    metadata["kernelspec"] = KERNEL
    metadata["iep_training"] = {**metadata.get("iep_training", {}), "fingerprint": fingerprint(notebook)}
    return notebook


def fingerprint(notebook: dict[str, Any]) -> str:
    """What tells two versions of a module apart: its cells' kind and text. opening.js reckons it in the same way."""
    text = "".join(f"{cell['cell_type']}\n{''.join(cell['source'])}\n" for cell in notebook["cells"])
    return hashlib.sha256(text.encode()).hexdigest()


def dress(site: Path) -> None:
    """Put our opening screen on the page in which JupyterLite shows a module."""
    page = site / "notebooks" / "index.html"
    text = page.read_text(encoding="utf-8")
    opening = (site_folder() / "templates" / "opening.html").read_text(encoding="utf-8")
    title = content.read_toml(content.course_folder() / "course.toml")["title"]
    for old, new in (
        ("<html>", '<html lang="en">'),
        ("<title>Jupyter Notebook - Notebooks</title>", f"<title>{escape(title)}</title>"),
        ("</head>", '<link rel="stylesheet" href="../opening.css">\n</head>'),
        (
            "await import(\n          '../config-utils.js",
            "await import('../opening.js');\n        await import(\n          '../config-utils.js",
        ),
        ('<div id="jupyterlite-loading-indicator"', f'{opening}<div id="jupyterlite-loading-indicator"'),
    ):
        if text.count(old) != 1:
            raise CourseError(
                f"This version of JupyterLite makes its page differently (no “{old.split()[0]}” to change)"
            )
        text = text.replace(old, new)
    page.write_text(text, encoding="utf-8")
