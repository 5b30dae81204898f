"""Commands for learners: `iep-training learn` opens the course."""

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
    learn.add_argument(
        "--folder",
        type=Path,
        default=Path.home() / "iep-training",
        help="where your work is kept (default: iep-training in your home folder)",
    )
    learn.add_argument("--lab", action="store_true", help="open in JupyterLab, with its menus and file list")
    learn.add_argument("--no-browser", action="store_true", help="only print the address to open")
    learn.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help="show technical details")
    learn.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Make or resume the working folder, then open it until Ctrl-C."""
    from iep_training.learn.folder import prepare
    from iep_training.learn.server import serve

    prepared = prepare(options.folder)
    for note in prepared.notes:
        print(f"Note: {note}")
    serve(prepared.folder, prepared.start_page, lab=options.lab, browser=not options.no_browser, debug=options.debug)
