"""Operators: what is on its way to the outside, what got stuck, how one process stands, moving to new versions."""

from admin_ui.system import board, instances, migrations
from admin_ui.system.blueprint import room

__all__ = ["board", "instances", "migrations", "room"]
