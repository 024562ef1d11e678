"""A business rule task asks the pack's decision; its answer is part of the same step."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.actions.dossier import DossierWork
from engine.domain.history import EventKind
from engine.workflow.runner import DecisionCall, JobFailed, JobFinished
from rules.dmn import Model, compile_dmn, decide
from rules.errors import DmnLookupError, RulesError
from rules.feel import from_feel


def answer_decision(work: DossierWork, call: DecisionCall) -> JobFinished | JobFailed:
    """Ask the decision named by the task; one without a lawful answer becomes an incident, never a guess."""
    try:
        value = _decide(work.course.files, call, work)
    except RulesError as error:
        return JobFailed(call.token, error.code, error.message_vi, work.at)
    outputs = value if isinstance(value, dict) else _named(work, call, value)
    work.happened(EventKind.DECISION_MADE, {"decision": call.decision_ref, "outputs": outputs})
    return JobFinished(call.token, outputs, work.at)


def _decide(files: Mapping[str, str], call: DecisionCall, work: DossierWork) -> object:
    for path in sorted(files):
        if not path.endswith(".dmn"):
            continue
        model = _compiled(files[path])
        for decision in model.definitions.decisions:
            if call.decision_ref in (decision.element.id, decision.name):
                return from_feel(decide(model, decision.name, call.inputs, now=work.at).lawful())
    raise DmnLookupError(
        f"Gói thủ tục không có bảng quyết định “{call.decision_ref}”.",
        f'The procedure has no decision "{call.decision_ref}".',
    )


@lru_cache(maxsize=256)
def _compiled(text: str) -> Model:
    return compile_dmn(text.encode("utf-8"))


def _named(work: DossierWork, call: DecisionCall, value: object) -> dict[str, object]:
    """A plain answer takes the name of the task's only output."""
    outputs = work.spec.elements[call.element_id].outputs
    return {outputs[0]: value} if outputs else {}
