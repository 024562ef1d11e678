"""One task: take it, work on it, complete it, or give it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import Response, jsonify, request

from admin_ui.desk.after_act import say_done
from admin_ui.desk.blueprint import room
from admin_ui.errors import status_of
from admin_ui.guard import role, staff_only
from admin_ui.request_context import RequestContext
from engine.actions.tasks import (
    ClaimTask,
    CompleteTask,
    ReassignTask,
    ReleaseTask,
    SaveTaskDraft,
    claim_task,
    complete_task,
    reassign_task,
    release_task,
    save_task_draft,
)
from engine.domain.actor import Role
from engine.domain.errors import Invalid
from engine.domain.filing import ANSWER_BY, MISSING_FIELDS, MISSING_PAPERS, fields_to_ask, full_label, ticked, words_of
from engine.domain.text import Text
from engine.queries.tasks import TaskView, colleagues, task_view

NOT_FIELDS = ("version", "go")


@dataclass(frozen=True)
class ToAsk:
    """What a supplement may ask for: papers and fields to tick, and a day; out of sight while `hidden_when` holds."""

    ticks: tuple[tuple[str, Text, tuple[tuple[str, Text], ...]], ...]  # field, what it is, (value, words)
    ticked: frozenset[tuple[str, str]]
    day: str
    until: str
    hidden_when: str


def _show(ask: RequestContext, task_id: str, error: Invalid | None = None) -> Response:
    view = task_view(ask.tx, ask.platform.office, ask.who, task_id)
    data = {**view.data, **(_outputs(ask) if error else {})}
    errors = dict(error.fields) if error else {}
    message = error.message if error and not errors else None
    others = colleagues(ask.tx, view.role, ask.who.unit_id) if "reassign" in view.can else ()
    response = ask.render(
        "desk/task.html",
        status_of(error) if error else 200,
        view=view,
        dossier=view.dossier,
        data=data,
        errors=errors,
        message=message,
        colleagues=others,
        to_ask=_to_ask(view, data),
    )
    response.headers["X-Motcua-Diagram"] = response.headers["X-Motcua-Frames"] = "1"
    return response


def _to_ask(view: TaskView, data: Mapping[str, str]) -> ToAsk | None:
    """What can be ticked beside a step that can ask for a supplement; None for another step."""
    if view.answer_by is None:
        return None
    form = view.dossier.procedure.declaration
    shown = form.visible(words_of(view.dossier.form))
    papers = tuple((slot.code, slot.name) for slot in view.dossier.slots)
    fields = tuple((entry.key, full_label(form, entry)) for entry in fields_to_ask(form) if entry.key in shown)
    ticks = ((MISSING_PAPERS, _PAPERS, papers), (MISSING_FIELDS, _FIELDS, fields))
    return ToAsk(
        tuple(one for one in ticks if one[2]),
        frozenset((name, value) for name, _, _ in ticks for value in ticked(data.get(name, ""))),
        ANSWER_BY,
        data.get(ANSWER_BY) or view.answer_by.isoformat(),
        view.papers_hidden,
    )


_PAPERS: Final = Text("Giấy tờ cần bổ sung", "Papers to be supplied")
_FIELDS: Final = Text("Mục của tờ khai cần sửa", "Fields of the declaration to be corrected")


def _outputs(ask: RequestContext) -> dict[str, str]:
    """The fields of the form; several ticks of one name become words between commas."""
    names = (name for name in ask.form if name not in NOT_FIELDS)
    return {name: ",".join(ask.ticked(name)) for name in names}


@room.route("/tasks/<task_id>", staff_only)
def task(ask: RequestContext, task_id: str) -> Response:
    """The step's form beside the dossier, the diagram and the history."""
    return _show(ask, task_id)


@room.route("/tasks/<task_id>/claim", staff_only, methods=("POST",))
def claim(ask: RequestContext, task_id: str) -> Response:
    """Take it; a colleague who was faster is named."""
    claim_task(ask.tx, ask.platform.office, ClaimTask(ask.who, task_id))
    return ask.go("desk.task", task_id=task_id)


@room.route("/tasks/<task_id>/release", staff_only, methods=("POST",))
def release(ask: RequestContext, task_id: str) -> Response:
    """Give it back to the queue."""
    release_task(ask.tx, ask.platform.office, ReleaseTask(ask.who, task_id))
    ask.say(Text("Đã trả việc về hàng đợi.", "The task is back in the queue."), "info")
    return ask.go("desk.queue")


@room.route("/tasks/<task_id>/draft", staff_only, methods=("POST",))
def draft(ask: RequestContext, task_id: str) -> Response:
    """What was typed is kept, unchecked."""
    save_task_draft(ask.tx, ask.platform.office, SaveTaskDraft(ask.who, task_id, _outputs(ask)))
    return jsonify(saved=True) if request.headers.get("X-Autosave") == "1" else ask.go("desk.task", task_id=task_id)


def _complete_again(ask: RequestContext, task_id: str, error: Invalid) -> Response:
    return _show(ask, task_id, error)


@room.route("/tasks/<task_id>/complete", staff_only, methods=("POST",), again=_complete_again)
def complete(ask: RequestContext, task_id: str) -> Response:
    """Decide; the dossier moves on in the same transaction."""
    raw = ask.form.get("version", "")
    version = int(raw) if raw.isascii() and raw.isdigit() else None
    done = complete_task(ask.tx, ask.platform.office, CompleteTask(ask.who, task_id, _outputs(ask), version))
    words = Text("Đã hoàn thành bước của hồ sơ {code}.", "The step of {code} is done.").fill(code=done.dossier_code)
    say_done(ask, ask.tx, done.dossier_id, words)
    return ask.go("desk.queue")


def _reassign_again(ask: RequestContext, task_id: str, error: Invalid) -> Response:
    return _show(ask, task_id, error)


@room.route("/tasks/<task_id>/reassign", role(Role.UNIT_HEAD, Role.ADMIN), methods=("POST",), again=_reassign_again)
def reassign(ask: RequestContext, task_id: str) -> Response:
    """The head of the unit hands a task to somebody else, or back to all."""
    cmd = ReassignTask(ask.who, task_id, ask.form.get("staff_id") or None, ask.form.get("reason", ""))
    reassign_task(ask.tx, ask.platform.office, cmd)
    ask.say(Text("Đã giao lại việc.", "The task was handed over."))
    return ask.go("desk.queue")
