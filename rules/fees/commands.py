"""The rules at the command line: `motcua quote`, `rules check`, `rules replay`. JSON in, JSON out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rules.errors import RulesError
from rules.fees.checks.check_path import check_path
from rules.fees.checks.replay import read_dossiers, replay, request_of
from rules.fees.quote import load_schedule, quote
from rules.fees.quotes import Quote
from rules.fees.refunds import refund_of_overcharge
from rules.fees.schedule import FeeSchedule
from rules.fees.second_engine import FeeInference


def quote_command(
    procedure: str,
    submitted_at: str,
    accepted_at: str | None,
    facts: Mapping[str, object],
    *,
    processes_root: Path,
    second: FeeInference | None = None,
    paid: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """`motcua quote`: the quote as JSON. Instants are ISO 8601 with a zone; raises RulesError with a sentence.

    `second`: the inference engine that must find the same rows; the answer then says how it took part. `paid`: a
    quote that was paid, as this command gave it; the answer then says what of it goes back.
    """
    schedule = load_schedule(processes_root)
    found = quote_json(schedule, procedure, submitted_at, accepted_at, facts, second=second)
    status = {} if second is None else {"inference": second.status.to_dict()}
    return {**found, **status, **({} if paid is None else _refund(paid, found))}


def _refund(paid: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    try:
        before = Quote.from_dict(paid)
    except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError):
        raise RulesError(
            "Bảng tính phí đã nộp (--paid) phải là kết quả JSON của lệnh này.",
            "The quote that was paid (--paid) must be what this command gave as JSON.",
            code="paid",
        ) from None
    if before.procedure_code != found["procedure"]:
        raise RulesError(
            f"Bảng tính phí đã nộp là của thủ tục {before.procedure_code}, không phải {found['procedure']}.",
            f"The quote that was paid is of procedure {before.procedure_code}, not {found['procedure']}.",
            code="paid",
        )
    lines = refund_of_overcharge(before, Quote.from_dict(found))
    back = [{"item": line.item_code, "due_vnd": line.due.dong} for line in lines]
    return {"refund": back, "refund_vnd": sum(line.due.dong for line in lines)}


def quote_json(
    schedule: FeeSchedule,
    procedure: str,
    submitted_at: str,
    accepted_at: str | None,
    facts: Mapping[str, object],
    *,
    second: FeeInference | None = None,
) -> dict[str, Any]:
    """`quote_command` under a schedule that is already loaded."""
    request = request_of(procedure, submitted_at, accepted_at, facts)
    return quote(schedule, request, second=second).to_dict()


def check_command(path: Path, row: str | None = None) -> dict[str, object]:
    """`motcua rules check PATH`: findings with rows, example and advice; `ok` is false when one blocks publication."""
    findings = check_path(path, row)
    return {
        "path": str(path),
        "ok": not any(one.severity == "error" for one in findings),
        "findings": [one.to_dict() for one in findings],
    }


def replay_command(old: Path, new: Path, dossiers: Path) -> dict[str, object]:
    """`motcua rules replay OLD NEW --dossiers FILE`: two folders with fee tables, one file of dossiers."""
    return replay(load_schedule(old), load_schedule(new), read_dossiers(dossiers)).to_dict()
