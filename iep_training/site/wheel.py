"""Wheels that only the browser edition needs: the part of the kit that runs there, and stand-ins.

The browser has no server, no graders and no command line, and its Python may be newer than any that the whole kit
is tested with. So the wheel is packed here from the running package: the same in a clone and in an installed kit.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from iep_training import __version__, content

# What only an installed kit can use.
LEFT_OUT = {"cli", "grading", "labextension", "learn", "site", "_course", "_docs", "_site"}

NEEDS = ("anywidget", "ipywidgets")

# IPython asks for these packages by name, and uses them where code is completed or typed in a terminal. Nobody does so
# in this course, and they weigh 6 MB.
STAND_INS = {"jedi": "0.20.999", "prompt-toolkit": "3.0.999"}

# A wheel of the same files is the same wheel, byte for byte.
MOMENT = (2020, 1, 1, 0, 0, 0)


def pack(folder: Path) -> list[Path]:
    """Write the kit's wheel and the stand-ins into the folder, and return their paths."""
    files = {
        **{f"iep_training/{name}": path.read_bytes() for name, path in _package_files()},
        **{f"iep_training/_course/{name}": path.read_bytes() for name, path in _course_files()},
    }
    return [
        _write(folder, "iep_training", __version__, files, NEEDS),
        *(_write(folder, name, version, {}, ()) for name, version in STAND_INS.items()),
    ]


def _write(folder: Path, name: str, version: str, files: Mapping[str, bytes], needs: Sequence[str]) -> Path:
    stem = f"{name.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    metadata = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    metadata += [f"Requires-Dist: {need}" for need in needs]
    files = {
        **files,
        f"{info}/METADATA": "\n".join([*metadata, ""]).encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: iep-training\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""]).encode()
    wheel = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(zipfile.ZipInfo(path, MOMENT), data, zipfile.ZIP_DEFLATED)
    return wheel


def _package_files() -> Iterator[tuple[str, Path]]:
    root = Path(content.__file__).parents[1]
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if path.is_file() and name.parts[0] not in LEFT_OUT and "__pycache__" not in name.parts:
            yield name.as_posix(), path


def _course_files() -> Iterator[tuple[str, Path]]:
    # The modules themselves are files of the site, and the guides are pages of it.
    root = content.course_folder()
    tables = [*root.glob("*.toml"), *root.glob("*/*.toml"), *root.glob("activities/data/*")]
    for path in sorted(tables):
        yield path.relative_to(root).as_posix(), path


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
