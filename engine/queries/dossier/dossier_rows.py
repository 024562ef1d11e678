"""The rows of one dossier, each kind read at most once while one page is put together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from engine.domain.actor import Actor
from engine.domain.vocabulary import TaskState
from engine.queries.dossier.dossier_access import readable_dossier
from engine.store.connection import Row, Tx
from engine.store.dossiers import dossiers
from engine.store.history import events
from engine.store.process import instances, tasks
from engine.store.records import DossierRow, InstanceRow, SupplementRow


@dataclass
class DossierRows:
    """`dossier` is there from the start; what belongs to it is read when first asked for."""

    tx: Tx
    dossier: DossierRow

    @property
    def id(self) -> str:
        """The dossier's id."""
        return str(self.dossier["id"])

    @cached_property
    def tasks(self) -> list[Row]:
        """Every task, oldest first, with its holder's name."""
        return tasks.with_holders(self.tx, self.id)

    @property
    def opened(self) -> list[Row]:
        """The tasks that are open."""
        return [task for task in self.tasks if task["state"] == TaskState.OPEN]

    @cached_property
    def instance(self) -> InstanceRow | None:
        """The process, or None before it has started."""
        return instances.of_dossier(self.tx, self.id)

    @cached_property
    def history(self) -> events.Chain:
        """The whole history, for officials."""
        return events.chain(self.tx, self.id)

    @cached_property
    def requests(self) -> list[SupplementRow]:
        """Every supplement request, oldest first."""
        return dossiers.supplements(self.tx, self.id)


def readable_rows(tx: Tx, actor: Actor, dossier_id: str) -> DossierRows:
    """The rows of a dossier that the actor may see; raises NotFound."""
    return DossierRows(tx, readable_dossier(tx, actor, dossier_id))
