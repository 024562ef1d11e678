"""A model ready to decide: its elements by id and name, everything compiled, imports bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from rules.dmn.boxed import BoxedCompiler
from rules.dmn.checks.problems import ModelProblem, hint_of
from rules.dmn.checks.structure import structure_problems
from rules.dmn.item_types import TypeTable
from rules.dmn.model import Decision, DecisionService, Definitions, InputData, KnowledgeModel
from rules.dmn.vocabulary import lexicon_of, names_of
from rules.errors import DmnLookupError, RulesError
from rules.feel import Scope, normal_name

Closure = Callable[[Scope], object]
GraphElement = Decision | DecisionService | InputData | KnowledgeModel


class Model:
    """A compiled model. Immutable after construction, so threads may share it."""

    def __init__(self, definitions: Definitions, imported: Mapping[str, Model] | None = None) -> None:
        self.definitions = definitions
        self.imports: dict[str, Model] = {}
        """Imported models by the name this model gives them."""
        for declared in definitions.imports:
            found = (imported or {}).get(declared.namespace)
            if found is not None:
                self.imports[declared.name] = found
        self.lexicon = lexicon_of(self.all_names)
        imported_types = {name: model.types.types for name, model in self.imports.items()}
        self.types: TypeTable = TypeTable(definitions, imported_types, self.lexicon)
        self.compiler = BoxedCompiler(self.lexicon, self.types)
        elements: tuple[GraphElement, ...] = (
            *definitions.inputs,
            *definitions.decisions,
            *definitions.knowledge_models,
            *definitions.services,
        )
        self.by_id: dict[str, GraphElement] = {element.element.id: element for element in elements}
        # By identity: an id may be missing or stand twice in a file drawn by hand.
        self.logic: dict[int, Closure] = {}
        self.problems: tuple[ModelProblem, ...] = (*self._compile(), *self._dangling())
        """Text that cannot be read and references that lead nowhere; such parts are null when evaluated."""
        self.structure = tuple(structure_problems(definitions, self.lexicon))
        """What else is wrong with how the model is built."""
        self.broken = self._broken()
        """By element: why its decision may not be trusted, whatever it answers."""

    @property
    def namespace(self) -> str:
        """The namespace of the model."""
        return self.definitions.namespace

    @cached_property
    def all_names(self) -> frozenset[str]:
        """Every name that may stand in its expressions, with those of imported models."""
        return names_of(self.definitions).union(*(model.all_names for model in self.imports.values()))

    def _compile(self) -> Iterator[ModelProblem]:
        for element in self._with_logic():
            known = len(self.compiler.unreadable)
            closure = self._knowledge(element) if isinstance(element, KnowledgeModel) else self._decision(element)
            if closure is not None:
                self.logic[id(element)] = closure
            yield from (
                ModelProblem(element.name, error, hint=hint_of(error)) for error in self.compiler.unreadable[known:]
            )

    def _broken(self) -> dict[int, list[RulesError]]:
        by_name: dict[str, list[RulesError]] = {}
        for problem in self.structure:
            if problem.severity == "error":
                by_name.setdefault(problem.element, []).append(problem.error)
        everywhere = by_name.get(self.definitions.name, [])
        return {
            id(element): [*everywhere, *by_name.get(element.name, ())]
            for element in self._with_logic()
            if everywhere or element.name in by_name
        }

    def _decision(self, decision: Decision) -> Closure:
        return self.compiler.typed(self.compiler.optional(decision.expression), decision.variable.type_ref)

    def _knowledge(self, knowledge: KnowledgeModel) -> Closure | None:
        if knowledge.logic is None:
            return None
        # The type of the variable may be that of the result or, newer, that of the function itself.
        declared = self.types.named(knowledge.variable.type_ref)
        result = "" if declared.kind == "function" else knowledge.variable.type_ref
        return self.compiler.named_function(knowledge.name, knowledge.logic, result)

    def _dangling(self) -> Iterator[ModelProblem]:
        for declared in self.definitions.imports:
            if declared.name not in self.imports and "/DMN/" in declared.kind:
                yield _missing(declared.name, declared.location or declared.namespace)
        for name, href in self._arrows():
            if self.resolve(href) is None:
                yield _missing(name, href)

    def _with_logic(self) -> tuple[Decision | KnowledgeModel, ...]:
        return (*self.definitions.decisions, *self.definitions.knowledge_models)

    def _arrows(self) -> Iterator[tuple[str, str]]:
        """Every reference of the graph that a value depends on, with the name of the element it starts from."""
        for element in self._with_logic():
            for requirement in element.requirements:
                if requirement.tag != "authorityRequirement":
                    yield element.name, requirement.href
        for service in self.definitions.services:
            for href in (*service.outputs, *service.encapsulated, *service.input_decisions, *service.inputs):
                yield service.name, href

    def resolve(self, href: str) -> tuple[Model, GraphElement, str] | None:
        """The element behind a reference, its model, and the import name that leads there ("" for our own)."""
        namespace, _, element_id = href.rpartition("#")
        if namespace in {"", self.namespace}:
            found = self.by_id.get(element_id)
            return None if found is None else (self, found, "")
        for name, model in self.imports.items():
            if model.namespace == namespace and element_id in model.by_id:
                return model, model.by_id[element_id], name
        return None

    def decision(self, name: str) -> Decision:
        """The decision of that name (or id)."""
        wanted = normal_name(name)
        for decision in self.definitions.decisions:
            if wanted in {decision.name, decision.element.id}:
                return decision
        known = ", ".join(decision.name for decision in self.definitions.decisions)
        raise DmnLookupError(
            f"Mô hình không có quyết định “{name}”. Các quyết định: {known}.",
            f"The model has no decision “{name}”. Its decisions: {known}.",
        )

    def service(self, name: str) -> DecisionService:
        """The decision service of that name (or id)."""
        wanted = normal_name(name)
        for service in self.definitions.services:
            if wanted in {service.name, service.element.id}:
                return service
        known = ", ".join(service.name for service in self.definitions.services)
        raise DmnLookupError(
            f"Mô hình không có dịch vụ quyết định “{name}”. Các dịch vụ: {known}.",
            f"The model has no decision service “{name}”. Its services: {known}.",
        )


def _missing(element: str, target: str) -> ModelProblem:
    error = DmnLookupError(
        f"“{element}” cần “{target}” nhưng không tìm thấy.", f"“{element}” requires “{target}”, which cannot be found."
    )
    return ModelProblem(element, error, hint=hint_of(error))
