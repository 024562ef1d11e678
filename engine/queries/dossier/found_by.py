"""Which dossiers a search means: each term is found among the dossier's own words, or names its procedure."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, func, or_, select

from engine.domain.search_words import Term, looked_for
from engine.store.connection import Tx
from engine.store.dossiers import found_by
from engine.store.schema.catalogue import procedure_version
from engine.store.schema.dossiers import dossier

_V: Final = procedure_version.c
_MOST_PROCEDURES: Final = 500


def dossiers_found(tx: Tx, text: str) -> list[ColumnElement[bool]]:
    """The conditions on `dossier`, one for each term; none for a text without a word in it."""
    return [_has(tx, term) for term in looked_for(text)]


def _has(tx: Tx, term: Term) -> ColumnElement[bool]:
    own = dossier.c.id.in_(found_by.having(term))
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
