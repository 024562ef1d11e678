"""Turns the tree into closures once; evaluating is then only calling them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rules.feel.builtins import BUILTINS
from rules.feel.evaluation.external import find_external
from rules.feel.evaluation.loops import compile_filter, compile_for, compile_quantified
from rules.feel.operations.arithmetic import negate, operation
from rules.feel.operations.compare import both, compare, matches, relate
from rules.feel.operations.properties import get_property
from rules.feel.operations.scope import Scope, current_run
from rules.feel.operations.types import ANY, UNKNOWN, FeelType, coerce, is_instance, resolve
from rules.feel.syntax import ast
from rules.feel.syntax.walk import uses_question
from rules.feel.values.values import Function, Range

Closure = Callable[[Scope], object]
_BOOLEAN_NODES = (ast.Comparison, ast.Logic, ast.Between, ast.In, ast.InstanceOf, ast.Quantified)


class Compiler:
    """Compiles nodes; knows the declared types."""

    def __init__(self, types: Mapping[str, FeelType]) -> None:
        self.types = types

    def compile(self, node: ast.Node) -> Closure:
        """The closure of any node."""
        return _COMPILERS[type(node)](self, node)

    def literal(self, node: ast.Literal) -> Closure:
        """A constant."""
        value = node.value
        return lambda scope: value

    def name(self, node: ast.Name) -> Closure:
        """A variable; a built-in function when no variable hides it."""
        name, builtin = node.name, BUILTINS.get(node.name)

        def run(scope: Scope) -> object:
            level: Scope | None = scope
            while level is not None:
                if name in level.variables:
                    return level.variables[name]
                level = level.parent
            return builtin

        return run

    def chain(self, node: ast.Chain) -> Closure:
        """Arithmetic from left to right."""
        first = self.compile(node.first)
        steps = [(operation(sign), self.compile(operand)) for sign, operand in node.rest]
        if len(steps) == 1:
            apply, second = steps[0]
            return lambda scope: apply(first(scope), second(scope))

        def run(scope: Scope) -> object:
            value = first(scope)
            for apply_step, operand in steps:
                value = apply_step(value, operand(scope))
            return value

        return run

    def negation(self, node: ast.Negation) -> Closure:
        """Minus."""
        operand = self.compile(node.operand)
        return lambda scope: negate(operand(scope))

    def logic(self, node: ast.Logic) -> Closure:
        """Three-valued and / or: stops at the deciding value, null when undecided."""
        operands = [self.compile(operand) for operand in node.operands]
        deciding = node.op == "or"

        def run(scope: Scope) -> object:
            unknown = False
            for operand in operands:
                value = operand(scope)
                if value is deciding:
                    return deciding
                unknown = unknown or value is not (not deciding)
            return None if unknown else not deciding

        return run

    def comparison(self, node: ast.Comparison) -> Closure:
        """= != < <= > >=."""
        op, left, right = node.op, self.compile(node.left), self.compile(node.right)
        return lambda scope: relate(op, left(scope), right(scope))

    def between(self, node: ast.Between) -> Closure:
        """Both ends included."""
        value, low, high = (self.compile(part) for part in (node.value, node.low, node.high))

        def run(scope: Scope) -> object:
            tested = value(scope)
            return both(compare(">=", tested, low(scope)), compare("<=", tested, high(scope)))

        return run

    def op_test(self, node: ast.OpTest) -> Closure:
        """``< 5`` as a value: a range open on one side."""
        op, endpoint = node.op, self.compile(node.endpoint)
        return lambda scope: op_range(op, endpoint(scope))

    def in_tests(self, node: ast.In) -> Closure:
        """``x in (tests)``."""
        value, test = self.compile(node.value), self.tests(ast.Tests(node.tests))
        return lambda scope: test(Scope({"?": value(scope)}, scope))

    def tests(self, node: ast.Tests) -> Closure:
        """Unary tests on ``?``: true if one holds, null if that cannot be said."""
        tests = [self._test(test) for test in node.tests]
        negated = node.negated

        def run(scope: Scope) -> object:
            found: object = not tests
            for test in tests:
                value = test(scope)
                if value is True:
                    return not negated
                if value is None and found is False:
                    found = None
            return found if not negated or found is None else not found

        return run

    def _test(self, node: ast.Node) -> Closure:
        if isinstance(node, ast.OpTest):
            op, endpoint = node.op, self.compile(node.endpoint)
            return lambda scope: relate(op, scope.find("?"), endpoint(scope))
        closure = self.compile(node)
        if uses_question(node):
            return closure
        boolean = isinstance(node, _BOOLEAN_NODES)

        def run(scope: Scope) -> object:
            tested, value = scope.find("?"), closure(scope)
            if boolean and isinstance(value, bool) and not isinstance(tested, bool):
                return value
            return matches(tested, value)

        return run

    def instance_of(self, node: ast.InstanceOf) -> Closure:
        """``x instance of type``."""
        value, wanted = self.compile(node.value), resolve(node.type_name, self.types)
        if wanted is UNKNOWN:
            return lambda scope: None
        return lambda scope: is_instance(value(scope), wanted)

    def path(self, node: ast.Path) -> Closure:
        """``x.name``."""
        value, name = self.compile(node.value), node.name
        return lambda scope: get_property(value(scope), name)

    def call(self, node: ast.Call) -> Closure:
        """A function call; calling what is no function gives null."""
        function = self.compile(node.function)
        positional = [self.compile(argument) for argument in node.positional]
        named = [(name, self.compile(argument)) for name, argument in node.named]

        def run(scope: Scope) -> object:
            target = function(scope)
            if not isinstance(target, Function):
                return None
            if named:
                return target.invoke((), {name: argument(scope) for name, argument in named})
            return target.invoke([argument(scope) for argument in positional])

        return run

    def list_of(self, node: ast.ListOf) -> Closure:
        """``[a, b]``."""
        elements = [self.compile(element) for element in node.elements]
        return lambda scope: [element(scope) for element in elements]

    def context_of(self, node: ast.ContextOf) -> Closure:
        """``{a: 1, b: a}``: each entry sees the ones before; a key given twice makes it null."""
        entries = [(key, self.compile(value)) for key, value in node.entries]
        unique = len({key for key, _ in entries}) == len(entries)

        def run(scope: Scope) -> object:
            made: dict[str, object] = {}
            inner = Scope(made, scope)
            for key, value in entries:
                made[key] = value(inner)
            return made if unique else None

        return run

    def range_of(self, node: ast.RangeOf) -> Closure:
        """``[a..b]``; null when the ends are of different kinds. With a null end nothing can be said of it."""
        low, high = self.compile(node.low), self.compile(node.high)
        low_included, high_included = node.low_included, node.high_included
        if isinstance(node.low, ast.Literal) and isinstance(node.high, ast.Literal):
            constant = _range(node.low.value, node.high.value, low_included, high_included)
            return lambda scope: constant
        return lambda scope: _range(low(scope), high(scope), low_included, high_included)

    def if_then(self, node: ast.If) -> Closure:
        """Anything but true takes the else branch."""
        condition, then, otherwise = (self.compile(part) for part in (node.condition, node.then, node.otherwise))
        return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)

    def function_of(self, node: ast.FunctionOf) -> Closure:
        """A function value that remembers where it was written."""
        names = tuple(parameter.name for parameter in node.parameters)
        types = tuple(
            resolve(parameter.type_name, self.types) if parameter.type_name else ANY for parameter in node.parameters
        )
        body = self.compile(node.body)
        if node.external:
            return lambda scope: find_external(names, types, body(scope))
        return lambda scope: make_function("", names, types, body, scope)


def _range(start: object, end: object, low_included: bool, high_included: bool) -> Range | None:
    if start is not None and end is not None and compare("<=", start, end) is None:
        return None
    return Range(start, end, low_included, high_included)


def make_function(
    name: str, names: tuple[str, ...], types: tuple[FeelType, ...], body: Closure, scope: Scope, result: FeelType = ANY
) -> Function:
    """A function of a body: arguments are converted to their types; a wrong one makes the result null."""

    def call(arguments: object) -> object:
        if not isinstance(arguments, (list, tuple)):
            return None
        given: dict[str, object] = {}
        for parameter, wanted, argument in zip(names, types, arguments, strict=True):
            given[parameter] = coerce(argument, wanted)
            if given[parameter] is None and argument is not None:
                return None
        meter = current_run().meter
        meter.enter()
        try:
            return coerce(body(Scope(given, scope)), result)
        finally:
            meter.leave()

    return Function(name, names, call, types, result)


def op_range(op: str, endpoint: object) -> object:
    """The range behind ``< 5``, ``= 5`` and their like."""
    if endpoint is None:
        return None
    if op in {"<", "<="}:
        return Range(None, endpoint, False, op == "<=", op)
    if op in {">", ">="}:
        return Range(endpoint, None, op == ">=", False, op)
    return Range(endpoint, endpoint, op == "=", op == "=", op)


_COMPILERS: dict[type[ast.Node], Callable[..., Closure]] = {
    ast.Literal: Compiler.literal,
    ast.Name: Compiler.name,
    ast.Chain: Compiler.chain,
    ast.Negation: Compiler.negation,
    ast.Logic: Compiler.logic,
    ast.Comparison: Compiler.comparison,
    ast.Between: Compiler.between,
    ast.OpTest: Compiler.op_test,
    ast.In: Compiler.in_tests,
    ast.Tests: Compiler.tests,
    ast.InstanceOf: Compiler.instance_of,
    ast.Path: Compiler.path,
    ast.Filter: compile_filter,
    ast.Call: Compiler.call,
    ast.ListOf: Compiler.list_of,
    ast.ContextOf: Compiler.context_of,
    ast.RangeOf: Compiler.range_of,
    ast.If: Compiler.if_then,
    ast.For: compile_for,
    ast.Quantified: compile_quantified,
    ast.FunctionOf: Compiler.function_of,
}
