"""Compiles the expressions of a model to closures, as the FEEL compiler does with text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rules.dmn.model import (
    Boxed,
    BoxedContext,
    BoxedFilter,
    BoxedIf,
    BoxedIterator,
    BoxedList,
    DecisionTable,
    FunctionDefinition,
    Invocation,
    Part,
    Relation,
    Text,
)
from rules.dmn.table import at_place, compile_table
from rules.dmn.texts import TextCompiler, problem
from rules.errors import shown
from rules.feel import (
    Function,
    Scope,
    ast,
    compile_for,
    compile_quantified,
    filter_list,
    find_external,
    make_function,
)
from rules.text import Text as Words

Closure = Callable[[Scope], object]


class BoxedCompiler(TextCompiler):
    """Compiles boxed expressions."""

    def optional(self, boxed: Boxed | None) -> Closure:
        """A missing expression is null."""
        return (lambda scope: None) if boxed is None else self.boxed(boxed)

    def boxed(self, boxed: Boxed) -> Closure:
        """Any expression, converted to its declared type."""
        closure: Closure = _COMPILERS[type(boxed)](self, boxed)
        return self.typed(closure, boxed.type_ref)

    def text(self, boxed: Text) -> Closure:
        """A literal expression."""
        shown_text = shown(" ".join(boxed.text.split()))
        place = Words(f"biểu thức «{shown_text}»", f"expression “{shown_text}”")
        with self.at(place):
            return at_place(self.feel(boxed.text), place)

    def table(self, boxed: DecisionTable) -> Closure:
        """A decision table."""
        return compile_table(self, boxed)

    def context(self, boxed: BoxedContext) -> Closure:
        """Entries see the ones before; an entry without a name is the result."""
        entries = [
            (
                entry.variable,
                self.typed(self.optional(entry.value), entry.variable.type_ref)
                if entry.variable
                else self.optional(entry.value),
            )
            for entry in boxed.entries
        ]

        def run(scope: Scope) -> object:
            made: dict[str, object] = {}
            inner = Scope(made, scope)
            for variable, closure in entries:
                value = closure(inner)
                if variable is None:
                    return value
                made[variable.name] = value
            return made

        return run

    def invocation(self, boxed: Invocation) -> Closure:
        """A function called with named bindings."""
        function = self.optional(boxed.function)
        bindings = [
            (binding.parameter, self.typed(self.optional(binding.value), binding.parameter.type_ref))
            for binding in boxed.bindings
        ]

        def run(scope: Scope) -> object:
            target = function(scope)
            if not isinstance(target, Function):
                problem("Biểu thức được gọi không phải là hàm.", "What is invoked is not a function.")
                return None
            return target.invoke((), {parameter.name: closure(scope) for parameter, closure in bindings})

        return run

    def function(self, boxed: FunctionDefinition) -> Closure:
        """A function value."""
        return self.named_function("", boxed, "")

    def named_function(self, name: str, boxed: FunctionDefinition, result_ref: str) -> Closure:
        """A function value with a name and a result type; recursive calls see the name."""
        names = tuple(parameter.name for parameter in boxed.parameters)
        types = tuple(self.types.named(parameter.type_ref) for parameter in boxed.parameters)
        body, result = self.optional(boxed.body), self.types.named(result_ref)
        if boxed.kind.lower() == "java":
            return lambda scope: find_external(names, types, {"java": body(scope)}, result)
        if boxed.kind.lower() == "pmml":
            return lambda scope: None
        return lambda scope: make_function(name, names, types, body, scope, result)

    def list_of(self, boxed: BoxedList) -> Closure:
        """A list."""
        elements = [self.boxed(element) for element in boxed.elements]
        return lambda scope: [element(scope) for element in elements]

    def relation(self, boxed: Relation) -> Closure:
        """A list of contexts, one per row."""
        rows = [
            [
                (column, self.typed(self.boxed(cell), column.type_ref))
                for column, cell in zip(boxed.columns, row.elements, strict=False)
            ]
            for row in boxed.rows
        ]
        return lambda scope: [{column.name: cell(scope) for column, cell in row} for row in rows]

    def part(self, part: Part) -> Closure:
        """The expression in a named place."""
        return self.typed(self.optional(part.value), part.type_ref)

    def conditional(self, boxed: BoxedIf) -> Closure:
        """A condition that is neither true, false nor null is an error, so null."""
        condition, then, otherwise = (self.part(part) for part in (boxed.condition, boxed.then, boxed.otherwise))

        def run(scope: Scope) -> object:
            verdict = condition(scope)
            if verdict is not None and not isinstance(verdict, bool):
                problem("Điều kiện không phải là đúng hoặc sai.", "The condition is neither true nor false.")
                return None
            return then(scope) if verdict is True else otherwise(scope)

        return run

    def filter(self, boxed: BoxedFilter) -> Closure:
        """The elements for which the match holds; a match that is neither true nor false makes it null."""
        source, match = self.part(boxed.source), self.part(boxed.match)

        def run(scope: Scope) -> object:
            value = source(scope)
            if value is None:
                return None
            elements = value if isinstance(value, list) else [value]
            return filter_list(elements, lambda inner: _truth(match(inner)), scope)

        return run

    def iterator(self, boxed: BoxedIterator) -> Closure:
        """for, some, every: the same as in FEEL text."""
        source, result = _Ready(self.part(boxed.source)), _Ready(self.part(boxed.result))
        iterators = (ast.Iterator(boxed.variable, source),)
        if boxed.kind == "for":
            return compile_for(_READY, ast.For(iterators, result))
        if boxed.kind == "every":
            return compile_quantified(_READY, ast.Quantified(True, iterators, result))
        return self.some(compile_for(_READY, ast.For(iterators, result)))

    def some(self, verdicts: Closure) -> Closure:
        """A boxed some looks at every element: one verdict that is neither true nor false makes it null."""

        def run(scope: Scope) -> object:
            found = verdicts(scope)
            if not isinstance(found, list):
                return None
            if any(verdict is not None and not isinstance(verdict, bool) for verdict in found):
                problem("Điều kiện không phải là đúng hoặc sai.", "The condition is neither true nor false.")
                return None
            return True if True in found else None if None in found else False

        return run


@dataclass(frozen=True, slots=True)
class _Ready(ast.Node):
    """A node that is compiled already, for the loops shared with FEEL text."""

    closure: Closure


class _ReadyCompiler:
    """Compiles nodes that are ready."""

    def compile(self, node: ast.Node) -> Closure:
        """The closure inside."""
        return node.closure if isinstance(node, _Ready) else lambda scope: None


_READY = _ReadyCompiler()


def _truth(verdict: object) -> object:
    if verdict is None or isinstance(verdict, bool):
        return verdict
    problem("Điều kiện lọc không phải là đúng hoặc sai.", "The filter condition is neither true nor false.")
    return ""  # neither true, false nor null: the filter as a whole is null


_COMPILERS: dict[type[Boxed], Callable[..., Closure]] = {
    Text: BoxedCompiler.text,
    DecisionTable: BoxedCompiler.table,
    BoxedContext: BoxedCompiler.context,
    Invocation: BoxedCompiler.invocation,
    FunctionDefinition: BoxedCompiler.function,
    BoxedList: BoxedCompiler.list_of,
    Relation: BoxedCompiler.relation,
    BoxedIf: BoxedCompiler.conditional,
    BoxedFilter: BoxedCompiler.filter,
    BoxedIterator: BoxedCompiler.iterator,
}
