"""Others tell us something: a signed message, taken in once."""

from __future__ import annotations

from typing import Any

from flask import request

from admin_ui.api.dispatch import Blueprint, behind_door
from admin_ui.guard import anyone
from admin_ui.request_context import RequestContext
from admin_ui.schemas.dossiers import ProblemSchema
from admin_ui.schemas.messages import MessageTakenSchema
from connectors.post.report import DELIVERED, read_report
from engine.actions.process import ReceiveMessage, receive_message
from engine.domain.meanings import Meaning

blueprint = Blueprint("api_messages", __name__, url_prefix="/api/v1/messages", description="Thông báo / Messages")


@blueprint.route("/post", methods=["POST"])
@blueprint.response(200, MessageTakenSchema)
@blueprint.alt_response(422, schema=ProblemSchema)
@blueprint.doc(summary="Bưu chính báo tin / The post reports")
@behind_door(anyone)
def from_post(ask: RequestContext) -> dict[str, Any]:
    """The post reports where a parcel is. Signed over time, number and body; the same number is taken once."""
    body = request.get_data()
    nonce = ask.platform.registry.signed_by("post", dict(request.headers), body, now=ask.tx.now)
    report = read_report(body)
    name = Meaning.PARCEL_DELIVERED if report.status == DELIVERED else ""
    command = ReceiveMessage(
        source="post",
        nonce=nonce,
        name=name,
        job_key=report.key,
        reference=report.tracking_number,
        payload={"status": report.status},
    )
    return {"outcome": receive_message(ask.tx, ask.platform.office, command)}
