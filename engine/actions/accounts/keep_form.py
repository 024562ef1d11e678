"""A form arrives whose session has ended: what was typed is kept until the person has signed in again, then used once.

keep_form(tx, office, KeepForm(…)) -> str | None             the key; None when it is larger than anybody types
kept_form(tx, office, key, person) -> KeptForm               raises NotFound: another person's, too old, used, unknown
use_kept_form(tx, office, key, person) -> KeptForm           the same, and it is gone
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from engine.context import OfficeContext
from engine.domain.actor import Actor
from engine.domain.errors import NotFound
from engine.domain.text import Text
from engine.domain.tokens import hash_token, new_token
from engine.store.accounts import kept_forms
from engine.store.connection import Row, Tx

GOOD_FOR: Final = timedelta(hours=2)
MAX_SIGNS: Final = 200_000  # ten of the longest entries; the largest form of the shipped packs has a tenth of it
_PURPOSE: Final = "kept form"
_GONE: Final = Text(
    "Nội dung được giữ không còn: đã gửi rồi, đã quá hai giờ, hoặc do người khác nhập.",
    "What was kept is gone: it was sent, is older than two hours, or somebody else had typed it.",
)


@dataclass(frozen=True)
class KeepForm:
    """`whose`: the mark of whoever was signed in (`mark_of`); empty for a form that holds nothing of anybody."""

    endpoint: str
    parts: Mapping[str, str]
    fields: Sequence[tuple[str, str]]
    whose: str = ""


@dataclass(frozen=True)
class KeptForm:
    """Where the form was going, and what it held."""

    endpoint: str
    parts: Mapping[str, str]
    fields: tuple[tuple[str, str], ...]


def mark_of(office: OfficeContext, actor: Actor) -> str:
    """By what a browser remembers who was signed in: it can be compared and tells nothing."""
    return office.box.pseudonym("kept form", f"{actor.kind}:{actor.id}")


def keep_form(tx: Tx, office: OfficeContext, cmd: KeepForm) -> str | None:
    """Keep what was typed, sealed; gives the key that only this browser has."""
    words = json.dumps({"parts": dict(cmd.parts), "fields": [list(pair) for pair in cmd.fields]}, ensure_ascii=False)
    if len(words) > MAX_SIGNS:
        return None
    key = new_token()
    sealed = office.box.seal(words, _PURPOSE)
    row = {"key_hash": hash_token(key), "whose": cmd.whose, "endpoint": cmd.endpoint, "sealed": sealed}
    kept_forms.add(tx, row)
    return key


def kept_form(tx: Tx, office: OfficeContext, key: str, person: Actor) -> KeptForm:
    """What was kept under this key, for the person who typed it; raises NotFound."""
    row = kept_forms.by_key_hash(tx, hash_token(key))
    if row is None or tx.now - row["kept_at"] > GOOD_FOR or row["whose"] not in ("", mark_of(office, person)):
        raise NotFound(_GONE)
    return _opened(office, row)


def use_kept_form(tx: Tx, office: OfficeContext, key: str, person: Actor) -> KeptForm:
    """The same, and nobody finds it any more: what it asks for is done once."""
    found = kept_form(tx, office, key, person)
    if not kept_forms.remove(tx, hash_token(key)):
        raise NotFound(_GONE)
    return found


def let_go(tx: Tx, key: str) -> None:
    """The form was sent after all."""
    kept_forms.remove(tx, hash_token(key))


def _opened(office: OfficeContext, row: Row) -> KeptForm:
    words = office.box.open(row["sealed"], _PURPOSE)
    if words is None:
        raise NotFound(_GONE)
    held = json.loads(words)
    return KeptForm(row["endpoint"], held["parts"], tuple((name, value) for name, value in held["fields"]))
