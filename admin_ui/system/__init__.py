"""Operators: what is on its way to the outside and what got stuck."""

from admin_ui.system import board
from admin_ui.system.entrance import room

__all__ = ["board", "room"]
