"""Look over a finished site: every part that belongs in it is there, and nothing in it reaches outside.

The tools that build a site warn about a missing part and go on. Here, a missing part stops the build.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from iep_training import __version__, content
from iep_training.model import CourseError
from iep_training.site.places import site_folder
from iep_training.site.wheel import STAND_INS

KERNEL_SETTINGS = "@jupyterlite/pyodide-kernel-extension:kernel"


def verify(site: Path, pyodide: str, extensions: Sequence[str]) -> None:
    """Raise CourseError with the first thing wrong. `pyodide` is its version; `extensions` must all be there."""
    problem = next(problems(site, pyodide, extensions), None)
    if problem:
        raise CourseError(f"The site is not whole, so it was not put in place: {problem}")


def problems(site: Path, pyodide: str, extensions: Sequence[str]) -> Iterator[str]:
    """Everything that is wrong with a site, in plain words."""
    config = _json(site / "jupyter-lite.json").get("jupyter-config-data", {})
    yield from _pyodide(site, pyodide)
    yield from _packages(site, config)
    yield from _extensions(site, config, extensions)
    yield from _modules(site)
    yield from _pages(site)


def _pyodide(site: Path, version: str) -> Iterator[str]:
    folder = site / "static" / "pyodide"
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
        if not (folder / name).is_file():
            yield f"Pyodide’s {name} is missing"
    found = _json(folder / "package.json").get("version")
    if found != version:
        yield f"Pyodide is {found}, not {version}"


def _packages(site: Path, config: dict[str, Any]) -> Iterator[str]:
    folder = site / "static" / "pyodide-lock"
    locked = {one["name"]: one for one in _json(folder / "pyodide-lock.json").get("packages", {}).values()}
    for name, version in {**pinned(), **STAND_INS, "iep-training": __version__}.items():
        one = locked.get(name)
        if one is None:
            yield f"the Python package {name} is missing"
        elif one["version"] != version:
            yield f"the Python package {name} is {one['version']}, not {version} as pinned"
    for name, one in locked.items():
        wheel = folder / one["file_name"]
        if not wheel.is_file():
            yield f"the file of the Python package {name} is missing ({one['file_name']})"
        elif hashlib.sha256(wheel.read_bytes()).hexdigest() != one["sha256"]:
            yield f"the file of the Python package {name} is damaged"
    settings = config.get("litePluginSettings", {}).get(KERNEL_SETTINGS, {})
    options = settings.get("loadPyodideOptions", {})
    for name in ("iep-training", *STAND_INS):
        if name not in options.get("packages", ()):
            yield f"the kernel does not load {name}"
    if not settings.get("disablePyPIFallback"):
        yield "the kernel may ask an outside server for packages"
    for address in (settings.get("pyodideUrl", ""), options.get("lockFileURL", "")):
        if not address.startswith("./") or not (site / address).is_file():
            yield f"the kernel looks for “{address}”, which is not in the site"


def pinned() -> dict[str, str]:
    """The packages of browser.txt and their versions."""
    lines = (site_folder() / "browser.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==") for line in lines if line and not line.startswith("#"))


def _extensions(site: Path, config: dict[str, Any], expected: Sequence[str]) -> Iterator[str]:
    found = {one["name"]: one["load"] for one in config.get("federated_extensions", ())}
    for name in expected:
        if name not in found:
            yield f"the extension {name} is missing"
    for name, load in found.items():
        if name not in expected:
            yield f"the extension {name} does not belong in it"
        if not (site / "extensions" / name / load).is_file():
            yield f"the extension {name} has no file {load}"


def _modules(site: Path) -> Iterator[str]:
    listed = {one.get("name") for one in _json(site / "api" / "contents" / "all.json").get("content", ())}
    for module in content.modules():
        if module.notebook not in listed or not (site / "files" / module.notebook).is_file():
            yield f"the module {module.notebook} is missing"
    for name in sorted(path.name for path in (site / "files").rglob("answers*.json")):
        yield f"a learner’s file {name} is in it"


def _pages(site: Path) -> Iterator[str]:
    for path in sorted([*site.glob("*.html"), *site.glob("guides/*.html"), site / "notebooks" / "index.html"]):
        name = path.relative_to(site).as_posix()
        if not path.is_file():
            yield f"the page {name} is missing"
            continue
        page = _Addresses()
        page.feed(path.read_text(encoding="utf-8"))
        for address in page.brought:
            if urlsplit(address).scheme not in ("", "data") or address.startswith("//"):
                yield f"the page {name} brings {address} from outside"
        for address in (*page.brought, *page.links):
            parts = urlsplit(address)
            if parts.scheme or not parts.path:
                continue
            target = path.parent / unquote(parts.path)
            if not (target / "index.html" if target.is_dir() else target).is_file():
                yield f"the page {name} links to {address}, which is not in the site"
            wanted = re.match(r"path=([^&]+)", parts.query)
            if wanted and not (site / "files" / PurePosixPath(unquote(wanted[1]))).is_file():
                yield f"the page {name} links to the module {wanted[1]}, which is not in the site"


class _Addresses(HTMLParser):
    """What a page brings by itself, and what it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.brought: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value for name, value in attributes if value}
        self.brought += [found[name] for name in ("src", "srcset", "poster") if name in found]
        if "href" in found:
            (self.links if tag == "a" else self.brought).append(found["href"])


def _json(path: Path) -> dict[str, Any]:
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return tree if isinstance(tree, dict) else {}
