"""The operators' room."""

from __future__ import annotations

from admin_ui.door import Room

room = Room("system", audience="staff", url_prefix="/system")
