"""What every export of a draft shares: which parts are shown, the title, and a file name that every system takes."""

from __future__ import annotations

import re
import unicodedata

from iep_training.iep.draft import Draft, Part, Section
from iep_training.iep.text import words


def shown(section: Section) -> list[Part]:
    """The parts to show: all but those that may stay empty and did."""
    return [part for part in section.parts if part.needed or part.text.strip()]


def letter(section: Section) -> str:
    """The parts of a section as one text that can be sent as it stands, without their titles."""
    return " ".join(part.text.strip() for part in section.parts if part.text.strip())


def heading(draft: Draft) -> str:
    """The title of the draft with its student."""
    return f"{draft.title}: {draft.student or words()['draft']['no_name']}"


def file_name(draft: Draft, ending: str) -> str:
    """A file name for the draft, such as "iep-draft-june.docx"; letters that some systems can't keep are left out."""
    plain = unicodedata.normalize("NFKD", draft.id).encode("ascii", errors="ignore").decode("ascii")
    name = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40]
    return "-".join(filter(None, (words()["draft"]["file_name"], name))) + f".{ending}"
