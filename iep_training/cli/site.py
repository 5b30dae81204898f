"""The command for whoever puts the course on a server or a stick: `iep-training site`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add this family's command."""
    site = commands.add_parser(
        "site",
        help="build the browser edition: nothing to install for those who visit it",
        description="Build the course as a folder of static files, to put on any web server or on a USB stick.",
    )
    site.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("_site"),
        metavar="FOLDER",
        help="where to build it (default: _site)",
    )
    site.add_argument("--pyodide", type=Path, metavar="FILE", help="Pyodide's .tgz file, where npm can't bring it")
    site.add_argument("--python", metavar="PROGRAM", help="the Python to build with, 3.12 or newer")
    site.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Build the site and say what to do with it."""
    from iep_training.site import build

    folder = build(options.folder, pyodide=options.pyodide, python=options.python)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(
        f"The course is in {folder} ({size / 1e6:.0f} MB).\n"
        f"To look at it here:  python {folder / 'start.py'}\n"
        "To put it on a server or a stick:  docs/hosting.md"
    )
