"""An office with its people, its published procedures and the ways they act; every door is an action."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from connectors.port import Identity
from engine.actions import filing
from engine.actions.accounts import SignIn, hash_password, sign_in
from engine.actions.fees import CollectedFee, CollectFee, collect_fee
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.actions.tasks import ClaimTask, CompletedTask, CompleteTask, claim_task, complete_task
from engine.actions.uploads import StoredFile, UploadLimits, store_upload
from engine.bootstrap import Platform
from engine.domain.actor import SYSTEM, Actor
from engine.domain.identifiers import new_id
from engine.domain.procedures import read_pack
from engine.domain.tokens import hash_token
from engine.store.accounts import staff
from engine.store.connection import Tx
from engine.store.dossiers import dossiers, notices
from engine.store.process import instances, tasks
from engine.store.schema.people import session
from rules.inference import InferenceEngine

FOUND = {
    "finding": "found",
    "extract_type": "birth",
    "extract_name": "Lê Thị Bưởi",
    "extract_birth_on": "05/09/1960",
    "extract_event": "Khai sinh",
    "extract_registered_at": "UBND xã Hoằng Hóa (dữ liệu mẫu)",
    "extract_registered_on": "10/09/1960",
    "extract_registration_number": "12",
}
# Every step of 2.000635 from reception to the records clerk, with what is decided.
ISSUED = (
    ("check_dossier", {"decision": "accept"}),
    ("search_register", FOUND),
    ("confirm_draft", {}),
    ("sign", {"decision": "sign"}),
    ("issue", {"result_number": "KQ-H56.0000017", "sealed": "on"}),
)
ROLES = ("reception", "case_officer", "unit_head", "approver", "records_clerk", "return_officer", "admin")
PROCEDURES = ("2.000635", "1.001612")
PASSWORD = "mat-khau-luyen-tap-2026"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)

EXTRACT_FORM = {
    "extract_type": "birth",
    "copies": "2",
    "relation": "child",
    "subject_name": "Lê Thị Bưởi",
    "subject_birth_on": "05/09/1960",
    "registered_at": "UBND xã Hoằng Hóa (dữ liệu mẫu)",
    "pledge": "on",
}
OWNER = {
    "kind": "person",
    "full_name": "Lê Thị Bưởi",
    "national_id": "038160000123",
    "birth_on": "05/09/1960",
    "sex": "female",
    "address": "Thôn 1, xã Hoằng Hóa, tỉnh Thanh Hóa",
}
APPLICANT = {
    "kind": "person",
    "full_name": "Nguyễn Văn An",
    "national_id": "038203000123",
    "birth_on": "17/05/2003",
    "sex": "male",
    "phone": "0912 345 678",
    "address": "12 Lê Lợi, phường Hạc Thành, tỉnh Thanh Hóa",
}
BY_POST = {
    "method": "post",
    "receiver_name": "Nguyễn Văn An",
    "receiver_phone": "0912 345 678",
    "receiver_address": "12 Lê Lợi, phường Hạc Thành, tỉnh Thanh Hóa",
}
BUSINESS_FORM = {
    "business_name": "Hộ kinh doanh Tạp hóa An",
    "business_address": "12 Lê Lợi, phường Hạc Thành, tỉnh Thanh Hóa",
    "business_lines": "Bán lẻ hàng tạp hóa",
    "capital_vnd": "50.000.000",
    "workers": "1",
    "starts_on": "01/11/2022",
    "founded_by": "individual",
    "tax_address_same": "yes",
    "pledge": "on",
}


def party(**changes: str) -> dict[str, str]:
    """The applicant as typed at the counter."""
    return {**APPLICANT, **changes}


def identity_of(name: str = "Nguyễn Văn An", number: str = "038203000123", phone: str = "+84912345678") -> Identity:
    """A person as the national provider vouches for them."""
    return Identity(
        provider="dvcqg",
        subject=f"sub-{number}",
        kind="person",
        national_id=number,
        tax_code=None,
        full_name=name,
        birth_on=date(2003, 5, 17),
        sex="male",
        phone=phone,
        email="an@example.vn",
        address="12 Lê Lợi, phường Hạc Thành, tỉnh Thanh Hóa",
        assurance_level=2,
    )


def pack(processes: Path, code: str) -> dict[str, str]:
    """A shipped procedure pack as publishing takes it."""
    return dict(read_pack(processes, code))


def plant_another_table(platform: Platform, code: str = "2.000635") -> None:
    """Give the second engine a table that lacks the first row: what a fault of the library would look like."""
    table = platform.office.fees.tables[code].table
    wrong = InferenceEngine(replace(table, rows=table.rows[1:]))
    platform.office.inference._engines[table.hash] = wrong


@dataclass
class OfficeLife:
    """A founded office. Every method is one transaction of one person, as a door would open it."""

    platform: Platform
    unit_id: str = ""
    officials: dict[str, Actor] = field(default_factory=dict)

    @classmethod
    def founded(cls, platform: Platform, procedures: tuple[str, ...] = PROCEDURES) -> OfficeLife:
        """One unit, one official per role, the procedures published."""
        life = cls(platform)
        hashed = hash_password(PASSWORD)
        with platform.database.begin() as tx:
            life.unit_id = staff.add_unit(
                tx,
                {
                    "code": "H56.MC",
                    "name_vi": "Trung tâm Phục vụ hành chính công (mẫu)",
                    "name_en": "Public service centre (sample)",
                    "kind": "one_stop",
                    "agency_code": platform.settings.agency_code,
                },
            )
            for role in ROLES:
                life._hire(tx, role, role, hashed)
            for code in procedures:
                files = pack(platform.settings.processes, code)
                publish_procedure(tx, platform.office, PublishProcedure(SYSTEM, files, date(2020, 1, 1)))
        return life

    def _hire(self, tx: Any, role: str, username: str, hashed: str) -> None:
        row = {"username": username, "full_name": f"Cán bộ {username}", "password_hash": hashed}
        staff_id = staff.add(tx, {**row, "roles": [role], "unit_id": self.unit_id})
        self.officials[username] = Actor("staff", staff_id, f"Cán bộ {username}", frozenset({role}), self.unit_id)

    def second(self, role: str) -> Actor:
        """A colleague with the same role."""
        with self.platform.database.begin() as tx:
            self._hire(tx, role, f"{role}.2", "x")
        return self.officials[f"{role}.2"]

    def do(self, action: Any, command: Any) -> Any:
        """Open a transaction, act, commit."""
        with self.platform.database.begin() as tx:
            return action(tx, self.platform.office, command)

    def see(self, query: Any, *arguments: Any) -> Any:
        """Look with a reading transaction."""
        with self.platform.database.read() as tx:
            return query(tx, *arguments)

    def citizen(self, **who: str) -> Actor:
        """Somebody who has signed in."""
        signed = self.do(sign_in, SignIn(identity_of(**who), "Firefox · Linux"))
        return Actor("citizen", signed.account_id, signed.name)

    def upload(self, name: str = "Giấy ủy quyền.pdf", data: bytes = PDF) -> StoredFile:
        """Store a file as the upload door does, before any transaction."""
        return store_upload(self.platform.registry.storage, UploadLimits(), name, data, "application/pdf")

    def draft(
        self,
        actor: Actor,
        code: str = "2.000635",
        form: Mapping[str, str] = EXTRACT_FORM,
        delivery: Mapping[str, str] = BY_POST,
        owner: Mapping[str, str] | None = OWNER,
    ) -> str:
        """A complete draft, ready to send; `owner` None: the applicant's own."""
        dossier_id = self.do(filing.start_draft, filing.StartDraft(actor, code))
        if owner is None:
            self.do(filing.copy_applicant_to_owner, filing.CopyApplicantToOwner(actor, dossier_id))
        else:
            self.do(filing.save_draft, filing.SaveDraft(actor, dossier_id, "owner", owner))
            if code == "2.000635":
                self.do(filing.attach_file, filing.AttachFile(actor, dossier_id, "authorisation", self.upload()))
        self.do(filing.save_draft, filing.SaveDraft(actor, dossier_id, "declaration", form))
        self.do(filing.save_draft, filing.SaveDraft(actor, dossier_id, "delivery", delivery))
        return dossier_id

    def send(self, actor: Actor, dossier_id: str, key: str = "") -> filing.SubmittedDossier:
        """Press "Gửi hồ sơ"."""
        return self.do(
            filing.submit_dossier, filing.SubmitDossier(actor, dossier_id, key or f"key-{dossier_id}", confirmed=True)
        )

    def sent(self, actor: Actor, **draft: Any) -> str:
        """A dossier that has just been sent."""
        dossier_id = self.draft(actor, **draft)
        self.send(actor, dossier_id)
        return dossier_id

    def open_task(self, dossier_id: str) -> Any:
        """The one open task of a dossier."""
        rows = self.see(lambda tx: [row for row in tasks.of_dossier(tx, dossier_id) if row["state"] == "open"])
        assert len(rows) == 1, [row["element_id"] for row in rows]
        return rows[0]

    def complete(
        self, dossier_id: str, element_id: str, outputs: Mapping[str, str], version: int | None = None
    ) -> CompletedTask:
        """The official whose turn it is takes the task and completes it."""
        task = self.open_task(dossier_id)
        assert task["element_id"] == element_id, (task["element_id"], element_id)
        official = self.officials[task["role"]]
        self.do(claim_task, ClaimTask(official, task["id"]))
        return self.do(complete_task, CompleteTask(official, task["id"], outputs, version))

    def pay(self, dossier_id: str) -> CollectedFee:
        """At the counter, in cash."""
        return self.do(collect_fee, CollectFee(self.officials["reception"], dossier_id, "cash"))

    def dossier(self, dossier_id: str) -> Any:
        """The dossier's row."""
        return self.see(dossiers.get, dossier_id)

    def instance(self, dossier_id: str) -> Any:
        """The process instance's row."""
        return self.see(lambda tx: instances.of_dossier(tx, dossier_id))

    def notices(self, dossier_id: str) -> Any:
        """What the citizen was told."""
        return self.see(notices.of_dossier, dossier_id)

    def answer(self, dossier_id: str, note: str) -> None:
        """The citizen answers the supplement request."""
        person = Actor("citizen", self.dossier(dossier_id)["person_id"], "Người nộp")
        self.do(filing.answer_supplement, filing.AnswerSupplement(person, dossier_id, note))

    def to_confirmation(self, citizen: Actor, **draft: Any) -> str:
        """A dossier whose draft extract waits for the citizen."""
        dossier_id = self.sent(citizen, **draft)
        for element_id, outputs in ISSUED[:2]:
            self.complete(dossier_id, element_id, outputs)
        return dossier_id

    def handed_over(self, citizen: Actor) -> str:
        """A dossier from the first click to the end, its result fetched at the counter."""
        dossier_id = self.to_confirmation(citizen, delivery={"method": "counter"})
        self.do(filing.confirm_draft, filing.ConfirmDraft(citizen, dossier_id, "agree"))
        for element_id, outputs in ISSUED[3:]:
            self.complete(dossier_id, element_id, outputs)
        self.pay(dossier_id)
        self.complete(dossier_id, "hand_over", {"handed_to": "Nguyễn Văn An", "identity_checked": "on"})
        return dossier_id


def open_session(tx: Tx, actor: Actor, raw: str) -> str:
    """A living session of this person, as after signing in; `raw` is the token their cookie holds. Gives its id."""
    row = {
        "id": new_id(tx.now),
        "token_hash": hash_token(raw),
        "kind": actor.kind,
        f"{'person' if actor.is_citizen else 'staff'}_id": actor.id,
        "device": "Firefox · Linux",
        "created_at": tx.now,
        "seen_at": tx.now,
        "expires_at": tx.now.replace(year=tx.now.year + 1),
    }
    tx.execute(insert(session).values(row))
    return str(row["id"])
