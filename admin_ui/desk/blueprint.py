"""The officials' room."""

from __future__ import annotations

from admin_ui.dispatch import Room
from engine.domain.vocabulary import SessionKind

room = Room("desk", audience=SessionKind.STAFF, url_prefix="/desk")
