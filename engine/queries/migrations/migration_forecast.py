"""The dry run of a migration: what would become of each running dossier. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import func, select

from engine.context import OfficeContext
from engine.domain.actor import Actor, Role
from engine.domain.migration import Selection
from engine.domain.text import Text
from engine.store.connection import Row, Tx, rows
from engine.store.process import migration_runs
from engine.store.schema.dossiers import dossier
from engine.store.schema.work import process_instance
from engine.workflow.migration import Migration, mapping_faults, migrate

_CHUNK: Final = 500


@dataclass(frozen=True)
class ForecastReason:
    """Why an instance could not be moved: the step it stands on, in words, and what would help."""

    code: str
    element_id: str
    token: str
    message: Text

    @property
    def mappable(self) -> bool:
        """Whether naming the step's successor in the new diagram may help."""
        return self.code == "element_gone"


@dataclass(frozen=True)
class ForecastRow:
    """One running dossier; without reasons it can be moved."""

    instance_id: str
    dossier_code: str
    from_id: str
    reasons: tuple[ForecastReason, ...]


@dataclass
class ForecastGroup:
    """All dossiers with the same reason, and a few of them."""

    reason: ForecastReason
    number: int = 0
    examples: list[str] = field(default_factory=list)


@dataclass
class Forecast:
    """The sum of a dry run. `next_after`: more instances follow behind this one; None when all were looked at."""

    total: int = 0
    looked_at: int = 0
    movable: int = 0
    movable_examples: list[str] = field(default_factory=list)
    groups: dict[tuple[str, str], ForecastGroup] = field(default_factory=dict)
    next_after: str | None = None

    def add(self, row: ForecastRow) -> None:
        """Count one dossier."""
        self.looked_at += 1
        if not row.reasons:
            self.movable += 1
            if len(self.movable_examples) < 3:
                self.movable_examples.append(row.dossier_code)
        for reason in row.reasons[:1]:
            group = self.groups.setdefault((reason.code, reason.element_id), ForecastGroup(reason))
            group.number += 1
            if len(group.examples) < 3:
                group.examples.append(row.dossier_code)


@dataclass(frozen=True)
class Question:
    """What the dry run is asked: the procedure, the version to go to, the mapping and which dossiers."""

    code: str
    target_id: str
    mapping: Mapping[str, str] = field(default_factory=dict)
    selection: Selection = field(default_factory=Selection)


def forecast_rows(
    tx: Tx, office: OfficeContext, actor: Actor, asked: Question, after: str = ""
) -> Iterator[ForecastRow]:
    """Try one running dossier after the other, streaming; `after`: go on behind this instance."""
    actor.must_have_role(Role.ADMIN)
    trial = _Trial(tx, office, asked)
    while chunk := _chunk(tx, asked, after):
        for row in chunk:
            yield ForecastRow(row["id"], row["code"], row["procedure_version_id"], trial.reasons(row))
        after = chunk[-1]["id"]


def forecast(
    tx: Tx, office: OfficeContext, actor: Actor, asked: Question, after: str = "", limit: int = 5000
) -> Forecast:
    """The dry run summed up by reason, over at most `limit` dossiers."""
    found = Forecast(total=_total(tx, asked))
    last = ""
    for row in forecast_rows(tx, office, actor, asked, after):
        if found.looked_at >= limit:
            found.next_after = last
            break
        found.add(row)
        last = row.instance_id
    return found


def mapping_complaints(tx: Tx, office: OfficeContext, asked: Question) -> dict[str, Text]:
    """What is wrong with the mapping, by the field of its line; empty: nothing."""
    olds = [one for one in migration_runs.counts_by_version(tx, asked.code) if one != asked.target_id]
    specs = [office.procedure_cache.spec(tx, one) for one in olds]
    faults = mapping_faults(specs, office.procedure_cache.spec(tx, asked.target_id), asked.mapping)
    return {f"map.{one.element_id}": Text(one.message_vi, one.message_en) for one in faults}


def _chunk(tx: Tx, asked: Question, after: str) -> list[Row]:
    chosen = migration_runs.running(asked.code, asked.target_id, asked.selection)
    shown = chosen.add_columns(process_instance.c.snapshot, process_instance.c.variables, dossier.c.code)
    return rows.every(tx, shown.where(process_instance.c.id > after).limit(_CHUNK))


def _total(tx: Tx, asked: Question) -> int:
    chosen = migration_runs.running(asked.code, asked.target_id, asked.selection).order_by(None).subquery()
    return int(tx.execute(select(func.count()).select_from(chosen)).scalar_one())


class _Trial:
    """Tries instances and remembers the answer for those that stand exactly alike (same version, same snapshot)."""

    def __init__(self, tx: Tx, office: OfficeContext, asked: Question) -> None:
        self._tx, self._office, self._asked = tx, office, asked
        self._known: dict[tuple[str, bytes], tuple[ForecastReason, ...]] = {}

    def reasons(self, row: Row) -> tuple[ForecastReason, ...]:
        alike = (row["procedure_version_id"], bytes(row["snapshot"]))
        found = self._known.get(alike)
        if found is None:
            result = self._try(row)
            found = tuple(_reason(one) for one in result.obstacles)
            if not _depends_on_variables(result):
                self._known[alike] = found
        return found

    def _try(self, row: Row) -> Migration:
        procedure_cache = self._office.procedure_cache
        old, new = (
            procedure_cache.spec(self._tx, row["procedure_version_id"]),
            procedure_cache.spec(self._tx, self._asked.target_id),
        )
        at, calendar, mapping = self._tx.now, self._office.calendar, self._asked.mapping
        return migrate(old, row["snapshot"], new, row["variables"], at, mapping=mapping, calendar=calendar)


def _depends_on_variables(result: Migration) -> bool:
    """A newly drawn timer is computed from the dossier's own data, so another dossier's answer is no answer."""
    return bool(result.timers) or any(one.token == "" for one in result.obstacles)


def _reason(obstacle: Any) -> ForecastReason:
    words = Text(obstacle.message_vi, obstacle.message_en)
    return ForecastReason(obstacle.code, obstacle.element_id, obstacle.token, words)
