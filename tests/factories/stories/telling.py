"""Stories of the office, told act by act, with the rows that each act leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from factories.left_behind import LeftBehind
from factories.office_life import OfficeLife

from engine.domain.actor import Actor
from engine.store.process import jobs

Act = tuple[str, Callable[[], Any]]
Story = Callable[[OfficeLife], Iterator[Act]]


def told(life: OfficeLife, story: Story) -> str:
    """The story act by act, with the rows each leaves; between two acts a minute passes."""
    left = LeftBehind(life.platform)
    lines: list[str] = []
    for name, act in story(life):
        life.platform.clock.advance(minutes=1)
        lines += [f"## {name}", *left.of(act)]
    return "\n".join(lines) + "\n"


def step(life: OfficeLife, dossier_id: Callable[[], str], element_id: str, **outputs: str) -> Act:
    return f"{element_id} {outputs}", lambda: life.complete(dossier_id(), element_id, outputs)


class Filed:
    """The dossier of a story, once it is there."""

    id = ""

    def __call__(self) -> str:
        return self.id


def filed(life: OfficeLife, citizen: Actor, one: Filed, **draft: Any) -> Act:
    def act() -> None:
        one.id = life.sent(citizen, **draft)

    return "a dossier is sent", act


def job_of(life: OfficeLife, dossier_id: str, kind: str) -> Any:
    return next(row for row in life.see(jobs.of_dossier, dossier_id) if row["kind"] == kind)
