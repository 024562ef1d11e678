"""`motcua conformance`: the oracle and what stands in given folders of tests and files by others, in one table."""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from engine.cli.checking.checks import judge_file, stopped, verdict
from engine.cli.checking.isolated_child import Apart, Judge, StoppedError
from engine.cli.declare import Words, json_mark, word
from engine.cli.output import CommandError, say, say_json
from engine.conformance import Row, as_lines, as_markdown, gather, judge_model, judge_scenario, run_all
from engine.domain.clock import SystemClock, local
from engine.settings import Settings

_MODELS: Final = 1_000


def add(words: Words) -> None:
    """Declare the word."""
    parser = word(words, "conformance", "đối chiếu với bài kiểm của người khác / other people's tests", conformance)
    parser.add_argument("folders", nargs="*", type=Path, metavar="THƯ_MỤC", help="suites, TCK, MIWG, BPMN")
    parser.add_argument("--models", type=int, default=_MODELS, metavar="SỐ", help="mô hình ngẫu nhiên / random models")
    parser.add_argument("--out", type=Path, metavar="TỆP", help="bảng Markdown / the table as Markdown")
    json_mark(parser)


def conformance(settings: Settings, args: argparse.Namespace) -> int:
    """One row for each set; exit code 1 when something does not hold."""
    missing = next((folder for folder in args.folders if not folder.is_dir()), None)
    if missing is not None:
        raise CommandError(f"Không có thư mục {missing}.", f"There is no folder {missing}.")
    rows = list(_rows(args.folders, max(args.models, 0)))
    if not rows:
        raise CommandError("Không có gì để đối chiếu.", "There is nothing to compare with.")
    if args.json:
        for row in rows:
            say_json(row.to_dict())
    else:
        say("\n".join(as_lines(rows)))
    if args.out:
        args.out.write_text(as_markdown(rows, _about()), encoding="utf-8")
    return 1 if any(row.wrong for row in rows) else 0


def _rows(folders: list[Path], models: int) -> Iterator[Row]:
    with (
        closing(_Child(judge_scenario, _scenario_stopped)) as scenario,
        closing(_Child(judge_file, _stopped)) as check,
        closing(_Child(judge_model, _model_stopped)) as model,
    ):
        yield from run_all(gather(folders), models, scenario, check, model)


class _Child:
    """Asks a judge in a child process, and says of a file that stops it what happened."""

    def __init__(self, judge: Judge, when_stopped: Judge) -> None:
        self._apart, self._stopped = Apart(judge), when_stopped

    def __call__(self, file: str) -> dict[str, Any]:
        try:
            return self._apart.judge(file)
        except StoppedError:
            return self._stopped(file)

    def close(self) -> None:
        self._apart.close()


def _stopped(file: str) -> dict[str, Any]:
    return verdict(file, [stopped(file, "tiến trình xét bị ngắt", "the process that judged it was stopped")])


def _scenario_stopped(file: str) -> dict[str, Any]:
    why = "the process that walked it was stopped"
    return {"id": Path(file).stem, "reading": "", "verdict": "disagree", "why": why}


def _model_stopped(file: str) -> dict[str, Any]:
    why = "the process that judged it was stopped"
    told = {"accepted": False, "named": False, "why": why, "foreign": True, "imported": False, "left": why}
    return {"file": file, **told, "kept": False}


def _about() -> dict[str, str]:
    """The day and the commit of this program; "-" where it is not run from its sources."""
    words = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short=10", "HEAD"]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - words of our own
        commit = done.stdout.strip()
    except OSError:
        commit = ""
    return {"commit": commit or "-", "date": f"{local(SystemClock().now()):%Y-%m-%d}"}
