"""The words by which dossiers are found again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, and_, insert, select

from engine.domain.search_words import Term
from engine.store.connection import Tx
from engine.store.schema.dossiers import dossier_word

_W = dossier_word.c


def add(tx: Tx, dossier_id: str, words: Iterable[str]) -> None:
    """Let a dossier be found by these words."""
    rows = [{"word": word, "dossier_id": dossier_id} for word in sorted(words)]
    if rows:
        tx.execute(insert(dossier_word).values(rows))


def having(term: Term) -> Select[tuple[str]]:
    """The ids of the dossiers that have the term: a range of the key."""
    return select(_W.dossier_id).where(_begins(term))


def _begins(term: Term) -> ColumnElement[bool]:
    if term.whole:
        return _W.word == term.word
    behind = term.word[:-1] + chr(ord(term.word[-1]) + 1)
    return and_(_W.word >= term.word, _W.word < behind)
