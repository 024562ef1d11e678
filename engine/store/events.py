"""The history: one chain per dossier, each link carrying the digest of the one before. Append only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, select

from engine.domain.actor import Actor
from engine.store import rows
from engine.store.rows import Row
from engine.store.schema.work import event
from engine.store.tx import Tx

OFFICE: Final = "office"  # the chain of what belongs to no dossier
_OFFICE_LOCK: Final = 7_305_417
GENESIS: Final = "0" * 64
_COVERED: Final = ("chain", "number", "at", "actor_kind", "actor_id", "actor_name", "kind", "data", "public")


@dataclass(frozen=True)
class NewEvent:
    """Something that happened. `public`: shown on the citizen's timeline."""

    kind: str
    data: Mapping[str, Any]
    public: bool = False


class Head(NamedTuple):
    """The last link of a chain: its number and digest. Good as long as nobody else can write to the chain."""

    number: int
    hash: str


@dataclass(frozen=True)
class BrokenLink:
    """A place where the history does not hold: a changed, missing, added or moved row."""

    chain: str
    number: int
    found: str


def append(tx: Tx, chain: str, actor: Actor, kind: str, data: Mapping[str, Any], *, public: bool = False) -> None:
    """Add one event to a chain (a dossier's id, or OFFICE)."""
    append_all(tx, chain, actor, [NewEvent(kind, data, public)])


def append_all(tx: Tx, chain: str, actor: Actor, new: Iterable[NewEvent], after: Head | None = None) -> None:
    """Add events to a chain in order, in one statement. `after`: its head, where a statement before has told it.

    Two writers on one chain cannot both win: the second breaks the unique (chain, number) and is tried again as
    a whole, or was already stopped by the version of the row both wanted.
    """
    if chain == OFFICE:
        hold_office(tx)
    number, previous = after or _head(tx, chain)
    links: list[dict[str, Any]] = []
    for happening in new:
        number += 1
        link = _link(tx.now, chain, number, actor, happening)
        previous = digest(previous, link)
        links.append({**link, "hash": previous})
    rows.insert_all(tx, event, links)


def hold_office(tx: Tx) -> None:
    """Let nobody else write the office's own chain until the transaction ends.

    A dossier's chain is guarded by the dossier's row; the office has no row, and people sign in at the same moment.
    SQLite has one writer anyway.
    """
    if tx.on_postgresql:
        tx.execute(select(func.pg_advisory_xact_lock(_OFFICE_LOCK)))


def _link(now: datetime, chain: str, number: int, actor: Actor, new: NewEvent) -> dict[str, Any]:
    return {
        "chain": chain,
        "number": number,
        "at": now,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "kind": new.kind,
        "data": json.loads(json.dumps(dict(new.data), allow_nan=False)),  # as it will be read: keys are texts
        "public": int(new.public),
    }


_LAST: Final = (
    select(event.c.number, event.c.hash)
    .where(event.c.chain == bindparam("chain"))
    .order_by(event.c.number.desc())
    .limit(1)
)


def _head(tx: Tx, chain: str) -> Head:
    last = tx.execute(_LAST, {"chain": chain}).first()
    return Head(0, GENESIS) if last is None else Head(int(last.number), str(last.hash))


def head_columns() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The head of the chain `:chain` as two columns, so that a statement that runs anyway can tell it."""
    number, link_hash = (_LAST.with_only_columns(column).scalar_subquery() for column in (event.c.number, event.c.hash))
    return number.label("chain_number"), link_hash.label("chain_hash")


def head_of(row: Mapping[Any, Any]) -> Head:
    """The head out of a row with `head_columns`."""
    return Head(int(row["chain_number"] or 0), str(row["chain_hash"] or GENESIS))


def digest(previous: str, link: Mapping[str, Any]) -> str:
    """SHA-256 over the digest before and the row in canonical JSON (sorted keys, no spaces, UTC instants)."""
    covered = {name: link[name] for name in _COVERED}
    covered["at"] = link["at"].astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(f"{previous}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()


def of_chain(tx: Tx, chain: str, *, public_only: bool = False) -> list[Row]:
    """The events of a chain, oldest first."""
    statement = select(event).where(event.c.chain == chain).order_by(event.c.number)
    return rows.every(tx, statement.where(event.c.public == 1) if public_only else statement)


def broken_links(tx: Tx, chain: str | None = None) -> Iterator[BrokenLink]:
    """Walk every chain, or one, and name each place that does not hold.

    A chain cut off at its end is not seen from inside: compare `heads` with a copy kept elsewhere.
    """
    statement = select(event).order_by(event.c.chain, event.c.number)
    if chain is not None:
        statement = statement.where(event.c.chain == chain)
    current, number, previous = "", 0, GENESIS
    for row in tx.execute(statement.execution_options(yield_per=1000)).mappings():
        if row["chain"] != current:
            current, number, previous = row["chain"], 0, GENESIS
        if row["number"] != number + 1:
            yield BrokenLink(current, number + 1, f"{number + 1} → {row['number']}")
        if digest(previous, dict(row)) != row["hash"]:
            yield BrokenLink(current, row["number"], str(row["kind"]))
        number, previous = row["number"], row["hash"]


def heads(tx: Tx) -> Iterator[tuple[str, int, str]]:
    """Chain, length and last digest of every chain: the line to keep elsewhere (a printed page is enough)."""
    statement = select(event.c.chain, event.c.number, event.c.hash).order_by(event.c.chain, event.c.number.desc())
    seen = ""
    for row in tx.execute(statement.execution_options(yield_per=1000)).mappings():
        if row["chain"] != seen:
            seen = row["chain"]
            yield seen, int(row["number"]), str(row["hash"])
