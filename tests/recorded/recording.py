"""What a recording of the process engine holds: every step with what went in and what came out, as JSON.

One line is one instance: its diagram, and for each step the event, the snapshot and the variables before, and the whole
Advance after it. A later release must go on from every one of these snapshots as the release did that wrote it.
"""

from __future__ import annotations

import base64
import dataclasses
import gzip
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.domain.deadlines import WorkCalendar
from engine.workflow import events
from engine.workflow.runner import Advance, advance, start
from engine.workflow.spec import ProcessSpec, load_process

HERE = Path(__file__).parent
# Sentences may be said better by a later release; what happened may not be another.
WORDS = {"message_vi", "message_en"}


def releases() -> list[Path]:
    """The folder of every release that was recorded."""
    return sorted(path for path in HERE.iterdir() if (path / "engine.jsonl.gz").is_file())


def read(release: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(release / "engine.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def plain(value: object) -> Any:
    """A value of the engine as JSON holds it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return json.loads(json.dumps(value, default=str))


def event_of(row: Mapping[str, Any]) -> events.Event:
    kind = getattr(events, row["type"])
    given = {name: value for name, value in row.items() if name != "type"}
    given["at"] = datetime.fromisoformat(given["at"])
    if "flows" in given:
        given["flows"] = tuple(given["flows"])
    event: events.Event = kind(**given)
    return event


def difference(recorded: Any, now: Any, place: str = "") -> str:
    """Where two answers part; empty when they agree. Fields that a later release adds are its own matter."""
    if isinstance(recorded, dict) and isinstance(now, dict):
        for name, value in recorded.items():
            if name in WORDS:
                continue
            if name not in now:
                return f"{place}.{name} is gone"
            if found := difference(value, now[name], f"{place}.{name}"):
                return found
        return ""
    if isinstance(recorded, list) and isinstance(now, list) and len(recorded) == len(now):
        pairs = enumerate(zip(recorded, now, strict=True))
        return next((found for number, (a, b) in pairs if (found := difference(a, b, f"{place}[{number}]"))), "")
    return "" if recorded == now else f"{place}: {json.dumps(recorded)[:200]} → {json.dumps(now)[:200]}"


@dataclasses.dataclass
class Replay:
    """One recorded instance in today's engine."""

    row: Mapping[str, Any]
    calendar: WorkCalendar

    @property
    def spec(self) -> ProcessSpec:
        called = {name: text.encode() for name, text in self.row["called"].items()}
        return load_process(self.row["xml"].encode(), called=called)

    def _begin(self, spec: ProcessSpec) -> Advance:
        first = self.row["start"]
        at = datetime.fromisoformat(first["at"])
        return start(spec, first["variables"], at, start_event=first["start_event"], calendar=self._calendar)

    @property
    def _calendar(self) -> WorkCalendar | None:
        return self.calendar if self.row["office_time"] else None

    def from_each_snapshot(self) -> Iterator[tuple[int, str]]:
        """(step, difference) for every step, each begun from the snapshot that the old release wrote."""
        spec = self.spec
        yield 0, difference(without_snapshot(self.row["start"]["after"]), plain(self._begin(spec)))
        for number, step in enumerate(self.row["steps"], 1):
            snapshot = base64.b64decode(step["snapshot"])
            after = advance(spec, snapshot, step["variables"], event_of(step["event"]), calendar=self._calendar)
            yield number, difference(without_snapshot(step["after"]), plain(after))

    def to_the_end(self) -> Iterator[tuple[int, str]]:
        """(step, difference) going on from the first old snapshot through snapshots of today."""
        spec = self.spec
        snapshot = base64.b64decode(self.row["start"]["after"]["snapshot"])
        for number, step in enumerate(self.row["steps"], 1):
            after = advance(spec, snapshot, step["variables"], event_of(step["event"]), calendar=self._calendar)
            snapshot = after.snapshot
            yield number, difference(without_snapshot(step["after"]), plain(after))


def without_snapshot(after: Mapping[str, Any]) -> dict[str, Any]:
    """What must come out again; the bytes of a snapshot are the release's own."""
    return {name: value for name, value in after.items() if name != "snapshot"}
