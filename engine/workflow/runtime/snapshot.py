"""The stored form of an instance: bytes, versioned, positional, without the diagram and without history.

Layout (JSON arrays after the magic): [spec hash, counter, rounds by element, end kind, ended by, scopes],
a scope is [host token, scope id, undo record, tokens], a token is [number, element, state, internal data].
Elements are numbered by their place in the sorted list of the diagram; the hash guards the numbering.
"""

from __future__ import annotations

import json
from typing import Any

import orjson

from engine.workflow.errors import SnapshotError
from engine.workflow.runtime.instance import Instance, Token, TokenScope
from engine.workflow.runtime.plan import Plan

MAGIC = b"MW1"
FAST, EXACT = b"o", b"j"  # orjson, or the standard library for what orjson cannot hold (huge whole numbers)


def encode(instance: Instance, spec_hash: str) -> bytes:
    """Write the living tokens of all scopes, outer scopes first."""
    number = {element: place for place, element in enumerate(instance.plan.order)}
    rounds = [[number[element], count] for element, count in instance.rounds.items()]
    scopes = [_scope_row(scope, number) for scope in instance.scopes()]
    row = [spec_hash[:16], instance.counter, rounds, instance.end_kind, instance.ended_by, scopes]
    try:
        return MAGIC + FAST + orjson.dumps(row)
    except TypeError:
        return MAGIC + EXACT + json.dumps(row, separators=(",", ":")).encode()


def _scope_row(scope: TokenScope | Instance, number: dict[str, int]) -> list[Any]:
    tokens = [
        [int(task.id[1:]), number[task.task_spec.node.id], task.state, task.internal_data]
        for task in scope.tasks.values()
        if task is not scope.task_tree
    ]
    return [scope.parent_task_id or "", scope.spec.name, scope.data.get("done", []), tokens]


def decode(data: bytes, plan: Plan, spec_hash: str) -> Instance:
    """Bring an instance back; raises SnapshotError for another version, another diagram, or damage."""
    row = _row(bytes(data))
    try:
        if row[0] != spec_hash[:16]:
            raise SnapshotError(
                "Ảnh chụp thuộc một phiên bản sơ đồ khác; cần chuyển đổi hồ sơ sang phiên bản mới.",
                "The snapshot belongs to another version of the diagram; the instance needs a migration.",
            )
        instance = Instance(plan)
        instance.counter = row[1]
        instance.rounds = {plan.order[place]: count for place, count in row[2]}
        instance.end_kind, instance.ended_by = row[3], row[4]
        for scope_row in row[5]:
            _restore(instance, scope_row)
    except (IndexError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(str(error)) from error
    return instance


def _row(data: bytes) -> list[Any]:
    if data[:3] != MAGIC or data[3:4] not in (FAST, EXACT):
        raise SnapshotError("Ảnh chụp tiến trình thuộc phiên bản không biết.", "The snapshot is of an unknown version.")
    try:
        row = orjson.loads(data[4:]) if data[3:4] == FAST else json.loads(data[4:])
    except ValueError as error:
        raise _damaged(str(error)) from error
    if not isinstance(row, list):
        raise _damaged("not a list")
    return row


def _damaged(reason: str) -> SnapshotError:
    return SnapshotError(f"Ảnh chụp tiến trình bị hỏng ({reason[:80]}).", f"The snapshot is damaged ({reason[:80]}).")


def _restore(instance: Instance, row: list[Any]) -> None:
    host_token, scope_id, done, tokens = row
    scope: TokenScope | Instance = instance
    if host_token:
        host = instance.find(host_token)
        if host is None:
            raise _damaged(f"no host {host_token}")
        scope = instance.open_scope(host, scope_id)
    if done:
        scope.data["done"] = done
    for token, place, state, internal in tokens:
        spec = instance.elements[instance.plan.order[place]]
        task = Token(scope, spec, scope.task_tree, state=state, id=f"t{token}")
        task.internal_data = internal
