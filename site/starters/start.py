"""Show the course that lies in this folder, on this computer alone. Run by the starters; needs nothing but Python 3."""

import functools
import http.server
import os
import sys
import threading
import urllib.error
import urllib.request
import webbrowser

# Always the same, because a browser keeps answers by address, and the port is part of it.
PORT = 8778
HERE = os.path.dirname(os.path.abspath(__file__))
ADDRESS = f"http://127.0.0.1:{PORT}/index.html"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files with the right types, whatever this computer's own list says."""

    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".json": "application/json",
        ".svg": "image/svg+xml",
    }

    def log_message(self, *_):
        """Say nothing about each file."""


def ours_is_running():
    """Whether this very course is already open in another window."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/built-by-iep-training.txt", timeout=2) as answer:
            return b"iep-training" in answer.read()
    except (OSError, urllib.error.URLError):
        return False


def main():
    """Serve the folder until the window is closed."""
    show = "--no-browser" not in sys.argv
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), functools.partial(Handler, directory=HERE))
    except OSError:
        if not ours_is_running():
            print(f"Another program on this computer uses the course's place (port {PORT}). Close it and start again.")
            return 1
        print(f"The course is already open: {ADDRESS}")
        if show:
            webbrowser.open(ADDRESS)
        return 0
    print(f"The course opens in your browser. If it does not, open this address there:\n    {ADDRESS}")
    print("Leave this window open while you work. To stop, close it.")
    if show:
        threading.Timer(0.5, webbrowser.open, [ADDRESS]).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
