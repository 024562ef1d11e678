"""The officials' room."""

from __future__ import annotations

from admin_ui.dispatch import Room

room = Room("desk", audience="staff", url_prefix="/desk")
