"""Walks through a diagram as chance wills: a task, a choice, an answer, a timer, a message, one after the other."""

from __future__ import annotations

from random import Random

from engine.workflow.errors import WorkflowError
from engine.workflow.simulation.player import VERBS, Stage


def possible(stage: Stage, random: Random) -> list[dict[str, object]]:
    """The steps of `motcua play` that could be done now."""
    steps: list[dict[str, object]] = []
    for token, task in stage.tasks.items():
        step: dict[str, object] = {"complete": token, "data": {"x": random.randint(0, 3)}}
        if task.choices:
            ways = [choice.flow_id for choice in task.choices]
            some = stage.spec.elements[task.element_id].chooses == "some"
            step["flow"] = random.sample(ways, random.randint(1, len(ways)) if some else 1)
        steps.append(step)
    steps += [{"job": token} for token in stage.calls]
    steps += [{"fail": token} for token in stage.calls if random.random() < 0.2]
    steps += [{"timer": token} for token in stage.timers]
    for awaited in stage.awaited():
        kind, _, name = awaited.partition(":")
        if kind in ("message", "signal"):
            steps.append({kind: name})
    return steps


def walk(stage: Stage, random: Random, limit: int = 150) -> str:
    """Go on until the end, a stated wait or the limit; give what the instance came to."""
    for _ in range(limit):
        if stage.ended:
            return str(stage.ended.kind)
        steps = possible(stage, random)
        if not steps:
            return "incident" if stage.incidents else "waits" if stage.awaited() else "lost"
        step = random.choice(steps)
        verb = next(word for word in VERBS if word in step)
        try:
            VERBS[verb].act(stage, step)
        except WorkflowError:  # a message whose key does not fit finds nobody; anything else must not be refused
            assert verb == "message", step
    return "on its way"
