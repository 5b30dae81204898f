"""Builds the browser edition once for all tests that open it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_site import Outside, Site

from iep_training.site import build, tools

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built by the command's own function: minutes of work, so only where IEP_TRAINING_SITE=1 asks for it."""
    if os.environ.get("IEP_TRAINING_SITE") != "1":
        pytest.skip("set IEP_TRAINING_SITE=1 to build the browser edition and open it")
    missing = [] if shutil.which("npm") else ["npm"]
    missing += [] if os.environ.get("UV") or shutil.which("uv") else ["uv"]
    missing += [] if tools._python("3.12") else ["a Python of 3.12 or newer"]
    if missing:
        message = f"the browser edition can't be built here: {', '.join(missing)} missing"
        pytest.fail(message)
    return build(tmp_path_factory.mktemp("site") / "built", tell=lambda _: None)


@pytest.fixture
def chromium(browser: Browser) -> BrowserType:
    """What starts a browser with a profile of its own."""
    return browser.browser_type


@pytest.fixture
def outside() -> Iterator[Outside]:
    outside = Outside()
    yield outside
    outside.close()


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Iterator[Site]:
    """A copy of the site on a server, so that a test may change it."""
    copy = tmp_path / "copy"
    shutil.copytree(built, copy)
    site = Site(copy, tmp_path / "www")
    yield site
    site.stop()
