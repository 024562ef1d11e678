"""Conditions and formulas of fee tables: FEEL, over the documented facts only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rules.errors import FeelNameError, RulesError
from rules.feel import Expression, ast, compile_expression, free_names

# The functions of FEEL a fee table may use; anything else belongs into a DMN decision.
_FUNCTIONS = frozenset({"list contains", "floor", "ceiling", "min", "max", "count", "not", "date"})


class FormulaError(RulesError):
    """A formula of a fee table gave no usable number."""

    code = "fee_formula"


@lru_cache(maxsize=4096)
def _compiled(source: str, names: frozenset[str]) -> Expression:
    expression = compile_expression(source, names=names)
    unknown = sorted(free_names(expression.tree) - names - _FUNCTIONS)
    if unknown:
        raise FeelNameError(
            f"Biểu thức «{source}» dùng tên chưa khai báo: {', '.join(unknown)}. "
            f"Các tên dùng được: {', '.join(sorted(names))}.",
            f"Expression “{source}” uses undeclared names: {', '.join(unknown)}. "
            f"Usable names: {', '.join(sorted(names))}.",
        )
    return expression


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition that is true, false or (when a fact is not known) null."""

    source: str
    names: frozenset[str]
    _expression: Expression

    @property
    def tree(self) -> ast.Node:
        """The condition as it was read."""
        return self._expression.tree

    def value(self, context: Mapping[str, object]) -> bool | None:
        """Three-valued truth in `context`; anything but a boolean counts as null."""
        found = self._expression.evaluate(context)
        return found if isinstance(found, bool) else None


@dataclass(frozen=True, slots=True)
class Formula:
    """A whole number computed from facts, such as `copies * events`."""

    source: str
    names: frozenset[str]
    _expression: Expression

    @property
    def tree(self) -> ast.Node:
        """The formula as it was read."""
        return self._expression.tree

    def whole(self, context: Mapping[str, object]) -> int:
        """The number; raises FormulaError when it is missing, negative or not whole."""
        tree = self._expression.tree
        found = tree.value if isinstance(tree, ast.Literal) else self._expression.evaluate(context)
        if not isinstance(found, Decimal) or found != found.to_integral_value() or found < 0:
            raise FormulaError(
                f"Công thức «{self.source}» không cho số nguyên không âm (kết quả: {found}).",
                f"Formula “{self.source}” gives no whole number of at least zero (result: {found}).",
            )
        return int(found)


def predicate(source: str, names: Collection[str]) -> Predicate:
    """Compile a condition; raises FeelSyntaxError or FeelNameError with a sentence."""
    expression = _compiled(source, frozenset(names))
    return Predicate(source, free_names(expression.tree) & frozenset(names), expression)


def formula(source: str, names: Collection[str]) -> Formula:
    """Compile a formula; raises FeelSyntaxError, FeelNameError or FormulaError with a sentence.

    With every fact at 2 it must give a whole number: a formula that is not arithmetic is found here.
    """
    expression = _compiled(source, frozenset(names))
    made = Formula(source, free_names(expression.tree) & frozenset(names), expression)
    made.whole(dict.fromkeys(names, Decimal(2)))
    return made
