"""Rows of running processes: instances, tasks, timers, jobs, messages, migrations, circuits."""

from __future__ import annotations

from engine.store.process.held import HeldTask

__all__ = [
    "HeldTask",
]
