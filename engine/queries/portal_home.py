"""The home page: guides, news, the poll and the visit counter.

portal_home(tx, visitor_token=None) -> PortalHome ; article(tx, slug) -> ArticleView ; visits(tx) -> Visits
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.domain.text import Text


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
