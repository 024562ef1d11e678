"""The types a model declares, as FEEL types that know their allowed values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rules.dmn.model import Cell, Definitions, FunctionItem, ItemDefinition
from rules.errors import RulesError
from rules.feel import ANY, UNKNOWN, FeelType, Lexicon, Scope, compile_unary_tests, simple_type

Check = Callable[[object], bool]


class TypeTable:
    """Types by name; resolves references between them and to imported models (``prefix.name``)."""

    def __init__(
        self, definitions: Definitions, imported: Mapping[str, Mapping[str, FeelType]], lexicon: Lexicon
    ) -> None:
        self.types: dict[str, FeelType] = {}
        self._lexicon = lexicon
        self._items = {item.name: item for item in definitions.items}
        self._open: set[str] = set()
        for prefix, types in imported.items():
            for name, found in types.items():
                self.types[f"{prefix}.{name}" if prefix else name] = found
        for item in definitions.items:
            self.named(item.name)

    def named(self, reference: str) -> FeelType:
        """The type behind a typeRef; an empty reference is Any, an unknown one a type nothing conforms to."""
        if not reference:
            return ANY
        if reference in self.types:
            return self.types[reference]
        item = self._items.get(reference)
        if item is None or reference in self._open:
            return simple_type(reference) or self._without_prefix(reference)
        self._open.add(reference)
        self.types[reference] = self._build(item)
        self._open.discard(reference)
        return self.types[reference]

    def _without_prefix(self, reference: str) -> FeelType:
        # DMN 1.1 wrote feel:string or kie:tLoan: an XML prefix that says nothing here.
        _, colon, bare = reference.partition(":")
        return self.named(bare) if colon else UNKNOWN

    def _build(self, item: ItemDefinition) -> FeelType:
        if item.components:
            fields = {component.name: self._build(component) for component in item.components}
            base = FeelType("context", fields=fields)
        elif item.function is not None:
            base = self._function(item.function)
        else:
            base = self.named(item.type_ref)
        base = self._restricted(base, item.allowed)
        if item.is_collection:
            base = FeelType("list", element=base)
        return replace(self._restricted(base, item.constraint), name=item.name)

    def _function(self, function: FunctionItem) -> FeelType:
        parameters = tuple(self.named(parameter.type_ref) for parameter in function.parameters)
        return FeelType("function", parameters=parameters, result=self.named(function.result))

    def _restricted(self, base: FeelType, cell: Cell | None) -> FeelType:
        if cell is None or not cell.text.strip():
            return base
        return replace(base, allowed=_both(base.allowed, allowed_check(cell, self._lexicon, self.types)))


def _both(first: Check | None, second: Check) -> Check:
    return second if first is None else lambda value: first(value) and second(value)


def allowed_check(cell: Cell, lexicon: Lexicon, types: Mapping[str, FeelType]) -> Check:
    """Does a value satisfy the cell? Unreadable conditions allow nothing."""
    try:
        tests = compile_unary_tests(cell.text, names=lexicon, types=types)
    except RulesError:
        return lambda value: False
    return lambda value: tests.run(Scope({"?": value})) is True
