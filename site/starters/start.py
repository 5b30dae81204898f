"""Show the course that lies in this folder, on this computer alone. Run by the starters; needs nothing but Python 3."""

import functools
import sys
import threading
import urllib.request
import webbrowser
from contextlib import suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# Always the same, because a browser keeps answers by address, and the port is part of it.
PORT = 8778
HERE = Path(__file__).resolve().parent
PLACE = f"http://127.0.0.1:{PORT}/"

TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".svg": "image/svg+xml"}


class Handler(SimpleHTTPRequestHandler):
    """Serves files with the right types, whatever this computer's own list says."""

    def guess_type(self, path: str) -> str:
        """The type of a file, by its name."""
        return TYPES.get(Path(path).suffix) or super().guess_type(path)

    def log_message(self, *_: object) -> None:
        """Say nothing about each file."""


def already_open() -> bool:
    """Whether the course is being shown from another window."""
    try:
        with urllib.request.urlopen(PLACE + "built-by-iep-training.txt", timeout=2) as answer:
            return b"iep-training" in answer.read()
    except OSError:
        return False


def main() -> int:
    """Show the course until the window is closed. Returns 0, or 1 when its place is taken."""
    address = PLACE + "index.html"
    show = "--no-browser" not in sys.argv
    if already_open():
        print("The course is already open:", address)
        if show:
            webbrowser.open(address)
        return 0
    try:
        server = ThreadingHTTPServer(("127.0.0.1", PORT), functools.partial(Handler, directory=str(HERE)))
    except OSError:
        print(f"Another program on this computer uses the course's place (port {PORT}). Close it and start again.")
        return 1
    print("The course opens in your browser. If it does not, open this address there:\n   ", address)
    print("Leave this window open while you work. To stop, close it.", flush=True)
    if show:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    with suppress(KeyboardInterrupt):
        server.serve_forever()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
