"""The `iep-training` command. Each family of commands lives in a module of its own and adds itself here."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

from iep_training import __version__
from iep_training.model import CourseError

# Modules of this folder with a function `add(subparsers)`; each is light, and imports what it runs when it runs.
FAMILIES = ("check", "learn", "doctor", "language", "progress", "grading", "site", "workshop")


def parser() -> argparse.ArgumentParser:
    """The whole command line, as argparse sees it."""
    top = argparse.ArgumentParser(prog="iep-training", description="Strengths-based IEP training kit")
    top.add_argument("--version", action="version", version=f"iep-training {__version__}")
    _with_debug(top, default=False)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for family in FAMILIES:
        importlib.import_module(f"{__name__}.{family}").add(commands)
    for command in commands.choices.values():
        _with_debug(command, argparse.SUPPRESS)
    return top


def _with_debug(parser: argparse.ArgumentParser, default: object) -> None:
    # `iep-training --debug learn` and `iep-training learn --debug` are the same.
    parser.add_argument("--debug", action="store_true", default=default, help="show the technical details of an error")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code: 0 done, 2 something the person can mend (one clear line says what).

    What nobody foresaw is one line too, with exit code 1; `--debug` shows the traceback of either.
    """
    options = parser().parse_args(arguments)
    try:
        return int(options.run(options) or 0)
    except CourseError as error:
        if options.debug:
            raise
        print(f"iep-training: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong.
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if options.debug:
            raise
        print(
            f"iep-training: something unexpected happened ({type(error).__name__}: {error}). Your answers are safe. "
            f"`iep-training doctor` may find the reason; `iep-training {options.command} --debug` shows the details",
            file=sys.stderr,
        )
        return 1
