"""Rows of the catalogue of procedures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict


class ProcedureVersionCard(TypedDict):
    """A row of `procedure_version` without the files of its pack."""

    id: str
    code: str
    number: int
    content_hash: str
    state: str
    valid_from: date | None
    valid_to: date | None
    name_vi: str
    name_en: str
    sector_vi: str
    sector_en: str
    search_text: str
    published_at: datetime | None


class ProcedureVersionRow(ProcedureVersionCard):
    """A row of `procedure_version`."""

    files: Any
