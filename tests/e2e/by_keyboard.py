"""A learner without a mouse: finds her way by Tab and by the page's own words, and answers every kind of activity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from iep_training.feedback import categories
from iep_training.model import Activity, Build, Choose, Classify, Order, Sort

# Where the focus is, in the page's own words: nothing here moves it.
WHERE = """() => {
  const at = document.activeElement;
  const practice = at.closest(".practice");
  const words = (node) => node ? node.innerText.trim() : "";
  return {
    tag: at.tagName,
    kind: at.type ?? "",
    name: at.getAttribute("aria-label") ?? (words(at.labels?.[0]) || words(at)),
    practice: words(practice && document.getElementById(practice.getAttribute("aria-labelledby"))),
    task: words(practice?.querySelector("h3")),
    in_hand: words(practice?.querySelector(".practice-statement")),
    leads_to: (at.pathname ?? "").split("/").pop(),
    row: at.closest("li") ? [...at.closest("li").parentNode.children].indexOf(at.closest("li")) : -1,
    written: at.value ?? "",
  };
}"""
CARD = 'document.activeElement.closest(".practice")'
SAVED = f'() => /^Saved \\d/.test({CARD}.querySelector(".practice-status").textContent)'
JUDGED = f"""() => {{
  const told = {CARD}.querySelector(".practice-feedback");
  return !told.hidden && !told.matches(".practice-old");
}}"""
RIGHT = f'() => {CARD}.querySelector(".practice-feedback").dataset.right === "true"'
KEY_BY_KEY = 24  # characters of a text that are typed; the rest is put in at once, as pasting does
FAR = 200  # presses of Tab after which what is looked for is taken to be out of reach


@dataclass(frozen=True)
class Focus:
    """What has the focus: its name, and the practice and task around it, if any.

    `leads_to` is the file a link opens, `row` the place in a list.
    """

    tag: str
    kind: str
    name: str
    practice: str
    task: str
    in_hand: str
    leads_to: str
    row: int
    written: str

    def is_called(self, name: str) -> bool:
        """Whether the name begins with these words; what follows, on a line of its own, explains it."""
        return self.name == name or self.name.startswith(f"{name}\n")


def write(page: Page, text: str) -> None:
    """Write where the focus is: the first words key by key, then all the rest."""
    page.keyboard.type(text[:KEY_BY_KEY])
    page.keyboard.insert_text(text[KEY_BY_KEY:])


class KeyboardLearner:
    """Works on the page that is open, by keys alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> Focus:
        self.page.keyboard.press(key)
        return self.focus()

    def focus(self) -> Focus:
        return Focus(**self.page.evaluate(WHERE))

    def tab_to(self, wanted: Callable[[Focus], bool], what: str) -> Focus:
        """Press Tab until the focus is where it is wanted. After the page's last stop, Tab begins again at its top."""
        focus = self.focus()
        passed = []
        for _ in range(FAR):
            if wanted(focus):
                return focus
            passed.append(focus.name[:60])
            focus = self.press("Tab")
        raise AssertionError(f"{what} can't be reached with Tab. Passed: {passed[:60]}")

    def tab_to_name(self, *names: str) -> Focus:
        return self.tab_to(lambda focus: any(focus.is_called(name) for name in names), " or ".join(names))

    def follow_link_to(self, file: str) -> None:
        """Tab to a link to this file and open it."""
        self.tab_to(lambda focus: focus.leads_to == file, f"A link to {file}")
        self.page.keyboard.press("Enter")

    # --- one activity

    def answer(self, activity: Activity, answer: Any) -> bool:
        """Give this answer to the activity with the focus, and check it. Returns whether the page calls it right."""
        self.fill(activity, answer)
        self.tab_to_name("Check", "Save")
        self.press("Enter")
        self.page.wait_for_function(JUDGED)
        self.page.wait_for_function(SAVED)
        return bool(self.page.evaluate(RIGHT))

    def fill(self, activity: Activity, answer: Any) -> None:
        match activity:
            case Choose(many=True):
                self.tick([one.text for one in activity.options if one.id in answer])
            case Choose():
                self.pick(next(one.text for one in activity.options if one.id == answer))
            case Classify():
                self.pick(next(one["label"] for one in categories() if one["id"] == answer))
            case Sort():
                self.sort(activity, answer)
            case Order():
                self.order([step.text for identity in answer for step in activity.steps if step.id == identity])
            case Build():
                self.build(activity, answer)
            case _:
                self.tab_to(lambda focus: focus.tag == "TEXTAREA", "A box to write in")
                self.write(answer)

    def pick(self, option: str) -> None:
        """Choose a radio button: Tab goes to the first, the arrow keys go on, Space takes the one with the focus."""
        focus = self.tab_to(lambda focus: focus.kind == "radio", option)
        if focus.is_called(option):
            self.press("Space")
        seen = {focus.name}
        while not focus.is_called(option):
            focus = self.press("ArrowDown")
            assert focus.name not in seen, f"{option} is not among {seen}"
            seen.add(focus.name)

    def tick(self, options: list[str]) -> None:
        left = list(options)
        while left:
            focus = self.tab_to(lambda focus: focus.kind == "checkbox" and focus.name in left, left[0])
            left.remove(focus.name)
            self.press("Space")

    def sort(self, activity: Sort, answer: Mapping[str, str]) -> None:
        groups = [group.title for group in activity.groups]
        place = {group.id: index for index, group in enumerate(activity.groups)}
        target = {card.text: place[answer[card.id]] for card in activity.cards}
        focus = self.tab_to_name(groups[0])
        for _ in activity.cards:
            wanted = target[focus.in_hand]
            while focus.name != groups[wanted]:
                focus = self.press("Tab" if groups.index(focus.name) < wanted else "Shift+Tab")
            focus = self.press("Enter")

    def order(self, steps: list[str]) -> None:
        for row, step in enumerate(steps[:-1]):
            focus = self.tab_to_name(f"Move up: {step}")
            while focus.row > row:
                focus = self.press("Enter")

    def build(self, activity: Build, answer: Mapping[str, str]) -> None:
        if activity.cases:
            self.pick(next(case.name for case in activity.cases if case.id == answer["case"]))
        for field in activity.fields:
            if field.id in answer:
                label = field.label
                self.tab_to(lambda focus, label=label: focus.tag == "TEXTAREA" and focus.name.startswith(label), label)
                self.write(answer[field.id])

    def write(self, text: str) -> None:
        """Type over what the box holds."""
        self.press("Control+A")
        write(self.page, text)
        assert self.focus().written == text

    def wait_until_saved(self) -> None:
        self.page.wait_for_function(SAVED)
