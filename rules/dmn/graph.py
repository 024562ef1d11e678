"""A model ready to decide: its elements by id and name, everything compiled, imports bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from rules.dmn.boxed import BoxedCompiler
from rules.dmn.item_types import TypeTable
from rules.dmn.model import Decision, DecisionService, Definitions, InputData, KnowledgeModel
from rules.dmn.vocabulary import lexicon_of, names_of
from rules.errors import DmnLookupError
from rules.feel.lexer import normal_name
from rules.feel.scope import Scope

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
        self.logic: dict[int, Closure] = self._compile()

    @property
    def namespace(self) -> str:
        """The namespace of the model."""
        return self.definitions.namespace

    @cached_property
    def all_names(self) -> frozenset[str]:
        """Every name that may stand in its expressions, with those of imported models."""
        return names_of(self.definitions).union(*(model.all_names for model in self.imports.values()))

    def _compile(self) -> dict[int, Closure]:
        logic: dict[int, Closure] = {}
        for decision in self.definitions.decisions:
            closure = self.compiler.optional(decision.expression)
            logic[id(decision)] = self.compiler.typed(closure, decision.variable.type_ref)
        for knowledge in self.definitions.knowledge_models:
            if knowledge.logic is not None:
                # The type of the variable may be that of the result or, newer, that of the function itself.
                declared = self.types.named(knowledge.variable.type_ref)
                result = "" if declared.kind == "function" else knowledge.variable.type_ref
                logic[id(knowledge)] = self.compiler.named_function(knowledge.name, knowledge.logic, result)
        return logic

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
