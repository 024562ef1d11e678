"""Whole actions, from permission to commit, beside the same statements sent bare, on one kind of database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Final

from engine.bench.costs import Costs, ratio
from engine.bench.model import WALK, dossier_model
from engine.bench.naive import NaivePeer
from engine.bench.office import BenchOffice, found_office, opened
from engine.bench.processes import VARIABLES
from engine.domain.clock import SystemClock
from engine.settings import Settings
from engine.store.connection import Database, open_database
from engine.store.measuring import Recording, Scratch, Statement, recorded, replay

WARM: Final = 2  # dossiers walked before it counts: diagrams are read, statements compiled
Walk = Sequence[Recording]  # what each action of one dossier sent


@dataclass(frozen=True)
class Site:
    """A founded office in a database that is only copied: every measurement starts from the same state."""

    settings: Settings
    scratch: Scratch
    folder: Path
    source: str
    first_tasks: Sequence[str]

    @classmethod
    def founded(cls, settings: Settings, scratch: Scratch, folder: Path, dossiers: int) -> Site:
        """An office with so many dossiers, besides those that warm it up."""
        source = scratch.empty()
        return cls(settings, scratch, folder, source, found_office(settings, source, folder, WARM + dossiers))

    @contextmanager
    def office(self) -> Iterator[BenchOffice]:
        """The office at work in a fresh copy."""
        with opened(self.settings, self.scratch.copy(self.source), self.folder) as office:
            yield office

    @contextmanager
    def bare(self) -> Iterator[Database]:
        """A fresh copy with nobody in it."""
        database = open_database(self.scratch.copy(self.source), SystemClock())
        try:
            yield database
        finally:
            database.close()


def whole_actions(site: Site) -> dict[str, object]:
    """Walk the dossiers through the diagram in equal copies of the office, and compare."""
    walks = list(_recorded(site))
    return {**_counts(walks[WARM:]), **_compared(site, walks)}


def walk(office: BenchOffice, first_task: str) -> None:
    """Complete every task of one dossier."""
    task_id = first_task
    for element, outputs in WALK:
        task_id = office.complete(task_id, element, outputs)


def _recorded(site: Site) -> Iterator[Walk]:
    """Each action's statements with their parameters, as they really ran."""
    with site.office() as office:
        for task_id in site.first_tasks:
            sent = []
            for element, outputs in WALK:
                with recorded(office.platform.database) as recording:
                    task_id = office.complete(task_id, element, outputs)
                sent.append(recording)
            yield sent


def _counts(walks: Sequence[Walk]) -> dict[str, object]:
    """Statements and commits per completed task, by the step of the walk."""
    by_step = [(element, [one[step] for one in walks]) for step, (element, _) in enumerate(WALK)]
    every = [recording for one in walks for recording in one]
    return {
        "statements": {
            "mean": round(mean(len(recording.texts) for recording in every), 2),
            "most": max(len(recording.texts) for recording in every),
            "by_step": [[element, max(len(one.texts) for one in steps)] for element, steps in by_step],
        },
        "commits": max(recording.commits for recording in every),
    }


def _compared(site: Site, walks: Sequence[Walk]) -> dict[str, object]:
    whole, bare, naive = Costs(), Costs(), Costs()
    peer = NaivePeer(dossier_model(plain=True))
    with site.office() as office, site.bare() as bare_copy, site.bare() as naive_copy:
        for task_id, sent in zip(site.first_tasks, walks, strict=True):
            with whole.measured(len(WALK)):
                walk(office, task_id)
            with bare.measured(len(WALK)):
                _bare_walk(bare_copy, sent)
            stored = peer.start(VARIABLES)
            with naive.measured(len(WALK)):
                _naive_walk(naive_copy, sent, peer, stored)
    for costs in (whole, bare, naive):
        del costs.cpu_s[:WARM], costs.wall_s[:WARM]
    return {
        "whole_action": whole.figures(),
        "bare_statements": bare.figures(),
        "naive_with_same_rows": naive.figures(),
        "whole_to_bare_cpu": ratio(whole.cpu_ms, bare.cpu_ms),
        "whole_to_bare_wall": ratio(whole.wall_ms, bare.wall_ms),
        "naive_to_whole_cpu": ratio(naive.cpu_ms, whole.cpu_ms),
    }


def _bare_walk(database: Database, sent: Walk) -> None:
    for recording in sent:
        with database.begin() as tx:
            replay(tx, recording.statements)


def _naive_walk(database: Database, sent: Walk, peer: NaivePeer, stored: str) -> None:
    """The same rows, but the instance is SpiffWorkflow's own."""
    for (element, outputs), recording in zip(WALK, sent, strict=True):
        stored = peer.complete(stored, element, outputs)
        with database.begin() as tx:
            replay(tx, [_with_blob(statement, stored.encode()) for statement in recording.statements])


def _with_blob(statement: Statement, blob: bytes) -> Statement:
    text, params = statement
    return (text, {**params, "snapshot": blob}) if isinstance(params, dict) and "snapshot" in params else statement
