"""The citizen presses "Gửi hồ sơ"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from engine.actions.dossier import DossierWork, keep_work, own_work
from engine.actions.fees import leave_fee_to_official
from engine.actions.filing.allowance import account_at_work, must_be_allowed_to_send
from engine.actions.process import start_process
from engine.context import NO_TRUSTED_AMOUNT, OfficeContext, quote_dossier
from engine.domain.actor import Actor, must_be_citizen
from engine.domain.clock import local_day
from engine.domain.dossier import DossierState, NationalStatus
from engine.domain.errors import Invalid, NotFound, WrongState
from engine.domain.filing import Errors, as_the_account, check_filing, contradictions, identity_marks, is_same_party
from engine.domain.history import EventKind
from engine.domain.identifiers import DOSSIER_CODE_PATTERN, dossier_code
from engine.domain.meanings import Meaning
from engine.domain.search_words import words_of_dossier
from engine.domain.text import Text
from engine.domain.vocabulary import DeliveryMethod, FileState
from engine.store.connection import Tx
from engine.store.dossiers import counters, dossiers, found_by
from rules.errors import RulesError
from rules.fees import Quote

_COLUMN: Final = {"applicant": "applicant", "owner": "owner", "declaration": "form", "delivery": "delivery"}
_KEY: Final = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
INCOMPLETE: Final = Text(
    "Hồ sơ còn thiếu hoặc sai thông tin nên chưa gửi được. Hãy xem các mục được đánh dấu.",
    "The dossier is not complete yet and was not sent. Please look at the marked entries.",
)


@dataclass(frozen=True)
class SubmitDossier:
    """`submit_key` is made with the review page: a double click finds its first result. `confirmed`: the pledge."""

    actor: Actor
    dossier_id: str
    submit_key: str
    confirmed: bool


@dataclass(frozen=True)
class SubmittedDossier:
    """`first_time` False: this key had already been sent, nothing happened twice."""

    code: str
    dossier_id: str
    first_time: bool = True


def submit_dossier(tx: Tx, office: OfficeContext, cmd: SubmitDossier) -> SubmittedDossier:
    """Send: check all, give the code, freeze the fee, start the process. All of it or nothing.

    A click too many finds the dossier already sent and gets the first result. Raises Invalid with fields named
    `step.field`, or NotFound for a dossier that is not the actor's.
    """
    work = own_work(tx, office, must_be_citizen(cmd.actor), cmd.dossier_id)
    if work.dossier["code"] is not None:
        return SubmittedDossier(work.code, work.id, first_time=False)
    if work.state is not DossierState.DRAFT:
        raise WrongState
    key = checked_key(cmd.submit_key)
    owner_of_key = dossiers.by_submit_key(tx, key)
    if owner_of_key is not None:
        raise NotFound  # somebody else's key: nothing of theirs is told
    _check_pledge(cmd)
    _take_identity(work)
    work.set(submit_key=key)
    send(work)
    return SubmittedDossier(work.code, work.id)


def send(work: DossierWork, *, papers_at_desk: bool = False) -> None:
    """What sending means, online and at the desk: the dossier gets its code and its process starts."""
    attached = [row["component_code"] for row in dossiers.files(work.tx, work.id) if row["state"] == FileState.ATTACHED]
    clean, errors = check_filing(
        work.procedure, work.dossier, attached, today=local_day(work.at), papers_at_desk=papers_at_desk
    )
    if errors:
        raise Invalid(flat(errors), INCOMPLETE)
    quote = _frozen_quote(work)
    _register(work, clean)
    start_process(work, _start_variables(work, clean["declaration"], quote))
    work.happened(EventKind.DOSSIER_SUBMITTED, {"code": work.code, "fee_vnd": _due(quote)})
    if isinstance(quote, RulesError):
        leave_fee_to_official(work, quote)
    keep_work(work)


def checked_key(submit_key: str) -> str:
    """The key under which a page sends; raises Invalid for one that no page of ours has made."""
    if _KEY.fullmatch(submit_key):
        return submit_key
    stale = Text(
        "Trang gửi hồ sơ này không còn dùng được. Hãy tải lại trang rồi gửi lần nữa; nội dung đã lưu không bị mất.",
        "This page can no longer be sent. Reload it and send again; what was saved is not lost.",
    )
    raise Invalid({"submit_key": stale}, stale)


def flat(errors: Errors) -> dict[str, Text]:
    """Faults by `step.field`, as a review page lists them."""
    return {f"{step}.{name}": fault for step, faults in errors.items() for name, fault in faults.items()}


def _take_identity(work: DossierWork) -> None:
    """What the account says now about its person goes into the dossier; a draft that says otherwise is not sent."""
    person = account_at_work(work.tx, work.dossier["person_id"])
    must_be_allowed_to_send(work.tx, work.office, person["id"])
    applicant = work.dossier["applicant"]
    if wrong := contradictions(person, applicant):
        raise Invalid(flat({"applicant": wrong}), INCOMPLETE)
    taken = as_the_account(person, applicant)
    work.set(applicant=taken, owner_is_applicant=int(is_same_party(taken, work.dossier["owner"])))


def _check_pledge(cmd: SubmitDossier) -> None:
    if not cmd.confirmed:
        raise Invalid(
            {
                "confirmed": Text(
                    "Hãy đánh dấu cam kết thông tin khai báo là đúng trước khi gửi.",
                    "Please tick that what you state is true before sending.",
                )
            }
        )


def _frozen_quote(work: DossierWork) -> Quote | RulesError:
    """The fee on the day of sending, kept with its trace: later changes of the law do not touch it.

    An amount that cannot be trusted is no reason to turn a citizen away: the error comes back instead of the quote.
    """
    try:
        quote = quote_dossier(work.office, work.procedure, work.dossier, work.at)
    except NO_TRUSTED_AMOUNT as error:
        return error
    except RulesError as error:
        raise Invalid({"review.fee": Text(error.message_vi, error.message_en)}, INCOMPLETE) from error
    dossiers.add_quote(
        work.tx,
        {
            "dossier_id": work.id,
            "total_vnd": quote.total.dong,
            "quote": quote.to_dict(),
            "schedule_hash": quote.schedule_hash,
        },
    )
    return quote


def _register(work: DossierWork, clean: Mapping[str, Mapping[str, Any]]) -> None:
    """Give the code (TT 01/2018/TT-VPCP Điều 19) and keep what was checked."""
    kept = {_COLUMN[name]: dict(values) for name, values in clean.items()}
    if work.dossier["owner_is_applicant"]:
        kept["owner"] = dict(kept["applicant"])
    kept["applicant"] |= {"identity_level": "0"} | identity_marks(work.dossier["applicant"])
    agency, on = work.office.settings.agency_code, local_day(work.at)
    code = dossier_code(DOSSIER_CODE_PATTERN, agency, on, counters.next_number(work.tx, agency, on))
    found_by.add(work.tx, work.id, words_of_dossier(code, (kept["applicant"], kept["owner"], kept["delivery"])))
    work.set(
        **kept,
        code=code,
        state=DossierState.SUBMITTED.value,
        status=NationalStatus.REGISTERED,
        submitted_at=work.at,
    )


def _start_variables(work: DossierWork, form: Mapping[str, Any], quote: Quote | RulesError) -> dict[str, Any]:
    """What the diagrams may ask about: the dossier, its people, its fee (null: to be set), the declaration (`form`)."""
    applicant, owner, delivery = work.dossier["applicant"], work.dossier["owner"], work.dossier["delivery"]
    return {
        "channel": work.dossier["channel"],
        "delivery_method": delivery.get("method", DeliveryMethod.COUNTER),
        "procedure_code": work.dossier["procedure_code"],
        "dossier_id": work.id,
        "dossier_code": work.code,
        "applicant_name": applicant.get("full_name", ""),
        "applicant_phone": applicant.get("phone", ""),
        "owner_name": owner.get("full_name", ""),
        "copies": work.procedure.declaration.value_with(Meaning.COPIES, form) or 1,
        "fee_vnd": _due(quote),
        "receiver": {
            "name": delivery.get("receiver_name") or applicant.get("full_name", ""),
            "phone": delivery.get("receiver_phone") or applicant.get("phone", ""),
            "address": delivery.get("receiver_address") or applicant.get("address", ""),
        },
        "form": dict(form),
    }


def _due(quote: Quote | RulesError) -> int | None:
    return quote.total.dong if isinstance(quote, Quote) else None
