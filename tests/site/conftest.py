"""Builds the browser edition once for all tests that open it, and lets one visitor bring it to a browser once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_site import Outside, Site, Visitor, profile
from playwright.sync_api import Browser, BrowserType

from iep_training.model import CourseError
from iep_training.site import build, tools


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built by the command's own function. Where its tools can't be had, CI fails and others skip."""
    try:
        tools.bring()
    except CourseError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    return build(tmp_path_factory.mktemp("site") / "built", tell=lambda _: None)


@pytest.fixture(scope="session")
def chromium(browser: Browser) -> BrowserType:
    """What starts a browser with a profile of its own."""
    return browser.browser_type


@pytest.fixture(scope="session")
def lasting_visitor(built: Path, chromium: BrowserType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    """A browser that has the course. Answers that one test gives are there for the next."""
    outside = Outside()
    site = Site(built, tmp_path_factory.mktemp("www"))
    with profile(chromium, tmp_path_factory.mktemp("visitor") / "profile", outside) as context:
        yield Visitor(context, site, outside)
    site.stop()
    outside.close()


@pytest.fixture(scope="module")
def visitor(lasting_visitor: Visitor) -> Iterator[Visitor]:
    """The one visitor. A module left open would go on working beside the tests that follow."""
    yield lasting_visitor
    lasting_visitor.leave()


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
