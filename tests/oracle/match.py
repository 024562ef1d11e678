"""Plays one drawing in the engine and in the oracle side by side and compares where both stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from drawing import Drawing
from generator import Generator
from oracle import Oracle, Piece, Room, picked

from engine.workflow.runner import Advance, MessageReceived, TaskCompleted, TimerFired, advance, start
from engine.workflow.runtime import ARMED, ARRIVED, HOST, LOOP, MEMBER_OF, decode
from engine.workflow.runtime.instance import GROUP
from engine.workflow.spec import ProcessSpec, load_process

NOON = datetime(2026, 10, 1, 5, 0, tzinfo=UTC)


@dataclass
class Outcome:
    steps: int = 0
    ended: bool = False
    difference: str = ""
    trail: list[str] = field(default_factory=list)


def oracle_view(room: Room) -> tuple:
    pieces = sorted((piece_view(piece) for piece in room.pieces if piece.whole is None), key=repr)
    arrived = sorted((e, tuple(sorted(c.items()))) for e, c in room.arrived.items() if c)
    return room.scope, tuple(pieces), tuple(arrived), tuple(sorted(room.watch))


def piece_view(piece: Piece) -> tuple:
    part = -1 if piece.part is None else piece.part
    rivals = tuple(sorted(rival.shape.id for rival in piece.rivals))
    parts = sorted((piece_view(part) for part in piece.room.pieces if part.whole is piece), key=repr)
    progress = (piece.done, piece.begun, tuple(parts)) if piece.begun else ()
    inner = oracle_view(piece.inner) if piece.inner else None
    return piece.shape.id, part, progress, tuple(sorted(piece.watch)), rivals, inner


def room_sign(room: Room) -> tuple:
    return oracle_view(room), oracle_sign(room.holder) if room.holder else ()


def oracle_sign(piece: Piece) -> tuple:
    holder = piece.room.holder
    around = oracle_sign(holder) if holder else ()
    return piece_view(piece), piece_view(piece.whole) if piece.whole else None, around


class EngineView:
    """Reads the stored snapshot back, so that every comparison goes through save and restore."""

    def __init__(self, spec: ProcessSpec, snapshot: bytes) -> None:
        self.instance = decode(snapshot, spec.plan, spec.hash)

    def room(self, scope) -> tuple:
        tokens = [t for t in self.instance.tokens(scope) if not {HOST, ARMED} & set(t.internal_data)]
        joins = [t for t in tokens if ARRIVED in t.internal_data]
        arrived = sorted((self.id(t), tuple(sorted(t.internal_data[ARRIVED].items()))) for t in joins)
        alone = [t for t in tokens if t not in joins and MEMBER_OF not in t.internal_data]
        pieces = sorted((self.token(t) for t in alone), key=repr)
        watch = sorted(self.id(t) for t in self.instance.tokens(scope) if ARMED in t.internal_data)
        return scope.spec.name.replace("/body", "!"), tuple(pieces), tuple(arrived), tuple(watch)

    @staticmethod
    def id(task) -> str:
        return task.task_spec.node.id

    def token(self, task) -> tuple:
        data = task.internal_data
        others = self.instance.tokens(task.workflow)
        watch = sorted(self.id(t) for t in others if t.internal_data.get(HOST) == task.id)
        rivals = sorted(self.id(t) for t in others if GROUP in data and t.internal_data.get(GROUP) == data[GROUP])
        members = [self.token(t) for t in others if t.internal_data.get(MEMBER_OF) == task.id]
        parts = tuple(sorted(members, key=repr))
        progress = (data[LOOP]["done"], data[LOOP]["next"], parts) if LOOP in data else ()
        inner = self.instance.subprocesses.get(task.id)
        view = self.room(inner) if inner is not None else None
        part = data["i"] if MEMBER_OF in data else -1
        return self.id(task), part, progress, tuple(watch), tuple(rivals), view

    def sign(self, task) -> tuple:
        parent = task.workflow.parent_task_id
        around = self.sign(self.instance.find(parent)) if parent else ()
        whole = task.internal_data.get(MEMBER_OF)
        return self.token(task), self.token(self.instance.find(whole)) if whole else None, around

    def watcher(self, sign: tuple, element: str) -> str:
        """The armed start of an event subprocess in the scope that stands where the oracle's room stands."""
        for scope in self.instance.scopes():
            holder = scope.parent_task_id
            around = self.sign(self.instance.find(holder)) if holder else ()
            if (self.room(scope), around) == sign:
                armed = [t for t in self.instance.tokens(scope) if ARMED in t.internal_data]
                return next(t.id for t in armed if self.id(t) == element)
        raise LookupError(f"no scope watches for {element}")

    def find(self, sign: tuple, element: str) -> str:
        """The token that stands where the oracle's piece stands; for a border event, its watcher."""
        for scope in self.instance.scopes():
            for task in self.instance.tokens(scope):
                if {HOST, ARRIVED, ARMED} & set(task.internal_data) or self.sign(task) != sign:
                    continue
                if self.id(task) == element:
                    return task.id
                for other in self.instance.tokens(scope):
                    if other.internal_data.get(HOST) == task.id and self.id(other) == element:
                        return other.id
        raise LookupError(f"no token at {element}")


class Match:
    def __init__(self, seed: int, size: int = 12, steps: int = 40) -> None:
        self.random = Random(seed)
        self.drawing: Drawing = Generator(self.random, size).draw()
        self.limit = steps
        self.outcome = Outcome()

    def play(self) -> Outcome:
        variables = {name: self.random.randint(0, 3) for name in self.drawing.variables}
        spec = load_process(self.drawing.xml())
        step = start(spec, variables, NOON)
        oracle = Oracle(self.drawing, variables, self.random)
        for number in range(self.limit):
            spec, step = self.between(spec, step, oracle, number)
            if self._differs(spec, step, oracle) or oracle.over:
                break
            actions = oracle.actions()
            if not actions or len(oracle.all()) > 60:
                break
            action = self.random.choice(actions)
            self.outcome.trail.append(f"{action[0]} {action[2]}")
            value = self.random.randint(0, 3)
            try:
                step = self._engine_step(spec, step, action, value, number)
            except LookupError as error:
                self.outcome.difference = str(error)
                break
            oracle.act(action, value)
            self.outcome.steps += 1
        return self.outcome

    def between(self, spec: ProcessSpec, step: Advance, oracle: Oracle, number: int) -> tuple[ProcessSpec, Advance]:
        """What happens to both between two steps; here nothing."""
        return spec, step

    def _engine_step(self, spec: ProcessSpec, step: Advance, action, value: int, number: int) -> Advance:
        kind, piece, element = action
        at = NOON + timedelta(hours=number)
        view = EngineView(spec, step.snapshot)
        if isinstance(piece, Room):
            token = view.watcher(room_sign(piece), element)
        else:
            token = view.find(oracle_sign(piece), element)
        if kind == "do":
            event = TaskCompleted(token, {piece.shape.writes or "": value, "undeclared": 9}, at)
        elif kind == "pick":
            flows = tuple(arrow.id for arrow in picked(piece.shape, value))
            event = TaskCompleted(token, {}, at, flows)
        elif kind == "hand":
            event = TaskCompleted(token, {}, at)
        elif kind == "timer":
            event = TimerFired(token, at)
        else:
            event = MessageReceived(element, {}, at, token=token)
        return advance(spec, step.snapshot, step.variables, event)

    def _differs(self, spec: ProcessSpec, step: Advance, oracle: Oracle) -> bool:
        view = EngineView(spec, step.snapshot)
        ours, theirs = view.room(view.instance), oracle_view(oracle.top)
        ended = step.ended is not None
        self.outcome.ended = oracle.over
        if ours != theirs:
            self.outcome.difference = f"tokens\nengine {ours}\noracle {theirs}"
        elif step.variables != oracle.variables:
            self.outcome.difference = f"variables\nengine {step.variables}\noracle {oracle.variables}"
        elif ended != oracle.over:
            self.outcome.difference = f"end: engine {ended}, oracle {oracle.over}"
        elif step.ended is not None and (step.ended.kind == "error") != oracle.failed:
            self.outcome.difference = f"kind of end: engine {step.ended.kind}, oracle failed={oracle.failed}"
        return bool(self.outcome.difference)
