"""Rows of people: citizens, officials, their sessions and units."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict


class StaffRow(TypedDict):
    """A row of `staff`."""

    id: str
    username: str
    full_name: str
    password_hash: str
    totp_secret: str | None
    totp_sealed: str | None
    totp_last_step: int | None
    roles: Any
    unit_id: str
    active: bool
    must_change_password: bool
    sample: bool
    language: str
    created_at: datetime


class SessionRow(TypedDict):
    """A row of `session`."""

    id: str
    token_hash: bytes
    kind: str
    person_id: str | None
    staff_id: str | None
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None


class PersonRow(TypedDict):
    """A row of `person`."""

    id: str
    provider: str
    subject: str
    kind: str
    national_id: str | None
    tax_code: str | None
    full_name: str
    organisation_name: str | None
    birth_on: date | None
    sex: str | None
    phone: str | None
    email: str | None
    address: str | None
    assurance_level: int
    language: str
    created_at: datetime
    seen_at: datetime
    sample: bool


class UnitRow(TypedDict):
    """A row of `unit`."""

    id: str
    code: str
    name_vi: str
    name_en: str
    kind: str
    agency_code: str
    valid_from: date | None
    valid_to: date | None
    successor_id: str | None
    sample: bool
