"""The course as its files list it, and what is said where one of them has to be mended."""

from __future__ import annotations

from dataclasses import dataclass


class CourseError(Exception):
    """Something a person can mend: its message says what is wrong, where, and what to do, in plain words."""


@dataclass(frozen=True, slots=True)
class Module:
    """One module of the course as course.toml lists it; `notebook` is its file name."""

    id: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    summary: str = ""

    @property
    def number(self) -> int:
        """The module's own number, which its id begins with; 0 for the start page."""
        return int(self.id.partition("_")[0])

    @property
    def notebook(self) -> str:
        """The module's file name."""
        return f"{self.id}.ipynb"
