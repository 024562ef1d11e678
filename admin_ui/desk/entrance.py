"""The officials' room."""

from __future__ import annotations

from admin_ui.door import Room

room = Room("desk", audience="staff", url_prefix="/desk")
