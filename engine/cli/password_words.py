"""How a command is given a password: never as an argument, which every account of the machine could read."""

from __future__ import annotations

import argparse
import getpass
import secrets
import sys

from engine.cli.arguments import read_bytes
from engine.cli.output import CommandError, say
from engine.domain.passwords import must_be_good


def add_password_words(parser: argparse.ArgumentParser) -> None:
    """Declare the sources, of which one is chosen; none: typed, or made up where nobody types."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ stdin / read it from stdin")
    source.add_argument("--password-file", metavar="TỆP", help="đọc mật khẩu từ tệp / read it from a file")


def given_password(args: argparse.Namespace, username: str) -> tuple[str, bool]:
    """The password and whether it was made up here. Raises Invalid for a weak one, CommandError for no single line."""
    if args.password_file is not None:
        return must_be_good(_line(read_bytes(args.password_file)), username), False
    if args.password_stdin:
        return must_be_good(_line(sys.stdin.buffer.read()), username), False
    typed = _typed_twice() if sys.stdin.isatty() else ""
    return (must_be_good(typed, username), False) if typed else (secrets.token_urlsafe(15), True)


def show_once(password: str, made_up: bool) -> None:
    """Show a password that was made up here; there is no other way to it."""
    if made_up:
        say(f"  Mật khẩu, chỉ hiện một lần / the password, shown once: {password}")


def _line(data: bytes) -> str:
    """One line as an editor or `echo` writes it. Anything else could never be typed at the sign-in."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError("Mật khẩu phải là chữ UTF-8.", "The password must be UTF-8 text.") from error
    line = text.removesuffix("\n").removesuffix("\r")
    if not line.isprintable():
        raise CommandError(
            "Mật khẩu phải nằm trên một dòng và không có ký tự ẩn.",
            "The password is one line without invisible signs.",
        )
    return line


def _typed_twice() -> str:
    password = getpass.getpass("Mật khẩu (để trống: tự tạo) / password (empty: made up): ")
    if password != getpass.getpass("Nhập lại / once more: "):
        raise CommandError("Hai lần nhập không giống nhau.", "It was typed in two ways.")
    return password
