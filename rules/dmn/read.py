"""Reads a DMN model (1.1 to 1.6) from XML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from lxml import etree

from rules.dmn.model import (
    Decision,
    DecisionService,
    Definitions,
    Element,
    FunctionItem,
    Import,
    InputData,
    ItemDefinition,
    KnowledgeModel,
    Requirement,
    Variable,
)
from rules.dmn.read_boxed import boxed_child, read_cell, read_function, read_variable, type_ref
from rules.dmn.xml import all_children, child, children, element_of, namespace_of, parse, raw, tag_of, text_of
from rules.errors import DmnReadError, shown
from rules.feel import normal_name

_Node = etree._Element
T = TypeVar("T")
_REQUIREMENTS = ("informationRequirement", "knowledgeRequirement", "authorityRequirement")
_DECISION_OTHERS = frozenset(
    {
        "decisionMaker",
        "decisionOwner",
        "impactedPerformanceIndicator",
        "supportedObjective",
        "usingProcess",
        "usingTask",
    }
)


def read_dmn(data: bytes) -> Definitions:
    """The model in an XML document; raises DmnReadError with the reason if there is none."""
    root = parse(data)
    if tag_of(root) != "definitions":
        raise _no_model(root)
    return Definitions(
        normal_name(root.get("name", "")),
        root.get("namespace", ""),
        namespace_of(root),
        _all(root, "itemDefinition", _item),
        _all(root, "import", _import),
        _all(root, "inputData", _input),
        _all(root, "decision", _decision),
        _all(root, "businessKnowledgeModel", _knowledge_model),
        _all(root, "decisionService", _service),
        tuple(raw(each) for each in children(root) if tag_of(each) in _KEPT or not tag_of(each)),
        tuple((prefix or "", uri) for prefix, uri in root.nsmap.items()),
        _root_element(root),
    )


def _no_model(root: _Node) -> DmnReadError:
    """What the file is instead, by its root and namespace."""
    found, namespace = etree.QName(root).localname, shown(namespace_of(root)) or "–"
    return DmnReadError(
        f"Tệp không phải mô hình DMN 1.1–1.6: thẻ gốc là “{found}” thuộc không gian tên “{namespace}”. "
        "Hãy xuất lại dưới dạng DMN 1.3.",
        f"The file is not a DMN 1.1–1.6 model: its root is “{found}” of the namespace “{namespace}”. "
        "Export it again as DMN 1.3.",
    )


_KEPT = frozenset(
    {
        "knowledgeSource",
        "textAnnotation",
        "association",
        "group",
        "elementCollection",
        "performanceIndicator",
        "organizationUnit",
        "organisationalUnit",
        "businessContextElement",
    }
)


def _root_element(root: _Node) -> Element:
    element = element_of(root, "name", "namespace")
    extensions = tuple(raw(each) for each in children(root) if tag_of(each) == "extensionElements")
    return replace(element, extensions=extensions)


def read_dmn_file(path: Path) -> Definitions:
    """The model in a file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DmnReadError(
            f"Không đọc được tệp {path.name}: {error.strerror}.",
            f"The file {path.name} cannot be read: {error.strerror}.",
        ) from None
    return read_dmn(data)


def _all(root: _Node, tag: str, reader: Callable[[_Node], T]) -> tuple[T, ...]:
    return tuple(reader(each) for each in all_children(root, tag))


def _name(node: _Node) -> str:
    return normal_name(node.get("name", ""))


def _variable(node: _Node) -> Variable:
    found = child(node, "variable")
    if found is None:
        return Variable(_name(node))
    variable = read_variable(found)
    return variable if variable.name else Variable(_name(node), variable.type_ref, variable.element)


def _item(node: _Node) -> ItemDefinition:
    function = child(node, "functionItem")
    return ItemDefinition(
        _name(node),
        type_ref(node),
        read_cell(child(node, "allowedValues")),
        read_cell(child(node, "typeConstraint")),
        _all(node, "itemComponent", _item),
        node.get("isCollection") == "true",
        None if function is None else _function_item(function),
        element_of(node, "name", "typeRef", "isCollection", "typeLanguage"),
        node.get("typeLanguage", ""),
    )


def _function_item(node: _Node) -> FunctionItem:
    return FunctionItem(
        _all(node, "parameters", read_variable), node.get("outputTypeRef", ""), element_of(node, "outputTypeRef")
    )


def _import(node: _Node) -> Import:
    own = ("name", "namespace", "locationURI", "importType")
    return Import(
        _name(node),
        node.get("namespace", ""),
        node.get("locationURI", ""),
        node.get("importType", ""),
        element_of(node, *own),
    )


def _input(node: _Node) -> InputData:
    return InputData(_name(node), _variable(node), element_of(node, "name"))


def _requirements(node: _Node) -> tuple[Requirement, ...]:
    found: list[Requirement] = []
    for each in children(node):
        if tag_of(each) in _REQUIREMENTS:
            target = next((inner for inner in children(each) if inner.get("href") is not None), None)
            if target is not None:
                found.append(Requirement(tag_of(each), tag_of(target), target.get("href", ""), element_of(each)))
    return tuple(found)


def _decision(node: _Node) -> Decision:
    return Decision(
        _name(node),
        _variable(node),
        _requirements(node),
        boxed_child(node),
        text_of(node, "question"),
        text_of(node, "allowedAnswers"),
        element_of(node, "name"),
        tuple(raw(each) for each in children(node) if tag_of(each) in _DECISION_OTHERS),
    )


def _knowledge_model(node: _Node) -> KnowledgeModel:
    logic = child(node, "encapsulatedLogic")
    return KnowledgeModel(
        _name(node),
        _variable(node),
        None if logic is None else read_function(logic),
        _requirements(node),
        element_of(node, "name"),
    )


def _service(node: _Node) -> DecisionService:
    def hrefs(tag: str) -> tuple[str, ...]:
        return tuple(each.get("href", "") for each in all_children(node, tag))

    return DecisionService(
        _name(node),
        _variable(node),
        hrefs("outputDecision"),
        hrefs("encapsulatedDecision"),
        hrefs("inputDecision"),
        hrefs("inputData"),
        element_of(node, "name"),
    )
