"""Whether a pack fits together: its diagram, its forms, its decisions and what procedure.yaml says about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from engine.actions.procedures.check_decisions import check_decisions
from engine.actions.procedures.check_meanings import APPLICANT, check_meanings
from engine.actions.procedures.check_papers import check_papers
from engine.context import task_form
from engine.domain.actor import ROLES
from engine.domain.procedures import Procedure
from engine.workflow.findings import Finding, Sentence, label
from engine.workflow.spec import ElementInfo, ProcessSpec
from rules.dmn import read_dmn
from rules.errors import RulesError

_WORDS: Final[Mapping[str, Sentence]] = {
    "several_ways_in": Sentence(
        "Sơ đồ có nhiều sự kiện bắt đầu mà không có sự kiện bắt đầu thường; hồ sơ gửi lên không biết bắt đầu từ đâu.",
        "The diagram has several start events and none of them plain: a dossier that is sent would not know where.",
        "Thêm một sự kiện bắt đầu không dấu hiệu.",
        "Add a start event without a sign.",
    ),
    "choice_of_applicant": Sentence(
        "{el} để người nộp hồ sơ chọn hướng đi hoặc ghi nhận sự kiện.",
        "{el} would leave the choice, or the recording, to the applicant.",
        "Đặt điều kiện cho các mũi tên, hoặc chuyển vào làn của cán bộ.",
        "Give the flows conditions, or move it to the lane of an official.",
    ),
    "lane_unmapped": Sentence(
        "Làn {ref} trong sơ đồ chưa được giao cho vai trò nào trong procedure.yaml (mục lanes).",
        "No role is named for the lane {ref} in procedure.yaml (lanes).",
        "Thêm dòng “{ref}: vai_trò” vào mục lanes.",
        "Add a line “{ref}: role” under lanes.",
    ),
    "role_unknown": Sentence(
        "Làn {ref} được giao cho vai trò “{what}” mà hệ thống không có.",
        "Lane {ref} is given to the role “{what}”, which does not exist.",
        "Dùng một trong: {known}.",
        "Use one of: {known}.",
    ),
    "form_missing": Sentence(
        "{el} dùng biểu mẫu “{ref}” không có trong gói.",
        "{el} names the form “{ref}”, which is not in the pack.",
        "Thêm tệp forms/{ref}.form.json hoặc sửa tên.",
        "Add the file forms/{ref}.form.json or correct the name.",
    ),
    "decision_missing": Sentence(
        "{el} hỏi quyết định “{ref}” không có trong tệp .dmn nào của gói.",
        "{el} asks the decision “{ref}”, which is in no .dmn file of the pack.",
        "Thêm bảng quyết định hoặc sửa motcua:decision.",
        "Add the decision or correct motcua:decision.",
    ),
    "task_unknown": Sentence(
        "Mục tasks.{ref} của procedure.yaml không ứng với phần tử nào của sơ đồ.",
        "tasks.{ref} of procedure.yaml belongs to no element of the diagram.",
        "Sửa mã cho đúng với sơ đồ, hoặc bỏ mục này.",
        "Correct the id to the diagram's, or drop the entry.",
    ),
    "way_unknown": Sentence(
        "Mục tasks.{ref}.ways đặt tên cho mũi tên “{what}” không đi ra từ cổng này.",
        "tasks.{ref}.ways names the flow “{what}”, which does not leave that gateway.",
        "Dùng mã của mũi tên đi ra.",
        "Use the id of an outgoing flow.",
    ),
    "output_undeclared": Sentence(
        "Biểu mẫu của {el} hỏi {what} nhưng bước không khai báo trong motcua:outputs: chỉ được giữ ở bước, "
        "không thành biến của quy trình.",
        "The form of {el} asks for {what}, which the step does not declare in motcua:outputs: kept with the step only, "
        "not as variables of the process.",
        "Khai báo thêm trong motcua:outputs nếu điều kiện hay bước sau cần tới.",
        "Declare them in motcua:outputs if a condition or a later step needs them.",
    ),
    "status_unknown": Sentence(
        "{el} ghi trạng thái quốc gia “{ref}”; chỉ có 1 đến 10.",
        "{el} states the national status “{ref}”; there are 1 to 10 only.",
        "Sửa motcua:status.",
        "Correct motcua:status.",
    ),
}


_NOT_RUN: Final = ("vendor_moves", "function_unknown")
"""Warnings of what is published already, and no longer accepted: a new version must not have them."""


def check_pack(procedure: Procedure, spec: ProcessSpec) -> list[Finding]:
    """List what does not fit; an "error" is refused at publication."""
    findings = [*_starts(spec), *_lanes(procedure, spec), *_tasks(procedure, spec)]
    known = decisions_of(procedure.files)
    for info in spec.elements.values():
        findings += _element(procedure, spec, info, known)
    findings += check_decisions(procedure, spec)
    untranslated = [replace(one, severity="error") for one in spec.warnings if one.code in _NOT_RUN]
    return [*untranslated, *findings, *check_meanings(procedure, spec), *check_papers(procedure, spec)]


def finding(code: str, element: str, name: str = "", severity: str = "error", **words: str) -> Finding:
    """A finding in the words of its code."""
    sentence, filled = _WORDS[code], {"el": label(name, element), **words}
    texts = (sentence.vi, sentence.en, sentence.hint_vi, sentence.hint_en)
    return Finding(code, severity, element, name, *(text.format(**filled) for text in texts))


def decisions_of(files: Mapping[str, str]) -> frozenset[str]:
    """The ids and names of all decisions of a pack; a file that cannot be read has none."""
    found: set[str] = set()
    for path in files:
        if path.endswith(".dmn"):
            try:
                decisions = read_dmn(files[path].encode("utf-8")).decisions
            except RulesError:
                continue
            found.update(word for decision in decisions for word in (decision.element.id, decision.name))
    return frozenset(found)


def _starts(spec: ProcessSpec) -> Iterator[Finding]:
    """A dossier starts the process by being sent; the diagram must say at which start event."""
    starts = spec.plan.starts[spec.process_id]
    if len(starts) > 1 and not any(spec.elements[start].event == "none" for start in starts):
        yield finding("several_ways_in", spec.process_id, spec.name)


def _lanes(procedure: Procedure, spec: ProcessSpec) -> Iterator[Finding]:
    for lane in spec.lanes:
        role = procedure.lanes.get(lane)
        if role is None:
            yield finding("lane_unmapped", lane, ref=lane)
        elif role not in (*ROLES, APPLICANT):
            yield finding("role_unknown", lane, ref=lane, what=role, known=", ".join((*ROLES, APPLICANT)))


def _tasks(procedure: Procedure, spec: ProcessSpec) -> Iterator[Finding]:
    for key, guide in procedure.tasks.items():
        info = spec.elements.get(key)
        if info is None:
            yield finding("task_unknown", key, ref=key)
            continue
        known = {choice.flow_id for choice in info.choices}
        for flow in guide.ways:
            if flow not in known:
                yield finding("way_unknown", key, info.name, ref=key, what=flow)


def _element(
    procedure: Procedure, spec: ProcessSpec, info: ElementInfo, decisions: frozenset[str]
) -> Iterator[Finding]:
    form, decision, status = (info.extension.get(name, "") for name in ("form", "decision", "status"))
    if (info.chooses or info.by_hand) and procedure.lanes.get(info.lane or "") == APPLICANT:
        yield finding("choice_of_applicant", info.id, info.name)
    if form and form not in procedure.forms and procedure.task_form(info.id) is None:
        yield finding("form_missing", info.id, info.name, ref=form)
    if decision and decision not in decisions:
        yield finding("decision_missing", info.id, info.name, ref=decision)
    if status and not (status.isdecimal() and 1 <= int(status[:4]) <= 10):
        yield finding("status_unknown", info.id, info.name, ref=status)
    asked = task_form(procedure, spec, info.id)
    if asked is not None and not info.chooses and (lost := sorted(asked.keys - set(info.outputs))):
        yield finding("output_undeclared", info.id, info.name, "warning", what=", ".join(lost))
