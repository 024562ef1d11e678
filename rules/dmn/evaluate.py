"""Evaluates decisions and decision services: follows the requirement graph, each decision once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime

from rules.dmn.door import composed, entered
from rules.dmn.graph import GraphElement, Model
from rules.dmn.hit_policy import NO_ROW
from rules.dmn.model import (
    Decision,
    DecisionService,
    DecisionTable,
    Element,
    InputData,
    KnowledgeModel,
    Requirement,
    Text,
)
from rules.dmn.texts import converted, problem
from rules.errors import RulesError
from rules.feel import (
    DEFAULT,
    NOT_GIVEN,
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


@dataclass(frozen=True, slots=True)
class Result:
    """The value of a decision, and what went wrong on the way (a problem does not always make it null)."""

    value: object
    problems: tuple[RulesError, ...] = ()

    @property
    def doubts(self) -> tuple[RulesError, ...]:
        """The problems after which even a value is only a guess; that no row applied is by itself none."""
        return tuple(problem for problem in self.problems if problem.code != NO_ROW)

    def lawful(self) -> object:
        """The value, or the first problem that makes it a guess raised. Null when no row of the table applied."""
        if self.doubts:
            raise self.doubts[0]
        return self.value


def decide(
    model: Model,
    decision: str,
    inputs: Inputs,
    *,
    limits: Limits = DEFAULT,
    now: Moment = None,
    strict: bool = False,
) -> Result:
    """Evaluate one decision by name. Inputs by name; those of imported models also as ``{namespace}name``.

    By the letter of the standard, as its compatibility kit asks. A `strict` evaluation is what procedures and commands
    ask for: texts are read as the declared types of the inputs, a name without a requirement is looked for among the
    inputs, and every null that the standard gives without a word is a problem.
    """
    wanted = model.decision(decision)
    ready = _ready(inputs)
    with running(limits, _moment(now), ready if strict else None) as run:
        value = _Evaluation(ready).value(model, wanted)
        if value is None and not run.problems and run.strict and not may_be_null(wanted.expression):
            problem(
                f"Quyết định “{wanted.name}” không có kết quả (null).",
                f"The decision “{wanted.name}” has no result (null).",
            )
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


def call_service(
    model: Model,
    service: str,
    inputs: Inputs,
    *,
    limits: Limits = DEFAULT,
    now: Moment = None,
    strict: bool = False,
) -> Result:
    """Call a decision service with its inputs by name; a missing input makes the result null. See `decide`."""
    wanted = model.service(service)
    ready = _ready(inputs)
    with running(limits, _moment(now), ready if strict else None) as run:
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
    return {normal_name(name): composed(to_feel(value)) for name, value in inputs.items()}


def may_be_null(boxed: object) -> bool:
    """Is null written into the logic as an answer of its own?"""
    if isinstance(boxed, Text):
        return "null" in boxed.text
    if isinstance(boxed, tuple):
        return any(may_be_null(each) for each in boxed)
    if not is_dataclass(boxed) or isinstance(boxed, (Element, type)):
        return False
    return any(may_be_null(getattr(boxed, each.name)) for each in fields(boxed))


def other_names(element: GraphElement, value: object) -> Iterator[tuple[str, object]]:
    """What Camunda calls the answer of a required decision: by its id, or by the names of its table's outputs."""
    if not isinstance(element, Decision):
        return
    if element.element.id:
        yield normal_name(element.element.id), value
    outputs = element.expression.outputs if isinstance(element.expression, DecisionTable) else ()
    for clause in outputs:
        if clause.name and len(outputs) == 1:
            yield clause.name, value
        elif isinstance(value, dict) and clause.name in value:
            yield clause.name, value[clause.name]


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
            return self._decision(model, element)
        if isinstance(element, KnowledgeModel):
            return self._knowledge(model, element)
        return self.service(model, element)

    def _input(self, model: Model, data: InputData) -> object:
        name = data.variable.name
        value = self._given(model, data)
        if value is NOT_GIVEN:
            problem(f"Thiếu dữ liệu “{name}”.", f"The input “{name}” is missing.")
            return None
        return entered(value, model.types, data.variable.type_ref, name)

    def _decision(self, model: Model, decision: Decision) -> object:
        run = current_run()
        run.meter.tick()
        scope = self._scope(model, decision.requirements)
        broken = model.broken.get(id(decision))
        if broken and run.strict:
            run.problems.extend(broken)
            return None
        mark = len(run.problems)
        value = model.logic[id(decision)](scope)
        run.place(mark, f"“{decision.name}”", f"“{decision.name}”")
        return value

    def _not_given(self, model: Model, element: GraphElement) -> bool:
        if not isinstance(element, InputData) or id(element) in self.known:
            return False
        return self._given(model, element) is NOT_GIVEN

    def _given(self, model: Model, data: InputData) -> object:
        """The value of an input by its variable's name, else by the name it is drawn with."""
        name = data.variable.name
        value = self.inputs.get(f"{{{model.namespace}}}{name}", self.inputs.get(name, NOT_GIVEN))
        return self.inputs.get(data.name, NOT_GIVEN) if value is NOT_GIVEN else value

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
        habits: dict[str, object] = {}
        strict = current_run().strict
        for requirement in requirements:
            found = model.resolve(requirement.href)
            if found is None:
                if requirement.tag != "authorityRequirement":
                    problem(f"Không tìm thấy “{requirement.href}”.", f"“{requirement.href}” cannot be found.")
                continue
            owner, element, prefix = found
            if strict and not prefix and self._not_given(owner, element):
                continue  # told when an expression asks for it
            value = self.value(owner, element)
            if not prefix:
                variables[element.variable.name] = value
                habits.update(other_names(element, value))
                continue
            under = variables.setdefault(prefix, {})
            if isinstance(under, dict):
                under[element.variable.name] = value
        return Scope({**habits, **variables} if strict else variables)

    def service(self, model: Model, service: DecisionService) -> Function:
        """The decision service as a function: input decisions first, then input data."""
        inputs = [
            found for href in (*service.inputs, *service.input_decisions) if (found := model.resolve(href)) is not None
        ]
        names = tuple(element.variable.name for _, element, _ in inputs)

        def call(arguments: Sequence[object]) -> object:
            handed: dict[int, object] = {}
            for (owner, element, _), argument in zip(inputs, arguments, strict=True):
                name, type_ref = element.variable.name, element.variable.type_ref
                handed[id(element)] = value = entered(argument, owner.types, type_ref, name)
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
