"""Compile the browser's Python while the site is built, so that no visit has to: practice is there seconds sooner.

Only the Python that will run the course can compile for it, and Node.js can start that one here. See site/precompile/.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from iep_training.site import tools
from iep_training.site.places import site_folder


def precompile(site: Path) -> bool:
    """Compile in place what a visit runs. False where there is no Node.js: the site works all the same, only slower.

    Raises CourseError with one line when Python does not start or a module can't be compiled.
    """
    node = shutil.which("node")
    if not node:
        return False
    program = site_folder() / "precompile" / "precompile.mjs"
    tools.run([node, program, site], "The browser’s Python does not start with the course’s packages")
    return True
