"""Records today's engine for all later releases: `python tests/recorded/record.py 0.1.0`. Never over an old recording.

What is recorded: every construct of docs/bpmn.md, the shipped procedures, and random models of the oracle; each walked
by fixed seeds. Run it once, on the commit that is released.
"""

from __future__ import annotations

import gzip
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "oracle"), str(ROOT / "tests" / "engine" / "workflow"), str(HERE)]

import match as oracle_match  # noqa: E402 - the folders above are put on the path first
from families import FAMILIES  # noqa: E402 - as above
from office import MORNING  # noqa: E402 - as above
from recording import plain  # noqa: E402 - as above
from walker import walk  # noqa: E402 - as above

from engine.domain.deadlines import WorkCalendar  # noqa: E402 - as above
from engine.workflow import simulation  # noqa: E402 - as above
from engine.workflow.simulation import player  # noqa: E402 - as above
from engine.workflow.spec import load_process  # noqa: E402 - as above

CALENDAR = ROOT / "processes" / "_calendars" / "vn.yaml"
MODELS, WALKS, LONGEST = 120, 3, 25
PACKS = {"2.000635": 12, "1.001612": 12}
DOSSIER: Mapping[str, Any] = {
    "channel": "online",
    "delivery_method": "post",
    "dossier_code": "H56-261001-0001",
    "applicant_name": "Nguyễn Thị An",
    "applicant_phone": "0912345678",
    "owner_name": "Nguyễn Văn Bình",
    "copies": 2,
    "fee_vnd": 16_000,
}


class Recorder:
    """Stands before `start` and `advance` and keeps what goes in and what comes out."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.row: dict[str, Any] = {}
        self._real = {module: (module.start, module.advance) for module in (player, oracle_match)}

    def __enter__(self) -> Recorder:
        for module, (start, advance) in self._real.items():
            module.start = self._start(start)
            module.advance = self._advance(advance)
        return self

    def __exit__(self, *error: object) -> None:
        for module, (start, advance) in self._real.items():
            module.start, module.advance = start, advance

    def _start(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def start(spec: Any, variables: Mapping[str, Any], at: Any, **more: Any) -> Any:
            after = real(spec, variables, at, **more)
            first = {"variables": plain(variables), "at": plain(at), "start_event": more.get("start_event")}
            self.row = {
                "name": self.name,
                "xml": spec.xml.decode(),
                "called": {},
                "office_time": more.get("calendar") is not None,
                "start": {**first, "after": plain(after)},
                "steps": [],
            }
            return after

        return start

    def _advance(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def advance(spec: Any, snapshot: bytes, variables: Mapping[str, Any], event: Any, **more: Any) -> Any:
            before = {"snapshot": plain(snapshot), "variables": plain(variables)}
            after = real(spec, snapshot, variables, event, **more)
            event_row = {"type": type(event).__name__, **plain(event)}
            self.row["steps"].append({**before, "event": event_row, "after": plain(after)})
            return after

        return advance


def recordings(calendar: WorkCalendar) -> Iterator[dict[str, Any]]:
    for name, family in FAMILIES.items():
        with Recorder(f"construct: {name}") as kept:
            for _ in simulation.play(family.xml, family.steps, at=MORNING, calendar=calendar):
                pass
        yield kept.row
        yield from walks(f"construct: {name}", family.xml, WALKS, {}, calendar)
    for code, count in PACKS.items():
        xml = (ROOT / "processes" / code / "process.bpmn").read_bytes()
        yield from walks(f"procedure: {code}", xml, count, DOSSIER, calendar)
    for seed in range(1, MODELS + 1):
        with Recorder(f"model: {seed}") as kept:
            oracle_match.Match(seed, 12).play()
        yield kept.row


def walks(
    name: str, xml: bytes, count: int, variables: Mapping[str, Any], calendar: WorkCalendar
) -> Iterator[dict[str, Any]]:
    for seed in range(count):
        with Recorder(f"{name}, walk {seed}") as kept:
            spec = load_process(xml)
            first = spec.plan.starts[spec.plan.root][0]
            stage = player.Stage(spec, variables, MORNING, start_event=first, calendar=calendar)
            walk(stage, Random(seed), LONGEST)
        yield kept.row


def main() -> int:
    release = HERE / sys.argv[1]
    if release.exists():
        sys.stderr.write(f"{release.name} is recorded already; a recording is never written again.\n")
        return 1
    release.mkdir()
    shutil.copyfile(CALENDAR, release / "calendar.yaml")
    calendar = WorkCalendar.load(release / "calendar.yaml")
    with (
        (release / "engine.jsonl.gz").open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, mtime=0) as packed,
    ):
        for row in recordings(calendar):
            packed.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
