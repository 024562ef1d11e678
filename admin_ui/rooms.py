"""Which rooms there are, and hanging them into an application."""

from __future__ import annotations

from collections.abc import Collection

from flask import Flask, g

from admin_ui import api, desk, portal, system
from admin_ui.dispatch import Room

ALL: dict[str, Room] = {room.name: room for room in (portal.room, desk.room, system.room)}
ROOMS: tuple[str, ...] = (*ALL, "api")


def register(app: Flask, rooms: Collection[str]) -> None:
    """Hang the wanted rooms into the application."""
    for name, room in ALL.items():
        if name in rooms:
            app.register_blueprint(room.blueprint)
    if "api" in rooms:
        api.register(app, citizens="portal" in rooms, officials="desk" in rooms)


def may_open(endpoint: str) -> bool:
    """Whether the person who asks may open this page."""
    ask = g.get("ask")
    guard = ALL[endpoint.partition(".")[0]].guards[endpoint]
    return guard.admits(ask.actor if ask else None)
