"""Activities that repeat: standard loop, multi-instance one after the other, multi-instance at once."""

from __future__ import annotations

from SpiffWorkflow.task import Task

from engine.workflow.bpmn import LoopSpec
from engine.workflow.errors import ElementFault
from engine.workflow.events import JSON
from engine.workflow.expressions import Context, evaluate, holds, to_json
from engine.workflow.runtime.instance import LOCALS, LOOP, MEMBER_OF, ROUND, Instance
from engine.workflow.runtime.undoing import entry_of

MAX_INSTANCES = 1_000
INDEX = "i"
PASSED = "past"  # this one was passed over: whether the whole is done is not asked again


def begin(instance: Instance, task: Task) -> bool | None:
    """Start repeating; True when there is nothing to do."""
    loop: LoopSpec = task.task_spec.node.loop
    progress: dict[str, JSON] = {"n": None, "done": 0, "next": 0, "out": {}}
    if loop.kind != "standard":
        items = _items(instance, task, loop)
        progress["n"] = len(items)
        if loop.collection:
            progress["items"] = items
    task.internal_data[LOOP] = progress
    if loop.kind == "standard":
        if loop.test_before and not _repeats(instance, task, loop):
            return True
        _spawn(instance, task)
        return None
    if not progress["n"]:
        _collect(instance, task, loop)
        return True
    for _ in range(progress["n"] if loop.kind == "parallel" else 1):
        _spawn(instance, task)
    return None


def member_done(instance: Instance, member: Task) -> None:
    """One round or one instance is finished: decide whether another starts or the whole is done."""
    whole = instance.find(member.internal_data[MEMBER_OF])
    if whole is None:
        return
    loop: LoopSpec = whole.task_spec.node.loop
    progress = whole.internal_data[LOOP]
    over = _over(instance, whole, member, loop, progress["done"] + 1)
    progress["done"] += 1
    if loop.output_item:
        progress["out"][str(member.internal_data[INDEX])] = member.internal_data[LOCALS][loop.output_item]
    undone_by = entry_of(instance, member) if whole.task_spec.node.id in instance.plan.undoable else None
    if undone_by is not None:
        progress.setdefault("undo", []).append(undone_by)
    instance.remove(member)
    if not over:
        if loop.kind != "parallel":
            _spawn(instance, whole)
        return
    for other in instance.tokens(whole.workflow):
        if other.internal_data.get(MEMBER_OF) == whole.id:
            instance.cancel_token(other)
    _collect(instance, whole, loop)
    whole.complete()


def _over(instance: Instance, whole: Task, member: Task, loop: LoopSpec, done: int) -> bool:
    passed_over = PASSED in member.internal_data
    if loop.kind == "standard":
        return passed_over or not _repeats(instance, whole, loop, done)
    total = whole.internal_data[LOOP]["n"]
    if done >= total:
        return True
    if not loop.condition or passed_over:
        return False
    active = 0 if loop.kind == "sequential" else total - done
    counts = {
        "numberOfInstances": total,
        "numberOfActiveInstances": active,
        "numberOfCompletedInstances": done,
        "numberOfTerminatedInstances": 0,
    }
    return holds(loop.condition, instance.names, Context(counts, *instance.layers(member), at=instance.at))


def _repeats(instance: Instance, whole: Task, loop: LoopSpec, done: int = 0) -> bool:
    if loop.maximum is not None and done >= loop.maximum:
        return False
    if not loop.condition:
        return loop.maximum is not None
    return holds(
        loop.condition, instance.names, Context({"loopCounter": done}, *instance.layers(whole), at=instance.at)
    )


def _items(instance: Instance, task: Task, loop: LoopSpec) -> list[JSON]:
    source = loop.collection or loop.cardinality
    value = to_json(evaluate(source, instance.names, instance.context(task)))
    if not loop.collection and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        value = [None] * min(value, MAX_INSTANCES + 1)
    if not isinstance(value, list):
        raise ElementFault(
            "not_a_list",
            f"«{source}» không cho một danh sách (hoặc một số lần) để lặp.",
            f"“{source}” gives neither a list nor a count to repeat over.",
        )
    if len(value) > MAX_INSTANCES:
        raise ElementFault(
            "too_many_instances",
            f"lặp {len(value)} lần, vượt giới hạn {MAX_INSTANCES}.",
            f"{len(value)} repetitions, more than the limit of {MAX_INSTANCES}.",
        )
    return value


def _spawn(instance: Instance, whole: Task) -> None:
    loop: LoopSpec = whole.task_spec.node.loop
    progress = whole.internal_data[LOOP]
    index = progress["next"]
    progress["next"] = index + 1
    seen: dict[str, JSON] = {"loopCounter": index + 1}
    if loop.item and "items" in progress:
        seen[loop.item] = progress["items"][index]
    if loop.output_item:
        seen[loop.output_item] = None
    internal = {MEMBER_OF: whole.id, INDEX: index, LOCALS: seen, ROUND: whole.internal_data[ROUND]}
    instance.new_token(whole.workflow, whole.task_spec, **internal)._ready()


def _collect(instance: Instance, whole: Task, loop: LoopSpec) -> None:
    if loop.output_collection:
        out = whole.internal_data[LOOP]["out"]
        instance.assign(whole, loop.output_collection, [out[key] for key in sorted(out, key=int)])
