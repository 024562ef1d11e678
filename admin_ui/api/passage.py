"""API views go through the same door as pages: one guard, one transaction, one table of errors."""

from __future__ import annotations

import functools
from collections.abc import Callable

from admin_ui.door import Passage, Room, View
from admin_ui.guard import Guard

room = Room("api_v1", audience="any")


def behind_door(guard: Guard) -> Callable[[View], View]:
    """Put a view behind the door; the outer decorators read and write its schemas."""

    def hang(view: View) -> View:
        passage = Passage(view, guard, room.audience, room.name)
        room.guards[f"{view.__module__.rpartition('.')[2]}.{view.__name__}"] = guard
        return functools.wraps(view)(functools.partial(passage))

    return hang
