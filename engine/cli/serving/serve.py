"""`motcua run`: the whole house in one command. Safe to repeat; Ctrl-C or SIGTERM stops all of it in order."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from connectors.kits import SANDBOXES
from connectors.sandboxes import start_all
from engine.bootstrap import Platform, build, sandbox_config, sandbox_ports
from engine.cli.declare import Words, word
from engine.cli.output import CommandError, say
from engine.cli.serving.ports import answers, must_be_free
from engine.cli.serving.process_group import Child, Family
from engine.cli.serving.seed import fill_when_empty, put_in_order
from engine.cli.serving.welcome import tell_of_samples, welcome
from engine.domain.errors import Unreachable
from engine.domain.text import Text
from engine.settings import CITIZEN_ROOMS, STAFF_ROOMS, Settings, child_environment

ROLES: Final = ("all", "web", "staff", "worker")
_ROOMS: Final = {"web": CITIZEN_ROOMS, "staff": STAFF_ROOMS}
_PATIENCE_S: Final = 180.0


def add(words: Words) -> None:
    """Declare the word."""
    parser = word(words, "run", "chuẩn bị và chạy tất cả / prepare and serve everything", run)
    parser.add_argument(
        "--role",
        choices=ROLES,
        default="all",
        help="all: tất cả; web: cổng công dân; staff: phòng cán bộ; worker: tiến trình nền / what this process is for",
    )


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Migrate, seed when empty, start the sandboxes, the worker and the web, then keep them alive."""
    stop = _stopped_by_signals()
    _check_ports(settings, args.role)
    platform = build(settings)
    try:
        _prepare(platform)
        with _sandboxes(platform, args.role):
            family = Family(_children(settings, args.role))
            try:
                family.start()
                _tell_when_ready(platform, family, args.role, stop)
                family.watch(stop)
            finally:
                say("… Đang dừng / stopping")
                family.stop()
    finally:
        platform.close()
    say("✓ Đã dừng / stopped")
    return 0


def _stopped_by_signals() -> threading.Event:
    stop = threading.Event()

    def stop_now(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, stop_now)
    signal.signal(signal.SIGINT, stop_now)
    signal.signal(signal.SIGHUP, stop_now)
    return stop


def _check_ports(settings: Settings, role: str) -> None:
    """Before anything is started: a port taken halfway would leave a house with half its doors."""
    if role != "worker":
        must_be_free(settings.host, settings.port, "MOTCUA_PORT")
    if _wants_sandboxes(settings, role):
        for name, port in sandbox_ports(settings).items():
            must_be_free("127.0.0.1", port, f"MOTCUA_{SANDBOXES[name].variable}")


def _wants_sandboxes(settings: Settings, role: str) -> bool:
    return settings.sandbox and role == "all"


_NO_DATABASE: Final = Text(
    "Không vào được cơ sở dữ liệu. Hãy xem máy chủ cơ sở dữ liệu có đang chạy không, và địa chỉ, tên, mật khẩu "
    "trong biến MOTCUA_DATABASE_URL có đúng không; để trống biến này thì dùng SQLite.",
    "The database cannot be entered. See whether its server runs, and whether address, name and password in "
    "MOTCUA_DATABASE_URL are right; leave that variable empty to use SQLite.",
)


def _prepare(platform: Platform) -> None:
    say("… Cơ sở dữ liệu / database")
    try:
        platform.database.migrate()
    except Unreachable as error:
        raise Unreachable(_NO_DATABASE) from error
    put_in_order(platform)
    for line in fill_when_empty(platform):
        say(f"  {line}")


@contextmanager
def _sandboxes(platform: Platform, role: str) -> Iterator[None]:
    if not _wants_sandboxes(platform.settings, role):
        yield
        return
    say("… Máy chủ mô phỏng: định danh, SMS, bưu chính / sandboxes")
    with start_all(sandbox_config(platform.settings, platform.clock)):
        yield


def _children(settings: Settings, role: str) -> list[Child]:
    rooms = _ROOMS.get(role)
    changes = {"ROOMS": ",".join(rooms)} if rooms else {}
    environment = child_environment(PARENT_PID=str(os.getpid()), **changes)
    worker = Child("worker", [sys.executable, "-m", "engine.cli", "worker"], environment)
    server = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:engine.cli.serving.web_server",
        "admin_ui.app:create_wsgi()",
    ]
    web = Child("web", server, environment)
    return {"all": [worker, web], "worker": [worker]}.get(role, [web])


def _tell_when_ready(platform: Platform, family: Family, role: str, stop: threading.Event) -> None:
    settings = platform.settings
    if role == "worker":
        tell_of_samples(platform)
        say("✓ Tiến trình nền đang chạy / the worker runs")
        return
    say("… Trang web / web")
    until = time.monotonic() + _PATIENCE_S
    web = family.children[-1]
    while not stop.wait(0.1) and not answers(settings.host, settings.port, "/healthz"):
        if not web.alive:
            raise CommandError(
                "Trang web không khởi động được; xem lỗi ở phía trên.",
                "The web server did not start; see the error above.",
            )
        if time.monotonic() > until:
            raise CommandError(
                f"Trang web không trả lời ở cổng {settings.port} sau {_PATIENCE_S:.0f} giây.",
                f"The web server does not answer on port {settings.port} after {_PATIENCE_S:.0f} seconds.",
            )
    if not stop.is_set():
        welcome(platform, role)
