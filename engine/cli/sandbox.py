"""`motcua sandbox NAME`: one stand-in for the outside world in a process of its own."""

from __future__ import annotations

import argparse
import signal
from types import FrameType

from connectors.kits import SANDBOXES
from connectors.sandboxes import NAMES, serve
from engine.bootstrap import build, sandbox_config, sandbox_ports
from engine.cli.declare import Words, word
from engine.cli.output import CommandError, say
from engine.cli.serving.ports import must_be_free
from engine.settings import Settings


def add(words: Words) -> None:
    """Declare the word."""
    parser = word(words, "sandbox", "chạy một máy chủ mô phỏng / run one sandbox", run)
    parser.add_argument("name", choices=NAMES, help=", ".join(NAMES))


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Serve until stopped."""
    if not settings.sandbox:
        raise CommandError(
            "Máy chủ mô phỏng chỉ chạy khi luyện tập (MOTCUA_PRACTICE=on).",
            "Sandboxes run in practice only (MOTCUA_PRACTICE=on).",
        )
    platform = build(settings)
    must_be_free("127.0.0.1", sandbox_ports(settings)[args.name], f"MOTCUA_{SANDBOXES[args.name].variable}")
    signal.signal(signal.SIGTERM, _stop)
    config = sandbox_config(settings, platform.clock)
    say(f"✓ {args.name}: {config.address(args.name)}")
    serve(args.name, config)
    return 0


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
