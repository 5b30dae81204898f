"""Where the parts of the site lie before it is built."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parents[1]


def site_folder() -> Path:
    """The folder that holds site.toml: inside the installed package, or beside it in an editable checkout."""
    return _carried_or_beside("site")


def docs_folder() -> Path:
    """The folder of the longer guides, found in the same way."""
    return _carried_or_beside("docs")


def labextension_folder() -> Path:
    """Our own extension, which shows a module as a page."""
    return _PACKAGE / "labextension"


def _carried_or_beside(name: str) -> Path:
    carried = _PACKAGE / f"_{name}"
    return carried if carried.is_dir() else _PACKAGE.parent / name
