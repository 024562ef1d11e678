"""A business rule task asks the pack's decision; its answer is part of the same step."""

from __future__ import annotations

from collections.abc import Mapping

from engine.actions.dossier import DossierWork
from engine.domain.clock import local
from engine.domain.history import EventKind
from engine.workflow.runner import DecisionCall, JobFailed, JobFinished
from rules.dmn import decide, packed_decision
from rules.errors import DmnEvaluationError, RulesError
from rules.feel import from_feel


def answer_decision(work: DossierWork, call: DecisionCall) -> JobFinished | JobFailed:
    """Ask the decision named by the task; one without a lawful answer becomes an incident, never a guess."""
    try:
        outputs = _named(work, call, _decide(work.course.files, call, work))
    except RulesError as error:
        return JobFailed(call.token, error.code, error.message_vi, work.at)
    work.happened(EventKind.DECISION_MADE, {"decision": call.decision_ref, "outputs": outputs})
    return JobFinished(call.token, outputs, work.at)


def _decide(files: Mapping[str, str], call: DecisionCall, work: DossierWork) -> object:
    model, decision = packed_decision(files, call.decision_ref)
    asked = decision.element.id or decision.name
    return from_feel(decide(model, asked, call.inputs, now=local(work.at), strict=True).lawful(), rounded=True)


def _named(work: DossierWork, call: DecisionCall, value: object) -> dict[str, object]:
    """The answer under the names of the task's outputs; each of them must get a value.

    A single output takes the whole answer, unless the answer has an entry of its name.
    """
    wanted = work.spec.elements[call.element_id].outputs
    if len(wanted) == 1 and not (isinstance(value, dict) and wanted[0] in value):
        return {wanted[0]: value}
    entries = value if isinstance(value, dict) else {}
    missing = [name for name in wanted if name not in entries]
    if missing:
        raise DmnEvaluationError(
            f"Quyết định “{call.decision_ref}” không cho giá trị của {', '.join(missing)}.",
            f"The decision “{call.decision_ref}” gives no value for {', '.join(missing)}.",
        )
    return {str(name): each for name, each in entries.items()}
