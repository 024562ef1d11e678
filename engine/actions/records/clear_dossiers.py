"""Retention: remove data whose time is over, one batch of dossiers at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.clock import local_day
from engine.domain.errors import NotFound
from engine.domain.history import CLEARED, EventKind
from engine.domain.procedures import KINDS, SAMPLE, RetentionRule, finished_before, rule_on
from engine.store.connection import Tx
from engine.store.history import NewEvent, events, retention


@dataclass(frozen=True)
class ClearDossiers:
    """One batch of at most `limit` dossiers of a procedure, one kind of data."""

    actor: Actor
    procedure_code: str
    kind: str
    limit: int = 200


@dataclass(frozen=True)
class DiscardDrafts:
    """One batch of drafts that nobody touched for so many days."""

    actor: Actor
    days: int
    limit: int = 200


def rule_of(tx: Tx, office: OfficeContext, procedure_code: str) -> RetentionRule | None:
    """The rule in force today for a procedure's dossiers, whenever they were filed.

    None: everything is kept. A sample rule counts in practice only.
    """
    try:
        _, procedure = office.procedure_cache.current(tx, procedure_code)
    except NotFound:  # no version in force any more: nobody says that anything may go
        return None
    rule = rule_on(procedure.retention, local_day(tx.now))
    return None if rule is None or (rule.source == SAMPLE and not office.settings.practice) else rule


def clear_dossiers(tx: Tx, office: OfficeContext, cmd: ClearDossiers) -> dict[str, int]:
    """Remove one kind of data of the next dossiers whose time is over; gives rows per table, nothing when none is due.

    All or nothing per batch: killed in the middle, the batch is found due again.
    """
    rule = rule_of(tx, office, cmd.procedure_code)
    before = finished_before(rule, cmd.kind, tx.now) if rule else None
    if rule is None or before is None:
        return {}
    ids = retention.due(tx, cmd.procedure_code, cmd.kind, before, cmd.limit)
    said = {"kind": cmd.kind, "source": rule.source, "months": rule.months[cmd.kind]}
    return _remove(tx, cmd.actor, [cmd.kind], ids, {**said, "procedure": cmd.procedure_code})


def discard_drafts(tx: Tx, office: OfficeContext, cmd: DiscardDrafts) -> dict[str, int]:
    """End drafts that were never sent and remove what was typed and attached; gives rows per table."""
    ids = retention.unsent(tx, tx.now - timedelta(days=cmd.days), cmd.limit)
    if not ids:
        return {}
    retention.discard(tx, ids)
    return _remove(tx, cmd.actor, KINDS, ids, {"kind": "draft", "source": "MOTCUA_DRAFT_DAYS", "days": cmd.days})


def _remove(tx: Tx, actor: Actor, kinds: Sequence[str], ids: Sequence[str], said: Mapping[str, Any]) -> dict[str, int]:
    if not ids:
        return {}
    counts: dict[str, int] = {}
    for kind in kinds:
        for table, rows in retention.remove(tx, kind, ids).items():
            counts[table] = max(counts.get(table, 0), rows)
    ends = events.ends(tx, ids) if "content" in kinds else {}
    told = {chain: [NewEvent(CLEARED, {**said, "up_to": ends.get(chain, 0)})] for chain in ids}
    events.append_each(tx, actor, told)
    if ends:
        counts["event"] = events.clear(tx, ends)
    # The office's chain last: whoever signs in meanwhile waits for it no longer than for the commit.
    events.append(tx, events.OFFICE, actor, EventKind.RETENTION_RAN, {**said, "dossiers": len(ids)})
    return counts
