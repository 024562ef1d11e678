"""What becomes of a dossier: accepted, supplemented, refused, issued, delivered; and the work in hand on one."""

from __future__ import annotations

from engine.actions.dossier.accept_dossier import accept_dossier, count_deadline
from engine.actions.dossier.ask_supplement import ask_supplement
from engine.actions.dossier.deliver_result import deliver_result, is_held, is_posted
from engine.actions.dossier.dossier_work import GONE, DossierWork, load_work, new_instance, own_work
from engine.actions.dossier.issue_document import issue_document
from engine.actions.dossier.issue_result import issue_result
from engine.actions.dossier.keep_work import keep_work
from engine.actions.dossier.must_be_paid import fee_is_waiting, hold_result, result_waits_for_fee
from engine.actions.dossier.refuse_dossier import refuse_dossier

__all__ = [
    "GONE",
    "DossierWork",
    "accept_dossier",
    "ask_supplement",
    "count_deadline",
    "deliver_result",
    "fee_is_waiting",
    "hold_result",
    "is_held",
    "is_posted",
    "issue_document",
    "issue_result",
    "keep_work",
    "load_work",
    "new_instance",
    "own_work",
    "refuse_dossier",
    "result_waits_for_fee",
]
