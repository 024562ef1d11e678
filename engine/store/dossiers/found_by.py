"""The words by which dossiers are found again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, insert, select

from engine.domain.search_words import Term, bare_code
from engine.store.connection import Row, Tx, rows
from engine.store.schema.dossiers import dossier, dossier_word

_W: Final = dossier_word.c
_MOST_OF_A_WORD: Final = 50
_NEWEST: Final = 5


def add(tx: Tx, dossier_id: str, words: Iterable[str]) -> None:
    """Let a dossier be found by these words."""
    new = [{"word": word, "dossier_id": dossier_id} for word in sorted(words)]
    if new:
        tx.execute(insert(dossier_word).values(new))


def having(term: Term) -> Select[tuple[str]]:
    """The ids of the dossiers that have the term: a range of the key."""
    return select(_W.dossier_id).where(_begins(term))


def only_code(tx: Tx, bare: str) -> str | None:
    """The code of the one dossier that has the word, as its code or a part of it from some place on; else None."""
    found = select(dossier.c.code).where(dossier.c.id.in_(select(_W.dossier_id).where(_W.word == bare)))
    codes = list(tx.execute(found.limit(_MOST_OF_A_WORD)).scalars())
    meant = [str(code) for code in codes if bare_code(str(code)).endswith(bare)]
    return meant[0] if len(meant) == 1 else None


def newest_with(tx: Tx, word: str, unit_id: str) -> list[Row]:
    """The unit's dossiers that have the whole word, filed last first: the newest few."""
    ids = select(_W.dossier_id).where(_W.word == word)
    theirs = select(dossier).where(dossier.c.id.in_(ids), dossier.c.unit_id == unit_id)
    return rows.every(tx, theirs.order_by(dossier.c.submitted_at.desc(), dossier.c.id.desc()).limit(_NEWEST))


def _begins(term: Term) -> ColumnElement[bool]:
    if term.whole:
        return _W.word == term.word
    behind = term.word[:-1] + chr(ord(term.word[-1]) + 1)
    return and_(_W.word >= term.word, _W.word < behind)
