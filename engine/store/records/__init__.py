"""What a row of a table holds, so that a misspelt column is seen before it runs. The rows stay what they are."""

from __future__ import annotations

from engine.store.records.dossiers import FileRow, PaymentRow, QuoteRow, SupplementRow
from engine.store.records.work import IncidentRow, InstanceRow, JobRow, TimerRow

__all__ = [
    "FileRow",
    "IncidentRow",
    "InstanceRow",
    "JobRow",
    "PaymentRow",
    "QuoteRow",
    "SupplementRow",
    "TimerRow",
]
