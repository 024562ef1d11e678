"""Which names an expression of a model needs from outside, and where each is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass

from rules.dmn.model import (
    BoxedContext,
    BoxedFilter,
    BoxedIterator,
    Cell,
    DecisionTable,
    Element,
    FunctionDefinition,
    Invocation,
    Relation,
)
from rules.dmn.model import Text as Literal
from rules.dmn.table import cell_place, column_label, row_label
from rules.errors import RulesError, shown
from rules.feel import BUILTINS, Lexicon, ast, compile_expression, compile_unary_tests, free_names
from rules.text import Text

Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Used:
    """A name and the place that uses it; `plain` when a column is nothing but this name."""

    name: str
    place: Text
    plain: bool = False


def plain_name(name: str) -> str:
    """A name without capitals, spaces and signs."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def used_names(thing: object, lexicon: Lexicon, bound: Names = frozenset()) -> Iterator[Used]:
    """Every name the expression and its parts need, without those they bind themselves."""
    reader = _READERS.get(type(thing))
    if reader is not None:
        yield from reader(thing, lexicon, bound)
        return
    for part in _inside(thing):
        yield from used_names(part, lexicon, bound)


def _of_literal(literal: Literal, lexicon: Lexicon, bound: Names) -> Iterator[Used]:
    place = Text(f"biểu thức «{_short(literal.text)}»", f"expression “{_short(literal.text)}”")
    yield from _of_text(literal.text, lexicon, bound, place)


def _of_function(function: FunctionDefinition, lexicon: Lexicon, bound: Names) -> Iterator[Used]:
    if function.kind.upper() == "FEEL":
        yield from used_names(function.body, lexicon, bound | {parameter.name for parameter in function.parameters})


def _of_iterator(loop: BoxedIterator, lexicon: Lexicon, bound: Names) -> Iterator[Used]:
    yield from used_names(loop.source.value, lexicon, bound)
    yield from used_names(loop.result.value, lexicon, bound | {loop.variable, "partial"})


def _of_filter(chosen: BoxedFilter, lexicon: Lexicon, bound: Names) -> Iterator[Used]:
    """In the condition a name may be an entry of the elements, so only the source is sure."""
    yield from used_names(chosen.source.value, lexicon, bound)


def _inside(thing: object) -> Iterator[object]:
    if isinstance(thing, tuple):
        yield from thing
    elif isinstance(thing, Invocation):
        yield thing.function
        yield from (binding.value for binding in thing.bindings)
    elif isinstance(thing, Relation):
        yield thing.rows
    elif is_dataclass(thing) and not isinstance(thing, (Element, Cell, type)):
        yield from (getattr(thing, each.name) for each in fields(thing))


def _of_context(context: BoxedContext, lexicon: Lexicon, bound: Names) -> Iterator[Used]:
    every = frozenset(entry.variable.name for entry in context.entries if entry.variable)
    before = bound
    for entry in context.entries:
        # A function may call itself and what stands below it: it is called only later.
        inner = bound | every if isinstance(entry.value, FunctionDefinition) else before
        yield from used_names(entry.value, lexicon, inner)
        if entry.variable:
            before = before | {entry.variable.name}


def _of_table(table: DecisionTable, lexicon: Lexicon, bound: Names) -> Iterator[Used]:
    for number, clause in enumerate(table.inputs, 1):
        label = column_label(clause, number)
        place = Text(f"cột “{label}”", f"column “{label}”")
        yield from _of_text(clause.expression.text, lexicon, bound, place, column=True)
        if clause.values:
            yield from _of_cell(clause.values.text, lexicon, bound, place)
    for number, rule in enumerate(table.rules, 1):
        row = row_label(number, rule)
        for at, (cell, into) in enumerate(zip(rule.inputs, table.inputs, strict=False), 1):
            place = cell_place(row, column_label(into, at), cell.text)
            yield from _of_cell(cell.text, lexicon, bound, place)
        for at, (text, out) in enumerate(zip(rule.outputs, table.outputs, strict=False), 1):
            yield from _of_text(text.text, lexicon, bound, cell_place(row, column_label(out, at), text.text))
    for number, output in enumerate(table.outputs, 1):
        label = column_label(output, number)
        place = Text(f"cột “{label}”", f"column “{label}”")
        if output.default is not None:
            yield from _of_text(output.default.text, lexicon, bound, place)


def _of_text(text: str, lexicon: Lexicon, bound: Names, place: Text, *, column: bool = False) -> Iterator[Used]:
    try:
        tree = compile_expression(text, names=lexicon).tree if text.strip() else None
    except RulesError:
        return  # told by the compiler
    if tree is not None:
        plain = column and isinstance(tree, ast.Name)
        yield from _free(tree, bound, place, plain)


def _of_cell(text: str, lexicon: Lexicon, bound: Names, place: Text) -> Iterator[Used]:
    try:
        tree = None if text.strip() in ("", "-") else compile_unary_tests(text, names=lexicon).tree
    except RulesError:
        return
    if tree is not None:
        yield from _free(tree, bound, place, plain=False)


def _free(tree: ast.Node, bound: Names, place: Text, plain: bool) -> Iterator[Used]:
    for name in sorted(free_names(tree, filters=False) - bound - BUILTINS.keys() - {"?"}):
        yield Used(name, place, plain)


def _short(text: str) -> str:
    return shown(" ".join(text.split()))


_READERS: dict[type, Callable[..., Iterator[Used]]] = {
    Literal: _of_literal,
    DecisionTable: _of_table,
    BoxedContext: _of_context,
    FunctionDefinition: _of_function,
    BoxedIterator: _of_iterator,
    BoxedFilter: _of_filter,
}
