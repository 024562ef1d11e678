"""gunicorn's configuration file: one arbiter, threads for people, the numbers from our settings."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from engine.cli.serving.heartbeats import heartbeat_folder
from engine.cli.serving.orphan import when_orphaned
from engine.domain import wordless_log
from engine.settings import Settings

wordless_log.install()
_settings = Settings.from_env()

bind = f"[{_settings.host}]:{_settings.port}" if ":" in _settings.host else f"{_settings.host}:{_settings.port}"
workers = _settings.web_workers
threads = _settings.web_threads
worker_class = "admin_ui.serving.web_worker.GatheringWorker"  # a thread never waits for a slow line
timeout = 60
graceful_timeout = 20
keepalive = 5
loglevel = "warning" if _settings.log_level == "info" else _settings.log_level
accesslog = None  # the application writes its own, without personal data
worker_tmp_dir = heartbeat_folder(Path("/dev/shm"))  # noqa: S108 - heartbeat files of gunicorn, no data
control_socket_disable = True
# Who may say what the outer address was; the application then counts MOTCUA_PROXIES itself.
forwarded_allow_ips = "127.0.0.1,::1"


def when_ready(server: Any) -> None:
    """Stop with the command that started us, even when that was killed; Ctrl-C is for the command to hear."""
    if _settings.parent_pid:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        when_orphaned(_settings.parent_pid, lambda: os.kill(os.getpid(), signal.SIGTERM))


def post_worker_init(worker: Any) -> None:
    """Ctrl-C in the terminal must not cut off a request: the arbiter is told to stop, and tells us."""
    if _settings.parent_pid:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
