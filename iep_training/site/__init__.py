"""Build the browser edition: the course, and the pages around it, as a folder of static files.

`build.py` tells the whole way; each step is a file of its own. What the site is made of, prose included, lies in the
folder `site` at the top of the project.
"""

from __future__ import annotations

from iep_training.site.build import build

__all__ = ["build"]
