"""The base of every practice widget: it shows a set of activities, answers the page's messages and keeps the answers.

The page sends `{seq, type, id, answer}`; an answer has the shape that its kind's record names. Types: "typing" (read
this answer, or the `part` of it that is being written), "save", "check" (save and judge) and "examples". No reply
within four seconds tells the page that the kernel is gone. With "save" and "check" the page also sends `view`, its own
name, and `since`, when the answer it knows was saved: where another window has saved something else meanwhile, the
reply holds that as `other`, so that nothing is replaced in silence. A save that a later one of the same view overtook
(by `seq`) replaces nothing.
"""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from iep_training.answers import AnswerStore
from iep_training.feedback import answer_text, check, clean, is_blank, keep
from iep_training.model import Activity, ActivitySet, CourseError, Feedback, Reflection, to_json
from iep_training.widgets import static
from iep_training.widgets.answering import MISFIT, STYLES, AnsweringWidget, joined
from iep_training.widgets.cautions import cautions


def module(*own: str) -> str:
    """The ES module of a kind: the shared files, and the kind's own on top of them."""
    return joined("base.js", "card.js", *own)


class PracticeWidget(AnsweringWidget):
    """A set of activities of one kind, one shown at a time. A kind adds what its cards hold, and its ES module."""

    _css = joined(*STYLES)

    title = traitlets.Unicode().tag(sync=True)
    intro = traitlets.Unicode().tag(sync=True)
    graded = traitlets.Bool(False).tag(sync=True)
    quiet = traitlets.Bool(False).tag(sync=True)
    """Answers are kept and not judged: no hint, nothing underlined, no reply but that they are kept."""
    cards: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    """What each activity shows, in order."""
    answers = traitlets.Dict().tag(sync=True)
    """By id: `answer`, the time it was `saved`, whether it is `done`, and `feedback` worth showing again."""
    at = traitlets.Int(0).tag(sync=True)
    """The place of the activity that is shown."""
    notice = traitlets.Unicode().tag(sync=True)
    """What the learner must know before starting, such as that saved answers can't be read."""

    judged_when_saved: ClassVar[bool] = False
    """True where every saved answer was once checked, so that its feedback may be shown again."""

    def __init__(self, chosen: ActivitySet, store: AnswerStore, *, graded: bool = False) -> None:
        self._set = chosen
        self._activities = {activity.id: activity for activity in chosen.activities}
        self._store = store
        # By activity and view: the `seq` of the last save, and when it was.
        self._last_of_view: dict[tuple[str, str], tuple[int, str]] = {}
        super().__init__(
            title=chosen.title,
            intro=chosen.intro,
            graded=graded,
            quiet=chosen.quiet,
            cards=[self.card(activity) for activity in chosen.activities],
        )
        self._restore()

    def card(self, activity: Activity) -> dict[str, Any]:
        """What the page needs to show this activity, as JSON."""
        hint = "" if self._set.quiet else activity.hint
        return {"id": activity.id, "title": activity.title, "prompt": activity.prompt, "hint": hint}

    def read(self, activity: Activity, answer: Any, part: str) -> dict[str, Any]:
        """What to show beside an answer while it is being written; `part` is the part that changed, "" for all."""
        return {}

    def invented(self, activity: Activity) -> str:
        """The names in the activity itself, which are no secret."""
        return ""

    def shown(self, activity: Activity, feedback: Feedback) -> dict[str, Any]:
        """Feedback as the page paints it."""
        tree: dict[str, Any] = to_json(feedback)
        return tree

    def reply(self, message: dict[str, Any]) -> dict[str, Any]:
        """What to answer to one message of the page."""
        activity = self._activities.get(str(message.get("id")))
        if activity is None:
            raise CourseError("This activity is not on this page. Open the page again")
        answer = clean(activity, message.get("answer"))
        match message.get("type"):
            case "typing":
                part = str(message.get("part") or "")
                read = clean(activity, None) if self.quiet else answer
                return self.read(activity, read, part) | {"private": self._private(activity, answer, part)}
            case "save":
                return self._save(activity, answer, message)
            case "check":
                return self._check(activity, answer, message)
            case "examples":
                return {"examples": [] if self.graded or self.quiet else _examples(activity)}
        raise CourseError(MISFIT)

    def _private(self, activity: Activity, answer: Any, part: str) -> dict[str, list[str]]:
        """What to say of a text that could tell who a student is, by its box; the only box of a card is called ""."""
        texts = answer if isinstance(answer, dict) else {"": str(answer)}
        texts = {part: ""} | {box: text for box, text in texts.items() if part in ("", box)}
        return cautions(texts, self.invented(activity))

    def _check(self, activity: Activity, answer: Any, message: dict[str, Any]) -> dict[str, Any]:
        reply: dict[str, Any] = {}
        try:
            reply |= self._save(activity, answer, message)
        except CourseError as error:
            # The feedback is worth having even where the answer can't be kept.
            reply["trouble"] = str(error)
        if not self.graded:
            feedback = self._judge(activity, answer)
            reply["feedback"] = self.shown(activity, feedback)
            if feedback.right and not self.quiet:
                own = answer_text(activity, answer)
                reply["examples"] = [example for example in _examples(activity) if example != own]
        return reply

    def _judge(self, activity: Activity, answer: Any) -> Feedback:
        return keep(activity, answer) if self.quiet else check(activity, answer)

    def _save(self, activity: Activity, answer: Any, message: dict[str, Any]) -> dict[str, Any]:
        view = (activity.id, str(message.get("view")))
        given = message.get("seq")
        seq = given if isinstance(given, int) else 0
        last_seq, last_saved = self._last_of_view.get(view, (seq, ""))
        if seq < last_seq:
            return {"saved": last_saved}
        known = (message.get("since"), last_saved)
        before = self._on_disk(activity)
        saved = self._store.save(activity.id, answer)
        self._last_of_view[view] = (seq, saved)
        self.answers = {**self.answers, activity.id: self._entry(activity, answer, saved)}
        if before is None or before["saved"] in known:
            return {"saved": saved}
        theirs = clean(activity, before["answer"])
        if is_blank(theirs) or theirs == answer:
            return {"saved": saved}
        return {
            "saved": saved,
            "other": {"answer": theirs, "words": answer_text(activity, theirs), "saved": before["saved"]},
        }

    def _on_disk(self, activity: Activity) -> dict[str, Any] | None:
        try:
            return self._store.read().get(activity.id)
        except CourseError:
            return None  # saving comes next, and says what is wrong

    def _entry(self, activity: Activity, answer: Any, saved: str) -> dict[str, Any]:
        if self.graded:
            return {"answer": answer, "saved": saved, "done": not is_blank(answer), "feedback": None}
        feedback = self._judge(activity, answer)
        show = not is_blank(answer) and (feedback.right or self.judged_when_saved)
        return {
            "answer": answer,
            "saved": saved,
            "done": feedback.right,
            "feedback": self.shown(activity, feedback) if show else None,
        }

    def _restore(self) -> None:
        try:
            kept = self._store.read()
        except CourseError as error:
            self.notice = str(error)
            return
        self.answers = {
            activity.id: self._entry(activity, clean(activity, kept[activity.id]["answer"]), kept[activity.id]["saved"])
            for activity in self._activities.values()
            if activity.id in kept
        }
        done = {name for name, entry in self.answers.items() if entry["done"]}
        self.at = next((place for place, name in enumerate(self._activities) if name not in done), 0)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle
        answers = {name: entry["answer"] for name, entry in self.answers.items()}
        page = static(self._set, answers, graded=self.graded)
        return data | {"text/html": page.html, "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        # Always the same words, so that a notebook run twice is the same notebook.
        return f"Practice: {self.title}"


def _examples(activity: Activity) -> list[str]:
    """The model answers, in words. A question that a word answers, such as yes or no, has none to learn from."""
    if isinstance(activity, Reflection) and not activity.least_words:
        return []
    return [answer_text(activity, answer) for answer in activity.strong]
