"""The course as a learner meets it: a real `iep-training learn` in a fresh home, and a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sitting import Sitting, learn


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's home folder, at first empty."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def course(home: Path) -> Iterator[Sitting]:
    """The course, open for the whole session."""
    with learn(home) as sitting:
        yield sitting
