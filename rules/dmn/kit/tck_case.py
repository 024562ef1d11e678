"""Reads the test files of the DMN Technology Compatibility Kit and compares values as it prescribes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from lxml import etree

from rules.dmn.xml import children, parse
from rules.errors import DmnReadError
from rules.feel import kind_of, normal_name, order_key, parse_date, parse_date_time, parse_duration, parse_time

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_TOLERANCE = Decimal("0.00000001")
_Node = etree._Element


@dataclass(frozen=True, slots=True)
class Expectation:
    """One result a test asks for."""

    name: str
    kind: str
    value: object
    error: bool


@dataclass(frozen=True, slots=True)
class TestCase:
    """One test: inputs, what is invoked, what is expected."""

    id: str
    model: Path
    inputs: dict[str, object]
    invocable: str
    kind: str
    expected: tuple[Expectation, ...]

    @property
    def expects_value(self) -> bool:
        """Does it ask for anything but null?"""
        return any(each.value is not None for each in self.expected)


def read_cases(path: Path) -> Iterator[TestCase]:
    """The tests of one file; nothing for XML files that are no tests."""
    try:
        root = parse(path.read_bytes())
    except DmnReadError:
        return
    if etree.QName(root).localname != "testCases":
        return
    model = next((node.text or "" for node in _named(root, "modelName")), "").strip()
    for node in _named(root, "testCase"):
        yield _case(node, path.parent / Path(model).name)


def _named(node: _Node, name: str) -> Iterator[_Node]:
    return (each for each in children(node) if etree.QName(each).localname == name)


def _case(node: _Node, model: Path) -> TestCase:
    inputs: dict[str, object] = {}
    for each in _named(node, "inputNode"):
        name = normal_name(each.get("name", ""))
        namespace = each.get("namespace", "")
        inputs[f"{{{namespace}}}{name}" if namespace else name] = read_value(each)
    expected = tuple(_expectation(each) for each in _named(node, "resultNode"))
    return TestCase(node.get("id", ""), model, inputs, node.get("invocableName", ""), node.get("type", ""), expected)


def _expectation(node: _Node) -> Expectation:
    value = next((read_value(each) for each in _named(node, "expected")), None)
    return Expectation(node.get("name", ""), node.get("type", ""), value, node.get("errorResult") == "true")


def read_value(node: _Node) -> object:
    """The value written inside a node: a value, a list or components."""
    components: dict[str, object] = {}
    for each in children(node):
        tag = etree.QName(each).localname
        if tag == "component":
            components[normal_name(each.get("name", ""))] = read_value(each)
        elif tag == "list":
            return None if _nil(each) else [read_value(item) for item in _named(each, "item")]
        elif tag == "value":
            return _simple(each)
    return components or None


def _nil(node: _Node) -> bool:
    return node.get(f"{_XSI}nil") in {"true", "1"}


def _number(text: str) -> object:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


_READERS: dict[str, Callable[[str], object]] = {
    "decimal": _number,
    "double": _number,
    "integer": _number,
    "int": _number,
    "float": _number,
    "long": _number,
    "boolean": lambda text: text in {"true", "1"},
    "date": parse_date,
    "time": parse_time,
    "dateTime": parse_date_time,
    "duration": parse_duration,
}


def _simple(node: _Node) -> object:
    if _nil(node):
        return None
    text = node.text or ""
    written = node.get(f"{_XSI}type", "").rpartition(":")[2]
    reader = _READERS.get(written)
    return text if reader is None else reader(text.strip())


def same_value(expected: object, actual: object) -> bool:
    """Equal as the kit compares: numbers up to 1e-8, points in time as instants, contexts key by key."""
    if expected is None or actual is None:
        return expected is actual
    if kind_of(expected) != kind_of(actual):
        return False
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(expected - actual) < _TOLERANCE or expected == actual
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(same_value, expected, actual))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(same_value(expected[key], actual[key]) for key in expected)
    key = order_key(expected)
    return expected == actual if key is None else key == order_key(actual)
