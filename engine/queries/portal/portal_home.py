"""The home page: guides, news, the poll and the visit counter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.domain.clock import local_day
from engine.domain.errors import NotFound
from engine.domain.text import Text
from engine.domain.tokens import hash_token
from engine.store.accounts import staff
from engine.store.catalogue import content
from engine.store.connection import Row, Tx
from engine.store.records import UnitRow


@dataclass(frozen=True)
class ArticleCard:
    """A guide or a piece of news in a list."""

    slug: str
    kind: str
    title: Text
    summary: Text
    published_at: datetime


@dataclass(frozen=True)
class ArticleView:
    """A guide or a piece of news with its body (sanitised HTML) and the unit that signs it."""

    slug: str
    kind: str
    title: Text
    summary: Text
    body: Text
    unit: Text | None
    published_at: datetime


@dataclass(frozen=True)
class PollOptionView:
    """One answer of the poll and what it has so far; `share` in whole percent."""

    id: str
    label: Text
    votes: int
    share: int


@dataclass(frozen=True)
class PollView:
    """An open poll. `voted`: this visitor has answered."""

    id: str
    question: Text
    options: tuple[PollOptionView, ...]
    votes: int
    voted: bool


@dataclass(frozen=True)
class Visits:
    """Sums over days, so today ≤ week, today ≤ month, and all of them ≤ all, by construction."""

    today: int
    yesterday: int
    week: int
    month: int
    all: int


@dataclass(frozen=True)
class PortalHome:
    """`poll` is None when none is open: then the box is not shown."""

    guides: tuple[ArticleCard, ...]
    news: tuple[ArticleCard, ...]
    poll: PollView | None
    visits: Visits


def portal_home(tx: Tx, visitor_token: str | None = None) -> PortalHome:
    """Everything on the home page."""
    row = content.open_poll(tx)
    return PortalHome(
        guides=articles(tx, "guide", 6),
        news=articles(tx, "news", 6),
        poll=_poll(tx, row, visitor_token) if row else None,
        visits=visits(tx),
    )


def articles(tx: Tx, kind: str, limit: int = 50) -> tuple[ArticleCard, ...]:
    """The newest guides or news."""
    return tuple(
        ArticleCard(row["slug"], row["kind"], _text(row, "title"), _text(row, "summary"), row["published_at"])
        for row in content.articles(tx, kind, limit)
    )


def article(tx: Tx, slug: str) -> ArticleView:
    """One article; raises NotFound, also for one that is not published yet."""
    row = content.article_by_slug(tx, slug)
    if row is None or row["published_at"] > tx.now:
        raise NotFound
    unit = staff.get_unit(tx, row["unit_id"]) if row["unit_id"] else None
    return ArticleView(
        slug=row["slug"],
        kind=row["kind"],
        title=_text(row, "title"),
        summary=_text(row, "summary"),
        body=_text(row, "body"),
        unit=_text(unit, "name") if unit else None,
        published_at=row["published_at"],
    )


def poll(tx: Tx, poll_id: str, visitor_token: str | None = None) -> PollView:
    """A poll with its results, open or closed; raises NotFound."""
    row = content.get_poll(tx, poll_id)
    if row is None:
        raise NotFound
    return _poll(tx, row, visitor_token)


def visits(tx: Tx) -> Visits:
    """The counter. Weeks begin on Monday; yesterday may lie in last week, it is no part of it then."""
    today = local_day(tx.now)
    since_today = content.visits_since(tx, today)
    return Visits(
        today=since_today,
        yesterday=content.visits_since(tx, today - timedelta(days=1)) - since_today,
        week=content.visits_since(tx, today - timedelta(days=today.weekday())),
        month=content.visits_since(tx, today.replace(day=1)),
        all=content.visits_since(tx, None),
    )


def _poll(tx: Tx, row: Row, visitor_token: str | None) -> PollView:
    results = content.poll_results(tx, row["id"])
    votes = sum(one["votes"] for one in results)
    options = tuple(
        PollOptionView(one["id"], _text(one, "label"), one["votes"], round(100 * one["votes"] / votes) if votes else 0)
        for one in results
    )
    voted = visitor_token is not None and content.has_voted(tx, row["id"], hash_token(visitor_token).hex())
    return PollView(row["id"], _text(row, "question"), options, votes, voted)


def _text(row: Mapping[Any, Any] | UnitRow, name: str) -> Text:
    words = dict(row)
    return Text(words[f"{name}_vi"], words[f"{name}_en"])
