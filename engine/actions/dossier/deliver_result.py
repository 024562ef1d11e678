"""Trả kết quả: the result reaches the citizen."""

from __future__ import annotations

from engine.actions.dossier.dossier_work import DossierWork
from engine.actions.dossier.must_be_paid import must_be_paid
from engine.domain.history import EventKind
from engine.domain.vocabulary import DeliveryMethod, JobKind, JobState


def deliver_result(work: DossierWork) -> None:
    """The result is in the citizen's hands: by download, by post, or across the counter."""
    method = work.dossier["delivery"].get("method", DeliveryMethod.ONLINE)
    if method == DeliveryMethod.COUNTER:
        must_be_paid(work)
    work.set(delivered_at=work.at)
    if work.dossier["finished_at"] is None:
        work.set(finished_at=work.at)
    work.happened(EventKind.RESULT_DELIVERED, {"method": method})


def is_held(work: DossierWork) -> bool:
    """Whether this step wrote a consignment that waits for the fee."""
    return any(job.get("state") is JobState.HELD for job in work.new_jobs)


def is_posted(work: DossierWork) -> bool:
    """Whether this step gave a consignment to the post."""
    return any(job["kind"] == JobKind.POST_DELIVER and job.get("state") is not JobState.HELD for job in work.new_jobs)
