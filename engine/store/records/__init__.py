"""What a row of a table holds, so that a misspelt column is seen before it runs. The rows stay what they are."""

from __future__ import annotations

from engine.store.records.catalogue import ProcedureVersionCard, ProcedureVersionRow
from engine.store.records.dossiers import (
    DocumentCard,
    DocumentRow,
    DossierRow,
    FileRow,
    PaymentRow,
    QuoteRow,
    SupplementRow,
)
from engine.store.records.people import PersonRow, SessionRow, StaffRow, UnitRow
from engine.store.records.work import IncidentRow, InstanceRow, JobRow, TaskRow, TimerRow

__all__ = [
    "DocumentCard",
    "DocumentRow",
    "DossierRow",
    "FileRow",
    "IncidentRow",
    "InstanceRow",
    "JobRow",
    "PaymentRow",
    "PersonRow",
    "ProcedureVersionCard",
    "ProcedureVersionRow",
    "QuoteRow",
    "SessionRow",
    "StaffRow",
    "SupplementRow",
    "TaskRow",
    "TimerRow",
    "UnitRow",
]
