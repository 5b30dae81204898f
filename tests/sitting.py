"""A real `iep-training learn`, started and stopped as a learner does it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("iep-training")
# The state of this machine's own Jupyter, and what tests set for themselves, would not be there for a learner.
FOREIGN = ("JUPYTER", "IPYTHON", "XDG_", "IEP_")


@dataclass
class Sitting:
    """One running `iep-training learn`: what it printed, and the address it gave."""

    process: subprocess.Popen[str]
    said: str
    address: str

    def page(self, module: str) -> str:
        """The address of another module."""
        return self.address.replace("00_start_here", module)

    @property
    def server(self) -> str:
        return self.address.split("/")[2]

    def stop(self) -> str:
        """Press Ctrl-C, as the learner does. Returns what was said at the end."""
        self.process.send_signal(signal.SIGINT)
        rest, _ = self.process.communicate(timeout=20)
        assert self.process.returncode == 0
        return rest


def environment(home: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return {**own, "HOME": str(home), "USERPROFILE": str(home)}


def free_port() -> int:
    """A port that nobody holds, below those that systems lend to programs of their own accord."""
    for port in range(21_000, 32_000):
        with socket.socket() as here, suppress(OSError):
            here.bind(("127.0.0.1", port))
            return port
    pytest.fail("no port is free")


def _wait_until_open(sitting: Sitting) -> None:
    """Jupyter opens its port a moment after the address is known."""
    host, port = sitting.server.split(":")
    for _ in range(200):
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=5):
            return
        time.sleep(0.1)
    pytest.fail(f"nothing answers at {sitting.server}")


@contextmanager
def learn(home: Path, *options: str) -> Iterator[Sitting]:
    """Start `iep-training learn` and wait until it has said where the course is. It is stopped at the end."""
    process = subprocess.Popen(
        [COMMAND, "learn", "--no-browser", *options],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        said = ""
        assert process.stdout is not None
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            if not line:
                pytest.fail(f"iep-training learn ended early: {said}")
            said += line
        sitting = Sitting(process, said, re.search(r"http://\S+", said)[0])
        _wait_until_open(sitting)
        try:
            yield sitting
        finally:
            if process.poll() is None:
                sitting.stop()
