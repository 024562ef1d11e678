"""The history: one chain per dossier, each link carrying the digest of the one before. Append only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, collate, func, select, update
from sqlalchemy.exc import IntegrityError

from engine.domain.actor import Actor, ActorKind
from engine.domain.errors import Conflict
from engine.domain.history import GENESIS, OFFICE, BrokenLink, EventKind, KeptHeads, Verification, seal
from engine.domain.history import Head as KeptHead
from engine.store.connection import Row, Tx, rows
from engine.store.schema.work import event, event_head

__all__ = ["OFFICE", "BrokenLink", "Head", "NewEvent", "append", "append_all", "append_each", "broken_links", "heads"]

_OFFICE_LOCK: Final = 7_305_417
_AT_ONCE: Final = 1000


@dataclass(frozen=True)
class NewEvent:
    """Something that happened. `public`: shown on the citizen's timeline; None: as its kind says."""

    kind: EventKind
    data: Mapping[str, Any]
    public: bool | None = None


class Head(NamedTuple):
    """The last link of a chain: its number and digest. Good as long as nobody else can write to the chain."""

    number: int
    hash: str


def append(tx: Tx, chain: str, actor: Actor, kind: EventKind, data: Mapping[str, Any]) -> None:
    """Add one event to a chain (a dossier's id, or OFFICE)."""
    append_all(tx, chain, actor, [NewEvent(kind, data)])


def append_all(tx: Tx, chain: str, actor: Actor, new: Iterable[NewEvent], after: Head | None = None) -> None:
    """Add events to a chain in order, in one statement. `after`: its head, where a statement before has told it.

    Two writers on one chain cannot both win: the database moves the chain's head from number to number, so the second
    gets Conflict, or was already stopped by the version of the row both wanted.
    """
    if chain == OFFICE:
        hold_office(tx)
    _keep(tx, list(_links(tx, chain, actor, new, after or _head(tx, chain))))


def append_each(tx: Tx, actor: Actor, new: Mapping[str, Iterable[NewEvent]]) -> None:
    """Add events to several dossiers' chains: one statement for all heads, one for all links. Raises Conflict."""
    last = {row["chain"]: row for row in rows.every(tx, select(event_head).where(event_head.c.chain.in_(new)))}
    links: list[dict[str, Any]] = []
    for chain, happenings in new.items():
        end = last.get(chain)
        after = Head(0, GENESIS) if end is None else Head(int(end["number"]), str(end["hash"]))
        links += _links(tx, chain, actor, happenings, after)
    _keep(tx, links)


def _keep(tx: Tx, links: list[dict[str, Any]]) -> None:
    try:
        rows.insert_all(tx, event, links)
    except IntegrityError as error:
        raise Conflict from error


def _links(tx: Tx, chain: str, actor: Actor, new: Iterable[NewEvent], after: Head) -> Iterator[dict[str, Any]]:
    number, previous = after
    for happening in new:
        number += 1
        link = seal(previous, _link(tx, chain, number, actor, happening))
        previous = link["hash"]
        yield link


def hold_office(tx: Tx) -> None:
    """Let nobody else write the office's own chain until the transaction ends.

    A dossier's chain is guarded by the dossier's row; the office has no row, and people sign in at the same moment.
    SQLite has one writer anyway.
    """
    if tx.on_postgresql:
        tx.execute(select(func.pg_advisory_xact_lock(_OFFICE_LOCK)))


def _link(tx: Tx, chain: str, number: int, actor: Actor, new: NewEvent) -> dict[str, Any]:
    """The row to seal. A kind that is none raises ValueError here: no constraint could be added to sealed months."""
    kind = EventKind(new.kind)
    return {
        "chain": chain,
        "number": number,
        "at": tx.now,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "kind": kind.value,
        "data": json.loads(json.dumps(dict(new.data), allow_nan=False)),  # as it will be read: keys are texts
        "public": int(kind.public if new.public is None else new.public),
    }


_LAST: Final = select(event_head.c.number, event_head.c.hash).where(event_head.c.chain == bindparam("chain"))


def _head(tx: Tx, chain: str) -> Head:
    last = tx.execute(_LAST, {"chain": chain}).first()
    return Head(0, GENESIS) if last is None else Head(int(last.number), str(last.hash))


def head_columns() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The head of the chain `:chain` as two columns, so that a statement that runs anyway can tell it."""
    number, link_hash = (
        select(column).where(event_head.c.chain == bindparam("chain")).scalar_subquery()
        for column in (event_head.c.number, event_head.c.hash)
    )
    return number.label("chain_number"), link_hash.label("chain_hash")


def head_of(row: Mapping[Any, Any]) -> Head:
    """The head out of a row with `head_columns`."""
    return Head(int(row["chain_number"] or 0), str(row["chain_hash"] or GENESIS))


def head(tx: Tx, chain: str) -> Row | None:
    """Where a chain ends and the time it spans, or None before its first event."""
    return rows.first(tx, select(event_head).where(event_head.c.chain == chain))


def ends(tx: Tx, chains: Iterable[str]) -> dict[str, int]:
    """The last number of each of these chains."""
    statement = select(event_head.c.chain, event_head.c.number).where(event_head.c.chain.in_(chains))
    return {str(row.chain): int(row.number) for row in tx.execute(statement)}


def of_chain(tx: Tx, chain: str, *, public_only: bool = False) -> list[Row]:
    """The events of a chain, oldest first. Looks only into the months the chain has lived through."""
    end = head(tx, chain)
    if end is None:
        return []
    statement = chain_within(end).order_by(event.c.number)
    return rows.every(tx, statement.where(event.c.public == 1) if public_only else statement)


class Chain(NamedTuple):
    """A whole chain as read, and where the record says it ends (None: nothing has happened yet)."""

    end: Row | None
    links: list[Row]

    def broken(self) -> int:
        """At how many places the links do not hold together, or do not end where the record says."""
        own = [] if self.end is None else [KeptHead(self.end["chain"], int(self.end["number"]), self.end["hash"])]
        return len(list(Verification(kept=(KeptHeads(own, exact=True),)).over(map(dict, self.links))))


def chain(tx: Tx, name: str) -> Chain:
    """The chain with its head, for who wants to show it and say whether it holds without reading it twice."""
    end = head(tx, name)
    return Chain(end, [] if end is None else rows.every(tx, chain_within(end).order_by(event.c.number)))


def chain_within(end: Row) -> Select[Any]:
    """The events of the chain that ends there, bounded in time so that other months stay closed."""
    return select(event).where(event.c.chain == end["chain"], event.c.at.between(end["began_at"], end["last_at"]))


def broken_links(tx: Tx, chain: str | None = None) -> Iterator[BrokenLink]:
    """Walk every chain, or one, and name each place that does not hold, its end included.

    Somebody who changes the heads as well is found only with a copy kept elsewhere (`heads`).
    """
    own = KeptHeads((KeptHead(*end) for end in heads(tx, chain)), exact=True)
    yield from Verification(kept=(own,)).over(every(tx, chain))


def every(tx: Tx, chain: str | None = None) -> Iterator[Mapping[str, Any]]:
    """Every event, chain by chain in order; a thousand at a time, so that memory stays flat."""
    statement = select(event).order_by(_in_order(tx, event.c.chain), event.c.number, event.c.at)
    if chain is not None:
        statement = statement.where(event.c.chain == chain)
    for row in tx.execute(statement.execution_options(yield_per=_AT_ONCE)).mappings():
        yield dict(row)


def every_between(tx: Tx, begin: datetime, end: datetime, chain: str | None = None) -> Iterator[Mapping[str, Any]]:
    """The events from `begin` and before `end`, in the same order; each chain's first one with the hash before it."""
    statement = select(event).where(event.c.at >= begin, event.c.at < end)
    if chain is not None:
        statement = statement.where(event.c.chain == chain)
    ordered = statement.order_by(_in_order(tx, event.c.chain), event.c.number, event.c.at)
    last = None
    for row in tx.execute(ordered.execution_options(yield_per=_AT_ONCE)).mappings():
        if row["chain"] != last and row["number"] > 1:
            before = select(event.c.hash).where(event.c.chain == row["chain"], event.c.number == row["number"] - 1)
            yield {**row, "previous": tx.execute(before).scalar_one_or_none()}
        else:
            yield dict(row)
        last = row["chain"]


def heads(tx: Tx, chain: str | None = None) -> Iterator[tuple[str, int, str]]:
    """Chain, length and last digest of every chain: the line to keep elsewhere (a printed page is enough)."""
    statement = select(event_head).order_by(_in_order(tx, event_head.c.chain))
    if chain is not None:
        statement = statement.where(event_head.c.chain == chain)
    for row in tx.execute(statement.execution_options(yield_per=_AT_ONCE)).mappings():
        yield row["chain"], int(row["number"]), str(row["hash"])


def _in_order(tx: Tx, chain: ColumnElement[str]) -> ColumnElement[str]:
    """By code point on every database and machine, whatever the database's own language is."""
    return collate(chain, "C") if tx.on_postgresql else chain


def clear(tx: Tx, up_to: Mapping[str, int]) -> int:
    """Remove data and citizens' names from the links up to a number, chain by chain; gives how many links.

    The caller says so in each chain (`chain.CLEARED`). Digests stay, so the chains hold.
    """
    upto = update(event_head).where(event_head.c.chain == bindparam("of"))
    tx.execute(upto.values(cleared_to=bindparam("upto")), [{"of": chain, "upto": n} for chain, n in up_to.items()])
    to_clear = update(event).where(
        event.c.chain == event_head.c.chain,
        event_head.c.chain.in_(up_to),
        event.c.number <= event_head.c.cleared_to,
        event.c.at.between(event_head.c.began_at, event_head.c.last_at),
        event.c.cleared_at.is_(None),
    )
    emptied: dict[str, Any] = {"data": {}, "salt": None, "cleared_at": tx.now}
    private = event.c.actor_kind == ActorKind.CITIZEN
    cleared = tx.execute(to_clear.where(private).values(**emptied, actor_id=None, actor_name="")).rowcount
    return cleared + tx.execute(to_clear.where(~private).values(emptied)).rowcount
