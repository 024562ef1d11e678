"""Compiled expressions and unary tests: compiled once, evaluated from any thread."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TypeVar

from rules.errors import FeelLimitError
from rules.feel.builtins import BUILTINS
from rules.feel.evaluation.compiler import Compiler
from rules.feel.evaluation.strict import StrictCompiler
from rules.feel.limits import DEFAULT, Limits, refuse
from rules.feel.operations.interop import to_feel
from rules.feel.operations.scope import Scope, running
from rules.feel.operations.types import FeelType
from rules.feel.syntax import ast
from rules.feel.syntax.lexer import normal_name
from rules.feel.syntax.lexicon import Lexicon
from rules.feel.syntax.parser import parse_expression, parse_unary_tests
from rules.feel.syntax.walk import free_names
from rules.feel.values.temporal import FeelDateTime, from_datetime

Moment = datetime | FeelDateTime | None
T = TypeVar("T")
_NO_TYPES: Mapping[str, FeelType] = {}


def _moment(now: Moment) -> FeelDateTime | None:
    return from_datetime(now) if isinstance(now, datetime) else now


def _scope(context: Mapping[str, object]) -> Scope:
    try:
        return Scope({normal_name(name): to_feel(value) for name, value in context.items()})
    except RecursionError:
        raise FeelLimitError("Dữ liệu lồng nhau quá sâu.", "The data are nested too deeply.") from None


class Expression:
    """A compiled FEEL expression. ``names`` are the variables it needs from outside."""

    __slots__ = ("names", "run", "source", "tree")

    def __init__(
        self, source: str, tree: ast.Node, types: Mapping[str, FeelType] = _NO_TYPES, *, strict: bool = False
    ) -> None:
        self.source = source
        self.tree = tree
        self.run = _within_depth(lambda: _compiler(types, strict).compile(tree))
        self.names = free_names(tree) - BUILTINS.keys()

    def lawful(self, context: Mapping[str, object], *, limits: Limits = DEFAULT, now: Moment = None) -> object:
        """The value of an expression compiled as strict; raises the first reason why it is null, or may be wrong."""
        scope = _scope(context)
        with running(limits, _moment(now), {}) as run:
            value = self.run(scope)
            if run.problems:
                raise run.problems[0]
            return value

    def evaluate(self, context: Mapping[str, object], *, limits: Limits = DEFAULT, now: Moment = None) -> object:
        """The FEEL value in this context (Python or FEEL values); ``now`` is what now() and today() say.

        Raises FeelLimitError only; everything a standard calls an error is null (None).
        """
        with running(limits, _moment(now)):
            return self.run(_scope(context))


class UnaryTests:
    """Compiled unary tests: the condition of one cell of a decision table."""

    __slots__ = ("run", "source", "tree")

    def __init__(
        self, source: str, tree: ast.Tests, types: Mapping[str, FeelType] = _NO_TYPES, *, strict: bool = False
    ) -> None:
        self.source = source
        self.tree = tree
        self.run = _within_depth(lambda: _compiler(types, strict).compile(tree))

    def test(
        self, value: object, context: Mapping[str, object], *, limits: Limits = DEFAULT, now: Moment = None
    ) -> bool | None:
        """Does the value satisfy the tests? None when that cannot be said (for example null against ``< 5``)."""
        with running(limits, _moment(now)):
            verdict = self.run(Scope({"?": to_feel(value)}, _scope(context)))
        return verdict if isinstance(verdict, bool) else None


def _compiler(types: Mapping[str, FeelType], strict: bool) -> Compiler:
    return StrictCompiler(types) if strict else Compiler(types)


def _within_depth(make: Callable[[], T]) -> T:
    try:
        return make()
    except RecursionError:
        refuse("lồng nhau quá sâu", "nested too deeply")


def compile_expression(
    source: str,
    *,
    names: Collection[str] | Lexicon = (),
    types: Mapping[str, FeelType] = _NO_TYPES,
    strict: bool = False,
) -> Expression:
    """Compile an expression; ``names`` are the known variables (with spaces, signs, diacritics).

    A `strict` one can say in a strict run why its value is null. Raises FeelSyntaxError with line and column, or
    FeelLimitError.
    """
    tree = _within_depth(lambda: parse_expression(source, names))
    return Expression(source, tree, types, strict=strict)


def compile_unary_tests(
    source: str,
    *,
    names: Collection[str] | Lexicon = (),
    types: Mapping[str, FeelType] = _NO_TYPES,
    strict: bool = False,
) -> UnaryTests:
    """Compile the condition of a table cell; see :func:`compile_expression`."""
    tree = _within_depth(lambda: parse_unary_tests(source, names))
    return UnaryTests(source, tree, types, strict=strict)
