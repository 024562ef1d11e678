"""`motcua worker`: does what the rows ask for, on any machine, as many as wanted."""

from __future__ import annotations

import argparse
import signal
from types import FrameType

from engine.bootstrap import build
from engine.cli.declare import Words, word
from engine.cli.output import say
from engine.cli.serving.orphan import when_orphaned
from engine.cli.serving.welcome import tell_of_samples
from engine.jobs.redis_wakeup import make_notifier
from engine.jobs.worker import Worker
from engine.settings import Settings


def add(words: Words) -> None:
    """Declare the word."""
    word(words, "worker", "tiến trình nền: gửi tin, hẹn giờ / the worker: outside calls and timers", run)


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C; calls under way are recorded first."""
    platform = build(settings, make_notifier=make_notifier)
    worker = Worker(platform)

    def stop(number: int, frame: FrameType | None) -> None:
        worker.ask_to_stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN if settings.parent_pid else stop)
    if settings.parent_pid:
        when_orphaned(settings.parent_pid, worker.ask_to_stop)
    else:
        tell_of_samples(platform)
        say("✓ Tiến trình nền đang chạy; Ctrl-C để dừng / the worker runs; Ctrl-C stops it")
    worker.run()
    platform.close()
    return 0
