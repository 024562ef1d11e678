"""Reads untrusted BPMN: no entities, no DTD, no network, and limits on bytes, elements and depth."""

from __future__ import annotations

from lxml import etree

from engine.workflow.findings import ModelRefused, finding_of

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
MOTCUA = "https://motcua.vn/bpmn"

MAX_BYTES = 5 * 1024 * 1024
MAX_ELEMENTS = 60_000
MAX_DEPTH = 120
MAX_ATTRIBUTES = 2_000
"""Of one element, counted by its equals signs before parsing: the parser compares each attribute with each other."""
ENCODINGS = frozenset(
    {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII", "ISO-8859-1", "WINDOWS-1252", "WINDOWS-1258"}
)
"""What editors write. Others, such as UTF-7, let a text read differently here than in the tools before us."""


def read(xml: bytes) -> etree._Element:
    """Parse a diagram and return its `definitions`; raise ModelRefused with a sentence for anything else."""
    if len(xml) > MAX_BYTES:
        raise _refused("too_large", limit=MAX_BYTES // 1048576)
    if any(piece.count(b"=") > MAX_ATTRIBUTES for piece in xml.split(b"<")):
        raise _refused("too_many_attributes", limit=MAX_ATTRIBUTES)
    root = _parse(xml)
    coding = root.getroottree().docinfo.encoding or "UTF-8"
    if coding.upper() not in ENCODINGS:
        raise _refused("encoding_refused", ref=coding[:40])
    if root.getroottree().docinfo.doctype:
        raise _refused("doctype")
    if root.tag != f"{{{BPMN}}}definitions":
        name = etree.QName(root)
        if name.localname == "definitions" and name.namespace:
            raise _refused("other_namespace", ref=name.namespace[:120], wanted=BPMN)
        raise _refused("not_bpmn", ref=name.localname[:60])
    _within_limits(root)
    return root


def _parse(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise _refused("not_xml", why=reason) from None


def _within_limits(root: etree._Element) -> None:
    count, depth = 0, 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        count, depth = count + 1, depth + 1
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise _refused("too_complex", count=MAX_ELEMENTS, depth=MAX_DEPTH)


def _refused(code: str, **words: str | int) -> ModelRefused:
    return ModelRefused([finding_of(code, "", "", severity="error", **words)])


def tag_of(element: etree._Element) -> str:
    """Give the local name of a BPMN element, or "" for anything of another namespace."""
    tag = element.tag
    prefix = f"{{{BPMN}}}"
    return tag[len(prefix) :] if isinstance(tag, str) and tag.startswith(prefix) else ""


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """List the BPMN children of that local name, in document order."""
    return element.findall(f"{{{BPMN}}}{name}")


def text_of(element: etree._Element | None) -> str:
    """Give the whole text of an element, trimmed; "" when there is none."""
    return "" if element is None else "".join(element.itertext()).strip()


def local_ref(value: str | None) -> str:
    """Strip the namespace prefix from a QName reference such as `tns:message_1`."""
    return (value or "").strip().rpartition(":")[2]
