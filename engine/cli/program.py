"""Reads the words, calls their function, turns every error into one clear sentence."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final, NoReturn

from connectors.errors import ConnectorError
from engine.cli.output import CommandError, complain
from engine.domain import wordless_log
from engine.domain.errors import MotcuaError
from engine.private_files import write_privately
from engine.settings import Settings, SettingsError
from rules.errors import RulesError

# Word → the file that carries it out. Only that one is loaded, so that a small word answers fast and a worker
# needs no more than its own parts.
_FILES: Final = {
    "run": "serving.serve",
    "worker": "serving.worker",
    "db": "database",
    "seed": "serving.seed",
    "check": "checking.command",
    "play": "checking.command",
    "quote": "legal_basis",
    "feel": "legal_basis",
    "dmn": "legal_basis",
    "rules": "rules",
    "bench": "bench.command",
    "conformance": "conformance",
    "import-bpmn": "import_bpmn",
    "deadline": "legal_basis",
    "audit": "history.audit",
    "retention": "history.retention",
    "sandbox": "sandbox",
    "staff": "accounts",
    "texts": "texts",
    "unit": "accounts",
    "migrate": "migrate",
}
_LOG = logging.getLogger("motcua")


class _Parser(argparse.ArgumentParser):
    """argparse, whose complaint is one sentence and says where help is."""

    def error(self, message: str) -> NoReturn:
        complain(
            f"Lệnh chưa đúng: {message}. Xem: {self.prog} --help",
            f"This command is not understood. See: {self.prog} --help",
        )
        sys.exit(2)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 done, 1 found something or failed, 2 asked wrongly."""
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    wordless_log.install()
    write_privately()
    words = sys.argv[1:] if argv is None else list(argv)
    args = _parser(words[:1]).parse_args(words)
    try:
        return _carry_out(args)
    except (CommandError, SettingsError, RulesError, ConnectorError) as error:
        complain(error.message_vi, error.message_en)
    except MotcuaError as error:
        complain(error.message.vi, error.message.en)
    except BrokenPipeError:  # the reader of our lines has gone, e.g. `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        complain("Đã dừng.", "Stopped.")
        return 130
    except OSError as error:
        complain(f"Không đọc hoặc ghi được: {error}.", "A file or a connection cannot be read or written.")
    except Exception as error:  # the last net: the person gets a sentence, the log gets the places
        _LOG.debug("unexpected", exc_info=True)
        complain(
            f"Lỗi ngoài dự kiến ({type(error).__name__}). Đặt MOTCUA_LOG_LEVEL=debug để xem chi tiết.",
            "An unexpected error. Run again with MOTCUA_LOG_LEVEL=debug for the details.",
        )
        return 1
    return 2


def _carry_out(args: argparse.Namespace) -> int:
    """Run the word. One that can do without settings says so (`offline`), for machines that have none of ours."""
    offline: Callable[[argparse.Namespace], int | None] | None = getattr(args, "offline", None)
    done = offline(args) if offline is not None else None
    if done is not None:
        return done
    settings = Settings.from_env()
    _log_to_stderr(settings.log_level)
    return int(args.function(settings, args))


def _parser(first: list[str]) -> argparse.ArgumentParser:
    """The parser for this word, or for all of them when help is wanted or the word is strange."""
    parser = _Parser(prog="motcua", description="Motcua — Một cửa: thủ tục hành chính trực tuyến / procedures online")
    words = parser.add_subparsers(metavar="LỆNH", required=True, parser_class=_Parser)
    wanted = [_FILES[word] for word in first if word in _FILES] or dict.fromkeys(_FILES.values())
    for name in wanted:
        importlib.import_module(f"engine.cli.{name}").add(words)
    return parser


def _log_to_stderr(level: str) -> None:
    logging.basicConfig(
        level=level.upper(), stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for talkative in ("alembic", "werkzeug", "fontTools", "fpdf", "spiff"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
