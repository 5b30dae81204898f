"""How the benchmarks open Chromium: the system's own, telling nobody."""

from __future__ import annotations

import shutil

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def program() -> str:
    """Where the system's Chromium is. Raises StopIteration where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(found for name in names if (found := shutil.which(name)))
