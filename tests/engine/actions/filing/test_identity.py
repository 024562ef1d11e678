"""What a verified account says about its person is the account's alone, whatever the form posts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.office_life import OWNER, OfficeLife, identity_of

from engine.actions.accounts import SignIn, sign_in
from engine.actions.filing import CopyApplicantToOwner, SaveDraft, copy_applicant_to_owner, save_draft
from engine.domain.actor import Actor
from engine.domain.errors import Invalid
from engine.domain.filing import THE_ACCOUNTS
from engine.queries.dossier import dossier_view, draft_view
from engine.store.dossiers import dossiers

SOMEBODY_ELSE = {
    "full_name": "Lê Thị Bưởi",
    "national_id": "038160000123",
    "birth_on": "05/09/1960",
    "sex": "female",
    "kind": "organisation",
}


def unverified(life: OfficeLife) -> Actor:
    """Somebody whose account stands on level 1."""
    signed = life.do(sign_in, SignIn(replace(identity_of(), assurance_level=1), "Firefox"))
    return Actor("citizen", signed.account_id, signed.name)


@pytest.mark.parametrize("field", SOMEBODY_ELSE)
def test_another_persons_field_is_refused_and_nothing_kept(life: OfficeLife, field: str) -> None:
    citizen = life.citizen()
    dossier_id = life.draft(citizen, owner=None)
    before = life.dossier(dossier_id)
    with pytest.raises(Invalid) as refused:
        life.do(save_draft, SaveDraft(citizen, dossier_id, "applicant", {field: SOMEBODY_ELSE[field]}))
    assert refused.value.fields == {field: THE_ACCOUNTS}
    assert life.dossier(dossier_id) == before


def test_the_same_person_written_otherwise_is_no_contradiction(life: OfficeLife) -> None:
    citizen = life.citizen()
    dossier_id = life.draft(citizen, owner=None)
    data = {
        "full_name": " NGUYỄN  VĂN AN",
        "birth_on": "17-5-2003",
        "national_id": "038 203 000123",
        "phone": "0911222333",
    }
    life.do(save_draft, SaveDraft(citizen, dossier_id, "applicant", {**data, "identity_level": "9"}))
    kept = life.dossier(dossier_id)["applicant"]
    assert (kept["full_name"], kept["birth_on"], kept["identity_level"]) == ("Nguyễn Văn An", "17/05/2003", "2")
    assert kept["phone"] == "0911222333", "what nobody vouches for is the applicant's own"


def test_a_draft_that_names_another_is_not_sent(life: OfficeLife) -> None:
    """Kept by an older release, or written past the form."""
    citizen = life.citizen()
    dossier_id = life.draft(citizen, owner=None)
    with life.platform.database.begin() as tx:
        forged = {**life.dossier(dossier_id)["applicant"], **SOMEBODY_ELSE, "kind": "person"}
        dossiers.change(tx, dossier_id, {"applicant": forged, "owner": OWNER, "owner_is_applicant": 1})
    with pytest.raises(Invalid) as refused:
        life.send(citizen, dossier_id)
    assert set(refused.value.fields) == {f"applicant.{name}" for name in SOMEBODY_ELSE if name != "kind"}
    assert life.dossier(dossier_id)["code"] is None
    shown = life.see(draft_view.draft_view, life.platform.office, citizen, dossier_id, "applicant")
    assert shown.data["full_name"] == "Nguyễn Văn An", "the way out: the step shows the account again"
    life.do(save_draft, SaveDraft(citizen, dossier_id, "applicant", {}))
    with pytest.raises(Invalid) as asked:
        life.send(citizen, dossier_id)
    assert "papers.authorisation" in asked.value.fields, "for another owner the authorisation is asked for"


def test_the_level_is_the_accounts_at_the_moment_of_sending(life: OfficeLife) -> None:
    """Level 2 when the draft began, 1 when it is sent: the paper is asked for."""
    citizen = life.citizen()
    dossier_id = life.draft(citizen, owner=None)
    assert unverified(life).id == citizen.id
    with pytest.raises(Invalid) as refused:
        life.send(citizen, dossier_id)
    assert any(name.startswith("papers.") for name in refused.value.fields)


def test_nobody_vouches_for_what_an_unverified_account_states(life: OfficeLife) -> None:
    citizen = unverified(life)
    dossier_id = life.draft(citizen, owner=None)
    life.do(
        save_draft, SaveDraft(citizen, dossier_id, "applicant", {"full_name": "Lê Thị Bưởi", "identity_level": "2"})
    )
    kept = life.dossier(dossier_id)["applicant"]
    assert (kept["full_name"], kept["identity_level"]) == ("Lê Thị Bưởi", "1")
    view = life.see(dossier_view, life.platform.office, citizen, dossier_id)
    assert "chưa được xác thực" in view.identity.vi


def test_the_copy_for_the_owner_is_of_the_account(life: OfficeLife) -> None:
    citizen = life.citizen()
    dossier_id = life.draft(citizen)
    life.do(copy_applicant_to_owner, CopyApplicantToOwner(citizen, dossier_id))
    owner = life.dossier(dossier_id)["owner"]
    assert owner["national_id"] == "038203000123"
    assert not {name for name in owner if name.startswith("identity_")}


def test_the_desk_reads_who_vouched_for_what(life: OfficeLife) -> None:
    dossier_id = life.sent(life.citizen())
    view = life.see(dossier_view, life.platform.office, life.officials["reception"], dossier_id)
    assert view.identity.vi.startswith("Đã xác thực bởi Cổng Dịch vụ công quốc gia (mức 2): họ và tên, số định danh")
