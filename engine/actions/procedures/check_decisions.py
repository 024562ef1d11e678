"""Whether the decisions of a pack can be asked: their models are sound, and their tasks give what they need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.domain.procedures import Procedure
from engine.workflow.findings import Finding, label
from engine.workflow.spec import ElementInfo, ProcessSpec
from rules.dmn import given_names, load_packed, packed_decision
from rules.errors import DmnAmbiguousError, DmnLookupError, RulesError
from rules.proofs import judge_whole
from rules.text import Text

_GIVE = Text(
    "Thêm motcua:input cùng tên cho bước, hoặc sửa tên trong bảng quyết định.",
    "Give the step a motcua:input of that name, or correct the name in the decision.",
)
_MEND = Text("Sửa tệp .dmn tại mục đã nêu.", "Correct the .dmn file at the place named.")


def check_decisions(procedure: Procedure, spec: ProcessSpec) -> Iterator[Finding]:
    """What is wrong in the decision models, and with how the diagram asks them; an "error" is not published."""
    broken = False
    for path in sorted(procedure.files):
        if path.endswith(".dmn"):
            for found in _of_file(procedure.files, path):
                broken = broken or found.severity == "error"
                yield found
    for info in spec.elements.values():
        reference = info.extension.get("decision", "")
        if reference and not broken:
            yield from _asked(procedure.files, info, reference)


def _of_file(files: Mapping[str, str], path: str) -> Iterator[Finding]:
    try:
        problems = judge_whole(load_packed(files, path))
    except RulesError as error:
        yield _finding(error, path, _MEND)
        return
    for problem in problems:
        yield _finding(problem.error.at(path, path), problem.element, problem.hint, problem.severity)


def _finding(error: RulesError, element: str, hint: Text, severity: str = "error") -> Finding:
    return Finding(error.code, severity, element, "", error.message_vi, error.message_en, hint.vi, hint.en)


def _asked(files: Mapping[str, str], info: ElementInfo, reference: str) -> Iterator[Finding]:
    try:
        model, decision = packed_decision(files, reference)
    except DmnAmbiguousError as error:
        yield _finding(error, info.id, _MEND)
        return
    except DmnLookupError:
        return  # that there is none at all is told by `check_pack`
    needed = given_names(model, decision.element.id or decision.name)
    for name in sorted(needed - {name for name, _ in info.inputs}):
        what, asked = label(info.name, info.id), decision.name
        told = Text(
            f"{what} hỏi quyết định “{asked}” mà không đưa “{name}” vào.",
            f"{what} asks the decision “{asked}” without giving it “{name}”.",
        )
        yield Finding("decision_input_missing", "error", info.id, info.name, told.vi, told.en, _GIVE.vi, _GIVE.en)
