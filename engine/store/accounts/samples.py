"""What practice entered: counted, marked, closed."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, or_, select, update

from engine.store.connection import Tx
from engine.store.schema.catalogue import article, poll
from engine.store.schema.people import person, staff, unit

_SAYS_SO = "%(dữ liệu mẫu)%"  # how the names of sample units always ended


@dataclass(frozen=True)
class SampleCount:
    """What is still open of it: officials who could sign in, people of the sandbox, units, news and polls."""

    officials: int
    people: int
    units: int
    content: int
    own_officials: int  # active ones that are no samples

    @property
    def open(self) -> bool:
        """Whether sample accounts or sample content are still to be closed."""
        return bool(self.officials or self.content)

    @property
    def any(self) -> bool:
        """Whether practice left anything at all."""
        return bool(self.officials or self.people or self.units or self.content)

    def to_dict(self) -> dict[str, int]:
        """For the health page and the history."""
        return {name: number for name, number in asdict(self).items() if name != "own_officials"}


def count(tx: Tx) -> SampleCount:
    """Look at the marks."""
    officials = select(func.count()).select_from(staff).where(staff.c.active.is_(True))
    shown = article.c.sample.is_(True) & (article.c.published_at <= tx.now)
    asked = poll.c.sample.is_(True) & or_(poll.c.closes_at.is_(None), poll.c.closes_at > tx.now)
    statement = select(
        officials.where(staff.c.sample.is_(True)).scalar_subquery().label("officials"),
        select(func.count()).select_from(person).where(person.c.sample.is_(True)).scalar_subquery().label("people"),
        select(func.count()).select_from(unit).where(unit.c.sample.is_(True)).scalar_subquery().label("units"),
        select(func.count()).select_from(article).where(shown).scalar_subquery().label("news"),
        select(func.count()).select_from(poll).where(asked).scalar_subquery().label("polls"),
        officials.where(staff.c.sample.is_(False)).scalar_subquery().label("own"),
    )
    row = tx.execute(statement).one()
    return SampleCount(row.officials, row.people, row.units, row.news + row.polls, row.own)


def mark_named_so(tx: Tx) -> None:
    """Mark the units that say of themselves that they are samples."""
    tx.execute(update(unit).where(unit.c.name_vi.like(_SAYS_SO)).values(sample=True))


def close(tx: Tx) -> None:
    """Lock the officials, take the articles off the pages, end the polls. Rows stay: dossiers may point to them."""
    tx.execute(update(staff).where(staff.c.sample.is_(True)).values(active=False))
    never = tx.now.replace(year=9999)
    tx.execute(update(article).where(article.c.sample.is_(True)).values(published_at=never))
    tx.execute(update(poll).where(poll.c.sample.is_(True)).values(closes_at=tx.now))
