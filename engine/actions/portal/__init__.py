"""The portal's own content and small acts of its visitors: news, poll, visits, notices read."""

from __future__ import annotations

from engine.actions.portal.read_notices import ReadNotices, read_notices
from engine.actions.portal.record_visit import RecordVisit, record_visit
from engine.actions.portal.seed_content import SeedContent, demo_accounts, seed_content
from engine.actions.portal.vote_in_poll import VoteInPoll, vote_in_poll

__all__ = [
    "ReadNotices",
    "RecordVisit",
    "SeedContent",
    "VoteInPoll",
    "demo_accounts",
    "read_notices",
    "record_visit",
    "seed_content",
    "vote_in_poll",
]
