"""Whether a pack says what its fields and messages do, wherever a step depends on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine.context import task_form
from engine.domain.forms import Form
from engine.domain.meanings import Meaning, Place, formerly, meaning_of
from engine.domain.procedures import Procedure, declares_meanings
from engine.domain.text import Text
from engine.workflow.checks import judge_form
from engine.workflow.findings import Finding, finding_of
from engine.workflow.spec import ElementInfo, ProcessSpec

APPLICANT: Final = "applicant"
_PROCESSING, _SUPPLEMENT, _REFUSED, _STOPPED, _DONE = "4", "5", "3", "8", "9"
_REASONS: Final = (Meaning.REASON, Meaning.REFUSAL_REASON)
# What a step of this national status cannot do without, and why.
_NEEDED: Final[Mapping[str, tuple[tuple[Meaning, ...], Text]]] = {
    _SUPPLEMENT: ((Meaning.REASON,), Text("yêu cầu người nộp bổ sung", "asks the applicant for a supplement")),
    _REFUSED: (_REASONS, Text("từ chối hồ sơ", "refuses the dossier")),
    _STOPPED: (_REASONS, Text("dừng hồ sơ bằng văn bản từ chối", "stops the dossier with a written refusal")),
    _DONE: ((Meaning.RESULT_NUMBER,), Text("phát hành kết quả", "issues the result")),
}
_ANSWERS: Final = Text("hỏi người nộp về dự thảo", "asks the applicant about the draft")


def check_meanings(procedure: Procedure, spec: ProcessSpec) -> Iterator[Finding]:
    """What is missing, unknown, or left to a name; an "error" is refused at publication."""
    by_name = "warning" if declares_meanings(procedure.files) else "error"
    used = {info.id: form for info in spec.elements.values() if (form := task_form(procedure, spec, info.id))}
    yield from judge_form(procedure.declaration, Place.DECLARATION, by_name=by_name)
    for key, (form, place) in _forms(procedure, spec, used).items():
        yield from judge_form(form, place, by_name=by_name)
        yield from _prefills(procedure, form, key)
    yield from _messages(spec)
    yield from _needs(procedure, spec, used)


def _forms(procedure: Procedure, spec: ProcessSpec, used: Mapping[str, Form]) -> dict[str, tuple[Form, Place]]:
    """Each form of the steps once, and who fills it in."""
    places = {
        key: Place.APPLICANT_STEP if _asks_applicant(procedure, spec.elements[key]) else Place.TASK for key in used
    }
    return {form.key: (form, places[key]) for key, form in used.items() if not spec.elements[key].chooses}


def _asks_applicant(procedure: Procedure, info: ElementInfo) -> bool:
    return APPLICANT in (info.extension.get("audience"), procedure.lanes.get(info.lane or ""))


def _prefills(procedure: Procedure, form: Form, key: str) -> Iterator[Finding]:
    for entry in form.fields:
        source, _, name = (entry.prefill or "").partition(".")
        known = {"applicant": _keys(procedure, "applicant"), "owner": _keys(procedure, "owner")}
        known["form"] = procedure.declaration.keys
        if entry.prefill and name not in known.get(source, ()):
            listed = ", ".join(sorted(procedure.declaration.keys))
            yield finding_of("prefill_unknown", entry.key, entry.label.vi, ref=entry.prefill, known=listed)


def _keys(procedure: Procedure, name: str) -> frozenset[str]:
    form = procedure.forms.get(name)
    return form.keys if form else frozenset()


def _messages(spec: ProcessSpec) -> Iterator[Finding]:
    """A message that only has the name by which it used to be known, and two messages for one thing."""
    by_name = "warning" if any(info.message_meaning for info in spec.elements.values()) else "error"
    declared: dict[str, set[str]] = {}
    for info in spec.elements.values():
        if not info.message:
            continue
        declared.setdefault(info.message_meaning, set()).add(info.message)
        old = formerly(info.message, (Place.MESSAGE,))
        if not info.message_meaning and old:
            yield finding_of("meaning_by_name", info.id, info.name, severity=by_name, what=info.message, ref=old)
    for word, names in declared.items():
        if meaning_of(word) and len(names) > 1:
            yield finding_of("meaning_twice", spec.process_id, spec.name, ref=word, what=", ".join(sorted(names)))


def _needs(procedure: Procedure, spec: ProcessSpec, used: Mapping[str, Form]) -> Iterator[Finding]:
    there = {entry.meaning for form in used.values() for entry in form.fields}
    withdrawn = after_withdrawal(spec)
    for info in spec.elements.values():
        status = info.extension.get("status", "")
        wanted, why = _NEEDED.get(status, ((), Text("", "")))
        if status == _DONE and not procedure.papers[procedure.result_document].asks_number:
            continue
        if status == _PROCESSING and info.id in used and _asks_applicant(procedure, info):
            own = {entry.meaning for entry in used[info.id].fields}
            wanted, why = ((), why) if Meaning.DRAFT_ANSWER in own else ((Meaning.DRAFT_ANSWER,), _ANSWERS)
            there = there - {Meaning.DRAFT_ANSWER} | own
        if wanted and there.isdisjoint(wanted) and info.scope not in withdrawn:
            words = {"ref": wanted[0], "why": why.vi, "why_en": why.en}
            yield finding_of("meaning_missing", info.id, info.name, **words)


def after_withdrawal(spec: ProcessSpec) -> frozenset[str]:
    """The scopes that a withdrawal starts: whoever withdraws is not refused."""
    message = spec.message_that(Meaning.WITHDRAWAL)
    starts = (info for info in spec.elements.values() if info.kind == "start_event" and info.message)
    return frozenset(info.scope for info in starts if info.message == message)
