"""After something was done to a dossier: its papers to print, what is next, and the way back to it."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from admin_ui.request_context import RequestContext
from engine.domain.text import Text
from engine.queries.dossier import issued_by_this_act
from engine.queries.tasks import own_next_tasks
from engine.store.connection import Tx


def say_done(ask: RequestContext, tx: Tx, dossier_id: str, words: Text) -> None:
    """Say what was done on the next page, with links to the papers it made, to the next step and to the dossier."""
    papers = [
        (
            _("In “%(paper)s”", paper=one.title.in_language(ask.lang)),
            url_for("desk.fetch_document", dossier_id=dossier_id, document_id=one.id),
        )
        for one in issued_by_this_act(tx, ask.who, dossier_id)
    ]
    steps = [
        (_("Làm tiếp: %(step)s", step=one.name.in_language(ask.lang)), url_for("desk.task", task_id=one.task_id))
        for one in own_next_tasks(tx, ask.who, dossier_id)
    ]
    back = (_("Mở hồ sơ"), url_for("desk.dossier", dossier_id=dossier_id))
    ask.say(words, links=(*papers, *steps, back))
