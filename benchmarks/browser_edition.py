"""What the browser edition costs a visitor: size, first visit, time to the first practice, memory of the tab.

Run `iep-training site FOLDER` first, then `python benchmarks/browser_edition.py FOLDER [ROUNDS]`. A small server plays
a school's line (10 Mbit/s, compressed as web hosts do); each round is a fresh browser, then the same one again.
"""

from __future__ import annotations

import gzip
import http.server
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import chromium
from playwright.sync_api import BrowserContext, sync_playwright

MODULE = "notebooks/index.html?path=02_no_cant_in_ieps.ipynb"
BYTES_A_SECOND = 10_000_000 / 8
COMPRESSED = {".html", ".js", ".mjs", ".json", ".css", ".svg", ".wasm", ".ipynb", ".webmanifest"}
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".svg": "image/svg+xml"}


def packed(path: Path) -> bytes:
    """What a web host sends of a file."""
    data = path.read_bytes()
    return gzip.compress(data, 6) if path.suffix in COMPRESSED else data


class Line:
    """A server at the end of a slow line, shared by all that is asked for at once."""

    def __init__(self, folder: Path) -> None:
        self.sent = 0
        self._turn = threading.Lock()
        line = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                path = Path(self.translate_path(self.path))
                path = path / "index.html" if path.is_dir() else path
                if not path.is_file():
                    return self.send_error(404)
                data = path.read_bytes()
                tag = f'"{hash(data)}"'
                if self.headers.get("If-None-Match") == tag:
                    self.send_response(304)
                    self.send_header("Content-Length", "0")
                    return self.end_headers()
                self.send_response(200)
                self.send_header("Content-Type", TYPES.get(path.suffix) or self.guess_type(path))
                self.send_header("ETag", tag)
                self.send_header("Cache-Control", "max-age=600")
                if path.suffix in COMPRESSED:
                    data = packed(path)
                    self.send_header("Content-Encoding", "gzip")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                for start in range(0, len(data), 16_384):
                    part = data[start : start + 16_384]
                    with line._turn:
                        time.sleep(len(part) / BYTES_A_SECOND)
                    self.wfile.write(part)
                    line.sent += len(part)
                return None

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), lambda *given: Handler(*given, directory=str(folder))
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{server.server_port}/"


def visit(browser: BrowserContext, line: Line, profile: str) -> tuple[float, float, float, float]:
    """Seconds to the text and to the first practice, MB brought by then, and MB of the tab's memory."""
    page = browser.new_page()
    began, before = time.perf_counter(), line.sent
    page.goto(line.address + MODULE)
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    text = time.perf_counter() - began
    page.locator(".practice textarea").first.wait_for()
    practice, brought = time.perf_counter() - began, (line.sent - before) / 1e6
    page.locator("#opening").wait_for(state="detached")
    memory = tab_memory(profile)
    page.close()
    return text, practice, brought, memory


def tab_memory(profile: str) -> float:
    """MB of memory of the largest page process of the browser with this profile (Linux; elsewhere 0)."""
    return max((resident(one) for one in Path("/proc").glob("[0-9]*") if is_page(one, profile)), default=0)


def is_page(process: Path, profile: str) -> bool:
    """Whether a process shows pages, and descends from the browser with this profile."""
    if "--type=renderer" not in words(process):
        return False
    while process.name != "0":
        if profile in words(process):
            return True
        try:
            stat = (process / "stat").read_text()
        except OSError:
            return False
        process = process.parent / stat.rsplit(")", 1)[1].split()[1]
    return False


def words(process: Path) -> str:
    try:
        return (process / "cmdline").read_text(errors="replace")
    except OSError:
        return ""


def resident(process: Path) -> float:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) / 1000


def main(folder: Path, rounds: int) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    sizes = [(path.stat().st_size, len(packed(path))) for path in files]
    raw, small = (sum(column) / 1e6 for column in zip(*sizes, strict=True))
    print(f"site: {raw:.1f} MB, {small:.1f} MB compressed, {len(files)} files")
    line = Line(folder)
    cold, warm = [], []
    with sync_playwright() as playwright:
        for _ in range(rounds):
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
                for results in (cold, warm):
                    browser = playwright.chromium.launch_persistent_context(
                        profile, executable_path=chromium.program(), args=chromium.FLAGS
                    )
                    browser.set_default_timeout(300_000)
                    before = line.sent
                    results.append((*visit(browser, line, profile), (line.sent - before) / 1e6))
                    browser.close()
    print("visit    text s  practice s  MB by then  MB in all  tab MB   (medians; 10 Mbit/s)")
    for name, results in (("first", cold), ("second", warm)):
        text, practice, brought, memory, everything = (
            statistics.median(column) for column in zip(*results, strict=True)
        )
        print(f"{name:8} {text:6.1f} {practice:11.1f} {brought:11.1f} {everything:10.1f} {memory:7.0f}")
    ratio = statistics.median(one[1] / two[1] for one, two in zip(cold, warm, strict=True))
    print(f"first / second visit to the practice: {ratio:.1f}x")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3)
