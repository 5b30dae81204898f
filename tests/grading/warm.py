"""Run commands in processes that have nbgrader loaded already: to load it takes longer than most commands take."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

LOADED = ["nbgrader.apps.nbgraderapp", "nbgrader.converters", "iep_training.grading.preprocessors"]


def run(program: str, arguments: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """Run "nbgrader" or "iep-training" with these arguments; returns its exit code and what it said.

    Each run is a fresh process, forked where the system can, with a folder and an environment of its own.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload(LOADED)
    with tempfile.TemporaryDirectory() as place:
        said = Path(place) / "said.txt"
        process = context.Process(target=_main, args=(program, [*arguments], folder, dict(environment), said))
        process.start()
        process.join(300)
        if process.is_alive():
            process.kill()
            process.join()
        return process.exitcode or 0, said.read_text(encoding="utf-8", errors="replace")


def _main(program: str, arguments: list[str], folder: Path, environment: dict[str, str], said: Path) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    with said.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    sys.argv = [program, *arguments]
    if program == "nbgrader":
        from nbgrader.apps.nbgraderapp import main

        main()
    else:
        from iep_training.cli import main as ours

        sys.exit(ours(arguments))
