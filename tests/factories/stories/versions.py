"""A new version of a diagram, dossiers that go over to it, and back."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from factories.new_version import CODE, at_search, plan, publish, renamed, work_off
from factories.office_life import OfficeLife, pack
from factories.stories.telling import Act

from engine.actions.migrations import RevertMigration, revert_migration
from engine.actions.tasks import ClaimTask, claim_task

NEVER = threading.Event()


def moved_and_back(life: OfficeLife) -> Iterator[Act]:
    """One dossier waits at a renamed step, held by an official; one waits for the citizen, with its timer."""
    citizen = life.citizen()
    stands: list[str] = []
    run: list[str] = []

    def hold() -> None:
        life.do(claim_task, ClaimTask(life.officials["case_officer"], life.open_task(stands[0])["id"]))

    files = pack(life.platform.settings.processes, CODE)
    second = renamed(renamed(files, "search_register", "look_up"), "draft_silence", "one_day_over")
    yield "a dossier at the search", lambda: stands.append(at_search(life, citizen))
    yield "one that waits for the citizen", lambda: stands.append(life.to_confirmation(citizen))
    yield "the first is held", hold
    yield "a second version", lambda: publish(life, second)
    yield "planned", lambda: run.append(plan(life, mapping={"search_register": "look_up"}))
    yield "worked off", lambda: work_off(life, NEVER)
    back = lambda: RevertMigration(life.officials["admin"], run[0], "Sơ đồ mới sai")  # noqa: E731 - once it is there
    yield "to be reverted", lambda: life.do(revert_migration, back())
    yield "and reverted", lambda: work_off(life, NEVER)
