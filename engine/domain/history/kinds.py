"""What can happen: every kind of event the history knows.

A kind is written into sealed links, so its word never changes; a new kind is added here and gets its words in
`domain/texts/event.yaml`, in the same commit.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class EventKind(StrEnum):
    """The word of each kind in the record: who or what, a dot, what happened to it."""

    DRAFT_STARTED = "draft.started"
    DRAFT_DISCARDED = "draft.discarded"
    DRAFT_ANSWERED = "draft.answered"  # the draft of the result, by the citizen
    FILE_ATTACHED = "file.attached"
    FILE_REMOVED = "file.removed"
    DOSSIER_TAKEN_IN = "dossier.taken_in"
    DOSSIER_SUBMITTED = "dossier.submitted"
    DOSSIER_ACCEPTED = "dossier.accepted"
    DOSSIER_REFUSED = "dossier.refused"
    SUPPLEMENT_ASKED = "supplement.asked"
    SUPPLEMENT_ANSWERED = "supplement.answered"
    WITHDRAWAL_ASKED = "withdrawal.asked"
    STATE_CHANGED = "state.changed"
    DOCUMENT_ISSUED = "document.issued"
    RESULT_ISSUED = "result.issued"
    RESULT_READY = "result.ready"  # it can be fetched at the desk
    RESULT_DELIVERED = "result.delivered"
    FEE_LATER = "fee.later"
    FEE_SET = "fee.set"
    FEE_COLLECTED = "fee.collected"
    FEE_WAIVED = "fee.waived"
    FEE_VOIDED = "fee.voided"
    RESULT_HELD = "result.held"
    RESULT_RELEASED = "result.released"

    TASK_OPENED = "task.opened"
    TASK_CLAIMED = "task.claimed"
    TASK_RELEASED = "task.released"
    TASK_REASSIGNED = "task.reassigned"
    TASK_COMPLETED = "task.completed"
    TASK_CANCELLED = "task.cancelled"
    TIMER_FIRED = "timer.fired"
    MESSAGE_RECEIVED = "message.received"
    MESSAGE_THROWN = "message.thrown"
    DECISION_MADE = "decision.made"
    JOB_OPENED = "job.opened"
    JOB_DONE = "job.done"
    JOB_FAILED = "job.failed"
    JOB_UNKNOWN = "job.unknown"
    JOB_RECORD_FAILED = "job.record_failed"
    INCIDENT_OPENED = "incident.opened"
    INCIDENT_RESOLVED = "incident.resolved"
    PROCESS_MIGRATED = "process.migrated"
    PROCESS_MIGRATION_REVERTED = "process.migration_reverted"
    VARIABLES_SHOWN = "variables.shown"
    PERSON_RECALLED = "person.recalled"  # an official took over who is named in it, for another dossier
    RETENTION_HELD = "retention.held"
    RETENTION_RELEASED = "retention.released"
    RETENTION_CLEARED = "retention.cleared"  # says up to which link personal data were removed, and why

    # Of the office's own chain: what belongs to no dossier.
    RETENTION_RAN = "retention.ran"
    MIGRATION_STARTED = "migration.started"
    MIGRATION_STOPPED = "migration.stopped"
    MIGRATION_WENT_ON = "migration.went_on"
    MIGRATION_REVERTED = "migration.reverted"
    MIGRATION_SETTLED = "migration.settled"
    PROCEDURE_PUBLISHED = "procedure.published"
    CONTENT_SEEDED = "content.seeded"
    CITIZEN_SIGNED_IN = "citizen.signed_in"
    CITIZEN_SIGNED_OUT = "citizen.signed_out"
    STAFF_ADDED = "staff.added"
    STAFF_SIGNED_IN = "staff.signed_in"
    STAFF_SIGNED_OUT = "staff.signed_out"
    STAFF_SIGN_IN_FAILED = "staff.sign_in_failed"
    STAFF_LOCKED = "staff.locked"
    STAFF_UNLOCKED = "staff.unlocked"
    STAFF_PASSWORD_SET = "staff.password_set"  # noqa: S105 - a kind of event
    STAFF_PASSWORD_CHANGED = "staff.password_changed"  # noqa: S105 - a kind of event
    STAFF_SESSIONS_ENDED = "staff.sessions_ended"
    UNIT_ADDED = "unit.added"
    SAMPLES_LOCKED = "samples.locked"
    STAFF_SECOND_FACTOR_SET = "staff.second_factor_set"
    STAFF_SECOND_FACTOR_REMOVED = "staff.second_factor_removed"
    LANGUAGE_CHOSEN = "account.language_chosen"

    @property
    def public(self) -> bool:
        """Whether the citizen sees it on the timeline of the dossier."""
        return self in _PUBLIC

    @classmethod
    def of(cls, word: str) -> EventKind | None:
        """The kind of a link in the record; None for one that a newer release wrote."""
        return _BY_WORD.get(word)


_BY_WORD: Final = {kind.value: kind for kind in EventKind}
_PUBLIC: Final = frozenset(
    {
        EventKind.DRAFT_ANSWERED,
        EventKind.DOSSIER_SUBMITTED,
        EventKind.DOSSIER_ACCEPTED,
        EventKind.DOSSIER_REFUSED,
        EventKind.SUPPLEMENT_ASKED,
        EventKind.SUPPLEMENT_ANSWERED,
        EventKind.WITHDRAWAL_ASKED,
        EventKind.STATE_CHANGED,
        EventKind.DOCUMENT_ISSUED,
        EventKind.RESULT_ISSUED,
        EventKind.RESULT_DELIVERED,
        EventKind.FEE_LATER,
        EventKind.FEE_SET,
        EventKind.FEE_COLLECTED,
        EventKind.FEE_WAIVED,
        EventKind.FEE_VOIDED,
        EventKind.RESULT_HELD,
        EventKind.RESULT_RELEASED,
        EventKind.TASK_COMPLETED,
        EventKind.TIMER_FIRED,
        EventKind.MESSAGE_RECEIVED,
    }
)
