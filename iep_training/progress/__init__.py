"""What progress data show: rows or a series of scores in, Growth and a chart out."""

from __future__ import annotations

from pathlib import Path

from iep_training.model import Series


def series_from_csv(path: Path) -> tuple[Series, ...]:
    """To be written."""
    raise NotImplementedError
