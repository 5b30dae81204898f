"""Keep drafts in drafts.json beside the answers: edits never touch what the learner wrote in the modules.

The file is written like answers.json, and holds two sorts of entries: `student/june` is a student's name with the
texts gathered so far, and `edit/june/goals.goal` one edit (None once it was taken back).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from iep_training.answers import AnswerStore
from iep_training.iep.draft import Draft, Edit, Kept, Part, draft_id, gather
from iep_training.iep.template import templates
from iep_training.iep.text import one_line, plain, words
from iep_training.model import CourseError

NAME = "drafts"


class DraftStore:
    """The drafts in one folder; without one, in the folder of the running notebook.

    Every change is on the disk when its method returns; otherwise CourseError says that it is not saved, and why.
    """

    def __init__(self, folder: Path | str | None = None) -> None:
        self._answers = AnswerStore(folder)
        self._file = AnswerStore(folder, NAME)

    def drafts(self) -> tuple[Draft, ...]:
        """Every student's draft, from the answers and the drafts file. Changes nothing on the disk."""
        answers = {name: entry["answer"] for name, entry in self._answers.read().items()}
        return gather(templates(), answers, _kept(self._file.read()))

    def draft(self, student: str) -> Draft:
        """The draft with this id, or for the student of this name."""
        found = next((one for one in self.drafts() if one.id == draft_id(student)), None)
        if found is None:
            raise CourseError(words()["store"]["no_draft"].format(student=one_line(student)))
        return found

    def keep(self) -> tuple[Draft, ...]:
        """Keep what the modules hold now, so that it stays when an answer is given anew for another student.

        To be called when a build activity was saved, and when the draft is shown.
        """
        known = _kept(self._file.read())
        drafts = self.drafts()
        for draft in drafts:
            written = {part.id: part.written for part in _parts(draft) if part.written}
            before = known.get(draft.id)
            if before is None or (before.student, before.written) != (draft.student, written):
                self._file.save(f"student/{draft.id}", {"student": draft.student, "written": written})
        return drafts

    def edit(self, student: str, part_id: str, text: str) -> Draft:
        """Change one part of a draft. The answer in the module stays as it was written."""
        part = self._part(student, part_id)
        self._file.save(self._edit_id(student, part_id), {"text": plain(text), "over": part.written})
        return self.draft(student)

    def undo(self, student: str, part_id: str) -> Draft:
        """Take an edit back: the part says again what the module holds."""
        self._part(student, part_id)
        self._file.save(self._edit_id(student, part_id), None)
        return self.draft(student)

    def _part(self, student: str, part_id: str) -> Part:
        part = self.draft(student).part(part_id)
        if part is None:
            raise CourseError(words()["store"]["no_part"].format(part=part_id))
        return part

    def _edit_id(self, student: str, part_id: str) -> str:
        return f"edit/{draft_id(student)}/{part_id}"


def _parts(draft: Draft) -> Iterator[Part]:
    return (part for section in draft.sections for part in section.parts)


def _kept(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, Kept]:
    """What a drafts file holds, by draft id. What was changed by hand into something else is passed over."""
    kept: dict[str, Kept] = {}
    for entry, holder in entries.items():
        sort, _, rest = entry.partition("/")
        name, _, part = rest.partition("/")
        value = holder["answer"]
        if not isinstance(value, Mapping) or name != draft_id(name):
            continue
        before = kept.get(name, Kept())
        if sort == "student" and not part:
            kept[name] = replace(before, student=one_line(value.get("student")), written=_texts(value.get("written")))
        elif sort == "edit" and isinstance(value.get("text"), str):
            edit = Edit(plain(value["text"]), plain(value.get("over")))
            kept[name] = replace(before, edits={**before.edits, part: edit})
    return kept


def _texts(written: Any) -> dict[str, str]:
    texts = written if isinstance(written, Mapping) else {}
    return {str(part): plain(text) for part, text in texts.items() if plain(text)}
