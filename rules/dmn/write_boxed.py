"""Writes the expressions of a model as XML."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from rules.dmn.model import (
    Boxed,
    BoxedContext,
    BoxedFilter,
    BoxedIf,
    BoxedIterator,
    BoxedList,
    Cell,
    DecisionTable,
    Element,
    FunctionDefinition,
    InputClause,
    Invocation,
    OutputClause,
    Part,
    Relation,
    Rule,
    Text,
    Variable,
)
from rules.dmn.write_base import Pen

_Node = etree._Element


def write_variable(pen: Pen, parent: _Node, tag: str, variable: Variable) -> None:
    """A name with its type."""
    pen.tag(parent, tag, variable.element, name=variable.name, typeRef=variable.type_ref)


def write_boxed(pen: Pen, parent: _Node, boxed: Boxed | None) -> None:
    """Any expression; nothing for a missing one."""
    if boxed is not None:
        _WRITERS[type(boxed)](pen, parent, boxed)


def write_cell(pen: Pen, parent: _Node, tag: str, cell: Cell | None) -> None:
    """Unary tests or allowed values."""
    if cell is not None:
        pen.text(pen.tag(parent, tag, cell.element, expressionLanguage=cell.language), "text", cell.text)


def _write_text(pen: Pen, parent: _Node, tag: str, text: Text) -> None:
    node = pen.tag(parent, tag, text.element, typeRef=text.type_ref, expressionLanguage=text.language)
    pen.text(node, "text", text.text)


def _literal(pen: Pen, parent: _Node, boxed: Text) -> None:
    _write_text(pen, parent, "literalExpression", boxed)


def _table(pen: Pen, parent: _Node, boxed: DecisionTable) -> None:
    node = pen.tag(
        parent,
        "decisionTable",
        boxed.element,
        typeRef=boxed.type_ref,
        hitPolicy=boxed.hit_policy,
        aggregation=boxed.aggregation,
        preferredOrientation=boxed.orientation,
        outputLabel=boxed.output_label,
    )
    for clause in boxed.inputs:
        _input(pen, node, clause)
    for output in boxed.outputs:
        _output(pen, node, output)
    for annotation in boxed.annotations:
        etree.SubElement(node, pen.name("annotation")).set("name", annotation)
    for rule in boxed.rules:
        _rule(pen, node, rule)


def _input(pen: Pen, parent: _Node, clause: InputClause) -> None:
    node = pen.tag(parent, "input", clause.element)
    _write_text(pen, node, "inputExpression", clause.expression)
    write_cell(pen, node, "inputValues", clause.values)


def _output(pen: Pen, parent: _Node, clause: OutputClause) -> None:
    node = pen.tag(parent, "output", clause.element, name=clause.name, typeRef=clause.type_ref)
    write_cell(pen, node, "outputValues", clause.values)
    if clause.default is not None:
        _write_text(pen, node, "defaultOutputEntry", clause.default)


def _rule(pen: Pen, parent: _Node, rule: Rule) -> None:
    node = pen.tag(parent, "rule", rule.element)
    for cell in rule.inputs:
        write_cell(pen, node, "inputEntry", cell)
    for text in rule.outputs:
        _write_text(pen, node, "outputEntry", text)
    for annotation in rule.annotations:
        pen.text(pen.tag(node, "annotationEntry"), "text", annotation)


def _context(pen: Pen, parent: _Node, boxed: BoxedContext) -> None:
    node = pen.tag(parent, "context", boxed.element, typeRef=boxed.type_ref)
    for entry in boxed.entries:
        line = pen.tag(node, "contextEntry", entry.element)
        if entry.variable is not None:
            write_variable(pen, line, "variable", entry.variable)
        write_boxed(pen, line, entry.value)


def _invocation(pen: Pen, parent: _Node, boxed: Invocation) -> None:
    node = pen.tag(parent, "invocation", boxed.element, typeRef=boxed.type_ref)
    write_boxed(pen, node, boxed.function)
    for binding in boxed.bindings:
        line = pen.tag(node, "binding")
        write_variable(pen, line, "parameter", binding.parameter)
        write_boxed(pen, line, binding.value)


def write_function(pen: Pen, parent: _Node, tag: str, boxed: FunctionDefinition) -> None:
    """A boxed function under a tag."""
    kind = "" if boxed.kind == "FEEL" else boxed.kind
    node = pen.tag(parent, tag, boxed.element, typeRef=boxed.type_ref, kind=kind)
    for parameter in boxed.parameters:
        write_variable(pen, node, "formalParameter", parameter)
    write_boxed(pen, node, boxed.body)


def _function(pen: Pen, parent: _Node, boxed: FunctionDefinition) -> None:
    write_function(pen, parent, "functionDefinition", boxed)


def _list(pen: Pen, parent: _Node, boxed: BoxedList, tag: str = "list") -> None:
    node = pen.tag(parent, tag, boxed.element, typeRef=boxed.type_ref)
    for element in boxed.elements:
        write_boxed(pen, node, element)


def _relation(pen: Pen, parent: _Node, boxed: Relation) -> None:
    node = pen.tag(parent, "relation", boxed.element, typeRef=boxed.type_ref)
    for column in boxed.columns:
        write_variable(pen, node, "column", column)
    for row in boxed.rows:
        _list(pen, node, row, "row")


def _part(pen: Pen, parent: _Node, tag: str, part: Part) -> None:
    if part.value is None and part.element == Element():
        return
    write_boxed(pen, pen.tag(parent, tag, part.element, typeRef=part.type_ref), part.value)


def _conditional(pen: Pen, parent: _Node, boxed: BoxedIf) -> None:
    node = pen.tag(parent, "conditional", boxed.element, typeRef=boxed.type_ref)
    for tag, part in (("if", boxed.condition), ("then", boxed.then), ("else", boxed.otherwise)):
        _part(pen, node, tag, part)


def _filter(pen: Pen, parent: _Node, boxed: BoxedFilter) -> None:
    node = pen.tag(parent, "filter", boxed.element, typeRef=boxed.type_ref)
    _part(pen, node, "in", boxed.source)
    _part(pen, node, "match", boxed.match)


def _iterator(pen: Pen, parent: _Node, boxed: BoxedIterator) -> None:
    node = pen.tag(parent, boxed.kind, boxed.element, typeRef=boxed.type_ref, iteratorVariable=boxed.variable)
    _part(pen, node, "in", boxed.source)
    _part(pen, node, "return" if boxed.kind == "for" else "satisfies", boxed.result)


_WRITERS: dict[type[Boxed], Callable[..., None]] = {
    Text: _literal,
    DecisionTable: _table,
    BoxedContext: _context,
    Invocation: _invocation,
    FunctionDefinition: _function,
    BoxedList: _list,
    Relation: _relation,
    BoxedIf: _conditional,
    BoxedFilter: _filter,
    BoxedIterator: _iterator,
}
