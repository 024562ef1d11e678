"""The pen: makes DMN tags with ids, labels, descriptions and what other tools left."""

from __future__ import annotations

from lxml import etree

from rules.dmn.model import Element
from rules.errors import DmnReadError

_Node = etree._Element
_NOTHING = Element()


class Pen:
    """Writes tags of one DMN namespace."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace

    def name(self, tag: str) -> str:
        """The full name of a DMN tag."""
        return f"{{{self.namespace}}}{tag}"

    def tag(self, parent: _Node, tag: str, element: Element = _NOTHING, **attributes: str) -> _Node:
        """A new child; empty attributes are left out."""
        node = etree.SubElement(parent, self.name(tag))
        self.describe(node, element, **attributes)
        return node

    def describe(self, node: _Node, element: Element, **attributes: str) -> None:
        """Id, label, own attributes, description and foreign parts of a tag."""
        for key, value in (("id", element.id), ("label", element.label), *attributes.items(), *element.attributes):
            if value:
                node.set(key, _clean(value))
        if element.description:
            self.text(node, "description", element.description)
        for foreign in element.extensions:
            self.raw(node, foreign)

    def text(self, parent: _Node, tag: str, text: str) -> None:
        """A child with text."""
        etree.SubElement(parent, self.name(tag)).text = _clean(text)

    def raw(self, parent: _Node, xml: str) -> None:
        """A part kept as XML."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            parent.append(etree.fromstring(xml.encode(), parser))
        except etree.XMLSyntaxError as error:
            raise DmnReadError(f"Phần mở rộng không phải XML: {error}.", f"An extension is not XML: {error}.") from None


def _clean(text: str) -> str:
    """Without the control characters XML cannot hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")
