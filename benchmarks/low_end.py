"""What the course asks of a computer: from the command to a usable first module, an answer's reply, and memory.

Run `python benchmarks/low_end.py [ROUNDS]`. Each round opens the course in a new home folder and then once more, first
on this machine as it is, then on as little as can be had here: one core for the course and the browser together, pages
run four times slower (Chromium's own throttle), Chromium told that the device is a small one, and 2 GB of address space
for the server and for each kernel (more than 2 GB would have to be refused). Memory is what the course's programs and
the browser hold together at most (proportional set size), read every quarter of a second. With --cold, the system first
forgets every file it holds in memory, where that is allowed.
"""

from __future__ import annotations

import contextlib
import os
import re
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import astuple, dataclass
from pathlib import Path

import chromium
import psutil
from jupyter_client.manager import start_new_kernel
from playwright.sync_api import Page, sync_playwright

COMMAND = Path(sys.executable).with_name("iep-training")
MODULE = "01_what_strengths_based_means"
TYPED = "02_no_cant_in_ieps"
SMALL_DEVICE = ["--enable-low-end-device-mode"]
SLOWER = 4
LIMIT = 2 * 1024**3
MEGA = 1024**2


@dataclass
class Sitting:
    """Seconds from the command to the printed address and to a practice that answers, from two acts to their replies.

    `memory` is what all programs hold together at most, `kernel` what a kernel holds of its own, in megabytes.
    """

    address: float
    ready: float
    read: float
    checked: float
    memory: float
    kernel: float


def sit(home: Path, *, small: bool) -> Sitting:
    """Open the course in a browser, write a statement and have it checked."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.program(), args=chromium.FLAGS + SMALL_DEVICE * small
        )
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(300_000)
        page = context.new_page()
        if small:
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        start = time.perf_counter()
        course = subprocess.Popen(
            [COMMAND, "learn", "--no-browser"],
            env={**os.environ, "HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime")},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            preexec_fn=limit if small else None,
        )
        with Watch() as watch:
            assert course.stdout is not None
            line = next(line for line in course.stdout if "http://" in line)
            address = time.perf_counter() - start
            place = line.strip().replace("00_start_here", MODULE)
            _wait_for(int(place.split(":")[2].split("/")[0]))
            page.goto(place)
            page.get_by_text("Practice is ready.").wait_for()
            ready = time.perf_counter() - start
            page.goto(place.replace(MODULE, TYPED))
            page.get_by_text("Practice is ready.").wait_for()
            read, checked = _answer(page)
            kernel = max(_own(one) for one in psutil.Process(course.pid).children(recursive=True) if _is_kernel(one))
        course.send_signal(signal.SIGINT)
        course.wait(60)
        browser.close()
    return Sitting(address, ready, read, checked, watch.most / MEGA, kernel / MEGA)


def _wait_for(port: int) -> None:
    """The address is printed a moment before the course listens there: sooner than a person could open it."""
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)


def _answer(page: Page) -> tuple[float, float]:
    practice = page.locator(".practice").first
    practice.get_by_label("Your version").scroll_into_view_if_needed()
    start = time.perf_counter()
    practice.get_by_label("Your version").fill("Maya refused to take part in group work.")
    practice.locator(".practice-mirror mark").first.wait_for(state="attached")
    read = time.perf_counter() - start
    start = time.perf_counter()
    practice.get_by_role("button", name="Check", exact=True).click()
    practice.locator(".practice-feedback:not([hidden])").wait_for()
    checked = time.perf_counter() - start
    practice.get_by_text(re.compile(r"^Saved \d")).wait_for()
    return read, checked


class Watch:
    """Reads, again and again, what all programs started from here hold in memory together."""

    def __init__(self) -> None:
        self.most = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.25):
            total = 0
            for one in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    total += one.memory_full_info().pss
            self.most = max(self.most, total)


def bare_kernel() -> float:
    """Megabytes that a kernel holds for itself before anything is run in it."""
    manager, client = start_new_kernel(stderr=subprocess.DEVNULL)
    try:
        client.execute_interactive("1", output_hook=lambda _: None)
        kernel = next(one for one in psutil.Process().children(recursive=True) if _is_kernel(one))
        return _own(kernel) / MEGA
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _is_kernel(one: psutil.Process) -> bool:
    with contextlib.suppress(psutil.Error):
        return any("ipykernel" in word for word in one.cmdline())
    return False


def _own(one: psutil.Process) -> int:
    return int(one.memory_full_info().uss)


def forget_files() -> None:
    """Have the system drop the files it keeps in memory, as after switching the computer on."""
    os.sync()
    with contextlib.suppress(OSError):
        Path("/proc/sys/vm/drop_caches").write_text("3", encoding="ascii")


def main() -> None:
    rounds = next((int(word) for word in sys.argv[1:] if word.isdigit()), 1)
    cold = "--cold" in sys.argv
    found: dict[str, list[Sitting]] = {}
    bare = bare_kernel()
    for _ in range(rounds):
        for small in (False, True):
            os.sched_setaffinity(0, {0} if small else range(os.cpu_count() or 1))
            with tempfile.TemporaryDirectory() as home:
                for again in (False, True):
                    if cold and not again:
                        forget_files()
                    name = f"{'small' if small else 'as it is'}, {'again' if again else 'first time'}"
                    found.setdefault(name, []).append(sit(Path(home), small=small))
    load = os.getloadavg()[1]
    print(f"{os.cpu_count()} cores, load {load:.1f}, {rounds} rounds, medians{', cold' if cold else ''}")
    print("| | address (s) | first module usable (s) | read (s) | checked (s) | memory in all (MB) | kernel (MB) |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, sittings in found.items():
        address, ready, read, checked, memory, kernel = map(
            statistics.median, zip(*map(astuple, sittings), strict=True)
        )
        print(f"| {name} | {address:.1f} | {ready:.1f} | {read:.2f} | {checked:.2f} | {memory:.0f} | {kernel:.0f} |")
    print(f"A bare kernel holds {bare:.0f} MB of its own.")


if __name__ == "__main__":
    main()
