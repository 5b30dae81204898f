"""A table of weights by name that is small to keep and quick to load: each name under a 32-bit mark, a byte a weight.

Fits in benchmarks/ write such tables, with `write`.
"""

from __future__ import annotations

import json
import struct
import sys
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from zlib import crc32


class Marked:
    """Weights by name: `width` whole numbers from -127 to 127 for each."""

    def __init__(self, file: Traversable, width: int) -> None:
        table = json.loads(file.read_text(encoding="utf-8"))
        self._marks = array("I", b64decode(table["marks"]))
        if sys.byteorder == "big":
            self._marks.byteswap()
        self._weights = b64decode(table["weights"])
        self._row = struct.Struct(f"{width}b")

    def of(self, name: str) -> tuple[int, ...]:
        """What a name weighs; nothing for one that the fit left out."""
        mark = _mark_of(name)
        place = bisect_left(self._marks, mark)
        if place == len(self._marks) or self._marks[place] != mark:
            return ()
        return self._row.unpack_from(self._weights, place * self._row.size)


def write(file: Path, weights: Mapping[str, Sequence[int]]) -> None:
    """Write what each name weighs for `Marked` to read."""
    rows = sorted((_mark_of(name), row) for name, row in weights.items())
    marks = array("I", [mark for mark, _ in rows])
    if sys.byteorder == "big":
        marks.byteswap()
    table = {"marks": marks.tobytes(), "weights": b"".join(struct.pack(f"{len(row)}b", *row) for _, row in rows)}
    lines = (f"{json.dumps(name)}:{json.dumps(b64encode(column).decode())}" for name, column in table.items())
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _mark_of(name: str) -> int:
    """The number under which a name is kept: far shorter than the name, and hardly ever that of another."""
    return crc32(name.encode())
