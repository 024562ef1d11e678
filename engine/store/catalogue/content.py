"""News, guides, polls and visits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.domain.article_html import clean_html
from engine.domain.identifiers import new_id
from engine.store.connection import Row, Tx, rows
from engine.store.schema.catalogue import article, poll, poll_option, poll_vote, visit_day

BODIES = ("body_vi", "body_en")  # the columns that hold HTML


def add_article(tx: Tx, values: Mapping[str, Any]) -> str:
    """Publish an article, cleaned of what no article may hold; gives the id."""
    return rows.add(tx, article, {"published_at": tx.now, **_cleaned(values)})


def change_article(tx: Tx, article_id: str, values: Mapping[str, Any]) -> bool:
    """Write an article, cleaned of what no article may hold; False when there is none."""
    return rows.change(tx, article, article_id, _cleaned(values))


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: clean_html(value) if name in BODIES else value for name, value in values.items()}


def article_by_slug(tx: Tx, slug: str) -> Row | None:
    """The article at this address, or None."""
    return rows.first(tx, select(article).where(article.c.slug == slug))


def articles(tx: Tx, kind: str, limit: int) -> list[Row]:
    """The newest articles of a kind (guide or news) that are published by now."""
    return rows.every(
        tx,
        select(article)
        .where(article.c.kind == kind, article.c.published_at <= tx.now)
        .order_by(article.c.published_at.desc(), article.c.id)
        .limit(limit),
    )


def add_poll(tx: Tx, values: Mapping[str, Any]) -> str:
    """Open a poll; gives the id."""
    return rows.add(tx, poll, {"opens_at": tx.now, **values})


def add_poll_options(tx: Tx, options: list[Mapping[str, Any]]) -> list[str]:
    """Add the answers of a poll; gives their ids."""
    return rows.add_all(tx, poll_option, options)


def get_poll(tx: Tx, poll_id: str) -> Row | None:
    """The poll, or None."""
    return rows.get(tx, poll, poll_id)


def open_poll(tx: Tx) -> Row | None:
    """The newest poll that is open now, or None."""
    return rows.first(
        tx,
        select(poll)
        .where(poll.c.opens_at <= tx.now, or_(poll.c.closes_at.is_(None), poll.c.closes_at > tx.now))
        .order_by(poll.c.opens_at.desc(), poll.c.id),
    )


def poll_results(tx: Tx, poll_id: str) -> list[Row]:
    """Each answer of a poll with its number of `votes`, in the poll's order."""
    votes = func.count(poll_vote.c.id).label("votes")
    return rows.every(
        tx,
        select(poll_option, votes)
        .outerjoin(poll_vote, poll_vote.c.option_id == poll_option.c.id)
        .where(poll_option.c.poll_id == poll_id)
        .group_by(*poll_option.c)
        .order_by(poll_option.c.position),
    )


def vote(tx: Tx, poll_id: str, option_id: str, voter_hash: str) -> bool:
    """Count one vote; False when this voter has voted in the poll before."""
    insert = (postgresql.insert if tx.on_postgresql else sqlite.insert)(poll_vote)
    values = {"id": new_id(tx.now), "poll_id": poll_id, "option_id": option_id, "voter_hash": voter_hash}
    statement = (
        insert.values(**values, voted_at=tx.now)
        .on_conflict_do_nothing(index_elements=["poll_id", "voter_hash"])
        .returning(poll_vote.c.id)  # PostgreSQL's driver counts no rows here; the row itself says that it is new
    )
    return tx.execute(statement).first() is not None


def count_visit(tx: Tx, on: date) -> None:
    """Add one visit to a local day."""
    insert = (postgresql.insert if tx.on_postgresql else sqlite.insert)(visit_day)
    statement = insert.values(day_on=on, visits=1).on_conflict_do_update(
        index_elements=["day_on"], set_={"visits": visit_day.c.visits + 1}
    )
    tx.execute(statement)


def visits_since(tx: Tx, first_on: date | None) -> int:
    """Visits from `first_on` to now, or of all time: a sum over days, so no period contradicts another."""
    statement = select(func.coalesce(func.sum(visit_day.c.visits), 0))
    if first_on is not None:
        statement = statement.where(visit_day.c.day_on >= first_on)
    return int(tx.execute(statement).scalar_one())


def has_voted(tx: Tx, poll_id: str, voter_hash: str) -> bool:
    """Whether this voter has answered the poll."""
    statement = select(poll_vote.c.id).where(poll_vote.c.poll_id == poll_id, poll_vote.c.voter_hash == voter_hash)
    return tx.execute(statement).first() is not None
