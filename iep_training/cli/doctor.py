"""Command: doctor, for when the course does not open."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from iep_training.cli import tables
from iep_training.cli.learn import add_folder


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add this family's command."""
    doctor = commands.add_parser(
        "doctor",
        help="look over this installation: what is fine, what is not, and what to do",
        description="Look at everything the course needs on this computer, and say what to do about what is missing.",
    )
    add_folder(doctor)
    tables.add_format(doctor)
    doctor.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one line for each thing looked at. Exit code 1 when something needs doing."""
    from iep_training.learn.doctor import look_over

    looks = []

    def rows() -> Iterator[dict[str, Any]]:
        for look in look_over(options.folder):
            looks.append(look)
            yield {"name": look.name, "fine": look.fine, "words": look.words}

    tables.write(
        rows(),
        options.format,
        flat=lambda row: {
            "what": row["name"],
            "result": "fine" if row["fine"] else "look here",
            "in words": row["words"],
        },
    )
    return 0 if all(look.fine for look in looks) else 1
