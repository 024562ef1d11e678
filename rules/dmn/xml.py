"""XML in and out, hardened: no entities, no network, no huge trees, no deep nesting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from typing import Final

from lxml import etree

from rules.dmn.model import Element
from rules.errors import DmnReadError

MAX_BYTES = 10_000_000
MAX_DEPTH = 200
_NAMESPACE: Final = re.compile(r"https?://www\.omg\.org/spec/DMN/20(1[5-9]|[2-9]\d)\d{4}(/MODEL|/dmn(1\d)?\.xsd)?/?")
"""DMN 1.1 to 1.6, also as Camunda and Flowable wrote the first of them; all are read alike."""


def parse(data: bytes) -> etree._Element:
    """The root of an XML document; raises DmnReadError for anything that could hurt or is not XML."""
    if len(data) > MAX_BYTES:
        raise DmnReadError(
            "Tệp DMN lớn hơn 10 MB. Hãy chia nhỏ mô hình.", "The DMN file is larger than 10 MB. Split the model."
        )
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DmnReadError(f"Tệp không phải XML hợp lệ: {error}.", f"The file is not valid XML: {error}.") from None
    if root.getroottree().docinfo.doctype:
        raise DmnReadError("Tệp DMN không được chứa DOCTYPE.", "A DMN file must not contain a DOCTYPE.")
    _check_depth(root)
    return root


def _check_depth(root: etree._Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise DmnReadError("Tệp XML lồng nhau quá sâu.", "The XML is nested too deeply.")


def namespace_of(node: etree._Element) -> str:
    """The namespace of a tag."""
    return etree.QName(node).namespace or ""


def tag_of(node: etree._Element) -> str:
    """The name of a DMN tag; empty for tags of other tools."""
    name = etree.QName(node)
    return name.localname if is_dmn(name.namespace or "") else ""


@lru_cache(maxsize=256)
def is_dmn(namespace: str) -> bool:
    """Is it the namespace of a DMN model, of any version?"""
    return _NAMESPACE.fullmatch(namespace) is not None


def children(node: etree._Element) -> Iterator[etree._Element]:
    """The child elements."""
    return (child for child in node if isinstance(child.tag, str))


def child(node: etree._Element, *tags: str) -> etree._Element | None:
    """The first DMN child with one of these names."""
    return next((each for each in children(node) if tag_of(each) in tags), None)


def all_children(node: etree._Element, tag: str) -> list[etree._Element]:
    """All DMN children of that name."""
    return [each for each in children(node) if tag_of(each) == tag]


def text_of(node: etree._Element | None, tag: str = "") -> str:
    """The text of a node, or of its child ``tag``; empty when missing."""
    found = child(node, tag) if tag and node is not None else node
    return "" if found is None else unicodedata.normalize("NFC", found.text or "")


def raw(node: etree._Element) -> str:
    """A part as canonical XML text with the namespaces it needs, without the spaces between its tags."""
    part = deepcopy(node)
    part.tail = None
    for each in part.iter():
        if len(each) and not (each.text or "").strip():
            each.text = None
        if each is not part and not (each.tail or "").strip():
            each.tail = None
    try:
        return bytes(etree.tostring(part, method="c14n", exclusive=True)).decode()
    except etree.C14NError:  # a namespace without a scheme has no canonical form; kept as it is written
        return str(etree.tostring(part, encoding="unicode", with_tail=False))


def element_of(node: etree._Element, *own: str) -> Element:
    """Id, label, description, attributes not in ``own``, and what other tools left."""
    kept = tuple((str(key), str(value)) for key, value in node.attrib.items() if key not in {*own, "id", "label"})
    foreign = tuple(raw(each) for each in children(node) if tag_of(each) in {"", "extensionElements"})
    return Element(node.get("id", ""), node.get("label", ""), text_of(node, "description"), kept, foreign)
