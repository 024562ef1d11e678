"""Published procedures with their versions, and how many dossiers run on each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.context import OfficeContext, no_such_procedure
from engine.domain.actor import Actor, Role
from engine.domain.errors import NotFound
from engine.domain.text import Text
from engine.domain.vocabulary import VersionState
from engine.store.catalogue import procedures
from engine.store.connection import Tx
from engine.store.process import migration_runs
from engine.workflow.migration import Pairing, pairings


@dataclass(frozen=True)
class VersionRow:
    """One version. `running`: dossiers whose process follows its diagram now."""

    id: str
    number: int
    state: str
    valid_from: date | None
    valid_to: date | None
    published_at: datetime | None
    running: int


@dataclass(frozen=True)
class ProcedureRow:
    """A procedure and its versions, newest first. `left_behind`: dossiers not on the newest published version."""

    code: str
    name: Text
    versions: tuple[VersionRow, ...]

    @property
    def left_behind(self) -> int:
        """How many dossiers still run on an older version."""
        newest = next((one for one in self.versions if one.state == VersionState.PUBLISHED), None)
        return sum(one.running for one in self.versions if one is not newest)

    @property
    def running(self) -> int:
        """How many dossiers run at all."""
        return sum(one.running for one in self.versions)


@dataclass(frozen=True)
class MappingTable:
    """The steps a person may have to map, and the steps of the new diagram to choose from: (id, name)."""

    pairings: tuple[Pairing, ...]
    choices: tuple[tuple[str, str], ...]


def procedure_versions(tx: Tx, actor: Actor) -> tuple[ProcedureRow, ...]:
    """Every procedure, by code."""
    actor.must_have_role(Role.ADMIN)
    return tuple(_procedure(tx, code) for code in procedures.codes(tx))


def versions_of(tx: Tx, actor: Actor, code: str) -> ProcedureRow:
    """One procedure; raises NotFound."""
    actor.must_have_role(Role.ADMIN)
    if not procedures.versions(tx, code):
        raise no_such_procedure(code)
    return _procedure(tx, code)


def mapping_table(tx: Tx, office: OfficeContext, actor: Actor, code: str, target_id: str) -> MappingTable:
    """What has to be mapped from the versions in use to the target, with a successor proposed where one is likely."""
    actor.must_have_role(Role.ADMIN)
    card = procedures.card(tx, target_id)
    if card is None or card["code"] != code:
        raise NotFound
    olds = [one for one in migration_runs.counts_by_version(tx, code) if one != target_id]
    new = office.procedure_cache.spec(tx, target_id)
    found = pairings([office.procedure_cache.spec(tx, one) for one in olds], new)
    choices = tuple((info.id, info.name or info.id) for info in new.elements.values() if info.kind != "start_event")
    return MappingTable(found, choices)


def _procedure(tx: Tx, code: str) -> ProcedureRow:
    cards, running = procedures.versions(tx, code), migration_runs.counts_by_version(tx, code)
    return ProcedureRow(
        code,
        Text(cards[0]["name_vi"], cards[0]["name_en"]),
        tuple(
            VersionRow(
                id=card["id"],
                number=card["number"],
                state=card["state"],
                valid_from=card["valid_from"],
                valid_to=card["valid_to"],
                published_at=card["published_at"],
                running=running.get(card["id"], 0),
            )
            for card in cards
        ),
    )
