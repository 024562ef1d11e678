"""`motcua staff`, `motcua unit`: officials and units are entered, locked, opened; passwords are never arguments."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from typing import Final, TypeVar

from engine.actions.accounts import (
    AddStaff,
    AddUnit,
    LockSamples,
    LockStaff,
    SetSecondFactor,
    SetStaffPassword,
    UnlockStaff,
    add_staff,
    add_unit,
    hash_password,
    lock_samples,
    lock_staff,
    set_second_factor,
    set_staff_password,
    unlock_staff,
)
from engine.bootstrap import Platform, build
from engine.cli.declare import Function, Words, group, word
from engine.cli.output import CommandError, say
from engine.cli.password_words import add_password_words, given_password, show_once
from engine.domain.actor import ROLES, SYSTEM
from engine.domain.text import Text
from engine.settings import Settings
from engine.store.accounts import staff
from engine.store.connection import Tx

T = TypeVar("T")
UNIT_KINDS: Final = ("one_stop", "division", "commune", "department")


def add(words: Words) -> None:
    """Declare the words."""
    inner = group(words, "staff", "cán bộ / officials")
    parser = _about(inner, "add", "thêm một cán bộ / enter an official", enter)
    parser.add_argument("--name", required=True, help="họ và tên / full name")
    parser.add_argument("--role", action="append", required=True, choices=ROLES, dest="roles")
    parser.add_argument("--unit", required=True, help="mã đơn vị / code of the unit")
    add_password_words(parser)
    parser = _about(inner, "password", "đặt lại mật khẩu / set a password anew", reset)
    add_password_words(parser)
    _reason_word(parser, required=True)
    parser = _about(inner, "lock", "khóa tài khoản / lock an account", lock, nargs="?")
    parser.add_argument("--samples", action="store_true", help="mọi tài khoản và nội dung mẫu / all that is a sample")
    _reason_word(parser, required=False)
    parser = _about(inner, "unlock", "mở khóa, xóa các lần thử sai / open an account again", unlock)
    _reason_word(parser, required=True)
    word(inner, "list", "các tài khoản cán bộ / the officials' accounts", listed)
    second = _about(inner, "totp", "mã của ứng dụng xác thực / codes of an authenticator", second_factor)
    second.add_argument("--off", action="store_true", help="bỏ, ví dụ khi mất điện thoại / remove, as for a lost phone")
    _units(words)


def _units(words: Words) -> None:
    inner = group(words, "unit", "đơn vị / units")
    parser = word(inner, "add", "thêm một đơn vị / enter a unit", enter_unit)
    parser.add_argument("code", metavar="MÃ", help="ví dụ / e.g. H56.TTPVHCC")
    parser.add_argument("--name", required=True, help="tên tiếng Việt / Vietnamese name")
    parser.add_argument("--name-en", required=True, help="tên tiếng Anh / English name")
    parser.add_argument("--kind", required=True, choices=UNIT_KINDS)
    parser.add_argument("--agency", help="mã định danh cơ quan / the agency's national code")
    word(inner, "list", "các đơn vị / the units", units_listed)


def _about(inner: Words, name: str, help_text: str, act: Function, nargs: str | None = None) -> argparse.ArgumentParser:
    parser = word(inner, name, help_text, act)
    parser.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP", nargs=nargs)
    return parser


def _reason_word(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument("--reason", required=required, default="", help="lý do, ghi vào lịch sử / why, for the history")


def enter(settings: Settings, args: argparse.Namespace) -> int:
    """Enter an official with a password typed, piped in, or made up and shown once."""
    username = args.username.strip().lower()
    password, made_up = given_password(args, username)
    cmd = AddStaff(SYSTEM, username, args.name, tuple(args.roles), args.unit, hash_password(password), _who())
    _transact(settings, lambda tx, platform: add_staff(tx, platform.office, cmd))
    say(f"✓ {username} ({', '.join(sorted(set(args.roles)))}); sẽ phải đổi mật khẩu / must change the password")
    show_once(password, made_up)
    return 0


def reset(settings: Settings, args: argparse.Namespace) -> int:
    """Set a password anew; the official changes it at the next sign-in."""
    password, made_up = given_password(args, args.username.strip().lower())
    cmd = SetStaffPassword(SYSTEM, args.username, hash_password(password), args.reason, _who())
    _transact(settings, lambda tx, platform: set_staff_password(tx, platform.office, cmd))
    say(f"✓ {args.username}: mật khẩu mới, mọi phiên đã kết thúc / a new password, all sessions ended")
    show_once(password, made_up)
    return 0


def lock(settings: Settings, args: argparse.Namespace) -> int:
    """Lock one account, or everything that practice entered."""
    if bool(args.samples) == bool(args.username):
        raise CommandError("Hãy nêu tên đăng nhập, hoặc --samples.", "Name one account, or --samples.")
    if args.samples:
        everything = LockSamples(SYSTEM, _who())
        found = _transact(settings, lambda tx, platform: lock_samples(tx, platform.office, everything))
        say(f"✓ {found.officials} tài khoản, {found.content} nội dung mẫu đã khóa / sample accounts and content locked")
        return 0
    cmd = LockStaff(SYSTEM, args.username, args.reason, _who())
    _transact(settings, lambda tx, platform: lock_staff(tx, platform.office, cmd))
    say(f"✓ {args.username}: đã khóa, mọi phiên đã kết thúc / locked, all sessions ended")
    return 0


def unlock(settings: Settings, args: argparse.Namespace) -> int:
    """Open an account again."""
    cmd = UnlockStaff(SYSTEM, args.username, args.reason, _who())
    _transact(settings, lambda tx, platform: unlock_staff(tx, platform.office, cmd))
    say(f"✓ {args.username}: đã mở / open")
    return 0


def listed(settings: Settings, args: argparse.Namespace) -> int:
    """All accounts with roles and state."""
    for row in _transact(settings, lambda tx, platform: staff.listed(tx)):
        marks = {
            "khóa / locked": not row["active"],
            "mẫu / sample": row["sample"],
            "phải đổi mật khẩu / must change password": row["must_change_password"],
            "TOTP": bool(row["totp_sealed"] or row["totp_secret"]),
        }
        state = "; ".join(mark for mark, holds in marks.items() if holds)
        say(f"{row['username']:<16} {row['full_name']:<28} {', '.join(row['roles']):<24} {state}")
    return 0


def second_factor(settings: Settings, args: argparse.Namespace) -> int:
    """Turn the second step of an official's sign-in on or off; on, the address for the authenticator is shown once."""
    cmd = SetSecondFactor(SYSTEM, args.username, not args.off, _who())
    address = _transact(settings, lambda tx, platform: set_second_factor(tx, platform.office, cmd))
    if address is None:
        say(f"✓ {args.username}: không còn hỏi mã xác thực / no code is asked any more")
        return 0
    say(f"✓ {args.username}: từ nay đăng nhập cần mã 6 số / sign-in now asks for six digits")
    say(f"  Nhập vào ứng dụng xác thực, chỉ hiện một lần / for the authenticator, shown once: {address}")
    return 0


def enter_unit(settings: Settings, args: argparse.Namespace) -> int:
    """Enter a unit."""
    agency = settings.agency_code if args.agency is None else args.agency
    cmd = AddUnit(SYSTEM, args.code.strip(), Text(args.name, args.name_en), args.kind, agency, _who())
    _transact(settings, lambda tx, platform: add_unit(tx, platform.office, cmd))
    say(f"✓ {cmd.code}: {args.name}")
    return 0


def units_listed(settings: Settings, args: argparse.Namespace) -> int:
    """All units."""
    for row in _transact(settings, lambda tx, platform: staff.units(tx)):
        say(f"{row['code']:<20} {row['kind']:<12} {row['name_vi']}{'  (mẫu / sample)' if row['sample'] else ''}")
    return 0


def _transact(settings: Settings, act: Callable[[Tx, Platform], T]) -> T:
    platform = build(settings)
    try:
        platform.database.migrate()
        with platform.database.begin() as tx:
            return act(tx, platform)
    finally:
        platform.close()


def _who() -> str:
    """The account of the machine under which the command runs: it stands in the history beside the reason."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without a name for its user
        return ""
