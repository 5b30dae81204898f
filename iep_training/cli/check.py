"""Command: check, which looks over everything that authors of the course write."""

from __future__ import annotations

import argparse
from typing import Any


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add this family's command."""
    check = commands.add_parser(
        "check",
        help="look over the course's own files: what is missing, misspelled or not explained, and what to do",
    )
    check.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one line for each slip. Exit code 2 when there are any."""
    from iep_training.check import look_over

    slips = look_over()
    for slip in slips:
        print(slip)
    print(f"To mend: {len(slips)}." if slips else "Everything fits together.")
    return 2 if slips else 0
