"""What progress data show: rows or a series of scores in, Growth and a chart out."""

from __future__ import annotations

from iep_training.progress import chart
from iep_training.progress.reading import Read, read_bytes, read_file, read_text, series_from_csv
from iep_training.progress.rule import CUT, classify_row, classify_series

__all__ = [
    "CUT",
    "Read",
    "chart",
    "classify_row",
    "classify_series",
    "read_bytes",
    "read_file",
    "read_text",
    "series_from_csv",
]
