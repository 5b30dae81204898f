"""Tell Jupyter which notebooks are the course's own, so that Start works without a question.

Jupyter runs a trusted notebook, and shows what is saved in it, as it stands. So an assignment that came from outside is
trusted only while there is nothing in it but words, our Start button, and cells that make one known call of ours.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from importlib.machinery import all_suffixes
from pathlib import Path
from typing import Any

from iep_training.content.calls import call_in

LARGEST = 10_000_000
START = '<button data-commandlinker-command="notebook:run-all-cells" data-commandlinker-args="{}">Start</button>'
MARKUP = re.compile(r"<[a-z!/?]", re.IGNORECASE)


def sign(notebook: bytes) -> None:
    """Sign a notebook as Jupyter does when somebody trusts it."""
    import nbformat
    from nbformat.sign import NotebookNotary

    with NotebookNotary() as notary:
        notary.sign(nbformat.reads(notebook.decode("utf-8"), as_version=4))


def sign_assignments(folder: Path) -> None:
    """Sign the released assignments one or two folders down; whatever else lies there is left to the learner."""
    for path in sorted([*folder.glob("*/*.ipynb"), *folder.glob("*/*/*.ipynb")]):
        with suppress(OSError):  # what can't be read is not trusted
            if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
                continue
            content = path.read_bytes()
            if is_ours(content) and not _has_programs(path.parent):
                sign(content)


def is_ours(notebook: bytes) -> bool:
    """True for an assignment as it was released, with nothing added and nothing run yet."""
    try:
        tree: Any = json.loads(notebook)
        today = (tree["nbformat"], type(tree["nbformat_minor"])) == (4, int)
        # The saved state of a widget may hold a program of its own.
        return today and "widgets" not in tree["metadata"] and all(map(_is_ours, tree["cells"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False


def _has_programs(folder: Path) -> bool:
    """True where something lies beside a notebook that Python could take for a part of the course."""
    return any(path.name.endswith(tuple(all_suffixes())) for path in folder.rglob("*"))


def _is_ours(cell: dict[str, Any]) -> bool:
    source = "".join(cell["source"])
    if cell["cell_type"] == "code":
        return call_in(source) is not None and cell["outputs"] == []
    # In a trusted notebook, a button may give Jupyter any command.
    return cell["cell_type"] == "markdown" and not MARKUP.search(source.replace(START, ""))
