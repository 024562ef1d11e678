"""Thủ tục hành chính: everything that is published about one procedure, read from its pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import yaml

from engine.domain.deadlines import UNITS, DeadlinePolicy, TimeLimit, Unit
from engine.domain.forms import Form, FormError, parse_form
from engine.domain.identifiers import fold
from engine.domain.procedures.pack_reader import Faults, PackError, Reader
from engine.domain.procedures.procedure_parts import (
    DOSSIER_FACTS,
    Component,
    GuideStep,
    LegalReference,
    Result,
    TaskGuide,
)
from engine.domain.procedures.retention import RetentionRule, read_retention
from engine.domain.text import Text
from engine.domain.vocabulary import Channel, DeliveryMethod, ServiceLevel
from rules.feel import Expression, from_feel, to_feel
from rules.yaml_reader import check_shape

__all__ = ["Component", "PackError", "Procedure", "parse_pack"]

ACCEPTED_TYPES = ("pdf", "jpg", "png", "docx", "xlsx", "zip")
_NOTHING = Text("", "")


@dataclass(frozen=True)
class Procedure:
    """One version of a procedure, as published. `forms` are by key: the declaration, and one per task."""

    code: str
    names: Text
    sector: Text
    sector_code: str
    agency: Text
    published_by: str
    level: str
    level_reason: Text
    subjects: tuple[Text, ...]
    limit: TimeLimit
    limit_note: Text
    policy: DeadlinePolicy
    components: tuple[Component, ...]
    lanes: Mapping[str, str]
    tasks: Mapping[str, TaskGuide]
    legal_basis: tuple[LegalReference, ...]
    results: tuple[Result, ...]
    delivery_methods: tuple[str, ...]
    channels: tuple[str, ...]
    forms: Mapping[str, Form]
    declaration_form: str
    fee_codes: tuple[str, ...]
    fee_facts: Mapping[str, Expression]
    guide: tuple[GuideStep, ...]
    synonyms: tuple[str, ...]
    non_territorial: bool
    result_document: str
    retention: tuple[RetentionRule, ...]
    process_xml: bytes = field(repr=False)
    files: Mapping[str, str] = field(repr=False)

    def with_papers_up_to(self, largest_mb: int) -> Procedure:
        """The same procedure where no single paper may be larger than `largest_mb`."""
        components = tuple(replace(one, max_mb=min(one.max_mb, largest_mb)) for one in self.components)
        return replace(self, components=components)

    @property
    def after_15h(self) -> bool:
        """True when a dossier accepted after 15:00 counts from the next working day."""
        return self.policy.after_15h

    @property
    def supplement_policy(self) -> str:
        """ "restart" or "pause": what a supplement does to the clock."""
        return self.policy.supplement

    @property
    def step_hours(self) -> dict[str, int]:
        """Working hours per task of the diagram, where the pack limits them."""
        return {key: guide.hours for key, guide in self.tasks.items() if guide.hours is not None}

    @property
    def declaration(self) -> Form:
        """The e-form a citizen fills in instead of the paper declaration."""
        return self.forms[self.declaration_form]

    def component(self, code: str) -> Component | None:
        """The paper with that code, or None."""
        return next((entry for entry in self.components if entry.code == code), None)

    def task_form(self, element_id: str) -> Form | None:
        """The form of a task of the diagram, or None when it asks nothing."""
        guide = self.tasks.get(element_id)
        return self.forms.get(guide.form) if guide and guide.form else None

    def task_name(self, element_id: str) -> Text | None:
        """What the pack calls a task; None when only the diagram names it."""
        guide = self.tasks.get(element_id)
        return guide.name if guide else None

    def ways_on(self, element_id: str) -> Mapping[str, Text]:
        """What the pack calls the ways on from a gateway at which an official picks, by flow."""
        guide = self.tasks.get(element_id)
        return guide.ways if guide else {}

    def slots(self, facts: Mapping[str, object]) -> tuple[tuple[Component, bool], ...]:
        """The papers that matter for these facts, each with whether it must be there."""
        return tuple((entry, entry.is_required(facts)) for entry in self.components if entry.is_shown(facts))

    def quote_facts(self, form: Mapping[str, object], *, channel: str, delivery_method: str) -> dict[str, object]:
        """The facts the fee rules need, taken from the answers; what is not known yet is left out."""
        known = {name: form.get(name) for name in self.declaration.keys}
        context = {name: to_feel(value) for name, value in known.items()}
        context |= {"channel": channel, "delivery_method": delivery_method}
        found = {name: from_feel(source.evaluate(context)) for name, source in self.fee_facts.items()}
        return {"channel": channel} | {name: value for name, value in found.items() if value is not None}

    def legal_basis_on(self, on: date) -> tuple[LegalReference, ...]:
        """The law in force on that day."""
        return tuple(
            law
            for law in self.legal_basis
            if (law.valid_from is None or law.valid_from <= on) and (law.valid_to is None or on <= law.valid_to)
        )

    def search_text(self) -> str:
        """Names, popular names, code, sector and agency of both languages, folded for search."""
        words = [self.code, self.names.vi, self.names.en, self.sector.vi, self.sector.en, self.agency.vi]
        return fold(" ".join([*words, *self.synonyms]))


def parse_pack(files: Mapping[str, str]) -> Procedure:
    """Read a pack (path → text): `procedure.yaml`, `process.bpmn`, `*.form.json` anywhere in it.

    Raises `PackError` with every fault found, each a sentence.
    """
    faults = Faults()
    try:
        text = files.get("procedure.yaml", "")
        check_shape(text)
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        faults.add("procedure.yaml", f"không phải YAML hợp lệ ({error})", f"not valid YAML ({error})")
        data = {}
    reader = Reader(data, "procedure.yaml", faults)
    forms = _forms(files, faults)
    if not files.get("process.bpmn"):
        faults.add("process.bpmn", "thiếu sơ đồ quy trình", "the process diagram is missing")
    procedure = _procedure(reader, forms, files)
    _check(procedure, faults)
    faults.stop_if_any()
    return procedure


def _procedure(reader: Reader, forms: Mapping[str, Form], files: Mapping[str, str]) -> Procedure:
    declaration = reader.word("declaration_form")
    answers = forms[declaration].keys if declaration in forms else frozenset()
    level = reader.one_of("level", tuple(ServiceLevel))
    return Procedure(
        code=reader.word("code"),
        names=reader.text("names"),
        sector=reader.text("sector"),
        sector_code=reader.word_or("sector_code") or "",
        agency=reader.text("agency"),
        published_by=reader.word("published_by"),
        level=level,
        level_reason=reader.text("level_reason")
        if level == ServiceLevel.PARTIAL
        else reader.text_or("level_reason", _NOTHING),
        subjects=reader.texts("subjects"),
        limit=_limit(reader.group("limit")),
        limit_note=reader.text_or("limit_note", _NOTHING),
        policy=_policy(reader),
        components=tuple(_component(row, DOSSIER_FACTS | answers) for row in reader.groups("components")),
        lanes=reader.pairs("lanes"),
        tasks={key: _task(key, row) for key, row in reader.named("tasks")},
        legal_basis=tuple(_law(row) for row in reader.groups("legal_basis")),
        results=tuple(Result(row.word("code"), row.text("name")) for row in reader.groups("results")),
        delivery_methods=reader.words("delivery_methods"),
        channels=reader.words("channels"),
        forms=forms,
        declaration_form=declaration,
        fee_codes=reader.words("fee_codes"),
        fee_facts=_fee_facts(reader, answers),
        guide=tuple(GuideStep(row.text("title"), row.text("body")) for row in reader.groups("guide")),
        synonyms=reader.words("synonyms"),
        non_territorial=reader.flag("non_territorial"),
        result_document=reader.word("result_document"),
        retention=read_retention(reader),
        process_xml=files.get("process.bpmn", "").encode("utf-8"),
        files=dict(files),
    )


def _limit(reader: Reader) -> TimeLimit:
    unit = reader.one_of("unit", UNITS)
    known: Unit = next((known for known in UNITS if known == unit), "working_day")
    return TimeLimit(reader.number("qty", fallback=1), known)


def _policy(reader: Reader) -> DeadlinePolicy:
    pausing = reader.one_of("supplement_policy", ("restart", "pause")) == "pause"
    return DeadlinePolicy("pause" if pausing else "restart", after_15h=reader.flag("after_15h"))


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
    codes = [component.code for component in procedure.components]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        faults.add("components", f"mã “{code}” bị trùng", f"code “{code}” occurs twice")
    for name, known in (("channels", tuple(Channel)), ("delivery_methods", tuple(DeliveryMethod))):
        values = getattr(procedure, name)
        if not values or set(values) - set(known):
            faults.add(name, f"chỉ nhận: {', '.join(known)}", f"must be some of: {', '.join(known)}")
