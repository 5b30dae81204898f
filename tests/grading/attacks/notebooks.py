"""Attacks through the submitted notebook."""

from __future__ import annotations

import json
import os

from attacks import Place, attack


def _grade_cells(cells):
    return [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade")]


@attack()
def added_cell(place: Place):
    place.add_code()


@attack()
def added_cell_at_the_end(place: Place):
    place.add_code(at=99)


@attack()
def edited_practice_cell(place: Place):
    place.cells(lambda cells: [cell.update(source=place.code()) for cell in cells if cell["cell_type"] == "code"])


@attack()
def edited_grade_cell(place: Place):
    place.cells(lambda cells: [cell.update(source=place.code("4.0")) for cell in _grade_cells(cells)])


@attack()
def deleted_grade_cells(place: Place):
    place.cells(lambda cells: [cells.remove(cell) for cell in _grade_cells(cells)])


@attack()
def deleted_every_cell(place: Place):
    place.cells(lambda cells: cells.clear())


@attack()
def reversed_cells(place: Place):
    place.cells(lambda cells: cells.reverse())


@attack()
def swapped_grade_ids(place: Place):
    def swap(cells):
        first, *_, last = _grade_cells(cells)
        first["metadata"]["nbgrader"]["grade_id"], last["metadata"]["nbgrader"]["grade_id"] = "g02-5", "g02-1"

    place.cells(swap)


@attack()
def raised_points(place: Place):
    place.cells(lambda cells: [cell["metadata"]["nbgrader"].update(points=100) for cell in _grade_cells(cells)])


@attack()
def unknown_grade_ids(place: Place):
    place.cells(
        lambda cells: [
            cell["metadata"]["nbgrader"].update(grade_id=f"x{n}") for n, cell in enumerate(_grade_cells(cells))
        ]
    )


@attack()
def duplicated_grade_cell(place: Place):
    place.cells(lambda cells: cells.extend(json.loads(json.dumps(_grade_cells(cells)))))


@attack()
def grade_cells_turned_to_text(place: Place):
    def turn(cells):
        for cell in _grade_cells(cells):
            cell["cell_type"] = "markdown"
            cell["metadata"]["nbgrader"]["solution"] = True
            cell.pop("outputs", None)
            cell.pop("execution_count", None)

    place.cells(turn)


@attack()
def unlocked_cells(place: Place):
    place.cells(lambda cells: [cell["metadata"]["nbgrader"].update(locked=False, solution=True) for cell in cells])


@attack()
def nbgrader_metadata_of_wrong_types(place: Place):
    place.cells(lambda cells: [cell["metadata"].update(nbgrader=["grade", 1]) for cell in cells])


@attack()
def grade_id_of_wrong_type(place: Place):
    place.cells(lambda cells: [cell["metadata"]["nbgrader"].update(grade_id={"a": 1}) for cell in _grade_cells(cells)])


@attack()
def old_nbgrader_schema(place: Place):
    place.cells(lambda cells: [cell["metadata"]["nbgrader"].update(schema_version=-1) for cell in cells])


@attack()
def future_nbgrader_schema(place: Place):
    place.cells(lambda cells: [cell["metadata"]["nbgrader"].update(schema_version=99) for cell in cells])


@attack()
def patched_package(place: Place):
    place.add_code("import iep_training.grading.score as s\ns.score = lambda item: 4.0")


@attack()
def patched_feedback(place: Place):
    place.add_code("import iep_training.feedback as f\nf.check = lambda *a: type('F', (), {'earned': 4.0})()")


@attack()
def patched_builtins(place: Place):
    place.add_code("import builtins\nbuiltins.float = lambda x: 4.0")


@attack()
def pre_run_hook(place: Place):
    place.add_code("get_ipython().events.register('pre_run_cell', lambda *a: print('4.0'))")


@attack()
def cleared_output(place: Place):
    place.add_code(
        "from IPython.display import clear_output\n"
        "get_ipython().events.register('post_run_cell', lambda *a: clear_output())"
    )


@attack()
def shell_magic(place: Place):
    place.cells(lambda cells: cells[1].update(source=f"!touch {place.canary}"))


@attack()
def forged_outputs(place: Place):
    result = {"output_type": "execute_result", "data": {"text/plain": "4.0"}, "metadata": {}, "execution_count": 1}
    place.cells(
        lambda cells: [cell.update(outputs=[result]) for cell in _grade_cells(cells) if cell["cell_type"] == "code"]
    )


@attack()
def script_in_forged_outputs(place: Place):
    shown = {"output_type": "display_data", "data": {"text/html": "<script>alert(1)</script>"}, "metadata": {}}
    place.cells(lambda cells: [cell.update(outputs=[shown]) for cell in cells if cell["cell_type"] == "code"])


@attack()
def endless_loop(place: Place):
    place.add_code("while True: pass")


@attack()
def memory_bomb(place: Place):
    place.add_code("x = 'x' * 10**11")


@attack()
def background_process(place: Place):
    place.add_code("import subprocess\nsubprocess.Popen(['sleep', '600'])")


@attack()
def read_the_items(place: Place):
    place.add_code("print(open('../../../items/01_first_look.toml').read())")


@attack()
def write_the_gradebook(place: Place):
    place.add_code(
        "import sqlite3\nsqlite3.connect('../../../gradebook.db').execute('update grade set manual_score = 100')"
    )


@attack()
def read_other_submissions(place: Place):
    place.add_code("import glob\nprint([open(f).read() for f in glob.glob('../../*/*/answers.json')])")


@attack()
def read_the_environment(place: Place):
    place.add_code("import os\nprint(os.environ)")


@attack()
def use_the_network(place: Place):
    place.add_code("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9')")


@attack()
def kill_the_grader(place: Place):
    place.add_code("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")


@attack()
def other_kernel(place: Place):
    place.metadata(kernelspec={"name": "bash", "display_name": "bash", "language": "bash"})


@attack()
def kernel_of_wrong_type(place: Place):
    place.metadata(kernelspec="python3", language_info=[1, 2])


@attack(told=True)
def script_in_written_answer(place: Place):
    place.answer(g02_5="<script>fetch('/formgrader/api/grades')</script><img src=x onerror=alert(1)>")


@attack()
def script_typed_into_a_locked_cell(place: Place):
    place.cells(lambda cells: cells[0].update(source="<script>alert(1)</script>"))


@attack()
def not_json(place: Place):
    place.notebook.write_text("this is no notebook")


@attack()
def binary_notebook(place: Place):
    place.notebook.write_bytes(bytes(range(256)) * 50)


@attack()
def empty_notebook(place: Place):
    place.notebook.write_bytes(b"")


@attack()
def nested_notebook(place: Place):
    place.notebook.write_text("[" * 200_000)


@attack()
def huge_notebook(place: Place):
    place.notebook.write_bytes(b"0" * 10_000_001)


@attack()
def notebook_of_other_json(place: Place):
    place.notebook.write_text('{"nbformat": 4, "cells": "many"}')


@attack()
def ancient_notebook(place: Place):
    place.notebook.write_text('{"nbformat": 2, "nbformat_minor": 0, "metadata": {}, "worksheets": []}')


@attack()
def linked_notebook(place: Place):
    name = place.notebook
    name.unlink()
    name.symlink_to("/etc/passwd")


@attack()
def piped_notebook(place: Place):
    name = place.notebook
    name.unlink()
    os.mkfifo(name)


@attack()
def folder_as_notebook(place: Place):
    name = place.notebook
    name.unlink()
    name.mkdir()
    (name / "x.py").write_text(place.code())
