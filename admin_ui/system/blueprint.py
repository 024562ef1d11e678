"""The operators' room."""

from __future__ import annotations

from admin_ui.dispatch import Room
from engine.domain.vocabulary import SessionKind

room = Room("system", audience=SessionKind.STAFF, url_prefix="/system")
