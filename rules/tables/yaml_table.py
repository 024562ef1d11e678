"""Reading a canonical decision table from YAML or JSON, the form `DecisionTable.to_dict` writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from rules.legal import LegalBasis, Window
from rules.tables.cells import Cell, read_cell
from rules.tables.table import AGGREGATORS, COLUMN_KINDS, HIT_POLICIES, Category, Column, DecisionTable, Output, Row
from rules.yaml_reader import Node, read_yaml

_KEYS = (
    "code", "name", "version", "hit_policy", "aggregator", "columns", "categories", "outputs", "rows", "known_from"
)  # fmt: skip


def read_table(path: Path) -> DecisionTable:
    """The table in a file; raises FeeFileError naming the place that cannot be used."""
    return table_from(read_yaml(path))


def table_from(node: Node) -> DecisionTable:
    """The table an already parsed document describes."""
    node.only(*_KEYS)
    columns = tuple(_column(one) for one in node.each("columns"))
    kinds = {column.name: column.kind for column in columns}
    categories = []
    for one in node.each("categories"):
        one.only("name", "label", "rows")
        rows = tuple(_cells(row, kinds) for row in one.each("rows"))
        categories.append(Category(one.need("name").text(), rows, one.need("label").both()))
        kinds[categories[-1].name] = "boolean"
    outputs = tuple(_output(one) for one in node.each("outputs"))
    return DecisionTable(
        code=node.need("code").text(),
        name=node.need("name").both(),
        columns=columns,
        outputs=outputs,
        rows=tuple(_row(one, kinds, {output.name: output.kind for output in outputs}) for one in node.each("rows")),
        hit_policy=node.need("hit_policy").one_of(*HIT_POLICIES),
        aggregator=node.maybe("aggregator", lambda one: one.one_of(*(a for a in AGGREGATORS if a))),
        categories=tuple(categories),
        version=node.maybe("version", Node.whole) or 1,
        known_from=node.maybe("known_from", _day),
    )


def _column(node: Node) -> Column:
    node.only("name", "kind", "label", "words", "minimum", "maximum", "optional")
    return Column(
        name=node.need("name").text(),
        kind=node.need("kind").one_of(*COLUMN_KINDS),
        label=node.need("label").both(),
        words=node.maybe("words", Node.texts) or (),
        minimum=node.maybe("minimum", _whole),
        maximum=node.maybe("maximum", _whole),
        optional=node.maybe("optional", Node.flag) or False,
    )


def _output(node: Node) -> Output:
    node.only("name", "kind", "values")
    kind = node.maybe("kind", Node.text) or "text"
    values = node.get("values")
    return Output(
        node.need("name").text(), kind, tuple(_value(one, kind) for one in values.elements()) if values else ()
    )


def _row(node: Node, kinds: Mapping[str, str], outputs: Mapping[str, str]) -> Row:
    node.only("id", "when", "outputs", "valid_from", "valid_to", "basis", "label")
    when = node.get("when")
    given = node.need("outputs").items()
    return Row(
        id=node.need("id").text(),
        cells=_cells(when, kinds) if when else {},
        outputs={name: _value(one, outputs.get(name, "text")) for name, one in given},
        window=Window(node.maybe("valid_from", _day), node.maybe("valid_to", _day)),
        basis=tuple(_basis(one) for one in node.each("basis")),
        label=node.maybe("label", Node.both),
    )


def _cells(node: Node, kinds: Mapping[str, str]) -> dict[str, Cell]:
    found = {}
    for name, one in node.items():
        if name not in kinds:
            raise one.fail(f"bảng không có cột «{name}»", f"the table has no column “{name}”")
        text = str(one.data).lower() if isinstance(one.data, bool) else str(one.data)
        cell = read_cell(text, kinds[name], one.place)
        if cell is not None:
            found[name] = cell
    return found


def _basis(node: Node) -> LegalBasis:
    node.only("document", "article", "clause", "point", "valid_from", "valid_to", "label_vi", "label_en")
    place = {key: node.maybe(key, lambda one: str(one.data)) for key in ("article", "clause", "point")}
    start, end = node.maybe("valid_from", _day), node.maybe("valid_to", _day)
    return LegalBasis(node.need("document").text(), **place, valid_from=start, valid_to=end)


def _day(node: Node) -> date:
    if isinstance(node.data, str):
        try:
            return date.fromisoformat(node.data)
        except ValueError:
            raise node.fail("phải là ngày dạng 2024-12-31", "must be a day like 2024-12-31") from None
    return node.day()


def _whole(node: Node) -> int:
    if type(node.data) is not int:
        raise node.fail("phải là số nguyên", "must be a whole number")
    return node.data


def _value(node: Node, kind: str) -> object:
    """An output value; numbers written as text keep all their digits."""
    if kind == "number" and isinstance(node.data, str):
        try:
            return Decimal(node.data)
        except ArithmeticError:
            raise node.fail("phải là số", "must be a number") from None
    if isinstance(node.data, float | dict | list):
        raise node.fail("kết quả phải là chữ, số nguyên, cờ hoặc ngày", "an output is text, integer, flag or day")
    return node.data
