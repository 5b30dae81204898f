"""Cards in groups: each card that lies where it belongs earns its share."""

from __future__ import annotations

from typing import Any

from iep_training.feedback.shared import nothing_yet, readable, total, words
from iep_training.model import Criterion, Feedback, Sort


def clean(activity: Sort, answer: Any) -> dict[str, str]:
    """{card: group} with the ids of this activity alone; a card that lies nowhere is left out."""
    if not isinstance(answer, dict):
        return {}
    groups = {group.id for group in activity.groups}
    placed = {card.id: readable(answer.get(card.id)) for card in activity.cards}
    return {card: group for card, group in placed.items() if group in groups}


def in_words(activity: Sort, answer: dict[str, str]) -> str:
    """Each group with its cards, one group a line."""
    lines = []
    for group in activity.groups:
        cards = [card.text for card in activity.cards if answer.get(card.id) == group.id]
        if cards:
            lines.append(f"{group.title}: {' | '.join(cards)}")
    return "\n".join(lines)


def judge(activity: Sort, answer: dict[str, str]) -> Feedback:
    """The share of the cards that lie in their group. A criterion a card, in the order of the cards."""
    said = words()["sort"]
    if not answer:
        return nothing_yet(activity, said["empty"])
    worth = activity.points / len(activity.cards)
    criteria = tuple(
        Criterion(card.text, met, card.why if card.id in answer else said["unplaced"], worth if met else 0.0, worth)
        for card in activity.cards
        for met in [answer.get(card.id) == card.group]
    )
    there, count = sum(one.met for one in criteria), len(criteria)
    unplaced = count - len(answer)
    step = said["place_all"].format(count=unplaced) if unplaced else said["look_again"].format(count=count - there)
    return Feedback(
        id=activity.id,
        right=there == count,
        earned=total(criteria, activity.points),
        points=activity.points,
        good=(said["right"] if there == count else said["there"].format(there=there, count=count),) if there else (),
        next_step="" if there == count else step,
        criteria=criteria,
        takeaway=activity.takeaway,
    )
