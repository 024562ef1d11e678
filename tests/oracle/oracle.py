"""The oracle: a token game by the words of BPMN 2.0.2, written without looking at the engine.

Tokens sit in rooms (a process or one run of a subprocess). Automatic tokens move one at a time in any
order (the order is drawn at random), inclusive joins are judged by searching paths each time.
"""

from __future__ import annotations

from collections import Counter
from random import Random

from drawing import Arrow, Drawing, Shape


class Room:
    def __init__(self, scope: str, holder: Piece | None) -> None:
        self.scope, self.holder = scope, holder
        self.pieces: list[Piece] = []
        self.arrived: dict[str, Counter[str]] = {}
        self.watch: set[str] = set()  # the starts of event subprocesses


class Piece:
    """A token. `part` is its number within a repeating activity, `whole` the repeating one."""

    def __init__(self, shape: Shape, room: Room, whole: Piece | None = None, part: int | None = None) -> None:
        self.shape, self.room, self.whole, self.part = shape, room, whole, part
        self.moving = True
        self.inner: Room | None = None
        self.watch: set[str] = set()
        self.rivals: list[Piece] = []
        self.done = self.begun = 0
        room.pieces.append(self)


class Oracle:
    def __init__(self, drawing: Drawing, variables: dict[str, int], random: Random) -> None:
        self.drawing, self.variables, self.random = drawing, dict(variables), random
        self.failed = False
        self.top = self.open_room("p", None)
        self.settle()

    def open_room(self, scope: str, holder: Piece | None) -> Room:
        room = Room(scope, holder)
        room.watch = {start.id for start in self.drawing.watchers(scope)}
        Piece(self.drawing.start_of(scope), room)
        return room

    # -- what may be done ---------------------------------------------------------------------

    def all(self, room: Room | None = None) -> list[Piece]:
        found = []
        for piece in (room or self.top).pieces:
            found.append(piece)
            if piece.inner:
                found.extend(self.all(piece.inner))
        return found

    def rooms(self) -> list[Room]:
        return [self.top, *(piece.inner for piece in self.all() if piece.inner)]

    @property
    def over(self) -> bool:
        return not self.top.pieces and not any(self.top.arrived.values())

    def actions(self) -> list[tuple[str, Piece | Room, str]]:
        found: list[tuple[str, Piece | Room, str]] = []
        for room in self.rooms():
            found.extend((self.drawing.shapes[start].trigger, room, start) for start in sorted(room.watch))
        for piece in self.all():
            if piece.shape.kind == "task" and not piece.begun:
                found.append(("do", piece, piece.shape.id))
            if piece.shape.kind in ("pick", "picks"):
                found.append(("pick", piece, piece.shape.id))
            if piece.shape.kind in ("catch", "receive") and not piece.begun:
                found.append((piece.shape.trigger, piece, piece.shape.id))
            found.extend((self.drawing.shapes[b].trigger, piece, b) for b in sorted(piece.watch))
        return found

    def begin_event_subprocess(self, room: Room, start: Shape) -> None:
        if start.interrupts:
            room.pieces.clear()
            room.arrived.clear()
            room.watch.clear()
        elif start.trigger in ("timer", "hand"):
            room.watch.remove(start.id)
        Piece(self.drawing.owner(start), room)

    def act(self, action: tuple[str, Piece | Room, str], value: int) -> None:
        kind, piece, element = action
        if isinstance(piece, Room):
            self.begin_event_subprocess(piece, self.drawing.shapes[element])
        elif kind == "do":
            self.variables[piece.shape.writes or ""] = value
            self.finish(piece)
        elif kind == "pick":
            piece.room.pieces.remove(piece)
            for arrow in picked(piece.shape, value):
                self.arrive(piece.room, arrow)
        elif element == piece.shape.id:
            for rival in piece.rivals:
                if rival is not piece and rival in rival.room.pieces:
                    rival.room.pieces.remove(rival)
            self.finish(piece)
        else:
            self.cross_border(piece, self.drawing.shapes[element])
        self.settle()

    def cross_border(self, piece: Piece, border: Shape) -> None:
        if border.interrupts:
            piece.room.pieces.remove(piece)
            self.drop_parts(piece)
        elif border.trigger in ("timer", "hand"):
            piece.watch.remove(border.id)
        Piece(border, piece.room)

    # -- moving -------------------------------------------------------------------------------

    def settle(self) -> None:
        while True:
            moving = [piece for piece in self.all() if piece.moving]
            if moving:
                self.move(self.random.choice(moving))
            elif not self.start_inclusive() and not self.close_rooms():
                break
        if self.over:
            self.top.watch.clear()

    def move(self, piece: Piece) -> None:
        piece.moving = False
        shape = piece.shape
        if shape.kind in ("task", "receive", "sub") and piece.whole is None:
            piece.watch = {b.id for b in self.drawing.borders(shape.id) if b.trigger != "error"}
            if shape.repeat is not None:
                self.begin_repeat(piece)
                return
        self.work(piece, shape)

    def work(self, piece: Piece, shape: Shape) -> None:
        if shape.kind in ("sub", "evsub"):
            piece.inner = self.open_room(shape.body or "", piece)
        elif shape.kind == "script":
            self.variables[shape.writes or ""] = shape.value
            self.finish(piece)
        elif shape.kind == "race":
            piece.room.pieces.remove(piece)
            group = [Piece(self.drawing.shapes[a.target], piece.room) for a in shape.out]
            for rival in group:
                rival.rivals = group
        elif shape.kind == "terminate":
            piece.room.pieces.clear()
            piece.room.arrived.clear()
        elif shape.kind == "error":
            self.fail(piece)
        elif shape.kind not in ("task", "receive", "catch", "pick", "picks"):
            self.finish(piece)

    def begin_repeat(self, piece: Piece) -> None:
        kind, count, _ = piece.shape.repeat or ("", 0, None)
        if not count:
            self.leave(piece)
            return
        piece.begun = count if kind == "parallel" else 1
        for part in range(piece.begun):
            Piece(piece.shape, piece.room, piece, part)

    def finish(self, piece: Piece) -> None:
        whole = piece.whole
        if whole is None:
            self.leave(piece)
            return
        kind, count, until = piece.shape.repeat or ("", 0, None)
        piece.room.pieces.remove(piece)
        whole.done += 1
        holds = until is None or self.variables[until[0]] >= until[1]
        if kind == "standard":
            over = whole.done >= count or not holds
        else:
            over = whole.done >= count or (until is not None and holds)
        if over:
            self.drop_parts(whole)
            self.leave(whole)
        elif kind != "parallel":
            Piece(piece.shape, piece.room, whole, whole.begun)
            whole.begun += 1

    def drop_parts(self, whole: Piece) -> None:
        whole.room.pieces[:] = [p for p in whole.room.pieces if p.whole is not whole]

    def leave(self, piece: Piece) -> None:
        piece.room.pieces.remove(piece)
        for arrow in self.ways(piece.shape):
            self.arrive(piece.room, arrow)

    def ways(self, shape: Shape) -> list[Arrow]:
        if shape.kind == "and":
            return shape.out
        open_ways = [
            arrow
            for arrow in shape.out
            if arrow.id != shape.default and (arrow.test is None or self.variables[arrow.test[0]] >= arrow.test[1])
        ]
        if not open_ways:
            return [arrow for arrow in shape.out if arrow.id == shape.default]
        return open_ways[:1] if shape.kind == "xor" else open_ways

    def arrive(self, room: Room, arrow: Arrow) -> None:
        shape = self.drawing.shapes[arrow.target]
        if shape.kind not in ("and", "or", "picks") or len(shape.inn) < 2:
            Piece(shape, room)
            return
        counts = room.arrived.setdefault(shape.id, Counter())
        counts[arrow.id] += 1
        if shape.kind == "and" and all(counts[a.id] for a in shape.inn):
            self.join(room, shape)

    def join(self, room: Room, shape: Shape) -> None:
        counts = room.arrived[shape.id]
        room.arrived[shape.id] = Counter({key: n - 1 for key, n in counts.items() if n > 1})
        Piece(shape, room)

    def start_inclusive(self) -> bool:
        for room in self.rooms():
            for element, counts in room.arrived.items():
                shape = self.drawing.shapes[element]
                if shape.kind in ("or", "picks") and counts and not self.hindered(room, shape):
                    self.join(room, shape)
                    return True
        return False

    def hindered(self, room: Room, join: Shape) -> bool:
        counts = room.arrived[join.id]
        places = [piece.shape.id for piece in room.pieces if piece.whole is None]
        places += [e for e, c in room.arrived.items() if c and e != join.id]
        for place in places:
            ends = self.reached(place, join)
            if ends - set(counts) and not ends & set(counts):
                return True
        return False

    def reached(self, place: str, join: Shape) -> set[str]:
        """The incoming arrows of the join that a token here can reach without passing the join."""
        ends, seen, todo = set(), {place}, [place]
        while todo:
            shape = self.drawing.shapes[todo.pop()]
            for arrow in shape.out:
                if arrow.target == join.id:
                    ends.add(arrow.id)
                elif arrow.target not in seen:
                    seen.add(arrow.target)
                    todo.append(arrow.target)
            for border in self.drawing.borders(shape.id):
                if border.id not in seen:
                    seen.add(border.id)
                    todo.append(border.id)
        return ends

    def close_rooms(self) -> bool:
        for piece in self.all():
            if piece.inner and not piece.inner.pieces and not any(piece.inner.arrived.values()):
                piece.inner = None
                self.finish(piece)
                return True
        return False

    def fail(self, piece: Piece) -> None:
        room = piece.room
        while room.holder is not None:
            holder = room.holder.whole or room.holder
            catcher = next((b for b in self.drawing.borders(holder.shape.id) if b.trigger == "error"), None)
            if catcher is not None:
                holder.room.pieces.remove(holder)
                self.drop_parts(holder)
                Piece(catcher, holder.room)
                return
            room = holder.room
        self.top.pieces.clear()
        self.top.arrived.clear()
        self.failed = True


def picked(shape: Shape, value: int) -> list[Arrow]:
    """What the person chooses at a gateway without conditions: one way, or one or more of them."""
    if shape.kind == "pick":
        return [shape.out[value % len(shape.out)]]
    return [arrow for place, arrow in enumerate(shape.out) if (value + 1) >> place & 1] or shape.out[:1]
