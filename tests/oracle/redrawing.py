"""Changes a drawing while a dossier is under way, as a new version of a procedure does: the oracle goes on from where
it stands by the new drawing at once, and the engine has to arrive at the same place by a migration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random

from drawing import Arrow, Drawing, Shape
from match import NOON, Match
from oracle import Oracle

from engine.workflow.migration import Migration, migrate
from engine.workflow.runner import Advance
from engine.workflow.spec import ProcessSpec, load_process

_RENAMED = ("task", "receive", "catch", "border", "and", "or")


class Redrawing:
    def __init__(self, drawing: Drawing, oracle: Oracle, random: Random, numbers: Iterator[int]) -> None:
        self.drawing, self.oracle, self.random, self.numbers = drawing, oracle, random, numbers

    def _name(self) -> str:
        """An id that this drawing has never had."""
        return f"z{next(self.numbers)}"

    def insert(self) -> None:
        """A task on an arrow; the arrow keeps its id where it arrives, so that half-filled joins know it."""
        shapes = self.drawing.shapes
        arrows = [arrow for shape in shapes.values() for arrow in shape.out if shape.kind != "race"]
        arrow = self.random.choice(arrows)
        source = shapes[arrow.source]
        task = Shape(self._name(), "task", source.scope, writes=self.random.choice(self.drawing.variables))
        shapes[task.id] = task
        before = Arrow(f"{task.id}in", source.id, task.id, arrow.test)
        if source.default == arrow.id:
            source.default = before.id
        source.out[source.out.index(arrow)] = before
        arrow.source, arrow.test = task.id, None
        task.inn, task.out = [before], [arrow]

    def border(self) -> None:
        """An event on the border of an activity: it waits at once where the activity is at work."""
        shapes = self.drawing.shapes
        racing = {arrow.target for shape in shapes.values() if shape.kind == "race" for arrow in shape.out}
        hosts = [one for one in shapes.values() if one.kind in ("task", "receive", "sub") and one.id not in racing]
        if not hosts:
            return
        host = self.random.choice(hosts)
        trigger, interrupts = self.random.choice(["timer", "message"]), self.random.random() < 0.5
        border = Shape(self._name(), "border", host.scope, host=host.id, trigger=trigger, interrupts=interrupts)
        end = Shape(self._name(), "end", host.scope)
        arrow = Arrow(f"{border.id}out", border.id, end.id)
        border.out, end.inn = [arrow], [arrow]
        self.drawing.shapes |= {border.id: border, end.id: end}
        for piece in self.oracle.all():
            if piece.shape is host and piece.whole is None:
                piece.watch.add(border.id)

    def rename(self) -> dict[str, str]:
        """Another id for a task, a waiting event, a border event or a join."""
        shapes = self.drawing.shapes
        old = self.random.choice([s.id for s in shapes.values() if s.kind in _RENAMED])
        new, shape = self._name(), shapes[old]
        self.drawing.shapes = {(new if one == old else one): piece for one, piece in shapes.items()}
        shape.id = new
        for arrow in shape.out:
            arrow.source = new
        for arrow in shape.inn:
            arrow.target = new
        for other in self.drawing.shapes.values():
            other.host = new if other.host == old else other.host
        for room in self.oracle.rooms():
            if old in room.arrived:
                room.arrived[new] = room.arrived.pop(old)
        for piece in self.oracle.all():
            piece.watch = {new if one == old else one for one in piece.watch}
        return {old: new}


class MovingMatch(Match):
    """The same comparison; now and then the drawing changes under way and the instance is moved."""

    def __init__(self, seed: int, size: int = 12) -> None:
        super().__init__(seed, size)
        self.numbers = count()
        self.moves = self.not_reversible = 0
        self.refusals: tuple[object, ...] = ()

    def between(self, spec: ProcessSpec, step: Advance, oracle: Oracle, number: int) -> tuple[ProcessSpec, Advance]:
        if oracle.over or self.random.random() < 0.6:
            return spec, step
        redrawing = Redrawing(self.drawing, oracle, self.random, self.numbers)
        kind = self.random.choice(["insert", "border", "rename", "rename"])
        mapping = getattr(redrawing, kind)() or {}
        new = load_process(self.drawing.xml())
        result = self._move(spec, step, new, mapping)
        self.outcome.trail.append(f"{kind} {mapping or ''}")
        if result.snapshot is None:
            self.refusals += result.obstacles
            return spec, step
        self.moves += 1
        if kind == "rename":
            back = {new_id: old_id for old_id, new_id in mapping.items()}
            again = migrate(new, result.snapshot, spec, step.variables, NOON, mapping=back)
            self.not_reversible += again.snapshot != step.snapshot
        return new, Advance(result.snapshot, step.variables, ended=step.ended)

    def _move(self, spec: ProcessSpec, step: Advance, new: ProcessSpec, mapping: dict[str, str]) -> Migration:
        return migrate(spec, step.snapshot, new, step.variables, NOON, mapping=mapping)
