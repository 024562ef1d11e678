"""The fee of a dossier at the desk: taken against a receipt, waived, or a receipt taken back."""

from __future__ import annotations

from flask import Response

from admin_ui.desk.after_act import say_done
from admin_ui.desk.blueprint import room
from admin_ui.guard import role
from admin_ui.request_context import RequestContext
from engine.actions.fees import CollectFee, VoidPayment, WaiveFee, collect_fee, void_payment, waive_fee
from engine.domain.actor import Role
from engine.domain.errors import Invalid
from engine.domain.text import Text
from engine.queries.dossier import dossier_view
from rules.money import Money


def _show(ask: RequestContext, dossier_id: str, error: Invalid | None = None) -> Response:
    view = dossier_view(ask.tx, ask.platform.office, ask.who, dossier_id)
    errors = dict(error.fields) if error else {}
    message = error.message if error and not errors else None
    in_words = Money(view.fee.left_vnd).in_words(ask.lang)
    told = {"dossier": view, "in_words": in_words, "errors": errors, "message": message, "typed": ask.form}
    return ask.render("desk/fee.html", 422 if error else 200, **told)


def _again(ask: RequestContext, dossier_id: str, error: Invalid) -> Response:
    return _show(ask, dossier_id, error)


@room.route("/dossiers/<dossier_id>/fee", role(Role.RECEPTION, Role.RETURN_OFFICER, Role.UNIT_HEAD))
def fee(ask: RequestContext, dossier_id: str) -> Response:
    """What is due, in figures and in words, before anything is taken; and what may be done about it."""
    return _show(ask, dossier_id)


@room.route("/dossiers/<dossier_id>/fee", role(Role.RECEPTION, Role.RETURN_OFFICER), methods=("POST",), again=_again)
def take_fee(ask: RequestContext, dossier_id: str) -> Response:
    """Money taken at the counter, or arrived by transfer; the numbered receipt stands with the dossier's papers."""
    cmd = CollectFee(ask.who, dossier_id, ask.form.get("method", ""), ask.form.get("reference", ""))
    paid = collect_fee(ask.tx, ask.platform.office, cmd)
    words = Text("Đã thu phí, biên lai số {number}.", "Fee taken, receipt {number}.").fill(number=paid.receipt_number)
    say_done(ask, ask.tx, dossier_id, words)
    return ask.go("desk.dossier", dossier_id=dossier_id)


@room.route("/dossiers/<dossier_id>/fee/waive", role(Role.UNIT_HEAD), methods=("POST",), again=_again)
def let_off(ask: RequestContext, dossier_id: str) -> Response:
    """The head lets somebody off the fee; the reason is kept and told."""
    amount = Money(waive_fee(ask.tx, ask.platform.office, WaiveFee(ask.who, dossier_id, ask.form.get("reason", ""))))
    words = Text(f"Đã miễn nộp {amount.format()}.", f"{amount.format('en')} waived.")
    say_done(ask, ask.tx, dossier_id, words)
    return ask.go("desk.dossier", dossier_id=dossier_id)


@room.route("/dossiers/<dossier_id>/fee/void", role(Role.UNIT_HEAD), methods=("POST",), again=_again)
def take_back_receipt(ask: RequestContext, dossier_id: str) -> Response:
    """A payment entered by mistake: its receipt stays, and counts no more."""
    number = void_payment(ask.tx, ask.platform.office, VoidPayment(ask.who, dossier_id, ask.form.get("reason", "")))
    words = Text("Đã hủy biên lai số {number}; phải thu lại.", "Receipt {number} voided; the fee is due again.")
    say_done(ask, ask.tx, dossier_id, words.fill(number=number))
    return ask.go("desk.dossier", dossier_id=dossier_id)
