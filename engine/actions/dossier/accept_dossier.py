"""Tiếp nhận: the office takes the dossier, the time limit starts, the acknowledgement slip is written."""

from __future__ import annotations

from collections.abc import Sequence

from engine.actions.dossier.issue_document import issue_document
from engine.actions.dossier.step import Step
from engine.domain.deadlines.deadline import Pause, due_at
from engine.store.connection.rows import Row


def accept_dossier(step: Step) -> None:
    """Start the clock (NĐ 61/2018/NĐ-CP Điều 17, 18) and issue "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"."""
    if step.dossier["accepted_at"] is not None:
        return
    step.set(accepted_at=step.at)
    count_deadline(step, ())
    step.happened("dossier.accepted", {"due_at": step.dossier["due_at"].isoformat()}, public=True)
    issue_document(step, "acknowledgement_slip")


def count_deadline(step: Step, supplements: Sequence[Row]) -> None:
    """Work out (again) when the result is due; what the citizen took to answer counts by the procedure's policy."""
    procedure = step.procedure
    pauses = [Pause(row["asked_at"], row["answered_at"]) for row in supplements]
    accepted_at = step.dossier["accepted_at"]
    deadline = due_at(step.office.calendar, procedure.limit, accepted_at, procedure.policy, pauses)
    step.set(due_at=deadline.due_at, deadline_trace=[sentence.to_dict() for sentence in deadline.trace])
