"""Conditions and formulas of fee tables evaluated plainly: neither the index of rows nor FEEL's evaluator is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

from rules.feel import ast, to_feel
from rules.fees.predicates import Formula, Predicate

Facts = Mapping[str, object]
_Ask = Callable[[Facts], object]


def condition(predicate: Predicate) -> Callable[[Facts], bool]:
    """Does the condition hold? What cannot be said does not hold."""
    ask = _compiled(predicate.tree)
    if ask is not None:
        return lambda facts: ask(facts) is True
    return lambda facts: predicate.value({name: to_feel(facts.get(name)) for name in predicate.names}) is True


def number(formula: Formula) -> Callable[[Facts], int]:
    """The whole number a formula gives."""
    ask = _compiled(formula.tree)
    if ask is None:
        return lambda facts: formula.whole({name: to_feel(facts.get(name)) for name in formula.names})
    return lambda facts: _whole(ask(facts))


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | Fraction | Decimal) else -1


def _compiled(tree: ast.Node) -> _Ask | None:
    """The tree as a plain function; None for what this reader does not know."""
    try:
        return _of(tree)
    except _Unknown:
        return None


class _Unknown(Exception):  # noqa: N818 - no error: another evaluator is asked
    pass


def _of(tree: ast.Node) -> _Ask:
    reader = _READERS.get(type(tree))
    if reader is None:
        raise _Unknown
    return reader(tree)


def _literal(tree: ast.Literal) -> _Ask:
    value = tree.value
    known = int(value) if isinstance(value, Decimal) and value == int(value) else value
    return lambda facts: known


def _name(tree: ast.Name) -> _Ask:
    name = tree.name
    return lambda facts: facts.get(name)


def _negation(tree: ast.Negation) -> _Ask:
    inner = _of(tree.operand)
    return lambda facts: _negative(inner(facts))


def _in(tree: ast.In) -> _Ask:
    asked, words = _of(tree.value), [_of(test) for test in tree.tests]
    return lambda facts: asked(facts) in [word(facts) for word in words]


def _negative(value: object) -> object:
    return -value if isinstance(value, int | Fraction) else None


def _logic(tree: ast.Logic) -> _Ask:
    deciding, operands = tree.op == "or", [_of(operand) for operand in tree.operands]

    def ask(facts: Facts) -> object:
        values = [operand(facts) for operand in operands]
        if deciding in values:
            return deciding
        return None if None in values else not deciding

    return ask


_ORDERS: Mapping[str, Callable[[int, int], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _comparison(tree: ast.Comparison) -> _Ask:
    op, left, right = tree.op, _of(tree.left), _of(tree.right)
    if op == "=":
        return lambda facts: left(facts) == right(facts)
    if op == "!=":
        return lambda facts: left(facts) != right(facts)
    order = _ORDERS[op]

    def ask(facts: Facts) -> object:
        one, other = left(facts), right(facts)
        return order(one, other) if isinstance(one, int) and isinstance(other, int) else None

    return ask


_SIGNS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: Fraction(a) / b,
}


def _chain(tree: ast.Chain) -> _Ask:
    first, rest = _of(tree.first), [(_SIGNS.get(sign), _of(operand)) for sign, operand in tree.rest]
    if any(sign is None for sign, _ in rest):
        raise _Unknown

    def ask(facts: Facts) -> object:
        total = first(facts)
        for sign, operand in rest:
            value = operand(facts)
            if sign is None or not isinstance(total, int | Fraction) or not isinstance(value, int | Fraction):
                return None
            total = sign(Fraction(total), Fraction(value))
        return total

    return ask


def _call(tree: ast.Call) -> _Ask:
    if not isinstance(tree.function, ast.Name) or tree.named:
        raise _Unknown
    name, arguments = tree.function.name, [_of(argument) for argument in tree.positional]
    if name == "not" and len(arguments) == 1:
        inner = arguments[0]
        return lambda facts: None if inner(facts) is None else not inner(facts)
    if name == "list contains" and len(arguments) == 2:
        return _contains(*arguments)
    if name in ("min", "max") and len(arguments) > 1:
        return _extreme(name, arguments)
    raise _Unknown


def _contains(many: _Ask, one: _Ask) -> _Ask:
    def ask(facts: Facts) -> object:
        found = many(facts)
        return isinstance(found, list) and one(facts) in found

    return ask


def _extreme(name: str, arguments: list[_Ask]) -> _Ask:
    choose = min if name == "min" else max

    def ask(facts: Facts) -> object:
        values = [value for argument in arguments if isinstance(value := argument(facts), int | Fraction)]
        return choose(values) if len(values) == len(arguments) else None

    return ask


_READERS: Mapping[type[ast.Node], Callable[..., _Ask]] = {
    ast.Literal: _literal,
    ast.Name: _name,
    ast.Negation: _negation,
    ast.Logic: _logic,
    ast.Comparison: _comparison,
    ast.In: _in,
    ast.Chain: _chain,
    ast.Call: _call,
}
