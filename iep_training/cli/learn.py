"""Open the course: `iep-training learn` to take it, `iep-training edit` to write a module of it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add this family's commands."""
    learn = commands.add_parser(
        "learn",
        help="open the course in your browser",
        description="Open the course in your browser, or go on where you stopped.",
    )
    add_folder(learn)
    learn.add_argument("--lab", action="store_true", help="open in JupyterLab, with its menus and file list")
    learn.add_argument(
        "--port",
        type=int,
        metavar="N",
        help="the number in the course's address, so that it stays the same (default: the first free from 8888 on)",
    )
    _with_server(learn)
    learn.set_defaults(run=run)

    edit = commands.add_parser(
        "edit",
        help="write or change a module of the course",
        description="Write or change a module of the course in JupyterLab. When you press Ctrl-C, it is put in shape.",
    )
    edit.add_argument("module", help="the module's id in course.toml, such as 03_finding_strengths")
    _with_server(edit)
    edit.set_defaults(run=run_edit)


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Give a command the option that names the working folder."""
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path.home() / "iep-training",
        help="where your work is kept (default: iep-training in your home folder)",
    )


def _with_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-browser", action="store_true", help="only print the address to open")


def run(options: argparse.Namespace) -> None:
    """Make or resume the working folder, then open it until Ctrl-C."""
    print("Opening the course. The first time, this can take a minute.", flush=True)
    from iep_training.learn.folder import prepare
    from iep_training.learn.server import serve

    prepared = prepare(options.folder)
    print(f"Your work is kept in {prepared.folder}")
    for note in prepared.notes:
        print(f"Note: {note}")
    if serve(
        prepared.folder,
        prepared.start_page,
        lab=options.lab,
        port=options.port,
        browser=not options.no_browser,
        debug=options.debug,
    ):
        print(f"\nThe course is closed. Your answers are in {prepared.folder}. Run the same command to go on.")


def run_edit(options: argparse.Namespace) -> None:
    """Open one module of the course for its author until Ctrl-C, then put it in shape."""
    from iep_training.learn.author import put_in_shape, unlock
    from iep_training.learn.server import serve

    path = unlock(options.module)
    print(f"You are editing {path}. Save in the browser before you stop.")
    if serve(path.parent, path.name, lab=True, browser=not options.no_browser, debug=options.debug):
        put_in_shape(path)
        print("\nThe module is in shape. Run the tests to hear whether anything is missing.")
