"""The words of the record, one module per aggregate: states and kinds as enums, and their named groups."""

from __future__ import annotations

from engine.domain.vocabulary.account import Language, PersonKind, SessionKind, UnitKind
from engine.domain.vocabulary.channel import Channel, DeliveryMethod, ServiceLevel
from engine.domain.vocabulary.paper import DRAWN_BY_BROWSERS, JUDGED_FILES, PICTURES, DocumentKind, FileState
from engine.domain.vocabulary.payment import (
    FIRST_STATES,
    RECEIPTED,
    SETTLED_PAYMENTS,
    ImpossiblePayment,
    PaymentMethod,
    PaymentState,
    next_state,
    state_words,
)
from engine.domain.vocabulary.publication import ArticleKind, VersionState
from engine.domain.vocabulary.work import (
    ANSWERABLE_JOBS,
    OPEN_JOBS,
    SETTLED_JOBS,
    TROUBLED_JOBS,
    Audience,
    EndKind,
    IncidentState,
    InstanceState,
    JobKind,
    JobState,
    MessageState,
    TaskState,
    TimerState,
)

__all__ = [
    "ANSWERABLE_JOBS",
    "DRAWN_BY_BROWSERS",
    "FIRST_STATES",
    "JUDGED_FILES",
    "OPEN_JOBS",
    "PICTURES",
    "RECEIPTED",
    "SETTLED_JOBS",
    "SETTLED_PAYMENTS",
    "TROUBLED_JOBS",
    "ArticleKind",
    "Audience",
    "Channel",
    "DeliveryMethod",
    "DocumentKind",
    "EndKind",
    "FileState",
    "ImpossiblePayment",
    "IncidentState",
    "InstanceState",
    "JobKind",
    "JobState",
    "Language",
    "MessageState",
    "PaymentMethod",
    "PaymentState",
    "PersonKind",
    "ServiceLevel",
    "SessionKind",
    "TaskState",
    "TimerState",
    "UnitKind",
    "VersionState",
    "next_state",
    "state_words",
]
