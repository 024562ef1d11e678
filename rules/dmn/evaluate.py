"""Evaluates decisions and decision services: follows the requirement graph, each decision once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.dmn.boxed import converted, problem
from rules.dmn.graph import GraphElement, Model
from rules.dmn.model import Decision, DecisionService, InputData, KnowledgeModel, Requirement
from rules.errors import RulesError
from rules.feel import (
    DEFAULT,
    FeelDateTime,
    Function,
    Limits,
    Scope,
    current_run,
    from_datetime,
    normal_name,
    running,
    to_feel,
)

Moment = datetime | FeelDateTime | None
Inputs = Mapping[str, object]
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Result:
    """The value of a decision, and what went wrong on the way (a problem does not always make it null)."""

    value: object
    problems: tuple[RulesError, ...] = ()

    def lawful(self) -> object:
        """The value, or the first problem raised when there is none because of it: never a guess."""
        if self.value is None and self.problems:
            raise self.problems[0]
        return self.value


def decide(model: Model, decision: str, inputs: Inputs, *, limits: Limits = DEFAULT, now: Moment = None) -> Result:
    """Evaluate one decision by name. Inputs by name; those of imported models also as ``{namespace}name``."""
    wanted = model.decision(decision)
    with running(limits, _moment(now)) as run:
        value = _Evaluation(_ready(inputs)).value(model, wanted)
        return Result(value, tuple(run.problems))


def decide_all(model: Model, inputs: Inputs, *, limits: Limits = DEFAULT, now: Moment = None) -> dict[str, Result]:
    """Evaluate every decision of the model; shared requirements are evaluated once."""
    results: dict[str, Result] = {}
    with running(limits, _moment(now)) as run:
        evaluation = _Evaluation(_ready(inputs))
        for decision in model.definitions.decisions:
            seen = len(run.problems)
            value = evaluation.value(model, decision)
            results[decision.name] = Result(value, tuple(run.problems[seen:]))
    return results


def call_service(model: Model, service: str, inputs: Inputs, *, limits: Limits = DEFAULT, now: Moment = None) -> Result:
    """Call a decision service with its inputs by name; a missing input makes the result null."""
    wanted = model.service(service)
    with running(limits, _moment(now)) as run:
        ready = _ready(inputs)
        function = _Evaluation(ready).service(model, wanted)
        given = {name: ready[name] for name in function.parameters if name in ready}
        missing = ", ".join(name for name in function.parameters if name not in ready)
        if missing:
            problem(f"Thiếu dữ liệu: {missing}.", f"Inputs are missing: {missing}.")
        value = function.invoke((), given) if given else function.invoke(())
        return Result(value, tuple(run.problems))


def _moment(now: Moment) -> FeelDateTime | None:
    return from_datetime(now) if isinstance(now, datetime) else now


def _ready(inputs: Inputs) -> dict[str, object]:
    return {normal_name(name): to_feel(value) for name, value in inputs.items()}


class _Evaluation:
    """One walk over the graph; ``given`` are decisions whose value is handed in (by a decision service)."""

    def __init__(self, inputs: Inputs, given: dict[int, object] | None = None) -> None:
        self.inputs = inputs
        self.known: dict[int, object] = dict(given or {})
        self.open: set[int] = set()

    def value(self, model: Model, element: GraphElement) -> object:
        """The value of any element of the graph, computed once."""
        key = id(element)
        if key not in self.known:
            if key in self.open:
                problem(f"“{element.name}” đòi hỏi chính nó.", f"“{element.name}” requires itself.")
                return None
            self.open.add(key)
            self.known[key] = self._compute(model, element)
            self.open.discard(key)
        return self.known[key]

    def _compute(self, model: Model, element: GraphElement) -> object:
        if isinstance(element, InputData):
            return self._input(model, element)
        if isinstance(element, Decision):
            current_run().meter.tick()
            return model.logic[id(element)](self._scope(model, element.requirements))
        if isinstance(element, KnowledgeModel):
            return self._knowledge(model, element)
        return self.service(model, element)

    def _input(self, model: Model, data: InputData) -> object:
        name = data.variable.name
        value = self.inputs.get(f"{{{model.namespace}}}{name}", self.inputs.get(name, _MISSING))
        if value is _MISSING:
            problem(f"Thiếu dữ liệu “{name}”.", f"The input “{name}” is missing.")
            return None
        return converted(value, model.types.named(data.variable.type_ref), data.variable.type_ref)

    def _knowledge(self, model: Model, knowledge: KnowledgeModel) -> object:
        closure = model.logic.get(id(knowledge))
        if closure is None:
            return None
        scope = self._scope(model, knowledge.requirements)
        own: dict[str, object] = {}
        function = closure(Scope(own, scope))
        own[knowledge.variable.name] = function
        return function

    def _scope(self, model: Model, requirements: Sequence[Requirement]) -> Scope:
        variables: dict[str, object] = {}
        for requirement in requirements:
            found = model.resolve(requirement.href)
            if found is None:
                if requirement.tag != "authorityRequirement":
                    problem(f"Không tìm thấy “{requirement.href}”.", f"“{requirement.href}” cannot be found.")
                continue
            owner, element, prefix = found
            value = self.value(owner, element)
            if not prefix:
                variables[element.variable.name] = value
                continue
            under = variables.setdefault(prefix, {})
            if isinstance(under, dict):
                under[element.variable.name] = value
        return Scope(variables)

    def service(self, model: Model, service: DecisionService) -> Function:
        """The decision service as a function: input decisions first, then input data."""
        inputs = [
            found for href in (*service.inputs, *service.input_decisions) if (found := model.resolve(href)) is not None
        ]
        names = tuple(element.variable.name for _, element, _ in inputs)

        def call(arguments: Sequence[object]) -> object:
            handed: dict[int, object] = {}
            for (owner, element, _), argument in zip(inputs, arguments, strict=True):
                type_ref = element.variable.type_ref
                handed[id(element)] = value = converted(argument, owner.types.named(type_ref), type_ref)
                if value is None and argument is not None:
                    return None
            meter = current_run().meter
            meter.enter()
            try:
                return self._outputs(model, service, _Evaluation({}, handed))
            finally:
                meter.leave()

        types = tuple(owner.types.named(element.variable.type_ref) for owner, element, _ in inputs)
        return Function(service.name, names, call, types)

    def _outputs(self, model: Model, service: DecisionService, inner: _Evaluation) -> object:
        outputs = [found for href in service.outputs if (found := model.resolve(href)) is not None]
        values = {element.variable.name: inner.value(owner, element) for owner, element, _ in outputs}
        value = next(iter(values.values())) if len(outputs) == 1 else values
        return converted(value, model.types.named(service.variable.type_ref), service.variable.type_ref)
