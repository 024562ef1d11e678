"""The reception officer takes a dossier at the one-stop desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.actions.dossier import load_work
from engine.actions.filing.attach_file import file_row
from engine.actions.filing.submit_dossier import SubmittedDossier, checked_key, send
from engine.actions.uploads import StoredFile
from engine.context import OfficeContext
from engine.domain.actor import Actor, Role, must_be_staff
from engine.domain.dossier import DossierState, NationalStatus
from engine.domain.errors import Forbidden, Invalid
from engine.domain.filing import form_of_step, is_same_party, typed
from engine.domain.history import EventKind
from engine.domain.procedures import Procedure
from engine.domain.text import Text
from engine.domain.vocabulary import Channel
from engine.store.connection import Tx
from engine.store.dossiers import dossiers
from engine.store.history import events


@dataclass(frozen=True)
class CounterFile:
    """A paper scanned at the desk."""

    component_code: str
    stored: StoredFile


@dataclass(frozen=True)
class FileAtCounter:
    """`owner` None: the applicant is the owner. Papers that stay on paper need no file. Answers SubmittedDossier."""

    actor: Actor
    procedure_code: str
    applicant: Mapping[str, str]
    owner: Mapping[str, str] | None
    form: Mapping[str, str]
    delivery: Mapping[str, str]
    submit_key: str
    files: tuple[CounterFile, ...] = ()
    channel: str = Channel.COUNTER


def file_at_counter(tx: Tx, office: OfficeContext, cmd: FileAtCounter) -> SubmittedDossier:
    """Take the dossier in for somebody who came in person or wrote by post (NĐ 61/2018/NĐ-CP Điều 16)."""
    actor = must_be_staff(cmd.actor, Role.RECEPTION)
    known = dossiers.by_submit_key(tx, checked_key(cmd.submit_key))
    if known is not None:
        if known["filed_by_staff_id"] != actor.id:
            raise Forbidden
        return SubmittedDossier(known["code"] or "", known["id"], first_time=False)
    version_id, procedure = office.procedure_cache.current(tx, cmd.procedure_code)
    _check_channel(procedure, cmd.channel)
    dossier_id = _enter(tx, cmd, version_id, procedure)
    for scanned in cmd.files:
        dossiers.add_file(tx, file_row(dossier_id, scanned.component_code, scanned.stored))
    events.append(tx, dossier_id, actor, EventKind.DOSSIER_TAKEN_IN, {"channel": cmd.channel})
    work = load_work(tx, office, actor, dossier_id)
    send(work, papers_at_desk=True)
    return SubmittedDossier(work.code, work.id)


def _enter(tx: Tx, cmd: FileAtCounter, version_id: str, procedure: Procedure) -> str:
    applicant = _typed(procedure, "applicant", cmd.applicant)
    owner = applicant if cmd.owner is None else _typed(procedure, "owner", cmd.owner)
    if cmd.actor.unit_id is None:
        raise Forbidden
    return dossiers.add(
        tx,
        {
            "procedure_version_id": version_id,
            "procedure_code": procedure.code,
            "filed_by_staff_id": cmd.actor.id,
            "unit_id": cmd.actor.unit_id,
            "state": DossierState.DRAFT.value,
            "status": NationalStatus.DRAFT,
            "channel": cmd.channel,
            "applicant": applicant,
            "owner": owner,
            "owner_is_applicant": int(is_same_party(applicant, owner)),
            "form": _typed(procedure, "declaration", cmd.form),
            "delivery": _typed(procedure, "delivery", cmd.delivery),
            "submit_key": cmd.submit_key,
        },
    )


def _typed(procedure: Procedure, work: str, data: Mapping[str, str]) -> dict[str, str]:
    form = form_of_step(procedure, work)
    return typed(data, form.keys if form else None)


def _check_channel(procedure: Procedure, channel: str) -> None:
    if channel == Channel.ONLINE or channel not in procedure.channels:
        raise Invalid(
            {
                "channel": Text(
                    "Thủ tục này không nhận hồ sơ theo cách đã chọn.", "The procedure is not taken in this way."
                )
            }
        )
