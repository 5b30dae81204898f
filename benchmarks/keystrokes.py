"""From a keystroke to painted feedback, in a real module in Chromium: python benchmarks/keystrokes.py [rounds]

Types statements into a practice of the course at 150 ms a key. For each key: the time from the key until what the
course says of the text as it then stands is on the screen.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import chromium
from playwright.sync_api import sync_playwright

COMMAND = Path(sys.executable).with_name("iep-training")
MODULE = "02_no_cant_in_ieps"
KEY_BY_KEY = 150
SENTENCES = (
    "Maya refuses to take part in group work and is lazy.",
    "With sentence starters on a card, Maya shares her ideas in a small group.",
    "He can't sit still for more than five minutes, but with a timer he works for ten.",
)
# The box is drawn anew at each key at once, and again when the course has answered. That second drawing is timed, to
# the frame after it, from the first key that was not answered yet.
TIMES = """(box) => {
  const mirror = box.closest('.practice-box').querySelector('.practice-mirror');
  const times = window.keyTimes = [];
  let pressed = null, own = false;
  box.addEventListener('input', (event) => { pressed ??= event.timeStamp; own = true; }, true);
  new MutationObserver(() => {
    if (own) { own = false; return; }
    if (pressed === null) return;
    const since = pressed;
    pressed = null;
    requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - since)));
  }).observe(mirror, { childList: true });
}"""


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        course = subprocess.Popen(
            [COMMAND, "learn", "--no-browser"],
            env={**os.environ, "HOME": home, "JUPYTER_RUNTIME_DIR": f"{home}/runtime"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert course.stdout is not None
        address = next(line for line in course.stdout if "http://" in line).strip()
        browser = playwright.chromium.launch(executable_path=chromium.program(), args=chromium.FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address.replace("00_start_here", MODULE))
        page.get_by_text("Practice is ready.").wait_for(timeout=60_000)
        box = page.locator(".practice").first.get_by_label("Your version")
        box.evaluate(TIMES)
        typed = 0
        for sentence in SENTENCES * rounds:
            box.fill("")
            page.wait_for_timeout(1000)
            box.press_sequentially(sentence, delay=KEY_BY_KEY, timeout=120_000)
            typed += len(sentence)
            page.wait_for_timeout(1000)
        times = sorted(page.evaluate("window.keyTimes"))
        browser.close()
        course.send_signal(signal.SIGINT)
        course.wait(60)
    middle, late = statistics.median(times), times[int(0.95 * len(times))]
    print(f"{typed} keys at {KEY_BY_KEY} ms, {len(times)} answers painted, load {os.getloadavg()[0]:.1f}")
    print(f"from key to paint: median {middle:.0f} ms, 95th percentile {late:.0f} ms, most {times[-1]:.0f} ms")


if __name__ == "__main__":
    main()
