"""Loading the fee schedule from `processes/`: shared files in `_fees/`, one `fees.yaml` per procedure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rules.fees.areas import AreaCategory, AreaTable, AreaUnit
from rules.fees.authority import check_authority
from rules.fees.conditions import SUBJECT
from rules.fees.facts import DERIVED, FactSpec, ProcedureFacts, read_value
from rules.fees.items import RULE_KINDS, FeeExample, FeeItem, FeeRule, Policy, ProcedureFees
from rules.fees.reading.parts import KnownFacts, read_document, read_item, read_rule, read_unit, read_window
from rules.fees.schedule import FeeSchedule
from rules.fees.table import FeeTable, Words, known_columns
from rules.yaml_reader import Node, read_yaml

_SHARED = ("documents", "units", "facts", "areas", "policy", "items", "procedures")
_RULES = {"exemption": "exemptions", "zero_rate": "zero_rates", "reduction": "reductions"}
_FACT_KINDS = ("integer", "boolean", "text", "area", "choice", "choices", "date", "dates")


@dataclass
class _Draft:
    """What the files have said so far."""

    known: KnownFacts = field(default_factory=KnownFacts)
    vocabulary: dict[str, FactSpec] = field(default_factory=dict)
    areas: AreaTable = field(default_factory=AreaTable)
    policy: Policy = field(default_factory=Policy)
    items: dict[str, FeeItem] = field(default_factory=dict)
    rules: dict[str, FeeRule] = field(default_factory=dict)
    procedures: dict[str, ProcedureFees] = field(default_factory=dict)


def load_schedule(processes_root: Path) -> FeeSchedule:
    """Read every fee file below `processes_root` and refuse what may not be published.

    Raises FeeFileError (what and where) or AuthorityError (a discount nobody may grant).
    """
    return build_schedule(*read_files(processes_root))


def read_files(processes_root: Path) -> tuple[list[Node], list[Node]]:
    """The shared files and the procedures' own files, parsed but not yet understood."""
    shared = [read_yaml(path) for path in sorted((processes_root / "_fees").glob("*.yaml"))]
    return shared, [read_yaml(path) for path in sorted(processes_root.glob("*/fees.yaml"))]


def build_schedule(shared: Iterable[Node], own: Iterable[Node], *, guard: bool = True) -> FeeSchedule:
    """The schedule made of already parsed files; see `load_schedule`.

    Without `guard` discounts beyond an authority's powers stay in, so that verification can list them all.
    """
    shared, own = list(shared), list(own)
    draft = _Draft()
    for node in shared:
        node.only(*_SHARED, *_RULES.values())
    _read_words(draft, shared)
    for node in [*shared, *own]:
        _read_items_and_rules(draft, node)
    for node in [*(one for file in shared for one in file.each("procedures")), *own]:
        _read_procedure(draft, node)
    schedule = FeeSchedule(
        documents=draft.known.documents,
        vocabulary=draft.vocabulary,
        areas=draft.areas,
        rules=tuple(draft.rules.values()),
        procedures=draft.procedures,
        hash=_hash([*shared, *own]),
        tables=_tables(draft),
    )
    if guard:
        check_authority(schedule)
    return schedule


def _tables(draft: _Draft) -> dict[str, FeeTable]:
    words = Words(draft.vocabulary, draft.areas, draft.known.documents)
    return {code: FeeTable(words, procedure, draft.rules.values()) for code, procedure in draft.procedures.items()}


def _read_words(draft: _Draft, shared: list[Node]) -> None:
    """First the words everything else is written in: documents, facts, areas, units, policy."""
    for file in shared:
        for node in file.each("documents"):
            document = read_document(node)
            _new(node, draft.known.documents, document.number)
            draft.known.documents[document.number] = document
        for name, node in _pairs(file, "facts"):
            _new(node, draft.vocabulary, name)
            draft.vocabulary[name] = _read_fact(name, node)
        if areas := file.get("areas"):
            draft.areas = _read_areas(areas)
        if policy := file.get("policy"):
            draft.policy = _read_policy(policy, Policy())
    draft.known.names = frozenset(draft.vocabulary) | set(DERIVED)
    draft.known.columns = known_columns(draft.vocabulary, draft.areas)
    draft.known.subjects = draft.vocabulary["subject"].values if "subject" in draft.vocabulary else ()
    for file in shared:
        for code, node in _pairs(file, "units"):
            _new(node, draft.known.units, code)
            draft.known.units[code] = read_unit(code, node, draft.known)


def _pairs(file: Node, key: str) -> Iterable[tuple[str, Node]]:
    found = file.get(key)
    return found.items() if found else ()


def _new(node: Node, there: Mapping[str, object], code: str) -> None:
    if code in there:
        raise node.fail(f"«{code}» đã khai báo trước đó", f"“{code}” is declared twice")


def _read_fact(name: str, node: Node) -> FactSpec:
    node.only("type", "question", "values", "min", "max", "everywhere", "exclusive")
    if name in DERIVED:
        raise node.fail("tên này dành cho giá trị suy ra", "this name is reserved for a derived value")
    values = {code: text.both() for code, text in _pairs(node, "values")}
    return FactSpec(
        name=name,
        kind=node.need("type").one_of(*_FACT_KINDS),
        question=node.need("question").both(),
        values=values,
        minimum=node.maybe("min", Node.whole),
        maximum=node.maybe("max", Node.whole),
        everywhere=node.maybe("everywhere", Node.flag) or False,
        exclusive=node.maybe("exclusive", Node.texts) or (),
    )


def _read_areas(node: Node) -> AreaTable:
    node.only("categories", "units")
    categories = {
        code: AreaCategory(code, one.need("name").both(), one.need("rural").flag())
        for code, one in _pairs(node, "categories")
    }
    units: dict[str, AreaUnit] = {}
    for code, one in _pairs(node, "units"):
        one.only("name", "category", "formed_from", "valid_from", "valid_to")
        units[code] = AreaUnit(
            code,
            one.need("name").text(),
            read_window(one),
            one.maybe("category", lambda value: value.one_of(*categories)),
            one.maybe("formed_from", Node.texts) or (),
        )
        unknown = [former for former in units[code].formed_from if former not in units]
        if unknown or (units[code].category is None) != bool(units[code].formed_from):
            raise one.fail("cần category, hoặc formed_from là các đơn vị đã nêu ở trên", "category or former units")
    return AreaTable(categories, units)


def _read_policy(node: Node, base: Policy) -> Policy:
    node.only("date_basis", "combination", "rounding", "rounding_to", "online_channels", "collected")
    changes: dict[str, object] = {}
    for key, allowed in (
        ("date_basis", ("submitted_at", "accepted_at")),
        ("combination", ("best", "stack")),
        ("rounding", ("half_up", "floor", "ceil")),
        ("collected", ("at_reception", "at_supplement", "at_result")),
    ):
        if found := node.get(key):
            changes[key] = found.one_of(*allowed)
    if found := node.get("rounding_to"):
        changes["rounding_to"] = max(found.whole(), 1)
    if found := node.get("online_channels"):
        changes["online_channels"] = frozenset(found.texts())
    return replace(base, **changes)  # type: ignore[arg-type] # the values were read with the types of the fields


def _read_items_and_rules(draft: _Draft, file: Node) -> None:
    for node in file.each("items"):
        item = read_item(node, draft.known)
        _new(node, draft.items, item.code)
        draft.items[item.code] = item
    for kind in RULE_KINDS:
        for node in file.each(_RULES[kind]):
            rule = read_rule(node, kind, draft.known)
            _new(node, draft.rules, rule.code)
            draft.rules[rule.code] = rule


def _read_procedure(draft: _Draft, node: Node) -> None:
    node.only("procedure", "name", "facts", "policy", "charges", "items", "examples", "note", *_RULES.values())
    code = node.need("procedure").text()
    _new(node, draft.procedures, code)
    policy = node.get("policy")
    draft.procedures[code] = ProcedureFees(
        code=code,
        name=node.need("name").both(),
        facts=_read_procedure_facts(draft, node.need("facts")),
        items=tuple(_charged(draft, one) for one in node.each("charges")),
        policy=_read_policy(policy, draft.policy) if policy else draft.policy,
        examples=tuple(_read_example(one) for one in node.each("examples")),
        note=node.maybe("note", Node.both),
    )


def _charged(draft: _Draft, node: Node) -> FeeItem:
    item = draft.items.get(node.text())
    if item is None:
        raise node.fail(f"không có khoản thu {node.data}", f"no fee item {node.data}")
    return item


def _read_procedure_facts(draft: _Draft, node: Node) -> ProcedureFacts:
    required: list[str] = []
    defaults: dict[str, object] = {}
    minimums: dict[str, int] = {}
    one_of: tuple[str, ...] = ()
    for name, value in node.items():
        if name not in draft.vocabulary:
            raise value.fail("thông tin chưa khai báo trong facts", "fact is not declared in facts")
        if value.data == "required":
            required.append(name)
            continue
        value.only("default", "min", "one_of")
        if (words := value.get("one_of")) and name == SUBJECT:
            one_of = words.texts()
        if least := value.get("min"):
            minimums[name] = least.whole()
        if "default" in value.mapping():
            default = value.get("default")
            defaults[name] = None if default is None else read_value(draft.vocabulary[name], default.data)
        else:
            required.append(name)
    return ProcedureFacts(tuple(required), defaults, minimums, one_of)


def _read_example(node: Node) -> FeeExample:
    node.only("name", "submitted_at", "accepted_at", "facts", "total_vnd", "lines", "error")
    return FeeExample(
        name=node.need("name").text(),
        submitted_at=node.need("submitted_at").instant(),
        accepted_at=node.maybe("accepted_at", Node.instant),
        facts=node.need("facts").mapping(),
        total_vnd=node.maybe("total_vnd", Node.whole),
        lines={code: amount.whole() for code, amount in _pairs(node, "lines")},
        error=node.maybe("error", Node.text),
    )


def _hash(files: list[Node]) -> str:
    """SHA-256 over the content of all files but their examples and file names."""
    content = [{key: value for key, value in file.mapping().items() if key != "examples"} for file in files]
    texts = sorted(json.dumps(one, ensure_ascii=False, sort_keys=True, default=str) for one in content)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
