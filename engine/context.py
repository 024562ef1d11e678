"""What a room needs besides the record: the settings, the published procedures, the calendar, the fees.

Stands between actions and queries above and workflow and store below, because both rooms need it and may not
know each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from engine.domain import fee_by_hand
from engine.domain.clock import local_day
from engine.domain.deadlines import WorkCalendar
from engine.domain.errors import NotFound
from engine.domain.filing import AnswerDays, words_of
from engine.domain.forms import Form, way_form
from engine.domain.procedures import Procedure, as_declared, parse_pack
from engine.domain.sealing import SecretBox
from engine.domain.text import Text
from engine.settings import Settings
from engine.store.catalogue import procedures
from engine.store.connection import Tx
from engine.workflow.spec import ProcessSpec, load_process
from rules.errors import RulesDisagree
from rules.fees import FeeInference, FeeSchedule, Quote, QuoteRequest, quote
from rules.inference import InferenceError

# The facts are complete and the law is there, yet the two engines give no amount that may be asked of anybody.
NO_TRUSTED_AMOUNT: Final = (RulesDisagree, InferenceError)


class ProcedureCache:
    """The procedure packs, parsed once per version. A version never changes, so it may be kept for good."""

    def __init__(self, largest_paper_mb: int = 100) -> None:
        """`largest_paper_mb`: what this installation takes of one paper, however much a procedure would allow."""
        self._largest_paper_mb = largest_paper_mb
        self._procedures: dict[str, Procedure] = {}
        self._specs: dict[str, ProcessSpec] = {}

    def procedure(self, tx: Tx, version_id: str) -> Procedure:
        """The pack a dossier was filed under; raises NotFound."""
        known = self._procedures.get(version_id)
        if known is None:
            row = procedures.get(tx, version_id)
            if row is None:
                raise no_such_procedure(version_id)
            pack = parse_pack(as_declared(row["files"])).with_papers_up_to(self._largest_paper_mb)
            known = self._procedures.setdefault(version_id, pack)
        return known

    def current(self, tx: Tx, code: str) -> tuple[str, Procedure]:
        """The version in force now and its id; raises NotFound when none is published."""
        card = procedures.current(tx, code, local_day(tx.now))
        if card is None:
            raise no_such_procedure(code)
        return card["id"], self.procedure(tx, card["id"])

    def spec(self, tx: Tx, version_id: str) -> ProcessSpec:
        """The executable diagram of that version."""
        known = self._specs.get(version_id)
        if known is None:
            known = self._specs.setdefault(version_id, load_process(self.procedure(tx, version_id).process_xml))
        return known


@dataclass(frozen=True)
class OfficeContext:
    """Handed to every action and to the queries that need the law or the diagram."""

    settings: Settings
    procedure_cache: ProcedureCache
    calendar: WorkCalendar
    fees: FeeSchedule
    inference: FeeInference

    @cached_property
    def box(self) -> SecretBox:
        """What seals small secrets under the installation's own."""
        older = self.settings.old_secret_key
        return SecretBox(self.settings.secret_key, *([older] if older else []))


def task_form(procedure: Procedure, spec: ProcessSpec, element_id: str) -> Form | None:
    """The form of a task: as the pack says, else as the diagram says (motcua:form); None when it asks nothing.

    Where an official picks the way on, the form asks for just that, in the pack's words or the diagram's. The office's
    own step, setting a fee by hand, has its form whatever the procedure.
    """
    if element_id == fee_by_hand.ELEMENT:
        return fee_by_hand.FORM
    info = spec.elements[element_id]
    if info.chooses:
        words = procedure.ways_on(element_id)
        ways = [(one.flow_id, words.get(one.flow_id, Text(one.name, one.name))) for one in info.choices]
        return way_form(element_id, ways, several=info.chooses == "some")
    named = info.extension.get("form", "")
    return procedure.task_form(element_id) or procedure.forms.get(named)


def quote_fees(office: OfficeContext, request: QuoteRequest) -> Quote:
    """The only way an amount leaves this office: both engines must find the same rows.

    Raises FactsError while facts are missing, RulesDisagree or InferenceError when there is no amount to trust.
    """
    return quote(office.fees, request, second=office.inference)


def answer_days(office: OfficeContext, procedure: Procedure) -> AnswerDays:
    """How long an applicant has to answer a supplement request: by the procedure, else by the office."""
    settings = office.settings
    return AnswerDays(*(procedure.supplement_days or (settings.supplement_days, settings.supplement_days_most)))


def quote_dossier(office: OfficeContext, procedure: Procedure, dossier: Mapping[str, Any], at: datetime) -> Quote:
    """What the dossier costs if it is sent at that instant; raises as `quote_fees`."""
    clean, _ = procedure.declaration.validate(words_of(dossier["form"]), partial=True)
    method = dossier["delivery"].get("method") or procedure.delivery_methods[0]
    facts = procedure.quote_facts(clean, channel=dossier["channel"], delivery_method=method)
    return quote_fees(office, QuoteRequest(procedure.code, at, dossier["accepted_at"], facts))


def no_such_procedure(code: str) -> NotFound:
    """The sentence for a procedure that is not published (any more)."""
    return NotFound(
        Text(
            f"Không tìm thấy thủ tục “{code}”. Thủ tục có thể đã được thay thế; hãy tìm lại trong danh mục.",
            f'No procedure "{code}" was found. It may have been replaced; please search the catalogue.',
        )
    )
