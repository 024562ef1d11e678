"""The citizens' room."""

from __future__ import annotations

from admin_ui.door import Room

room = Room("portal", audience="citizen")
