"""Reads a pack (path → text) into a procedure; every fault is told at its place, all of them at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from engine.domain.deadlines import UNITS, DeadlinePolicy, TimeLimit, Unit
from engine.domain.forms import Form, FormError, parse_form
from engine.domain.procedures.pack_reader import Faults, Reader
from engine.domain.procedures.paper import Paper, read_papers
from engine.domain.procedures.procedure import Procedure
from engine.domain.procedures.procedure_parts import (
    DOSSIER_FACTS,
    Component,
    DeclarationCheck,
    GuideStep,
    LegalReference,
    Result,
    TaskGuide,
)
from engine.domain.procedures.retention import read_retention
from engine.domain.text import Text
from engine.domain.vocabulary import Channel, DeliveryMethod, ServiceLevel
from rules.feel import Expression
from rules.yaml_reader import load_strictly

ACCEPTED_TYPES = ("pdf", "jpg", "png", "docx", "xlsx", "zip")
_NOTHING = Text("", "")


def parse_pack(files: Mapping[str, str]) -> Procedure:
    """Read a pack (path → text): `procedure.yaml`, `process.bpmn`, `*.form.json` anywhere in it.

    Raises `PackError` with every fault found, each a sentence.
    """
    faults = Faults()
    reader = Reader(_yaml(files, "procedure.yaml", faults), "procedure.yaml", faults)
    forms = _forms(files, faults)
    if not files.get("process.bpmn"):
        faults.add("process.bpmn", "thiếu sơ đồ quy trình", "the process diagram is missing")
    papers = read_papers(_papers(files, faults), faults)
    procedure = _procedure(reader, forms, papers, files)
    _check(procedure, faults)
    faults.stop_if_any()
    return procedure


def _yaml(files: Mapping[str, str], path: str, faults: Faults) -> object:
    """What a file holds; nothing when it cannot be read."""
    try:
        return load_strictly(files.get(path, ""))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        faults.add(path, f"không phải YAML hợp lệ ({error})", f"not valid YAML ({error})")
        return {}


def _papers(files: Mapping[str, str], faults: Faults) -> dict[str, object]:
    paths = sorted(path for path in files if path.startswith("papers/") and path.endswith(".yaml"))
    return {path: _yaml(files, path, faults) for path in paths}


def _procedure(
    reader: Reader, forms: Mapping[str, Form], papers: Mapping[str, Paper], files: Mapping[str, str]
) -> Procedure:
    declaration, level = reader.word("declaration_form"), reader.one_of("level", tuple(ServiceLevel))
    answers = forms[declaration].keys if declaration in forms else frozenset()
    names = DOSSIER_FACTS | answers
    return Procedure(
        code=reader.word("code"),
        names=reader.text("names"),
        sector=reader.text("sector"),
        sector_code=reader.word_or("sector_code") or "",
        agency=reader.text("agency"),
        published_by=reader.word("published_by"),
        level=level,
        level_reason=_level_reason(reader, level),
        subjects=reader.texts("subjects"),
        limit=_limit(reader.group("limit")),
        limit_note=reader.text_or("limit_note", _NOTHING),
        policy=_policy(reader),
        supplement_days=_supplement_days(reader),
        components=tuple(_component(row, names) for row in reader.groups("components")),
        checks=tuple(_declaration_check(row, names, answers) for row in reader.groups("checks")),
        lanes=reader.pairs("lanes"),
        tasks={key: _task(key, row) for key, row in reader.named("tasks")},
        legal_basis=tuple(_law(row) for row in reader.groups("legal_basis")),
        results=tuple(Result(row.word("code"), row.text("name")) for row in reader.groups("results")),
        delivery_methods=reader.words("delivery_methods"),
        channels=reader.words("channels"),
        forms=forms,
        declaration_form=declaration,
        **_fees(reader, answers),
        guide=tuple(GuideStep(row.text("title"), row.text("body")) for row in reader.groups("guide")),
        synonyms=reader.words("synonyms"),
        non_territorial=reader.flag("non_territorial"),
        result_document=reader.word("result_document"),
        papers=papers,
        retention=read_retention(reader),
        process_xml=files.get("process.bpmn", "").encode("utf-8"),
        files=dict(files),
    )


def _level_reason(reader: Reader, level: str) -> Text:
    """Why it is no complete service; only then it has to be said."""
    partial = level == ServiceLevel.PARTIAL
    return reader.text("level_reason") if partial else reader.text_or("level_reason", _NOTHING)


def _fees(reader: Reader, answers: frozenset[str]) -> dict[str, Any]:
    return {
        "fee_codes": reader.words("fee_codes"),
        "fee_facts": _fee_facts(reader, answers),
        "fee_after_result": reader.flag("fee_after_result"),
    }


def _limit(reader: Reader) -> TimeLimit:
    unit = reader.one_of("unit", UNITS)
    known: Unit = next((known for known in UNITS if known == unit), "working_day")
    return TimeLimit(reader.number("qty", fallback=1), known)


def _policy(reader: Reader) -> DeadlinePolicy:
    pausing = reader.one_of("supplement_policy", ("restart", "pause")) == "pause"
    return DeadlinePolicy("pause" if pausing else "restart", after_15h=reader.flag("after_15h"))


def _supplement_days(reader: Reader) -> tuple[int, int] | None:
    if not reader.has("supplement_days"):
        return None
    days = reader.group("supplement_days")
    usual, most = days.number("usual", fallback=1), days.number("most", fallback=1)
    if not 1 <= usual <= most:
        reader.fault("supplement_days", "cần 1 ≤ usual ≤ most", "needs 1 ≤ usual ≤ most")
    return usual, most


def _component(reader: Reader, names: frozenset[str]) -> Component:
    accept = reader.words("accept") or ("pdf", "jpg", "png")
    if unknown := set(accept) - set(ACCEPTED_TYPES):
        listed = ", ".join(sorted(unknown))
        reader.fault("accept", f"không nhận loại tệp {listed}", f"file types {listed} are not taken")
    return Component(
        code=reader.word("code"),
        name=reader.text("name"),
        note=reader.text_or("note", _NOTHING),
        required_when=reader.feel("required_when", names, "false"),
        shown_when=reader.feel("shown_when", names, "true"),
        accept=accept,
        max_mb=reader.number("max_mb", fallback=100),  # the installation has a limit of its own
        template=reader.word_or("template"),
        originals=reader.number("originals", fallback=0),
        copies=reader.number("copies", fallback=0),
        source_code=reader.word_or("source_code"),
    )


def _declaration_check(reader: Reader, names: frozenset[str], answers: frozenset[str]) -> DeclarationCheck:
    field = reader.word("field")
    if field not in answers:
        reader.fault("field", f"tờ khai không có trường “{field}”", f"the declaration has no field “{field}”")
    return DeclarationCheck(field, reader.feel("valid_when", names, "true"), reader.text("message"))


def _task(key: str, reader: Reader) -> TaskGuide:
    hours = reader.number("hours") if reader.has("hours") else None
    ways = reader.group("ways")
    return TaskGuide(
        key,
        reader.text("name"),
        reader.text_or("hint", _NOTHING),
        reader.word_or("form"),
        hours,
        {flow: ways.text(flow) for flow in reader.pairs("ways")},
    )


def _law(reader: Reader) -> LegalReference:
    return LegalReference(
        document=reader.word("document"),
        article=reader.word_or("article"),
        clause=reader.word_or("clause"),
        point=reader.word_or("point"),
        valid_from=reader.day("valid_from"),
        valid_to=reader.day("valid_to"),
        title=reader.text("title"),
        checked=reader.word_or("checked", "True") == "True",
    )


def _fee_facts(reader: Reader, answers: frozenset[str]) -> dict[str, Expression]:
    names = answers | {"channel", "delivery_method"}
    return {fact: reader.group("fee_facts").feel(fact, names, "null") for fact in reader.pairs("fee_facts")}


def _forms(files: Mapping[str, str], faults: Faults) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for path in sorted(files):
        if not path.endswith(".form.json"):
            continue
        key = path.rsplit("/", maxsplit=1)[-1].removesuffix(".form.json")
        try:
            forms[key] = parse_form(key, files[path])
        except FormError as error:
            faults.add(path, error.sentence.vi, error.sentence.en)
    return forms


def _check(procedure: Procedure, faults: Faults) -> None:
    """What only shows when the parts are put side by side."""
    wanted = [(f"tasks.{key}", guide.form) for key, guide in procedure.tasks.items() if guide.form]
    for where, form in [("declaration_form", procedure.declaration_form), *wanted]:
        if form not in procedure.forms:
            faults.add(where, f"không có biểu mẫu “{form}”", f"there is no form “{form}”")
    if procedure.result_document not in procedure.papers:
        name = procedure.result_document
        faults.add("result_document", f"không có giấy tờ papers/{name}.yaml", f"there is no paper papers/{name}.yaml")
    codes = [component.code for component in procedure.components]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        faults.add("components", f"mã “{code}” bị trùng", f"code “{code}” occurs twice")
    for name, known in (("channels", tuple(Channel)), ("delivery_methods", tuple(DeliveryMethod))):
        values = getattr(procedure, name)
        if not values or set(values) - set(known):
            faults.add(name, f"chỉ nhận: {', '.join(known)}", f"must be some of: {', '.join(known)}")
