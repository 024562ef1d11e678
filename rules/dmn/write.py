"""Writes a DMN model as XML that modelling tools read again, with their own parts untouched."""

from __future__ import annotations

import re

from lxml import etree

from rules.dmn.model import (
    Decision,
    DecisionService,
    Definitions,
    ItemDefinition,
    KnowledgeModel,
    Requirement,
)
from rules.dmn.write_base import Pen
from rules.dmn.write_boxed import write_boxed, write_cell, write_function, write_variable
from rules.errors import DmnReadError

_Node = etree._Element
DMN_15 = "https://www.omg.org/spec/DMN/20230324/MODEL/"
"""The namespace new models are written in."""
_NAMESPACE = re.compile(rb'="https?://www\.omg\.org/spec/DMN/\d{8}/(MODEL|DMNDI)/"')
_NEWER = re.compile(rb"<(?:[\w.-]+:)?(conditional|filter|for|every|some)[\s>/]")


def write_dmn(definitions: Definitions) -> bytes:
    """The model as an XML document (UTF-8). Reading it again gives an equal model."""
    pen = Pen(definitions.dmn_namespace or DMN_15)
    root = _root(pen, definitions)
    for declared in definitions.imports:
        pen.tag(
            root,
            "import",
            declared.element,
            name=declared.name,
            namespace=declared.namespace,
            locationURI=declared.location,
            importType=declared.kind,
        )
    for item in definitions.items:
        _item(pen, root, "itemDefinition", item)
    _graph(pen, root, definitions)
    for other in definitions.others:
        pen.raw(root, other)
    etree.indent(root, space="  ")
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def write_dmn_13(definitions: Definitions) -> bytes:
    """The same model in the edition 1.3, the only one dmn-js opens; answers do not change.

    Raises DmnReadError for boxed conditionals, filters and iterators: they came with DMN 1.4, and the modeller would
    throw them away.
    """
    written = write_dmn(definitions)
    if newer := _NEWER.search(written):
        tag = newer[1].decode()
        raise DmnReadError(
            f"Trình vẽ chỉ đọc DMN 1.3, mô hình này dùng <{tag}> của DMN 1.4. Hãy viết phần đó thành biểu thức FEEL.",
            f"The modeller reads DMN 1.3 only; this one uses <{tag}> of DMN 1.4. Write that part in FEEL.",
        )
    return _NAMESPACE.sub(rb'="https://www.omg.org/spec/DMN/20191111/\1/"', written)


def _root(pen: Pen, definitions: Definitions) -> _Node:
    prefixes = {prefix or None: uri for prefix, uri in definitions.prefixes}
    if pen.namespace not in prefixes.values():
        prefixes[None] = pen.namespace
    root = etree.Element(pen.name("definitions"), nsmap=prefixes)
    pen.describe(root, definitions.element, name=definitions.name, namespace=definitions.namespace)
    return root


def _graph(pen: Pen, root: _Node, definitions: Definitions) -> None:
    for data in definitions.inputs:
        write_variable(pen, pen.tag(root, "inputData", data.element, name=data.name), "variable", data.variable)
    for decision in definitions.decisions:
        _decision(pen, root, decision)
    for knowledge in definitions.knowledge_models:
        _knowledge(pen, root, knowledge)
    for service in definitions.services:
        _service(pen, root, service)


def _item(pen: Pen, parent: _Node, tag: str, item: ItemDefinition) -> None:
    node = pen.tag(
        parent,
        tag,
        item.element,
        name=item.name,
        typeLanguage=item.language,
        isCollection="true" if item.is_collection else "",
    )
    if item.type_ref:
        pen.text(node, "typeRef", item.type_ref)
    write_cell(pen, node, "allowedValues", item.allowed)
    write_cell(pen, node, "typeConstraint", item.constraint)
    for component in item.components:
        _item(pen, node, "itemComponent", component)
    if item.function is not None:
        function = pen.tag(node, "functionItem", item.function.element, outputTypeRef=item.function.result)
        for parameter in item.function.parameters:
            write_variable(pen, function, "parameters", parameter)


def _requirements(pen: Pen, parent: _Node, requirements: tuple[Requirement, ...]) -> None:
    for requirement in requirements:
        node = pen.tag(parent, requirement.tag, requirement.element)
        etree.SubElement(node, pen.name(requirement.kind)).set("href", requirement.href)


def _decision(pen: Pen, parent: _Node, decision: Decision) -> None:
    node = pen.tag(parent, "decision", decision.element, name=decision.name)
    if decision.question:
        pen.text(node, "question", decision.question)
    if decision.answers:
        pen.text(node, "allowedAnswers", decision.answers)
    write_variable(pen, node, "variable", decision.variable)
    _requirements(pen, node, decision.requirements)
    for other in decision.others:
        pen.raw(node, other)
    write_boxed(pen, node, decision.expression)


def _knowledge(pen: Pen, parent: _Node, knowledge: KnowledgeModel) -> None:
    node = pen.tag(parent, "businessKnowledgeModel", knowledge.element, name=knowledge.name)
    write_variable(pen, node, "variable", knowledge.variable)
    if knowledge.logic is not None:
        write_function(pen, node, "encapsulatedLogic", knowledge.logic)
    _requirements(pen, node, knowledge.requirements)


def _service(pen: Pen, parent: _Node, service: DecisionService) -> None:
    node = pen.tag(parent, "decisionService", service.element, name=service.name)
    write_variable(pen, node, "variable", service.variable)
    groups = (
        ("outputDecision", service.outputs),
        ("encapsulatedDecision", service.encapsulated),
        ("inputDecision", service.input_decisions),
        ("inputData", service.inputs),
    )
    for tag, hrefs in groups:
        for href in hrefs:
            etree.SubElement(node, pen.name(tag)).set("href", href)
