"""Draws random processes: nested choices, forks, loops, subprocesses, repetitions, borders, races."""

from __future__ import annotations

from random import Random

from drawing import Arrow, Drawing, Shape


class Generator:
    def __init__(self, random: Random, size: int = 12) -> None:
        self.random, self.left = random, size
        self.drawing = Drawing()
        self.drawing.variables = [f"v{n}" for n in range(4)]
        self.count = 0

    def draw(self) -> Drawing:
        self._fill_scope("p", 0)
        return self.drawing

    def _new(self, kind: str, scope: str, **more) -> Shape:
        self.count += 1
        shape = Shape(f"{kind}{self.count}", kind, scope, **more)
        self.drawing.shapes[shape.id] = shape
        return shape

    def _arrow(self, source: Shape, target: Shape, test: tuple[str, int] | None = None) -> Arrow:
        self.count += 1
        arrow = Arrow(f"f{self.count}", source.id, target.id, test)
        source.out.append(arrow)
        target.inn.append(arrow)
        return arrow

    def _test(self) -> tuple[str, int]:
        return self.random.choice(self.drawing.variables), self.random.randint(1, 2)

    def _fill_scope(self, scope: str, depth: int) -> None:
        self.drawing.scopes.append(scope)
        start = self._new("start", scope)
        first, last = self._sequence(scope, depth)
        self._arrow(start, first)
        self._arrow(last, self._new("end", scope))
        if depth < 2 and self.random.random() < 0.3:
            self._event_subprocess(scope, depth)

    def _event_subprocess(self, scope: str, depth: int) -> None:
        owner = self._new("evsub", scope)
        owner.body = f"{owner.id}!"
        self._fill_scope(owner.body, depth + 1)
        start = self.drawing.start_of(owner.body)
        start.trigger, start.interrupts = self.random.choice(["timer", "message", "hand"]), self.random.random() < 0.5

    def _sequence(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        first, last = self._block(scope, depth)
        for _ in range(self.random.randint(0, 2)):
            after, end = self._block(scope, depth)
            self._arrow(last, after)
            last = end
        return first, last

    def _block(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        self.left -= 1
        if depth > 3 or self.left < 0:
            return self._task(scope, depth)
        kinds = ["task"] * 3 + ["script", "xor", "and", "and", "or", "or", "loop", "loop", "sub", "sub", "bordered"]
        kinds += [
            "bordered",
            "repeat",
            "repeat",
            "race",
            "fails",
            "stops",
            "fork",
            "merge",
            "implicit",
            "pick",
            "picks",
        ]
        kinds += ["again", "receive"]
        return getattr(self, f"_{self.random.choice(kinds)}")(scope, depth)

    def _task(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        task = self._new("task", scope, writes=self.random.choice(self.drawing.variables))
        return task, task

    def _receive(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        task = self._new("receive", scope, trigger="message")
        return task, task

    def _script(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        """A script writes a variable of its own, so that the result is the same in every order."""
        script = self._new("script", scope, writes=f"s{self.count}", value=self.random.randint(0, 3))
        return script, script

    def _split(self, kind: str, scope: str, depth: int, join: str) -> tuple[Shape, Shape]:
        split, end = self._new(kind, scope), self._new(join, scope)
        for branch in range(self.random.randint(2, 3)):
            first, last = self._sequence(scope, depth + 1)
            test = self._test() if kind in ("xor", "or") and branch else None
            arrow = self._arrow(split, first, test)
            if kind in ("xor", "or") and not branch:
                split.default = arrow.id
            self._arrow(last, end)
        return split, end

    def _xor(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        return self._split("xor", scope, depth, "xor")

    def _and(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        return self._split("and", scope, depth, "and")

    def _or(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        return self._split("or", scope, depth, "or")

    def _pick(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        """A choice that a person makes; the branches meet again, or one of them ends."""
        return self._split("pick", scope, depth, "xor")

    def _picks(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        return self._split("picks", scope, depth, self.random.choice(["or", "or", "xor"]))

    def _again(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        """A loop in which a person says whether there is another round; an inclusive choice may do both."""
        merge, end = self._new("xor", scope), self._new("xor", scope)
        first, last = self._sequence(scope, depth + 1)
        asked = self._new(self.random.choice(["pick", "picks"]), scope)
        self._arrow(merge, first)
        self._arrow(last, asked)
        self._arrow(asked, end)
        self._arrow(asked, merge)
        return merge, end

    def _merge(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        """A fork whose branches merge without waiting: what follows happens twice."""
        return self._split("and", scope, depth, self.random.choice(["xor", "or"]))

    def _implicit(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        """A task with several outgoing flows, some with conditions."""
        task, _ = self._task(scope, depth)
        end = self._new(self.random.choice(["or", "xor"]), scope)
        for branch in range(2):
            first, last = self._sequence(scope, depth + 1)
            self._arrow(task, first, self._test() if branch else None)
            self._arrow(last, end)
        return task, end

    def _loop(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        merge, choice = self._new("xor", scope), self._new("xor", scope)
        first, last = self._sequence(scope, depth + 1)
        test = self._test()
        asked = self._new("task", scope, writes=test[0])
        self._arrow(merge, first)
        self._arrow(last, asked)
        self._arrow(asked, choice)
        self._arrow(choice, merge, test)
        end = self._new("xor", scope)
        choice.default = self._arrow(choice, end).id
        return merge, end

    def _sub(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        sub = self._new("sub", scope)
        sub.body = f"{sub.id}!"
        self._fill_scope(sub.body, depth + 1)
        return sub, sub

    def _activity(self, scope: str, depth: int) -> Shape:
        return self.random.choice([self._sub, self._sub, self._task, self._receive])(scope, depth)[0]

    def _repeat(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        kind = self.random.choice(["parallel", "sequential", "standard"])
        until = self._test() if kind == "standard" or self.random.random() < 0.5 else None
        activity = self._activity(scope, depth)
        activity.repeat = (kind, self.random.randint(1 if kind == "standard" else 0, 3), until)
        return activity, activity

    def _bordered(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        activity = self.random.choice([self._repeat, self._sub, self._sub, self._receive])(scope, depth)[0]
        end = self._new("xor", scope)
        self._arrow(activity, end)
        for _ in range(self.random.randint(1, 2)):
            trigger, interrupts = self.random.choice(["timer", "message", "hand"]), self.random.random() < 0.6
            border = self._new("border", scope, host=activity.id, trigger=trigger, interrupts=interrupts)
            first, last = self._sequence(scope, depth + 1)
            self._arrow(border, first)
            self._arrow(last, end if self.random.random() < 0.6 else self._new("end", scope))
        return activity, end

    def _race(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        race, end = self._new("race", scope), self._new("xor", scope)
        races = [("timer", "message"), ("message", "message", "timer"), ("hand", "timer"), ("receive", "timer")]
        for trigger in self.random.choice(races):
            catch = (
                self._receive(scope, depth)[0] if trigger == "receive" else self._new("catch", scope, trigger=trigger)
            )
            self._arrow(race, catch)
            first, last = self._sequence(scope, depth + 1)
            self._arrow(catch, first)
            self._arrow(last, end)
        return race, end

    def _breaking(self, kind: str, scope: str, depth: int) -> Shape:
        """A subprocess that may end early by an error or a terminate event."""
        sub = self._sub(scope, depth)[0]
        inner = sub.body or ""
        start = self.drawing.start_of(inner)
        (arrow,) = start.out
        start.out.clear()
        target = self.drawing.shapes[arrow.target]
        target.inn.remove(arrow)
        fork = self._new("and", inner)
        asked = self._new("task", inner, writes=self.drawing.variables[0])
        choice = self._new("xor", inner)
        self._arrow(start, fork)
        self._arrow(fork, target)
        self._arrow(fork, asked)
        self._arrow(asked, choice)
        self._arrow(choice, self._new(kind, inner), self._test())
        choice.default = self._arrow(choice, self._new("end", inner)).id
        return sub

    def _stops(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        sub = self._breaking("terminate", scope, depth)
        return sub, sub

    def _fails(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        sub, end = self._breaking("error", scope, depth), self._new("xor", scope)
        border = self._new("border", scope, host=sub.id, trigger="error")
        first, last = self._sequence(scope, depth + 1)
        self._arrow(sub, end)
        self._arrow(border, first)
        self._arrow(last, end)
        return sub, end

    def _fork(self, scope: str, depth: int) -> tuple[Shape, Shape]:
        """A fork without a join: one branch goes its own way to an end."""
        fork = self._new("and", scope)
        first, last = self._sequence(scope, depth + 1)
        aside, aside_last = self._sequence(scope, depth + 1)
        self._arrow(fork, first)
        self._arrow(fork, aside)
        self._arrow(aside_last, self._new("end", scope))
        return fork, last
