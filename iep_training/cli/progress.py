"""Commands: progress."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from iep_training.cli import tables
from iep_training.model import Growth

_REMARKS_SHOWN = 20


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add this family's commands."""
    command = commands.add_parser(
        "progress",
        help="say how far students have come toward their goals, and why",
        description="Read a CSV or Excel file with one row a student (id, baseline, target, current, direction) or "
        "one row a score (id, week or date, score, phase, target, direction). Say for each student whether the data "
        "show big growth, continue to grow or need more support to grow, and why.",
    )
    tables.add_file_and_format(command, "progress data, CSV or Excel")
    command.add_argument(
        "--cut", type=float, default=0.5, help="share of the way that counts as continuing to grow (default: 0.5)"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Classify every row or series of a file, in its order. What to know about the reading goes to standard error."""
    from iep_training.progress.streaming import stream

    with _opened(options) as (raw, name):
        growths, remarks = stream(raw, name, options.cut)
        tables.write(map(_record, growths), options.format, flat=_in_words if options.format == "table" else _flat)
    for remark in remarks[:_REMARKS_SHOWN]:
        print(remark.text, file=sys.stderr)
    if len(remarks) > _REMARKS_SHOWN:
        print(f"... and {len(remarks) - _REMARKS_SHOWN} more like these.", file=sys.stderr)


def _record(growth: Growth) -> dict[str, Any]:
    return {
        "id": growth.id,
        "category": growth.category,
        "baseline": growth.baseline,
        "current": growth.current,
        "target": growth.target,
        # Past six digits there is only the noise of floating point: 0.4999999999999999 is half way.
        "attainment": None if growth.attainment is None else round(growth.attainment, 6),
        "why": growth.why,
        "borderline": growth.borderline,
    }


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    return {**record, "borderline": "yes" if record["borderline"] else "no"}


def _in_words(record: Mapping[str, Any]) -> dict[str, Any]:
    from iep_training.progress.words import figure, percent, say

    numbers = {name: figure(record[name]) for name in ("baseline", "current", "target") if record[name] is not None}
    share = record["attainment"]
    return {
        **_flat(record),
        **numbers,
        "category": say("category", record["category"]),
        "attainment": "" if share is None else f"{percent(share)}%",
    }


@contextmanager
def _opened(options: argparse.Namespace) -> Iterator[tuple[BinaryIO, str]]:
    """The bytes of the file or of standard input; with a progress bar where a person waits at a terminal."""
    from iep_training.progress import sheet

    if options.file == "-":
        # A test or another program may have put plain text in the place of standard input.
        yield getattr(sys.stdin, "buffer", None) or io.BytesIO(sys.stdin.read().encode()), "standard input"
        return
    path = Path(options.file)
    with sheet.open_file(path) as raw:
        if not sys.stderr.isatty() or (sys.stdout.isatty() and options.format != "table"):
            yield raw, path.name
            return
        from tqdm import tqdm

        size = path.stat().st_size
        with tqdm(desc=path.name, total=size, unit="B", unit_scale=True, leave=False, file=sys.stderr) as bar:
            yield io.BufferedReader(_Watched(raw, bar.update)), path.name


class _Watched(io.RawIOBase):
    """A file that tells `told` how many bytes were read from it."""

    def __init__(self, raw: BinaryIO, told: Any) -> None:
        self._raw = raw
        self._told = told

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self._raw.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._told(len(chunk))
        return len(chunk)
