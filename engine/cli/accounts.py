"""`motcua staff add`, `staff totp`: the first official must come in somehow, and safely."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys

from engine.actions.accounts import SetSecondFactor, hash_password, set_second_factor
from engine.bootstrap import build
from engine.cli.declare import Words, group, word
from engine.cli.output import CommandError, say
from engine.domain.actor import ROLES, SYSTEM
from engine.domain.history import EventKind
from engine.settings import Settings
from engine.store.accounts import staff
from engine.store.history import events

SHORTEST_PASSWORD = 12


def add(words: Words) -> None:
    """Declare the words."""
    inner = group(words, "staff", "cán bộ / officials")
    parser = word(inner, "add", "thêm một cán bộ / enter an official", enter)
    parser.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP")
    parser.add_argument("--name", required=True, help="họ và tên / full name")
    parser.add_argument("--role", action="append", required=True, choices=ROLES, dest="roles")
    parser.add_argument("--unit", required=True, help="mã đơn vị / code of the unit")
    parser.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ stdin / read it from stdin")
    second = word(inner, "totp", "mã của ứng dụng xác thực / codes of an authenticator", second_factor)
    second.add_argument("username", metavar="TÊN_ĐĂNG_NHẬP")
    second.add_argument("--off", action="store_true", help="bỏ, ví dụ khi mất điện thoại / remove, as for a lost phone")


def enter(settings: Settings, args: argparse.Namespace) -> int:
    """Enter an official with a password typed, piped in, or made up and shown once."""
    password, made_up = _password(args.password_stdin)
    username = args.username.strip().lower()
    platform = build(settings)
    platform.database.migrate()
    with platform.database.begin() as tx:
        unit = staff.unit_by_code(tx, args.unit)
        if unit is None:
            known = ", ".join(row["code"] for row in staff.units(tx)) or "—"
            raise CommandError(f"Không có đơn vị “{args.unit}”. Đang có: {known}.", f"No such unit. Known: {known}.")
        if staff.by_username(tx, username) is not None:
            raise CommandError(f"Tên đăng nhập “{username}” đã có người dùng.", f'The name "{username}" is taken.')
        values = {"username": username, "full_name": args.name, "roles": sorted(set(args.roles)), "unit_id": unit["id"]}
        staff_id = staff.add(tx, {**values, "password_hash": hash_password(password)})
        events.append(tx, events.OFFICE, SYSTEM, EventKind.STAFF_ADDED, {"staff": staff_id, "roles": values["roles"]})
    platform.close()
    say(f"✓ {username} ({', '.join(values['roles'])})")
    if made_up:
        say(f"  Mật khẩu, chỉ hiện một lần / the password, shown once: {password}")
    return 0


def second_factor(settings: Settings, args: argparse.Namespace) -> int:
    """Turn the second step of an official's sign-in on or off; on, the address for the authenticator is shown once."""
    platform = build(settings)
    platform.database.migrate()
    with platform.database.begin() as tx:
        address = set_second_factor(tx, platform.office, SetSecondFactor(SYSTEM, args.username, not args.off))
    platform.close()
    if address is None:
        say(f"✓ {args.username}: không còn hỏi mã xác thực / no code is asked any more")
        return 0
    say(f"✓ {args.username}: từ nay đăng nhập cần mã 6 số / sign-in now asks for six digits")
    say(f"  Nhập vào ứng dụng xác thực, chỉ hiện một lần / for the authenticator, shown once: {address}")
    return 0


def _password(from_stdin: bool) -> tuple[str, bool]:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\n")
    elif sys.stdin.isatty():
        password = getpass.getpass("Mật khẩu (để trống: tự tạo) / password (empty: made up): ")
    else:
        password = ""
    if not password and not from_stdin:
        return secrets.token_urlsafe(15), True
    if len(password) < SHORTEST_PASSWORD:
        raise CommandError(
            f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự.",
            f"A password needs at least {SHORTEST_PASSWORD} characters.",
        )
    return password, False
