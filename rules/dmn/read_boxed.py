"""Reads the expressions of a model."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from rules.dmn.model import (
    Binding,
    Boxed,
    BoxedContext,
    BoxedFilter,
    BoxedIf,
    BoxedIterator,
    BoxedList,
    Cell,
    DecisionTable,
    Entry,
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
from rules.dmn.xml import all_children, child, children, element_of, tag_of, text_of
from rules.feel import normal_name

_Node = etree._Element


def type_ref(node: _Node) -> str:
    """The typeRef of a node (an attribute; in DMN 1.1 sometimes a child)."""
    return node.get("typeRef") or text_of(node, "typeRef")


def read_variable(node: _Node) -> Variable:
    """A name with its type."""
    return Variable(normal_name(node.get("name", "")), type_ref(node), element_of(node, "name", "typeRef"))


def read_text(node: _Node) -> Text:
    """A literal expression."""
    return Text(
        element_of(node, "typeRef", "expressionLanguage"),
        type_ref(node),
        text_of(node, "text"),
        node.get("expressionLanguage", ""),
    )


def read_cell(node: _Node | None) -> Cell | None:
    """Unary tests or allowed values."""
    if node is None:
        return None
    return Cell(text_of(node, "text"), element_of(node, "expressionLanguage"), node.get("expressionLanguage", ""))


def read_boxed(node: _Node | None) -> Boxed | None:
    """The expression a node is, or None for a tag that is none."""
    reader = None if node is None else _READERS.get(tag_of(node))
    return None if reader is None or node is None else reader(node)


def boxed_child(node: _Node | None) -> Boxed | None:
    """The first expression inside a node."""
    if node is None:
        return None
    return next((read_boxed(each) for each in children(node) if tag_of(each) in _READERS), None)


def _table(node: _Node) -> DecisionTable:
    own = ("hitPolicy", "aggregation", "outputLabel", "preferredOrientation", "typeRef")
    inputs = tuple(_input(each) for each in all_children(node, "input"))
    outputs = tuple(_output(each) for each in all_children(node, "output"))
    return DecisionTable(
        element_of(node, *own),
        type_ref(node),
        inputs,
        outputs,
        tuple(_rule(each) for each in all_children(node, "rule")),
        node.get("hitPolicy", "UNIQUE"),
        node.get("aggregation", ""),
        tuple(each.get("name", "") for each in all_children(node, "annotation")),
        node.get("outputLabel", ""),
        node.get("preferredOrientation", ""),
    )


def _input(node: _Node) -> InputClause:
    expression = child(node, "inputExpression")
    text = Text() if expression is None else read_text(expression)
    return InputClause(text, read_cell(child(node, "inputValues")), element_of(node))


def _output(node: _Node) -> OutputClause:
    default = child(node, "defaultOutputEntry")
    return OutputClause(
        normal_name(node.get("name", "")),
        type_ref(node),
        read_cell(child(node, "outputValues")),
        None if default is None else read_text(default),
        element_of(node, "name", "typeRef"),
    )


def _rule(node: _Node) -> Rule:
    cells = (read_cell(each) for each in all_children(node, "inputEntry"))
    return Rule(
        tuple(cell for cell in cells if cell is not None),
        tuple(read_text(each) for each in all_children(node, "outputEntry")),
        tuple(text_of(each, "text") for each in all_children(node, "annotationEntry")),
        element_of(node),
    )


def _context(node: _Node) -> BoxedContext:
    return BoxedContext(
        element_of(node, "typeRef"), type_ref(node), tuple(_entry(each) for each in all_children(node, "contextEntry"))
    )


def _entry(node: _Node) -> Entry:
    variable = child(node, "variable")
    return Entry(boxed_child(node), None if variable is None else read_variable(variable), element_of(node))


def _invocation(node: _Node) -> Invocation:
    bindings = []
    for each in all_children(node, "binding"):
        parameter = child(each, "parameter")
        bindings.append(Binding(Variable("") if parameter is None else read_variable(parameter), boxed_child(each)))
    return Invocation(element_of(node, "typeRef"), type_ref(node), boxed_child(node), tuple(bindings))


def read_function(node: _Node) -> FunctionDefinition:
    """A boxed function."""
    return FunctionDefinition(
        element_of(node, "typeRef", "kind"),
        type_ref(node),
        tuple(read_variable(each) for each in all_children(node, "formalParameter")),
        boxed_child(node),
        node.get("kind", "FEEL"),
    )


def _list(node: _Node) -> BoxedList:
    elements = (read_boxed(each) for each in children(node))
    return BoxedList(
        element_of(node, "typeRef"), type_ref(node), tuple(element for element in elements if element is not None)
    )


def _relation(node: _Node) -> Relation:
    return Relation(
        element_of(node, "typeRef"),
        type_ref(node),
        tuple(read_variable(each) for each in all_children(node, "column")),
        tuple(_list(each) for each in all_children(node, "row")),
    )


def _part(node: _Node, tag: str) -> Part:
    found = child(node, tag)
    return Part(None) if found is None else Part(boxed_child(found), type_ref(found), element_of(found, "typeRef"))


def _conditional(node: _Node) -> BoxedIf:
    return BoxedIf(
        element_of(node, "typeRef"), type_ref(node), _part(node, "if"), _part(node, "then"), _part(node, "else")
    )


def _filter(node: _Node) -> BoxedFilter:
    return BoxedFilter(element_of(node, "typeRef"), type_ref(node), _part(node, "in"), _part(node, "match"))


def _iterator(node: _Node) -> BoxedIterator:
    kind = tag_of(node)
    return BoxedIterator(
        element_of(node, "typeRef", "iteratorVariable"),
        type_ref(node),
        kind,
        normal_name(node.get("iteratorVariable", "")),
        _part(node, "in"),
        _part(node, "return" if kind == "for" else "satisfies"),
    )


_READERS: dict[str, Callable[[_Node], Boxed]] = {
    "literalExpression": read_text,
    "decisionTable": _table,
    "context": _context,
    "invocation": _invocation,
    "functionDefinition": read_function,
    "list": _list,
    "relation": _relation,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iterator,
    "some": _iterator,
    "every": _iterator,
}
