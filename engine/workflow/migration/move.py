"""Moves a running instance to another version of its diagram, or says why it cannot be moved.

Tokens keep their names, so open tasks, drafts, timers and calls of the record stay valid; a timer keeps the
instant at which it is due. What the new diagram adds to an open activity starts to wait at the move.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.workflow.bpmn import ACTIVITIES, Node
from engine.workflow.errors import ElementFault, SnapshotError
from engine.workflow.events import JSON
from engine.workflow.expressions import OfficeCalendar
from engine.workflow.findings import label
from engine.workflow.migration.starving import starved
from engine.workflow.outcome import OpenTask, TimerSet
from engine.workflow.runtime import (
    ARMED,
    ARRIVED,
    BORDER,
    HOST,
    LOOP,
    MEMBER_OF,
    ROLE,
    UNDO,
    WAITS_WITH_TOKEN,
    Instance,
    Token,
    TokenScope,
    arm,
    decode,
    encode,
)
from engine.workflow.spec import ProcessSpec


@dataclass(frozen=True)
class Obstacle:
    """One reason why an instance cannot be moved: which token, on which element, and why."""

    token: str
    element_id: str
    code: str
    message_vi: str
    message_en: str


@dataclass(frozen=True)
class Migration:
    """The moved snapshot and the rows that change with it; with obstacles there is no snapshot."""

    snapshot: bytes | None
    obstacles: tuple[Obstacle, ...] = ()
    timers: tuple[TimerSet, ...] = ()
    cancelled_timers: tuple[str, ...] = ()
    opened: tuple[OpenTask, ...] = ()  # events that somebody has to tell of, newly waiting
    closed: tuple[str, ...] = ()  # such tasks that are no longer there
    moved: tuple[tuple[str, str], ...] = ()  # token, element it stands on now (only where that changed)


REASONS = {
    "element_gone": ("không còn trong sơ đồ mới", "is not in the new diagram"),
    "element_moved": ("nằm trong một tiến trình con khác ở sơ đồ mới", "is in another subprocess of the new diagram"),
    "kind_changed": ("đã đổi loại ở sơ đồ mới", "is of another kind in the new diagram"),
    "loop_changed": ("đã đổi cách lặp ở sơ đồ mới", "repeats in another way in the new diagram"),
    "join_changed": ("có mũi tên vào khác ở sơ đồ mới", "has other incoming flows in the new diagram"),
    "join_starved": (
        "sẽ chờ một nhánh mà hồ sơ này không còn đi qua ở sơ đồ mới",
        "would wait for a branch that this dossier no longer passes in the new diagram",
    ),
    "undo_changed": ("không còn bước hoàn tác ở sơ đồ mới", "has nothing that undoes it in the new diagram"),
}


class Mover:
    """Carries the tokens of one instance over, outer scopes first."""

    def __init__(self, old: Instance, new: Instance, mapping: Mapping[str, str]) -> None:
        self.old, self.new, self.mapping = old, new, mapping
        self.obstacles: list[Obstacle] = []
        self.cancelled: list[str] = []
        self.closed: list[str] = []
        self.moved: list[tuple[str, str]] = []
        self.dropped: set[tuple[str | None, str]] = set()  # waiting events, by host, that are of another kind now

    def run(self) -> None:
        """Move every scope and token, then let what is new begin to wait."""
        self.new.counter, self.new.end_kind = self.old.counter, self.old.end_kind
        self.new.ended_by = list(self.old.ended_by)
        for element, count in self.old.rounds.items():
            if self.name(element) in self.new.elements:
                self.new.rounds[self.name(element)] = count
        for scope in self.old.scopes():
            target = self._scope(scope)
            if target is not None:
                for task in self.old.tokens(scope):
                    self._token(task, target)
                self._done(scope, target)
        for task, node in starved(self.old, self.new, self.name) if not self.obstacles else ():
            self._refuse(task, "join_starved", node)
        if not self.obstacles:
            self._arm_what_is_new()

    def name(self, element: str) -> str:
        """The element's id in the new diagram."""
        return self.mapping.get(element, element)

    def _scope(self, scope: TokenScope | Instance) -> TokenScope | Instance | None:
        if not scope.parent_task_id:
            return self.new
        host = self.new.find(scope.parent_task_id)
        if host is None or not host.task_spec.node.body:
            return None  # its host was refused, which is reason enough
        return self.new.open_scope(host, host.task_spec.node.body)

    def _token(self, task: Task, scope: TokenScope | Instance) -> None:
        before: Node = task.task_spec.node
        spec = self.new.elements.get(self.name(before.id))
        watches = HOST in task.internal_data or ARMED in task.internal_data
        fits = spec is not None and self._fits(task, before, spec.node, scope)
        if watches and not fits:
            self.dropped.add((task.internal_data.get(HOST), self.name(before.id)))
            if before.by_hand:
                self.closed.append(task.id)
            elif before.event_kind == "timer":
                self.cancelled.append(task.id)
            return  # the new diagram has no such event: it no longer waits
        if spec is None:
            self._refuse(task, "element_gone")
        elif not fits:
            self._refuse(task, self._difference(task, before, spec.node, scope))
        else:
            moved = Token(scope, spec, scope.task_tree, state=task.state, id=task.id)
            moved.internal_data = task.internal_data
            if UNDO in moved.internal_data:
                moved.internal_data[UNDO] = [self._entry(entry) for entry in moved.internal_data[UNDO]]
            if spec.node.id != before.id:
                self.moved.append((task.id, spec.node.id))

    def _fits(self, task: Task, before: Node, after: Node, scope: TokenScope | Instance) -> bool:
        if HOST in task.internal_data:
            host = self.old.find(task.internal_data[HOST])
            if host is None or after.attached_to != self.name(host.task_spec.node.id):
                return False
        if ARMED in task.internal_data:
            return after.id in self.new.plan.armed.get(scope.spec.name, ()) and after.event_kind == before.event_kind
        return not self._difference(task, before, after, scope)

    def _difference(self, task: Task, before: Node, after: Node, scope: TokenScope | Instance) -> str:
        data = task.internal_data
        loops = before.loop.kind if before.loop else "", after.loop.kind if after.loop else ""
        if after.scope != scope.spec.name:
            return "element_moved"
        if (before.kind, before.event_kind, before.by_hand) != (after.kind, after.event_kind, after.by_hand):
            return "kind_changed"
        if ROLE in data and before.chooses != after.chooses:
            return "kind_changed"
        if loops[0] != loops[1] and (LOOP in data or MEMBER_OF in data or _has_begun(task)):
            return "loop_changed"
        if not set(data.get(ARRIVED, ())) <= {flow.id for flow in after.incoming}:
            return "join_changed"
        return "" if all(self._undoable(entry) for entry in data.get(UNDO, ())) else "undo_changed"

    def _entry(self, entry: JSON) -> JSON:
        """A record of what can be undone, with the new names of all it holds."""
        if isinstance(entry, str):
            return self.name(entry)
        if isinstance(entry, list):
            return [entry[0], self._entry(entry[1])]
        parts = {key: [self._entry(part) for part in entry[key]] for key in ("d", "m") if key in entry}
        return {**entry, "e": self.name(entry["e"]), **parts}

    def _undoable(self, entry: JSON) -> bool:
        entry = entry[1] if isinstance(entry, list) else entry
        if isinstance(entry, str):
            return self.name(entry) in self.new.plan.handlers
        inside = [*entry.get("d", ()), *entry.get("m", ())]
        return self.name(entry["e"]) in self.new.plan.undoable and all(map(self._undoable, inside))

    def _done(self, scope: TokenScope | Instance, target: TokenScope | Instance) -> None:
        kept = [self._entry(entry) for entry in scope.data.get("done", ()) if self._undoable(entry)]
        if kept:
            target.data["done"] = kept

    def _refuse(self, task: Task, code: str, at: Node | None = None) -> None:
        node: Node = at or task.task_spec.node
        vi, en = REASONS[code]
        shown = label(node.name, node.id)
        self.obstacles.append(Obstacle(task.id, node.id, code, f"Bước {shown} {vi}.", f"Step {shown} {en}."))

    def _arm_what_is_new(self) -> None:
        for scope in self.new.scopes():
            tokens = self.new.tokens(scope)
            watched = {(task.internal_data.get(HOST), task.task_spec.node.id) for task in tokens}
            for task in filter(_has_begun, tokens):
                for boundary in task.task_spec.node.boundaries:
                    task.internal_data[BORDER] = 1
                    if (task.id, boundary) not in watched and not self._rang(task, boundary):
                        self._watch(scope, boundary, {HOST: task.id})
            for start in self.new.plan.armed.get(scope.spec.name, ()) if tokens else ():
                old_start = any(task.task_spec.node.id == start and ARMED in task.internal_data for task in tokens)
                if not old_start and ((None, start) in self.dropped or not self._knew(start)):
                    self._watch(scope, start, {ARMED: 1})

    def _rang(self, host: Task, boundary: str) -> bool:
        """A border event of the old diagram that waits no longer has done its part: a warning is not given twice."""
        before = self.old.find(host.id)
        known = before.task_spec.node.boundaries if before is not None else ()
        return boundary in map(self.name, known) and (host.id, boundary) not in self.dropped

    def _knew(self, start: str) -> bool:
        """An event subprocess of the old diagram that waits no longer has done its part."""
        return start in {self.name(owner) for owner in self.old.plan.owners}

    def _watch(self, scope: TokenScope | Instance, element: str, internal: dict[str, JSON]) -> None:
        spec = self.new.elements[element]
        if spec.node.event_kind in WAITS_WITH_TOKEN:
            waiting = self.new.new_token(scope, spec, **internal)
            waiting._set_state(TaskState.WAITING)
            arm(self.new, waiting)


def _has_begun(task: Task) -> bool:
    """Tell whether an activity is at work, so that events on its border wait; a retried one arms them itself."""
    data = task.internal_data
    if BORDER in data:
        return True
    return task.task_spec.node.kind in ACTIVITIES and MEMBER_OF not in data and task.state != TaskState.ERROR


def migrate(
    old: ProcessSpec,
    snapshot: bytes,
    new: ProcessSpec,
    variables: Mapping[str, JSON],
    at: datetime,
    *,
    mapping: Mapping[str, str] | None = None,
    calendar: OfficeCalendar | None = None,
) -> Migration:
    """Try to move an instance from `old` to `new`; nothing is stored, so this is the dry run as well.

    `mapping` names elements that were renamed (old id → new id). Never raises for what an instance or its diagram
    is like: a snapshot that is not of `old` and a newly drawn timer that cannot be computed are obstacles too.
    """
    instance = Instance(new.plan)
    instance.variables, instance.at, instance.calendar = dict(variables), at, calendar
    try:
        mover = Mover(decode(snapshot, old.plan, old.hash), instance, mapping or {})
        mover.run()
    except (ElementFault, SnapshotError) as fault:
        return Migration(None, (Obstacle("", "", fault.code, fault.message_vi, fault.message_en),))
    if mover.obstacles:
        return Migration(None, tuple(mover.obstacles))
    ledger = instance.ledger
    return Migration(
        encode(instance, new.hash),
        timers=tuple(ledger.timers.values()),
        cancelled_timers=tuple(mover.cancelled),
        opened=tuple(ledger.opened.values()),
        closed=tuple(mover.closed),
        moved=tuple(mover.moved),
    )
