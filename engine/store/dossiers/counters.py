"""Numbers that must never be given twice."""

from __future__ import annotations

from datetime import date

from sqlalchemy.dialects import postgresql, sqlite

from engine.store.connection import Tx
from engine.store.schema.catalogue import code_counter


def next_number(tx: Tx, agency_code: str, on: date) -> int:
    """The next dossier number of an agency on a local day, from 1.

    The counter's row stays held until the transaction ends, and a roll-back gives the number back: numbers have
    neither twins nor gaps. Call it late in the action, since others of the same agency wait meanwhile.
    """
    insert = (postgresql.insert if tx.on_postgresql else sqlite.insert)(code_counter)
    statement = (
        insert.values(agency_code=agency_code, day_on=on, last_number=1)
        .on_conflict_do_update(
            index_elements=["agency_code", "day_on"], set_={"last_number": code_counter.c.last_number + 1}
        )
        .returning(code_counter.c.last_number)
    )
    return int(tx.execute(statement).scalar_one())
