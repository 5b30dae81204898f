"""The built site on a web server, and a browser profile that can be closed and opened again."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, BrowserType, Page

from iep_training import content

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 120_000  # ms; a busy machine starts Python in the browser slowly


class Site:
    """A folder served below the address /some/where/, which can be taken off the network and put back."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.sent = 0
        self._root = root
        place = root / "some" / "where"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(folder, target_is_directory=True)
        self._port = 0
        self.start()

    def start(self) -> None:
        site = self

        class Handler(http.server.SimpleHTTPRequestHandler):
            extensions_map = {  # noqa: RUF012
                **http.server.SimpleHTTPRequestHandler.extensions_map,
                ".js": "text/javascript",
                ".mjs": "text/javascript",
                ".wasm": "application/wasm",
            }

            def log_message(self, *_):
                pass

            def copyfile(self, source, output):
                data = source.read()
                site.sent += len(data)
                output.write(data)

        class Server(http.server.ThreadingHTTPServer):
            def handle_error(self, *_):
                """A browser that leaves a page hangs up on files it no longer wants."""

        handler = functools.partial(Handler, directory=str(self._root))
        self._server = Server(("127.0.0.1", self._port), handler)
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}/some/where/"

    def module(self, notebook: str) -> str:
        return f"{self.address}notebooks/index.html?path={notebook}"


# What Chromium asks for on its own account, whatever page it shows.
CHROMIUMS_OWN = {
    "accounts.google.com",
    "android.clients.google.com",
    "clients2.google.com",
    "content-autofill.googleapis.com",
    "mtalk.google.com",
    "optimizationguide-pa.googleapis.com",
    "redirector.gvt1.com",
    "update.googleapis.com",
}


class Outside:
    """Where every request to another machine ends up: it is refused, and counted unless it is Chromium's own."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        outside = self

        class Refuse(http.server.BaseHTTPRequestHandler):
            def refuse(self):
                address = self.path if "://" in self.path else f"https://{self.path}"
                if urlsplit(address).hostname not in CHROMIUMS_OWN:
                    outside.asked.append(address)
                self.send_error(403)

            do_GET = do_POST = do_HEAD = do_CONNECT = refuse

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refuse)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def proxy(self) -> dict[str, str]:
        return {"server": f"http://127.0.0.1:{self._server.server_port}", "bypass": "127.0.0.1"}

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Visitor:
    """One browser with the whole course in it, which turns from module to module as a reader does."""

    def __init__(self, context: BrowserContext, site: Site, outside: Outside) -> None:
        self.context = context
        self.site = site
        self.outside = outside
        self.tab = open_module(context, site.module(content.modules()[0].notebook))
        wait_until_kept(self.tab)

    def open(self, notebook: str) -> Page:
        """The module in the visitor's tab, its practice ready."""
        self.tab.goto(self.site.module(notebook))
        self.tab.get_by_text("Practice is ready.").wait_for()
        return self.tab

    def leave(self) -> None:
        """Turn away from the module, so that its Python stops."""
        self.tab.goto("about:blank")

    @contextmanager
    def new_tab(self) -> Iterator[Page]:
        """An empty tab of the same browser."""
        page = self.context.new_page()
        try:
            yield page
        finally:
            page.close()


@contextmanager
def profile(chromium: BrowserType, folder: Path, outside: Outside) -> Iterator[BrowserContext]:
    """A browser with a memory of its own in `folder`: opened again with the same folder, it is the same browser."""
    context = chromium.launch_persistent_context(
        folder, executable_path=CHROMIUM, args=[*FLAGS], proxy=outside.proxy, viewport={"width": 1000, "height": 900}
    )
    context.set_default_timeout(PATIENCE)
    try:
        yield context
    finally:
        context.close()


def open_module(context: BrowserContext, address: str) -> Page:
    """A new tab with a module whose practice is ready."""
    page = context.new_page()
    page.goto(address)
    page.get_by_text("Practice is ready.").wait_for()
    return page


def wait_until_kept(page: Page) -> None:
    """Wait until the whole course is in this browser: then the line at the bottom is gone."""
    page.locator("#opening").wait_for(state="detached")
