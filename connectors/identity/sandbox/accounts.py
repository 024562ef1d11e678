"""Accounts and sign-ins in progress of the identity sandbox."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from connectors.identity.sandbox.people import SAMPLE_PEOPLE, SamplePerson
from connectors.identity.sandbox.secret import NOBODY, hash_password, password_fits, token_hash
from connectors.training.sandbox.faults import FAULT_SCHEMA
from connectors.training.sandbox.state import SandboxState

LOGIN_LIFE_S: Final = 20 * 60
_WRONG_PASSWORDS: Final = 5
_LOCK_S: Final = 15 * 60

IDENTITY_SCHEMA: Final = (
    FAULT_SCHEMA
    + """
CREATE TABLE IF NOT EXISTS account (
    tech_id TEXT PRIMARY KEY, password_hash TEXT NOT NULL, password_changed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS wrong_password (login_name TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS wrong_password_name ON wrong_password (login_name, at);
CREATE TABLE IF NOT EXISTS sign_in (
    id TEXT PRIMARY KEY, browser_hash TEXT NOT NULL, profile TEXT NOT NULL, request TEXT NOT NULL,
    started_at REAL NOT NULL, account TEXT, phone_token TEXT, state TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS sign_in_phone ON sign_in (phone_token);
CREATE TABLE IF NOT EXISTS challenge (
    id TEXT PRIMARY KEY, sign_in TEXT NOT NULL, purpose TEXT NOT NULL, account TEXT, attempts INTEGER NOT NULL,
    sends INTEGER NOT NULL, code_hash TEXT, sent_at REAL NOT NULL, expires_at REAL NOT NULL, passed_at REAL
);
CREATE INDEX IF NOT EXISTS challenge_sign_in ON challenge (sign_in, purpose);
CREATE TABLE IF NOT EXISTS code_sent (account TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS auth_code (
    hash TEXT PRIMARY KEY, sign_in TEXT NOT NULL, account TEXT NOT NULL, expires_at REAL NOT NULL, used_at REAL
);
CREATE TABLE IF NOT EXISTS access_token (
    hash TEXT PRIMARY KEY, code_hash TEXT NOT NULL, account TEXT NOT NULL, profile TEXT NOT NULL,
    expires_at REAL NOT NULL
);
"""
)
# States of a sign-in, in order.
PASSWORD: Final = "password"  # noqa: S105 - the name of a step
OTP: Final = "otp"
CONFIRMED: Final = "confirmed"
DECLINED: Final = "declined"
FINISHED: Final = "finished"


@dataclass(frozen=True)
class SignIn:
    """One sign-in in progress: what the portal asked for and how far the person has come."""

    id: str
    profile: str
    request: Mapping[str, str]
    account: str | None
    phone_token: str
    state: str


class Accounts:
    """The sample people, their passwords, and sign-ins bound to the browser that started them."""

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._people = {person.tech_id: person for person in SAMPLE_PEOPLE}
        with state.writing() as db:
            known = {row["tech_id"] for row in db.execute("SELECT tech_id FROM account")}
            db.executemany(
                "INSERT INTO account (tech_id, password_hash) VALUES (?, ?)",
                [(p.tech_id, hash_password(p.password)) for p in SAMPLE_PEOPLE if p.tech_id not in known],
            )

    def person(self, tech_id: str) -> SamplePerson:
        """The person of an account."""
        return self._people[tech_id]

    def hints(self) -> list[tuple[SamplePerson, bool]]:
        """Everybody, and whether the password in the list still holds (it was not reset)."""
        with self._state.reading() as db:
            changed = {row["tech_id"] for row in db.execute("SELECT tech_id FROM account WHERE password_changed")}
        return [(person, person.tech_id not in changed) for person in SAMPLE_PEOPLE]

    def named(self, login_name: str, kind: str) -> SamplePerson | None:
        """The account with that login name on the tab of that kind."""
        return next((p for p in SAMPLE_PEOPLE if p.kind == kind and login_name in p.logins), None)

    def check_password(self, login_name: str, kind: str, password: str, *, now: float) -> SamplePerson | None:
        """The person, if name and password fit. After five wrong ones the name rests for 15 minutes.

        Whether the name exists shows neither in the answer nor in the time it takes.
        """
        login_name = login_name[:40]
        person = self.named(login_name, kind)
        with self._state.writing() as db:
            fits = password_fits(password, self._stored_hash(db, person)) and person is not None
            return person if _counted(db, login_name, fits, now) else None

    def check_passcode(self, tech_id: str, passcode: str, *, now: float) -> SamplePerson | None:
        """The person who unlocks the app on the phone, under the same limit of wrong tries."""
        person = self._people.get(tech_id)
        wanted = person.passcode if person is not None else ""
        fits = bool(wanted) and secrets.compare_digest(passcode.encode(), wanted.encode())
        with self._state.writing() as db:
            return person if _counted(db, f"passcode:{tech_id[:40]}", fits, now) else None

    def change_password(self, tech_id: str, password: str) -> None:
        """Store a new password; the old one no longer works and the rest period ends."""
        with self._state.writing() as db:
            db.execute(
                "UPDATE account SET password_hash = ?, password_changed = 1 WHERE tech_id = ?",
                (hash_password(password), tech_id),
            )
            db.executemany(
                "DELETE FROM wrong_password WHERE login_name = ?", [(n,) for n in self._people[tech_id].logins]
            )

    def start(self, profile: str, request: Mapping[str, str], browser: str, *, now: float) -> SignIn:
        """A new sign-in, bound to the browser's own secret, which must come with every later step."""
        sign_in = SignIn(secrets.token_urlsafe(24), profile, dict(request), None, secrets.token_urlsafe(24), PASSWORD)
        with self._state.writing() as db:
            db.execute("DELETE FROM sign_in WHERE started_at < ?", (now - 24 * 3600,))
            db.execute(
                "INSERT INTO sign_in (id, browser_hash, profile, request, started_at, phone_token, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (sign_in.id, token_hash(browser), profile, json.dumps(sign_in.request), now,
                 sign_in.phone_token, sign_in.state),
            )  # fmt: skip
        return sign_in

    def resume(self, sign_in_id: str, browser: str, *, now: float) -> SignIn | None:
        """The sign-in, if it is this browser's and not too old."""
        return self._one("id = ? AND browser_hash = ?", (sign_in_id, token_hash(browser)), now)

    def by_phone(self, phone_token: str, *, now: float) -> SignIn | None:
        """The sign-in a phone has scanned."""
        return self._one("phone_token = ?", (phone_token,), now)

    def by_id(self, sign_in_id: str) -> SignIn | None:
        """The sign-in a code was given for, whatever its age."""
        return self._one("id = ?", (sign_in_id,), float("-inf"))

    def advance(self, sign_in_id: str, *, expected: str, state: str, account: str | None = None) -> bool:
        """Move a sign-in on; false when another request has moved it already."""
        with self._state.writing() as db:
            moved = db.execute(
                "UPDATE sign_in SET state = ?, account = coalesce(?, account) WHERE id = ? AND state = ?",
                (state, account, sign_in_id, expected),
            )
            return moved.rowcount == 1

    def _one(self, condition: str, values: tuple[str, ...], now: float) -> SignIn | None:
        with self._state.reading() as db:
            row = db.execute(
                f"SELECT * FROM sign_in WHERE {condition} AND started_at > ?",  # noqa: S608 - fixed conditions from this class
                (*values, now - LOGIN_LIFE_S),
            ).fetchone()
        if row is None:
            return None
        request = json.loads(row["request"])
        return SignIn(row["id"], row["profile"], request, row["account"], row["phone_token"], row["state"])

    @staticmethod
    def _stored_hash(db: sqlite3.Connection, person: SamplePerson | None) -> str:
        if person is None:
            return NOBODY
        row = db.execute("SELECT password_hash FROM account WHERE tech_id = ?", (person.tech_id,)).fetchone()
        return str(row["password_hash"])


def _counted(db: sqlite3.Connection, name: str, fits: bool, now: float) -> bool:
    """Whether a try counts as right: not while the name rests. A right one clears the wrong ones."""
    wrong = db.execute(
        "SELECT count(*) FROM wrong_password WHERE login_name = ? AND at > ?", (name, now - _LOCK_S)
    ).fetchone()[0]
    if wrong >= _WRONG_PASSWORDS:
        return False
    if fits:
        db.execute("DELETE FROM wrong_password WHERE login_name = ?", (name,))
    else:
        db.execute("INSERT INTO wrong_password (login_name, at) VALUES (?, ?)", (name, now))
    return fits


def claims_of(person: SamplePerson) -> dict[str, object]:
    """What the National Public Service account tells about a person."""
    organisation = person.kind == "organisation"
    told: dict[str, object] = {
        "LoaiTaiKhoan": "2" if organisation else "1",
        "TechID": person.tech_id,
        "SoDinhDanh": person.national_id,
        "SoCMND": person.old_id,
        "HoVaTen": person.full_name,
        "NgaySinh": _vietnamese(person.birth_on),
        "GioiTinh": "Nam" if person.sex == "male" else "Nữ",
        "SoDienThoai": person.phone,
        "ThuDienTu": person.email,
        "DiaChi": person.address,
        "MaSoThue": person.tax_code,
        "MaSoDoanhNghiep": person.tax_code,
        "TenDoanhNghiep": person.organisation_name,
    }
    return {name: value for name, value in told.items() if value is not None}


def citizen_of(person: SamplePerson) -> dict[str, object]:
    """What VNeID tells about a person."""
    organisation = person.kind == "organisation"
    told: dict[str, object] = {
        "citizenPid": person.national_id,
        "fullName": person.full_name,
        "birthDate": _vietnamese(person.birth_on),
        "gender": "Nam" if person.sex == "male" else "Nữ",
        "phoneNumber": person.phone,
        "email": person.email,
        "address": person.address,
        "accountType": "2" if organisation else "1",
        "accountLevel": str(person.level),
        "taxCode": person.tax_code,
        "organizationName": person.organisation_name,
    }
    return {name: value for name, value in told.items() if value is not None}


def _vietnamese(day: date) -> str:
    return day.strftime("%d/%m/%Y")
