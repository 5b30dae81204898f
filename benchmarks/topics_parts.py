"""Thirds of the originals, each with a fit of topics.json without it; fit_topics.py writes, fit_rewrite.py reads."""

from __future__ import annotations

import zlib
from pathlib import Path

PARTS = 3


def part_of(original: str) -> int:
    """Which third an original belongs to."""
    return zlib.crc32(original.encode()) % PARTS


def part_file(part: int) -> Path:
    """What fit_topics.py made of all originals but this third; not kept in git."""
    return Path(__file__).parent / "training" / f"topics_without_{part}.json"
