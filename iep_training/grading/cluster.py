"""Mark on a Dask cluster: its workers take the place of processes on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from iep_training.model import CourseError


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of the Dask scheduler at this address. They must have the kit, and see the course under its path."""
    try:
        from distributed import Client
    except ImportError:
        raise CourseError("grading on a cluster needs Dask. Install it here: pip install distributed") from None
    try:
        client = Client(address)
    except (OSError, ValueError) as error:
        raise CourseError(f"no Dask scheduler answers at {address} ({error}). Is it running?") from None
    with client:
        yield client.get_executor()
