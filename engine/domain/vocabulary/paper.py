"""The words of papers: those a citizen attaches, and those the administration itself writes."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class FileState(StrEnum):
    """What became of an attached paper. `rejected`: the office asked for a better one; `replaced`: it came."""

    ATTACHED = "attached"
    REPLACED = "replaced"
    REMOVED = "removed"
    REJECTED = "rejected"


JUDGED_FILES: Final = frozenset(FileState) - {FileState.ATTACHED}  # no longer the citizen's to take back


class DocumentKind(StrEnum):
    """The papers every procedure may need (NĐ 61/2018, forms of TT 01/2018); results are named by their procedure."""

    ACKNOWLEDGEMENT_SLIP = "acknowledgement_slip"
    SUPPLEMENT_REQUEST = "supplement_request"
    REFUSAL = "refusal"
    RECEIPT = "receipt"


# Content types that a browser draws by itself and never runs as a page.
PICTURES: Final = frozenset({"image/jpeg", "image/png"})
DRAWN_BY_BROWSERS: Final = PICTURES | {"application/pdf"}
