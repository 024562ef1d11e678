"""The citizens' room."""

from __future__ import annotations

from admin_ui.dispatch import Room

room = Room("portal", audience="citizen")
