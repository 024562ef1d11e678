"""A visitor answers the opinion poll (ý kiến thăm dò)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class VoteInPoll:
    """`visitor_token`: the visitor's cookie; only its hash is kept. A second vote is a Conflict with a sentence."""

    poll_id: str
    option_id: str
    visitor_token: str
