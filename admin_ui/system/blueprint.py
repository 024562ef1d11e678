"""The operators' room."""

from __future__ import annotations

from admin_ui.dispatch import Room

room = Room("system", audience="staff", url_prefix="/system")
