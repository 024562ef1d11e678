"""Reading the parts of a fee file: citations, windows, tariffs, caps, items and rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from rules.errors import RulesError
from rules.fees.conditions import alternatives
from rules.fees.items import AUTHORITIES, KINDS, Band, Cap, FeeItem, FeeRule, RefundTerms, Scope, Tariff
from rules.fees.predicates import Formula, Predicate, formula, predicate
from rules.legal import Document, LegalBasis, Window, while_law
from rules.tables import Column
from rules.text import Text
from rules.yaml_reader import Node

ISSUERS = (*AUTHORITIES, "QUOC_HOI")


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: a name such as "đồng/bản sao" and the quantity it stands for."""

    code: str
    name: Text
    quantity: Formula


@dataclass
class KnownFacts:
    """What has been declared so far and may be referred to."""

    documents: dict[str, Document] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    names: Collection[str] = ()
    columns: Mapping[str, Column] = field(default_factory=dict)
    subjects: Collection[str] = ()


def read_window(node: Node) -> Window:
    """`valid_from` and `valid_to` of a value; every value states when it begins."""
    window = Window(node.need("valid_from").day(), node.maybe("valid_to", Node.day))
    if window.valid_to and window.valid_from and window.valid_to < window.valid_from:
        raise node.fail("valid_to sớm hơn valid_from", "valid_to is before valid_from")
    return window


def read_document(node: Node) -> Document:
    """A legal document: number, issuer, title and validity."""
    node.only("number", "issuer", "title", "valid_from", "valid_to", "date_basis", "note")
    return Document(
        number=node.need("number").text(),
        authority=node.need("issuer").one_of(*ISSUERS),
        title=node.need("title").both(),
        window=read_window(node),
        date_basis=node.maybe("date_basis", lambda one: one.one_of("submitted_at", "accepted_at")),
        note=node.maybe("note", Node.text),
    )


def read_basis(node: Node, known: KnownFacts) -> tuple[LegalBasis, ...]:
    """One citation or a list; the document must be declared, so its dates are known."""
    nodes = node.elements() if isinstance(node.data, list) else (node,)
    return tuple(_read_citation(one, known) for one in nodes)


def _read_citation(node: Node, known: KnownFacts) -> LegalBasis:
    node.only("document", "article", "clause", "point")
    number = node.need("document").text()
    document = known.documents.get(number)
    if document is None:
        raise node.fail(f"văn bản {number} chưa khai báo trong documents", f"document {number} is not declared")
    place = {key: node.maybe(key, _number_or_text) for key in ("article", "clause", "point")}
    return LegalBasis(number, **place, valid_from=document.window.valid_from, valid_to=document.window.valid_to)


def _number_or_text(node: Node) -> str:
    return str(node.data) if type(node.data) is int else node.text()


def read_predicate(node: Node, known: KnownFacts) -> Predicate:
    """A FEEL condition over the documented facts, of the kind verification can prove."""
    try:
        found = predicate(node.text(), known.names)
        alternatives(found.source, known.columns)
        return found
    except RulesError as error:
        raise node.fail(error.message_vi, error.message_en) from error


def read_formula(node: Node, known: KnownFacts) -> Formula:
    """A FEEL formula over the documented facts."""
    try:
        return formula(node.text(), known.names)
    except RulesError as error:
        raise node.fail(error.message_vi, error.message_en) from error


def read_unit(code: str, node: Node, known: KnownFacts) -> Unit:
    """A unit of charge and its quantity."""
    node.only("name", "quantity")
    return Unit(code, node.need("name").both(), read_formula(node.need("quantity"), known))


def read_item(node: Node, known: KnownFacts) -> FeeItem:
    """One fee item with its tariff rows and caps."""
    node.only("code", "name", "kind", "authority", "unit", "charged_when", "bands_over", "tariff", "cap", "refund")
    code = node.need("code").text()
    unit = known.units.get(node.need("unit").text())
    if unit is None:
        raise node.fail("unit không có trong danh mục units", "unit is not in the list of units")
    rows = [read_tariff(row, f"{code}#{n}", known) for n, row in enumerate(node.each("tariff"), 1)]
    codes = [row.code for row in rows]
    if twice := sorted({one for one in codes if codes.count(one) > 1}):
        raise node.fail(f"mã dòng lặp lại: {', '.join(twice)}", f"rows with the same code: {', '.join(twice)}")
    return FeeItem(
        code=code,
        name=node.need("name").both(),
        kind=node.need("kind").one_of(*KINDS),
        authority=node.need("authority").one_of(*AUTHORITIES),
        unit=unit.name,
        unit_code=unit.code,
        quantity=unit.quantity,
        tariffs=tuple(rows),
        bands_over=node.maybe("bands_over", lambda one: read_formula(one, known)),
        charged_when=node.maybe("charged_when", lambda one: read_predicate(one, known)),
        caps=tuple(_read_cap(one, known) for one in node.each("cap")),
        refund=node.maybe("refund", lambda one: _read_refund(one, known)),
    )


def read_tariff(node: Node, code: str, known: KnownFacts) -> Tariff:
    """One tariff row: exactly one of `value_vnd`, `bands`, `formula`."""
    node.only("code", "value_vnd", "bands", "formula", "when", "valid_from", "valid_to", "basis", "sample", "note")
    ways = [key for key in ("value_vnd", "bands", "formula") if node.get(key) is not None]
    if len(ways) != 1:
        raise node.fail("cần đúng một trong value_vnd, bands, formula", "exactly one of value_vnd, bands, formula")
    declared, basis = read_window(node), read_basis(node.need("basis"), known)
    return Tariff(
        code=node.maybe("code", Node.text) or code,
        window=while_law(declared, basis),
        declared=declared,
        basis=basis,
        value_vnd=node.maybe("value_vnd", Node.whole),
        bands=_read_bands(node),
        formula=node.maybe("formula", lambda one: read_formula(one, known)),
        when=node.maybe("when", lambda one: read_predicate(one, known)),
        sample=node.maybe("sample", Node.flag) or False,
        note=node.maybe("note", Node.text),
    )


def _read_bands(node: Node) -> tuple[Band, ...]:
    bands = tuple(Band(one.maybe("up_to", Node.whole), one.need("value_vnd").whole()) for one in node.each("bands"))
    ends = [band.up_to for band in bands]
    closed = [end for end in ends[:-1] if end is not None]
    if bands and (ends[-1] is not None or len(closed) != len(ends) - 1 or closed != sorted(set(closed))):
        raise node.fail("bands phải tăng dần, bậc cuối không có up_to", "bands must rise; the last one has no up_to")
    return bands


def _read_cap(node: Node, known: KnownFacts) -> Cap:
    node.only("value_vnd", "scope", "valid_from", "valid_to", "basis")
    declared, basis = read_window(node), read_basis(node.need("basis"), known)
    return Cap(
        node.need("value_vnd").whole(),
        node.need("scope").one_of("unit", "line"),
        while_law(declared, basis),
        basis,
        declared,
    )


def _read_refund(node: Node, known: KnownFacts) -> RefundTerms:
    node.only("refundable", "basis")
    return RefundTerms(node.need("refundable").flag(), read_basis(node.need("basis"), known))


def read_rule(node: Node, kind: str, known: KnownFacts) -> FeeRule:
    """An exemption, a zero rate or a reduction."""
    node.only(
        "code", "name", "applies_to", "subjects", "when", "percent", "amount_vnd", "valid_from", "valid_to",
        "basis", "proof", "otherwise", "sample",
    )  # fmt: skip
    basis = read_basis(node.need("basis"), known)
    if not basis:
        raise node.fail("thiếu căn cứ pháp lý", "the legal basis is missing")
    declared = read_window(node)
    rule = FeeRule(
        code=node.need("code").text(),
        kind=kind,
        name=node.need("name").both(),
        scope=_read_scope(node.need("applies_to")),
        authority=known.documents[basis[0].document].authority,
        window=while_law(declared, basis),
        declared=declared,
        basis=basis,
        subjects=frozenset(node.maybe("subjects", Node.texts) or ()),
        when=node.maybe("when", lambda one: read_predicate(one, known)),
        percent_bp=node.maybe("percent", _read_percent),
        amount_vnd=node.maybe("amount_vnd", Node.whole),
        proof=node.maybe("proof", Node.both),
        otherwise=node.maybe("otherwise", Node.both),
        sample=node.maybe("sample", Node.flag) or False,
    )
    _check_rule(node, rule, known.subjects)
    return rule


def _check_rule(node: Node, rule: FeeRule, subjects: Collection[str]) -> None:
    measures = [rule.percent_bp, rule.amount_vnd]
    if (rule.kind == "reduction") != (sum(one is not None for one in measures) == 1):
        raise node.fail(
            "giảm cần đúng một trong percent, amount_vnd; miễn và mức 0 đồng không có các mục này",
            "a reduction needs exactly one of percent, amount_vnd; exemptions and zero rates have none",
        )
    unknown = sorted(rule.subjects - set(subjects))
    if unknown:
        raise node.fail(f"đối tượng chưa khai báo: {', '.join(unknown)}", f"undeclared subjects: {', '.join(unknown)}")


def _read_scope(node: Node) -> Scope:
    node.only("authorities", "kinds", "items", "procedures")
    parts: Mapping[str, frozenset[str]] = {key: frozenset(value.texts()) for key, value in node.items()}
    for key, allowed in (("authorities", AUTHORITIES), ("kinds", KINDS)):
        wrong = sorted(parts.get(key, frozenset()) - set(allowed))
        if wrong:
            raise node.fail(f"{key}: không có {', '.join(wrong)}", f"{key}: no such value {', '.join(wrong)}")
    return Scope(**parts)


def _read_percent(node: Node) -> int:
    """A percentage such as 30 or "12.5", as basis points."""
    try:
        points = Decimal(str(node.data)) * 100
    except InvalidOperation:
        raise node.fail("phải là số phần trăm", "must be a percentage") from None
    if isinstance(node.data, bool | float) or points != int(points) or not 0 < points <= 10_000:
        raise node.fail("phần trăm phải từ 0,01 đến 100 (số thập phân đặt trong ngoặc kép)", "0.01 to 100, quoted")
    return int(points)
