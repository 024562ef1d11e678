"""Thủ tục hành chính: everything that is published about one procedure, read from its pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from engine.domain.deadlines import DeadlinePolicy, TimeLimit
from engine.domain.forms import Form
from engine.domain.identifiers import fold
from engine.domain.procedures.paper import Paper
from engine.domain.procedures.procedure_parts import (
    Component,
    DeclarationCheck,
    GuideStep,
    LegalReference,
    Result,
    TaskGuide,
)
from engine.domain.procedures.retention import RetentionRule
from engine.domain.text import Text
from rules.feel import Expression, from_feel, to_feel

__all__ = ["Component", "Procedure"]


@dataclass(frozen=True)
class Procedure:
    """One version of a procedure, as published. `forms` by key: the declaration, one per task; `papers` by code.

    `supplement_days`: working days an applicant usually has, and at most, to answer a request; None: the office's rule.
    """

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
    supplement_days: tuple[int, int] | None
    components: tuple[Component, ...]
    checks: tuple[DeclarationCheck, ...]
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
    fee_after_result: bool
    guide: tuple[GuideStep, ...]
    synonyms: tuple[str, ...]
    non_territorial: bool
    result_document: str
    papers: Mapping[str, Paper]
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

    def contradictions(self, facts: Mapping[str, object]) -> dict[str, Text]:
        """Where the answers contradict one another or who files, by field; the first of each field is told."""
        broken = ((check.field, check.message) for check in reversed(self.checks) if check.broken_by(facts))
        return dict(broken)

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
