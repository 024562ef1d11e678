"""A citizen presses "Đăng ký" on a procedure's page: a draft begins, prefilled from the account."""

from __future__ import annotations

from dataclasses import dataclass

from engine.actions.filing.allowance import account_at_work, must_be_allowed_to_begin
from engine.context import OfficeContext
from engine.domain.actor import Actor, must_be_citizen
from engine.domain.dossier import DossierState, NationalStatus
from engine.domain.errors import Unreachable, WrongState
from engine.domain.filing import as_the_account, party_of_person
from engine.domain.history import EventKind
from engine.domain.text import Text
from engine.domain.vocabulary import Channel
from engine.store.accounts import staff
from engine.store.connection import Tx
from engine.store.dossiers import dossiers
from engine.store.history import events


@dataclass(frozen=True)
class StartDraft:
    """The action answers the new dossier's id."""

    actor: Actor
    procedure_code: str


def start_draft(tx: Tx, office: OfficeContext, cmd: StartDraft) -> str:
    """Begin a draft under the version in force now; what the account knows is not asked again."""
    actor = must_be_citizen(cmd.actor)
    version_id, procedure = office.procedure_cache.current(tx, cmd.procedure_code)
    if "online" not in procedure.channels:
        raise WrongState(
            Text(
                "Thủ tục này chưa nhận hồ sơ trực tuyến. Mời bạn nộp tại Bộ phận Một cửa.",
                "This procedure cannot be filed online yet. Please file it at the one-stop desk.",
            )
        )
    person = account_at_work(tx, actor.id)
    must_be_allowed_to_begin(tx, office, person["id"])
    dossier_id = dossiers.add(
        tx,
        {
            "procedure_version_id": version_id,
            "procedure_code": procedure.code,
            "person_id": actor.id,
            "unit_id": receiving_unit(tx, office),
            "state": DossierState.DRAFT.value,
            "status": NationalStatus.DRAFT,
            "channel": Channel.ONLINE,
            "applicant": as_the_account(person, party_of_person(person)),
            "owner": {},
            "form": {},
            "delivery": {},
        },
    )
    events.append(tx, dossier_id, actor, EventKind.DRAFT_STARTED, {"procedure": procedure.code})
    return dossier_id


def receiving_unit(tx: Tx, office: OfficeContext) -> str:
    """The one-stop unit (Bộ phận Một cửa) of this agency; raises Unreachable when none is set up."""
    one_stops = [unit for unit in staff.units_of_kind(tx, "one_stop") if unit["successor_id"] is None]
    own = [unit for unit in one_stops if unit["agency_code"] == office.settings.agency_code]
    for unit in own or one_stops:
        return str(unit["id"])
    raise Unreachable(
        Text(
            "Chưa có Bộ phận Một cửa nào được thiết lập. Quản trị hệ thống cần chạy “motcua seed” hoặc tạo đơn vị.",
            'No one-stop desk has been set up. An administrator has to run "motcua seed" or create a unit.',
        )
    )
