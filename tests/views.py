"""Look at a screen as people see it: light, dark and in forced colors, wide and on a phone, with axe each time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from harness import Bench

# Color scheme, forced colors, width in pixels. 320 px is also what 400% zoom leaves of a 1280 px window (WCAG 1.4.10).
VIEWS = (
    ("light", "none", 1280),
    ("light", "none", 320),
    ("dark", "none", 1280),
    ("dark", "none", 320),
    ("light", "active", 1280),
)
HEIGHT = 900

# What a learner may see or touch: each must be large enough (WCAG 2.5.8). Of a label with its radio button or box, the
# label is the target.
SMALL = """() => [...document.querySelectorAll("#here :is(button, a, summary, textarea, select, input)")]
  .map((one) => (one.matches("label input") ? one.closest("label") : one))
  .filter((one) => one.checkVisibility())
  .map((one) => [one.innerText || one.outerHTML, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 24 || box.height < 24)
  .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""

# What makes the page wider than the window, so that it has to be scrolled sideways.
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("#here *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.outerHTML.slice(0, 200))"""

# What moves or fades, though the reader asks for stillness (as every page of these tests does).
MOVING = """() => document.getAnimations().length + [...document.querySelectorAll("#here *")]
  .filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).length"""

looked: Counter[str] = Counter()
"""How often axe looked at a screen, and at how many different ones, in this run."""


def barriers(bench: Bench, name: str, screenshots: Path | None = None) -> list[str]:
    """What stands in anyone's way on the screen that is open, in any view. `name` is that of its pictures."""
    page, found = bench.page, []
    looked["screens"] += 1
    for scheme, forced, width in VIEWS:
        view = f"{scheme}-{width}" if forced == "none" else f"forced-{width}"
        page.emulate_media(color_scheme=scheme, forced_colors=forced)
        page.set_viewport_size({"width": width, "height": HEIGHT})
        bench.picture(screenshots, f"{name}-{view}")
        problems = bench.problems()
        looked["looks"] += 1
        problems += [f"reaches over the edge: {one}" for one in page.evaluate(TOO_WIDE)]
        problems += [f"too small to hit: {one}" for one in page.evaluate(SMALL)]
        if page.evaluate(MOVING):
            problems.append("moves")
        looked["barriers"] += len(problems)
        found += [f"{view}: {one}" for one in problems]
    return found
