"""What other checkers of wording say of the same statements: the lines each one warns of, where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

# Each takes a file and prints the line and column of a warning. alex runs retext-equality and retext-profanities.
COMMANDS = {
    "alex (retext-equality)": ("alex", "--text"),
    "write-good": ("write-good", "--parse"),
    "proselint": ("proselint", "check"),
}
_PLACE = re.compile(r"(?:^|[\s:])(\d+):\d+")
_LONGEST_WAIT = 120


def warned(texts: Sequence[str]) -> dict[str, list[bool] | None]:
    """For each peer, whether it warns of each text; None where it is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "statements.txt"
        # A blank line between them, so that no checker reads two statements as one.
        file.write_text("\n\n".join(text.replace("\n", " ") for text in texts) + "\n", encoding="utf-8")
        return {name: _run(command, file, len(texts)) for name, command in COMMANDS.items()}


def _run(command: Sequence[str], file: Path, count: int) -> list[bool] | None:
    program = shutil.which(command[0])
    if program is None:
        return None
    done = subprocess.run(
        [program, *command[1:], str(file)], capture_output=True, text=True, check=False, timeout=_LONGEST_WAIT
    )
    lines = (done.stdout + done.stderr).splitlines()
    places = {int(found.group(1)) for line in lines if (found := _PLACE.search(line.replace(str(file), "")))}
    return [2 * number + 1 in places for number in range(count)]
