"""Conditions and formulas of fee tables: FEEL, over the documented facts only."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rules.errors import FeelNameError, RulesError
from rules.feel import Expression, compile_expression

_STRINGS = re.compile(r'"(?:\\.|[^"\\])*"')
_NAMES = re.compile(r"[A-Za-z_]\w*")
# The part of FEEL a fee table may use; anything else belongs into a DMN decision.
_WORDS = frozenset({"and", "or", "not", "in", "true", "false", "null", "between", "if", "then", "else", "date"})
_FUNCTIONS = ("list contains", "floor", "ceiling", "min", "max", "count")


class FormulaError(RulesError):
    """A formula of a fee table gave no usable number."""

    code = "fee_formula"


def names_used(source: str) -> frozenset[str]:
    """The fact names an expression of a fee table mentions."""
    bare = _STRINGS.sub('""', source)
    for function in _FUNCTIONS:
        bare = re.sub(rf"\b{function}\s*\(", "(", bare)
    return frozenset(_NAMES.findall(bare)) - _WORDS


@lru_cache(maxsize=4096)
def _compiled(source: str, names: frozenset[str]) -> Expression:
    unknown = sorted(names_used(source) - names)
    if unknown:
        raise FeelNameError(
            f"Biểu thức «{source}» dùng tên chưa khai báo: {', '.join(unknown)}. "
            f"Các tên dùng được: {', '.join(sorted(names))}.",
            f"Expression “{source}” uses undeclared names: {', '.join(unknown)}. "
            f"Usable names: {', '.join(sorted(names))}.",
        )
    return compile_expression(source, names=names)


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition that is true, false or (when a fact is not known) null."""

    source: str
    names: frozenset[str]
    _expression: Expression

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

    def whole(self, context: Mapping[str, object]) -> int:
        """The number; raises FormulaError when it is missing, negative or not whole."""
        found = self._expression.evaluate(context)
        if not isinstance(found, Decimal) or found != found.to_integral_value() or found < 0:
            raise FormulaError(
                f"Công thức «{self.source}» không cho số nguyên không âm (kết quả: {found}).",
                f"Formula “{self.source}” gives no whole number of at least zero (result: {found}).",
            )
        return int(found)


def predicate(source: str, names: Collection[str]) -> Predicate:
    """Compile a condition; raises FeelSyntaxError or FeelNameError with a sentence."""
    return Predicate(source, names_used(source), _compiled(source, frozenset(names)))


def formula(source: str, names: Collection[str]) -> Formula:
    """Compile a formula; raises FeelSyntaxError, FeelNameError or FormulaError with a sentence.

    With every fact at 2 it must give a whole number: a formula that is not arithmetic is found here.
    """
    made = Formula(source, names_used(source), _compiled(source, frozenset(names)))
    made.whole(dict.fromkeys(names, Decimal(2)))
    return made
