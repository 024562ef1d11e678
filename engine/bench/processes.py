"""The engine part alone, runner and codec, beside SpiffWorkflow as it comes: no database in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from engine.bench.costs import Costs, costs_of, ratio
from engine.bench.model import WALK, blocks_model, dossier_model
from engine.bench.naive import NaivePeer
from engine.workflow import runner
from engine.workflow.spec import ProcessSpec, load_process

_AT: Final = datetime(2026, 10, 1, 1, 0, tzinfo=UTC)
VARIABLES: Final = {"applicant_phone": "0912345678", "dossier_code": "H56-261001-0001", "form": {"copies": 2}}
_BEFORE: Final = WALK[:1]
_ROUND: Final = WALK[1:3]  # the check that asks for a supplement, and the supplement
NAIVE_ROUNDS: Final = 50  # after some 330 rounds it loses the open task
NAIVE_BLOCKS: Final = 5  # with 20 it would make about 3^20 tasks before the first is completed

Decisions = Sequence[tuple[str, Mapping[str, Any]]]


class Walker:
    """One instance of ours, moved by the names of its tasks."""

    def __init__(self, spec: ProcessSpec) -> None:
        self._spec = spec
        self.last = runner.start(spec, VARIABLES, _AT)
        self.open = {task.element_id: task.token for task in self.last.opened}

    def do(self, element: str, outputs: Mapping[str, Any]) -> None:
        """Read the stored instance, complete the task, write the instance."""
        event = runner.TaskCompleted(self.open.pop(element), outputs, _AT)
        self.last = runner.advance(self._spec, self.last.snapshot, self.last.variables, event)
        self.open |= {task.element_id: task.token for task in self.last.opened}

    @property
    def size(self) -> int:
        """Bytes of the stored instance."""
        return len(self.last.snapshot)


class NaiveWalker:
    """One instance of SpiffWorkflow's own, moved the same way."""

    def __init__(self, peer: NaivePeer) -> None:
        self._peer = peer
        self.stored = peer.start(VARIABLES)

    def do(self, element: str, outputs: Mapping[str, Any]) -> None:
        """The same."""
        self.stored = self._peer.complete(self.stored, element, outputs)

    @property
    def size(self) -> int:
        """Bytes of the stored instance."""
        return len(self.stored.encode())


@dataclass(frozen=True)
class _Age:
    """What a completed task costs at one age of an instance."""

    costs: Costs
    size: int

    def figures(self) -> dict[str, float]:
        return {**self.costs.figures(), "blob_bytes": self.size}


def supplement_loop(ages: Sequence[int], times: int) -> dict[str, object]:
    """Cost of one completed task and size of the stored instance after so many rounds of the loop."""
    ours = _ages(Walker(load_process(dossier_model())), ages, times)
    young = [age for age in ages if age <= NAIVE_ROUNDS]
    naive = _ages(NaiveWalker(NaivePeer(dossier_model(plain=True))), young, times)
    return {
        "engine": {str(age): found.figures() for age, found in ours.items()},
        "naive": {str(age): found.figures() for age, found in naive.items()},
        "naive_to_engine_cpu": {str(age): ratio(naive[age].costs.cpu_ms, ours[age].costs.cpu_ms) for age in naive},
        "oldest_to_youngest_cpu": ratio(ours[max(ages)].costs.cpu_ms, ours[min(ages)].costs.cpu_ms),
    }


def _ages(walker: Walker | NaiveWalker, ages: Sequence[int], times: int) -> dict[int, _Age]:
    """Go round the loop and measure at each age; what is measured are rounds too, so late ages are counted right."""
    _walk(walker, _BEFORE)
    rounds, found = 0, {}
    for age in sorted(ages):
        for _ in range(age - rounds):
            _walk(walker, _ROUND)
        size = walker.size
        kept = _state(walker)
        costs = Costs()
        for _ in range(times):
            with costs.measured(len(_ROUND)):
                _walk(walker, _ROUND)
            _put_back(walker, kept)
        rounds, found[age] = age, _Age(costs, size)
    return found


def _walk(walker: Walker | NaiveWalker, decisions: Decisions) -> None:
    for element, outputs in decisions:
        walker.do(element, outputs)


def _state(walker: Walker | NaiveWalker) -> dict[str, Any]:
    return {name: dict(value) if isinstance(value, dict) else value for name, value in vars(walker).items()}


def _put_back(walker: Walker | NaiveWalker, kept: dict[str, Any]) -> None:
    vars(walker).update({name: dict(value) if isinstance(value, dict) else value for name, value in kept.items()})


def parallel_blocks(blocks: int, branches: int, times: int) -> dict[str, object]:
    """Milliseconds a step through sequential blocks of parallel branches, beside SpiffWorkflow's on few blocks."""
    spec = load_process(blocks_model(blocks, branches))
    ours = costs_of(lambda: _through(Walker(spec), blocks, branches), times, blocks * branches)
    few = min(blocks, NAIVE_BLOCKS)
    peer = NaivePeer(blocks_model(few, branches))
    naive = costs_of(lambda: _through(NaiveWalker(peer), few, branches), 1, few * branches)
    return {
        "blocks": blocks,
        "branches": branches,
        "engine_per_step": ours.figures(),
        "naive_blocks": few,
        "naive_per_step": naive.figures(),
        "naive_to_engine_cpu": ratio(naive.cpu_ms, ours.cpu_ms),
    }


def _through(walker: Walker | NaiveWalker, blocks: int, branches: int) -> None:
    for block in range(blocks):
        for branch in range(branches):
            walker.do(f"task{block}_{branch}", {"note": "ok"})
