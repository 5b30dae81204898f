"""Write a module without programming: its notebook is unlocked while an author works, and put in shape afterward.

In shape, every cell is safe from a learner's stray key, code and results are out of sight, and a cell's id can be read
where two versions differ. The hook in .pre-commit-config.yaml puts notebooks in shape as well.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import nbformat

from iep_training import content
from iep_training.model import CourseError, Module

READABLE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def unlock(module_id: str) -> Path:
    """Make the module's notebook one that can be edited, or begin it. Returns where it lies."""
    course = content.course_folder()
    if course.name == "_course":
        raise CourseError("Modules are written in the project's own folder. Download the project and work there")
    module = next((one for one in content.modules() if one.id == module_id), None)
    if module is None:
        raise CourseError(f"There is no module “{module_id}” in {course / 'course.toml'}. Add it there first")
    path = course / "modules" / module.notebook
    notebook = nbformat.read(path, as_version=4) if path.exists() else begin(module)
    # Without this mark, Jupyter shows a notebook to edit instead of a page to read.
    notebook.metadata.pop("iep_training", None)
    for cell in notebook.cells:
        for lock in ("editable", "deletable", "jupyter"):
            cell.metadata.pop(lock, None)
    nbformat.write(notebook, path)
    return path


def begin(module: Module) -> Any:
    """A notebook with the pattern of a module, to be filled."""
    pattern = content.read_toml(Path(__file__).with_name("new_module.toml"))
    notebook = nbformat.v4.new_notebook()
    for cell in pattern["cell"]:
        text = (
            cell["text"]
            .strip()
            .format(
                title=module.title,
                number=int(module.id[:2]),
                minutes=module.minutes,
                objectives="\n".join(f"- {one}" for one in module.objectives),
            )
        )
        if cell.get("practice"):
            notebook.cells.append(nbformat.v4.new_code_cell(text, id=cell["id"]))
        else:
            notebook.cells.append(nbformat.v4.new_markdown_cell(text, id=cell["id"]))
    return notebook


def put_in_shape(path: Path) -> bool:
    """Put a module's notebook in shape. Returns whether anything changed."""
    before = path.read_bytes()
    notebook = nbformat.reads(before.decode("utf-8"), as_version=4)
    notebook.metadata.update(METADATA, iep_training={"module": path.stem})
    notebook.cells = [cell for cell in notebook.cells if cell.source.strip()]
    taken: set[str] = set()
    for cell in notebook.cells:
        cell.metadata = {"editable": False, "deletable": False}
        if cell.cell_type == "code":
            cell.metadata |= {"jupyter": {"source_hidden": True}, "tags": ["practice"]}
            cell.outputs, cell.execution_count = [], None
        cell.id = _readable_id(cell, taken)
        taken.add(cell.id)
    after = (nbformat.writes(notebook) + "\n").encode()
    if after == before:
        return False
    path.write_bytes(after)
    return True


def _readable_id(cell: Any, taken: set[str]) -> str:
    """The cell's own id where it can be read and is free, else one made of its heading."""
    if READABLE.fullmatch(cell.id) and cell.id not in taken:
        return str(cell.id)
    words = re.findall(r"[a-z]+", cell.source.split("\n")[0].split("(")[0].lower())[:4] or ["cell"]
    name, number = "-".join(words), 2
    while name in taken:
        name, number = f"{'-'.join(words)}-{number}", number + 1
    return name


if __name__ == "__main__":
    changed = [name for name in sys.argv[1:] if put_in_shape(Path(name))]
    print("\n".join(f"put in shape: {name}" for name in changed))
    sys.exit(bool(changed))
