"""Which dossiers a search means: each term is found among the dossier's own words, or names its procedure."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, false, func, or_, select

from engine.domain.search_words import Term, looked_for
from engine.store.connection import Tx
from engine.store.dossiers import found_by
from engine.store.schema.catalogue import procedure_version
from engine.store.schema.dossiers import dossier

_V: Final = procedure_version.c
_MOST_PROCEDURES: Final = 500


def dossiers_found(tx: Tx, text: str, key: ColumnElement[str] | None = None) -> list[ColumnElement[bool]]:
    """The conditions on `dossier`, one for each term; none for an empty text. Signs without a word mean no dossier.

    `key`: another column of the statement that holds the dossier's id.
    """
    terms = looked_for(text)
    if text.strip() and not terms:
        return [false()]
    return [_has(tx, term, dossier.c.id if key is None else key) for term in terms]


def _has(tx: Tx, term: Term, key: ColumnElement[str]) -> ColumnElement[bool]:
    own = key.in_(found_by.having(term))
    codes = _procedures(tx, term)
    return or_(own, dossier.c.procedure_code.in_(codes)) if codes else own


def _procedures(tx: Tx, term: Term) -> list[str]:
    """The procedures that bear the word in their names, or whose code begins so."""
    if term.word.isdigit():
        named = func.replace(_V.code, ".", "").startswith(term.word, autoescape=True) if not term.whole else None
    else:
        names = " " + _V.search_text + " "
        named = names.contains(f" {term.word} " if term.whole else f" {term.word}", autoescape=True)
    if named is None:
        return []
    statement = select(_V.code).distinct().where(named).order_by(_V.code).limit(_MOST_PROCEDURES)
    return list(tx.execute(statement).scalars())
