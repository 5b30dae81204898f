"""Bring what builds the site: a Python environment of its own, and Pyodide (Python for the browser).

Both are pinned in the folder `site` and kept in this account's cache, so only the first build waits for them. The
environment is apart from the kit's own, because JupyterLite puts every extension it finds beside itself into a site.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iep_training.model import CourseError
from iep_training.site.places import site_folder


@dataclass(frozen=True, slots=True)
class Tools:
    """What a build works with: the environment's folder, and Pyodide as the npm package's .tgz file."""

    environment: Path
    pyodide: Path

    def program(self, name: str) -> Path:
        """A program of the environment."""
        return self.environment / ("Scripts" if os.name == "nt" else "bin") / name

    def extension(self, name: str) -> Path:
        """A JupyterLab extension of the environment."""
        return self.environment / "share" / "jupyter" / "labextensions" / name


def bring(pyodide: Path | None = None, python: str | None = None) -> Tools:
    """Find the tools in the cache, or bring them there.

    `pyodide` is a .tgz file to use instead of npm's, `python` a Python to build with.
    """
    from platformdirs import user_cache_path

    cache = user_cache_path("iep-training", appauthor=False)
    pins = tomllib.loads((site_folder() / "site.toml").read_text(encoding="utf-8"))
    package = _pyodide(cache, pins["pyodide"], pyodide)
    return Tools(_environment(cache, pins["tools"], python), package)


def run(command: Sequence[str | Path], what: str, record: Path | None = None, **options: Any) -> str:
    """Run a program quietly. When it fails, raise CourseError: what could not be done, and the program's last word.

    `record` is a file that then keeps everything the program said.
    """
    try:
        done = subprocess.run([*map(str, command)], capture_output=True, text=True, errors="replace", **options)
    except OSError as error:
        raise CourseError(f"{what}: {Path(command[0]).name} does not start ({error.strerror})") from None
    said = done.stdout + done.stderr
    if record:
        record.write_text(said, encoding="utf-8")
    if done.returncode:
        raise CourseError(f"{what}: {last_word(said)}" + (f". All that was said is in {record}" if record else ""))
    return str(done.stdout)


def last_word(said: str) -> str:
    """What tells most about a failure: the last error and the lines that belong to it, else the last line."""
    lines = [line for line in said.splitlines() if line.strip()] or ["it said nothing"]
    at = max((place for place, line in enumerate(lines) if re.search(r"error\b", line, re.IGNORECASE)), default=-1)
    indent = len(lines[at]) - len(lines[at].lstrip())
    belonging = itertools.takewhile(
        lambda line: len(line) - len(line.lstrip()) > indent, lines[at + 1 :] if at >= 0 else ()
    )
    return " ".join(line.strip() for line in (lines[at], *belonging))[:300].rstrip(".")


def _environment(cache: Path, pins: dict[str, str], python: str | None) -> Path:
    listed = site_folder() / "tools.txt"
    mark = hashlib.sha256(listed.read_bytes() + str(python).encode()).hexdigest()[:12]
    environment = cache / f"site-tools-{mark}"
    complete = environment / "complete"
    if complete.exists():
        return environment
    uv = _uv()
    shutil.rmtree(environment, ignore_errors=True)
    what = "The tools that build the site could not be installed"
    chosen = python or _python(pins["python"]) or f">={pins['python']}"
    run([*uv, "venv", "--quiet", "--python", chosen, environment], what)
    run([*uv, "pip", "install", "--quiet", "--python", environment, "-r", listed], what)
    complete.touch()
    return environment


def _uv() -> list[str]:
    # `uv run` names itself to what it runs.
    if program := os.environ.get("UV") or shutil.which("uv"):
        return [program]
    if subprocess.run([sys.executable, "-m", "uv", "--version"], capture_output=True).returncode == 0:
        return [sys.executable, "-m", "uv"]
    raise CourseError("The site is built with uv. Install it (pip install uv), then run this again")


def _python(least: str) -> str | None:
    """A Python of this machine that is new enough; without one, uv may bring it."""
    for candidate in _pythons():
        try:
            done = subprocess.run(
                [candidate, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], capture_output=True, text=True
            )
        except OSError:
            continue
        if done.returncode == 0 and _number(done.stdout) >= _number(least):
            return candidate
    return None


def _pythons() -> Iterator[str]:
    yield sys.executable
    for name in ("python3", "python3.14", "python3.13", "python3.12"):
        if found := shutil.which(name):
            yield found
    # pyenv's own launchers start only the version that is in use.
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from map(str, sorted(kept.glob("3.*/bin/python3"), reverse=True))


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _pyodide(cache: Path, pins: dict[str, str], given: Path | None) -> Path:
    """The npm package as a file. A file whose content is not the pinned one is refused, wherever it comes from."""
    name = f"pyodide-{pins['version']}.tgz"
    file = given or cache / name
    if given and not given.is_file():
        raise CourseError(f"There is no file {given}. Give --pyodide the file {name} from the npm registry")
    if not file.is_file():
        npm = shutil.which("npm")
        if not npm:
            raise CourseError(
                f"Pyodide is missing: it comes with npm, and npm is not installed here. Install Node.js, "
                f"or bring the file {name} from the npm registry and add --pyodide {name}"
            )
        cache.mkdir(parents=True, exist_ok=True)
        run(
            [npm, "pack", "--silent", "--pack-destination", cache, f"pyodide@{pins['version']}"],
            f"Pyodide {pins['version']} could not be downloaded",
            cwd=cache,
        )
    if hashlib.sha256(file.read_bytes()).hexdigest() != pins["sha256"]:
        if not given:
            file.unlink()
        raise CourseError(f"{file} is not Pyodide {pins['version']} as pinned in site/site.toml. Bring it anew")
    return file
