"""Write something out of several boxes, each read in its own way, and see it whole at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from iep_training.feedback import product, read_field
from iep_training.model import Activity, Build, to_json
from iep_training.widgets.base import PracticeWidget, module


class BuildWidget(PracticeWidget):
    """Build activities. An answer is {field: text}; "case" holds the file that was chosen, where there is a choice."""

    _esm = module("box.js", "build.js")

    def card(self, activity: Activity) -> dict[str, Any]:
        """Adds the boxes, what they make, and the files of the students to choose from. A quiet set has no examples."""
        assert isinstance(activity, Build)
        fields = [replace(field, example="") for field in activity.fields] if self._set.quiet else activity.fields
        return super().card(activity) | {
            "product": product(activity),
            "fields": to_json(fields),
            "cases": to_json(activity.cases),
        }

    def invented(self, activity: Activity) -> str:
        """The names of the students to choose from."""
        assert isinstance(activity, Build)
        return "\n".join(case.name for case in activity.cases)

    def read(self, activity: Activity, answer: Any, part: str) -> dict[str, Any]:
        """What is read in the box that is being written, or in all of them, by field."""
        assert isinstance(activity, Build)
        note = [field.id for field in activity.fields if field.reads == "family_note"]
        told = part if part in note else next((name for name in reversed(note) if answer.get(name)), "")
        readings = {
            field.id: read_field(activity, field, answer)
            for field in activity.fields
            if part in ("", field.id) or (part in note and field.id in note)
        }
        # The reading grade is that of the whole note: it is told once, in the box that is being written, or the last.
        for name in {*note} & {*readings} - {told}:
            readings[name] = replace(readings[name], grade="")
        return {"readings": to_json(readings)}
