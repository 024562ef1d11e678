"""Tracking by dossier code for those who are not signed in: status only, no personal data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.context import OfficeContext
from engine.domain.dossier import DossierState, plain_words, status_label
from engine.domain.errors import NotFound
from engine.domain.search_words import bare_code
from engine.domain.text import Text
from engine.store.connection import Tx
from engine.store.dossiers import dossiers, found_by

SHORTEST: Final = 10  # signs of a day and a number, 261122-0001


@dataclass(frozen=True)
class TrackedDossier:
    """What anybody who holds the slip may see."""

    code: str
    procedure_name: Text
    status: int
    status_label: Text
    plain: Text
    due_at: datetime | None
    updated_at: datetime


def known_code(tx: Tx, typed: str) -> str:
    """The whole code that is meant, however it is written; what was typed, bare, when none is or it is no one's alone.

    It may be written without dots and hyphens, and from the day on: 261122-0001. A number without its day means nobody.
    """
    bare = bare_code(typed)
    return found_by.only_code(tx, bare) or bare if len(bare) >= SHORTEST else bare


def by_code(tx: Tx, office: OfficeContext, code: str, phone_tail: str) -> TrackedDossier:
    """Where a dossier stands; the code and the last four digits of the telephone must match, else NotFound."""
    row = dossiers.by_code(tx, known_code(tx, code))
    tail = re.sub(r"\D", "", phone_tail)
    phone = re.sub(r"\D", "", row["applicant"].get("phone", "")) if row else ""
    if row is None or len(tail) != 4 or not phone.endswith(tail):
        raise NotFound(
            Text(
                "Không có hồ sơ nào khớp với mã và bốn số cuối điện thoại bạn nhập. Hãy xem lại giấy tiếp nhận.",
                "No dossier matches this code and these four digits of the telephone. Please look at your slip.",
            )
        )
    return TrackedDossier(
        code=row["code"] or "",
        procedure_name=office.procedure_cache.procedure(tx, row["procedure_version_id"]).names,
        status=row["status"],
        status_label=status_label(row["status"]),
        plain=plain_words(DossierState(row["state"])),
        due_at=row["due_at"],
        updated_at=row["updated_at"],
    )
