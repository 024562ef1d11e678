"""The words by which dossiers are found again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, insert, select

from engine.domain.search_words import Term, bare_code
from engine.store.connection import Tx
from engine.store.schema.dossiers import dossier, dossier_word

_W: Final = dossier_word.c
_MOST_OF_A_WORD: Final = 50


def add(tx: Tx, dossier_id: str, words: Iterable[str]) -> None:
    """Let a dossier be found by these words."""
    rows = [{"word": word, "dossier_id": dossier_id} for word in sorted(words)]
    if rows:
        tx.execute(insert(dossier_word).values(rows))


def having(term: Term) -> Select[tuple[str]]:
    """The ids of the dossiers that have the term: a range of the key."""
    return select(_W.dossier_id).where(_begins(term))


def only_code(tx: Tx, bare: str) -> str | None:
    """The code of the one dossier that has the word, as its code or a part of it from some place on; else None."""
    found = select(dossier.c.code).where(dossier.c.id.in_(select(_W.dossier_id).where(_W.word == bare)))
    codes = list(tx.execute(found.limit(_MOST_OF_A_WORD)).scalars())
    meant = [str(code) for code in codes if bare_code(str(code)).endswith(bare)]
    return meant[0] if len(meant) == 1 else None


def _begins(term: Term) -> ColumnElement[bool]:
    if term.whole:
        return _W.word == term.word
    behind = term.word[:-1] + chr(ord(term.word[-1]) + 1)
    return and_(_W.word >= term.word, _W.word < behind)
