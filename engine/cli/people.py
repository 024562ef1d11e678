"""`motcua staff add`: the first official must come in somehow."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys

from engine.actions.sign_in_staff import hash_password
from engine.bootstrap import build
from engine.cli.say import CommandError, say
from engine.cli.words import Words, group, word
from engine.domain.actor import ROLES, SYSTEM
from engine.settings import Settings
from engine.store import events, staff

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
        events.append(tx, events.OFFICE, SYSTEM, "staff.added", {"staff": staff_id, "roles": values["roles"]})
    platform.close()
    say(f"✓ {username} ({', '.join(values['roles'])})")
    if made_up:
        say(f"  Mật khẩu, chỉ hiện một lần / the password, shown once: {password}")
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
