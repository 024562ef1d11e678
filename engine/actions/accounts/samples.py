"""What practice entered into the record: marked also in records from before there were marks, and locked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.actions.accounts.staff_password import PasswordCheck
from engine.context import OfficeContext
from engine.domain.actor import Actor, Role
from engine.domain.errors import WrongState
from engine.domain.history import EventKind
from engine.domain.passwords import SAMPLE_PASSWORDS
from engine.domain.text import Text
from engine.store.accounts import samples, sessions, staff
from engine.store.connection import Tx
from engine.store.history import events

# The names our samples ever had; one whose password is still the sample's was entered by practice.
SAMPLE_NAMES: Final = (
    "tiepnhan",
    "tiepnhan2",
    "thuly",
    "lanhdaophong",
    "nguoiky",
    "vanthu",
    "traketqua",
    "quantri",
)
EARNEST_RECORD: Final = Text(
    "Hồ sơ ở đây là của một cơ quan đang vận hành thật nên không dùng để luyện tập. Hãy luyện tập với thư mục khác, "
    "ví dụ: MOTCUA_VAR=luyen-tap ./motcua run --practice",
    "This record belongs to an office at work and is not for practice. Practise in a folder of its own, e.g.: "
    "MOTCUA_VAR=practice ./motcua run --practice",
)


@dataclass(frozen=True)
class LockSamples:
    """Close everything that practice entered. `by`: who typed the command."""

    actor: Actor
    by: str = ""


def unmarked_samples(tx: Tx) -> dict[str, str]:
    """Accounts that bear a sample's name without its mark: id → hash, to be compared outside the transaction."""
    rows = (staff.by_username(tx, name) for name in SAMPLE_NAMES)
    return {row["id"]: row["password_hash"] for row in rows if row is not None and not row["sample"]}


def with_sample_password(found: dict[str, str]) -> list[str]:
    """Those of them whose password is one of our samples'. Takes a tenth of a second each."""
    return [
        staff_id
        for staff_id, known in found.items()
        if any(PasswordCheck(known).of(word).fits for word in SAMPLE_PASSWORDS)
    ]


def mark_samples(tx: Tx, staff_ids: list[str]) -> None:
    """Mark them, and the units and people that practice entered with them."""
    for staff_id in staff_ids:
        staff.change(tx, staff_id, {"sample": True})
    if staff_ids:
        samples.mark_named_so(tx)


def must_be_for_practice(tx: Tx) -> None:
    """Raise WrongState when officials of an office work here and no sample account does: an office's own record."""
    count = samples.count(tx)
    if count.own_officials and not count.officials:
        raise WrongState(EARNEST_RECORD)


def lock_samples(tx: Tx, office: OfficeContext, cmd: LockSamples) -> samples.SampleCount:
    """Lock sample accounts, end their sessions, take sample news and polls off the pages; gives what was open."""
    cmd.actor.must_have_role(Role.ADMIN)
    before = samples.count(tx)
    sessions.end_all_of_samples(tx)
    samples.close(tx)
    if before.open:
        data = {**before.to_dict(), **({"by": cmd.by} if cmd.by else {})}
        events.append(tx, events.OFFICE, cmd.actor, EventKind.SAMPLES_LOCKED, data)
    return before
