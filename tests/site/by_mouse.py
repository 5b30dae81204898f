"""A visitor with a mouse: gives an answer of any kind, wherever the practice is shown, and reads what comes back."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

from iep_training.feedback import is_blank
from iep_training.model import Activity, Build, Choose, Classify, Order, Sort

# What is shown of a practice, but for what two tellings of the same words may differ in: the names that tie labels to
# boxes, the time of saving, where a download lies, what Jupyter adds to headings and to boxes, and
# what depends on how fast one types: what is read meanwhile, and what a screen reader has been told so far.
PASSING = ".practice-status, .numbering-entry, .practice-live, .practice-mirror, .practice-caution, [role=status]"
SHOWN = """(card, passing) => {
  const shown = card.cloneNode(true);
  shown.querySelectorAll(passing).forEach((node) => node.remove());
  return shown.outerHTML.replace(/iep-[a-z0-9]{5,}/g, "name").replace(/"blob:[^"]+"/g, '"download"')
    .replaceAll(' data-lm-suppress-shortcuts=""', "");
}"""
JUDGED = """card => {
  const told = card.querySelector(".practice-feedback");
  return !told.hidden && !told.matches(".practice-old")
    && /^Saved/.test(card.querySelector(".practice-status").textContent);
}"""
OWN_WORDS = "In the next meeting I will begin with what the student does well, and ask the family what they see."


def practice_called(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title, exact=True)


def answers_to(activity: Activity) -> list[Any]:
    """A weak answer that can be given by hand, and a strong one; own words where there is no right or wrong."""
    weak = [answer for answer in activity.weak if not is_blank(answer) and is_whole(activity, answer)]
    return [*weak[:1], *activity.strong[:1]] or [OWN_WORDS]


def is_whole(activity: Activity, answer: Any) -> bool:
    match activity:
        case Sort():
            return len(answer) == len(activity.cards)
        case Order():
            return len(answer) == len(activity.steps)
    return True


def give(card: Locator, activity: Activity, answer: Any) -> None:
    """Give the answer and press the main button. Returns when the reply is there and the answer is saved."""
    match activity:
        case Choose(many=True):
            for option in activity.options:
                card.locator(f'input[value="{option.id}"]').set_checked(option.id in answer)
        case Choose() | Classify():
            card.locator(f'input[value="{answer}"]').check()
        case Sort():
            sort(card, activity, answer)
        case Order():
            order(card, activity, answer)
        case Build():
            if activity.cases:
                card.locator(f'input[value="{answer["case"]}"]').check()
            boxes = card.locator(".practice-field textarea")
            for place, field in enumerate(activity.fields):
                boxes.nth(place).fill(answer.get(field.id, ""))
        case _:
            card.locator("textarea").first.fill(answer)
    card.locator(".practice-actions .practice-main").click()
    card.page.wait_for_function(JUDGED, arg=card.element_handle())


def sort(card: Locator, activity: Sort, answer: dict[str, str]) -> None:
    piles = [group.id for group in activity.groups]
    for one in activity.cards:
        place = piles.index(answer[one.id])
        if holding(card.locator(".practice-pile").nth(place), one.text).count():
            continue
        placed = holding(card, one.text)
        if placed.count():  # in another pile, from an earlier try
            placed.click()
        card.locator(".practice-target").nth(place).click()


def holding(where: Locator, text: str) -> Locator:
    return where.locator(".practice-card").filter(has_text=text)


def order(card: Locator, activity: Order, answer: list[str]) -> None:
    texts = {step.id: step.text for step in activity.steps}
    for row, wanted in enumerate(answer):
        steps = card.locator(".practice-sequence .practice-step-words").all_inner_texts()
        at = next(place for place, text in enumerate(steps) if texts[wanted] in text)
        for _ in range(at - row):
            card.get_by_role("button", name=f"Move up: {texts[wanted]}", exact=True).click()


def shown(card: Locator) -> str:
    return str(card.evaluate(SHOWN, PASSING))
