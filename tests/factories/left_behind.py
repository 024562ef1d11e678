"""What an act leaves in the record, row by row, in words that are the same on every run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest
from factories.pdf_words import pdf_text
from sqlalchemy import select

from engine.bootstrap import Platform
from engine.domain.errors import MotcuaError
from engine.store.schema import metadata

# Chance, secrets, sums over both, and what a release brings with it.
NOT_COMPARED = {
    "event": {"hash", "salt", "body"},
    "event_head": None,
    "procedure_version": None,
    "process_instance": {"snapshot", "spec_hash"},
    "staff": {"password_hash", "totp_secret", "totp_sealed"},
    "session": {"token_hash"},
    "sign_in_attempt": {"state_hash", "nonce", "code_verifier", "browser_hash"},
    "dossier_file": {"sha256", "storage_key"},
    "document": {"sha256"},
    "fee_quote": {"schedule_hash", "quote"},  # how an amount came about is held in the tests of the rules
    "kept_form": None,
    "dossier_word": None,
}
ULID = re.compile(r"\b0[0-9A-HJKMNP-TV-Z]{25}\b")
HASH = re.compile(r"\b[0-9a-f]{32}(?:[0-9a-f]{32})?\b")


class LeftBehind:
    """The rows that were not there, or were otherwise, at the last look."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._names: dict[str, str] = {}
        self._before = dict(self._rows())

    def of(self, act: Callable[[], Any]) -> list[str]:
        """Act, and give one line for each row that is new or changed, with what is new in it."""
        act()
        now = dict(self._rows())
        lines = []
        for key, row in now.items():
            old = self._before.get(key, {})
            new = {name: value for name, value in row.items() if old.get(name) != value}
            if new:
                lines.append(HASH.sub("…", f"{key[0]} {json.dumps(new, ensure_ascii=False, sort_keys=True)}"))
        gone = sorted(table for table, _ in self._before.keys() - now.keys())
        self._before = now
        # Ids of one instant come in any order: by the words first, then by the names of what was met before.
        ordered = sorted(lines, key=lambda line: (ULID.sub("#", line), ULID.sub(self._known, line)))
        return [*map(self._named, ordered), *(f"gone: {table}" for table in gone)]

    def _rows(self) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
        with self._platform.database.read() as tx:
            for table in metadata.sorted_tables:
                left_out = NOT_COMPARED.get(table.name, set())
                if left_out is None:
                    continue
                keys = [column.name for column in table.primary_key]
                for row in tx.execute(select(table).order_by(*table.primary_key)).mappings():
                    shown = {
                        name: _plain(name, value)
                        for name, value in row.items()
                        if name not in left_out and value is not None
                    }
                    yield (table.name, "/".join(str(row[key]) for key in keys)), shown

    def _known(self, found: re.Match[str]) -> str:
        return self._names.get(found[0], "~")

    def _named(self, line: str) -> str:
        """Ids are chance: the first that is met is called #1."""
        return ULID.sub(lambda found: self._names.setdefault(found[0], f"#{len(self._names) + 1}"), line)


def refuses(
    platform: Platform, error: type[MotcuaError] | tuple[type[MotcuaError], ...], act: Callable[[], Any]
) -> None:
    """The act is refused with a sentence in both languages, and leaves nothing."""

    def refused() -> None:
        with pytest.raises(error) as caught:
            act()
        assert caught.value.message.vi
        assert caught.value.message.en

    assert LeftBehind(platform).of(refused) == []


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return list(pdf_text(value)) if name == "content" else "bytes"
    return value
