"""A visitor answers the opinion poll (ý kiến thăm dò)."""

from __future__ import annotations

from dataclasses import dataclass

from engine.context import OfficeContext
from engine.domain.errors import Conflict, NotFound, WrongState
from engine.domain.text import Text
from engine.domain.tokens import hash_token
from engine.store.catalogue import content
from engine.store.connection import Tx


@dataclass(frozen=True)
class VoteInPoll:
    """`visitor_token`: the visitor's cookie; only its hash is kept. A second vote is a Conflict with a sentence."""

    poll_id: str
    option_id: str
    visitor_token: str


def vote_in_poll(tx: Tx, office: OfficeContext, cmd: VoteInPoll) -> None:
    """Count one vote per visitor while the poll is open. No event: votes are secret."""
    poll = content.get_poll(tx, cmd.poll_id)
    options = {row["id"] for row in content.poll_results(tx, cmd.poll_id)}
    if poll is None or cmd.option_id not in options:
        raise NotFound
    if poll["opens_at"] > tx.now or (poll["closes_at"] is not None and poll["closes_at"] <= tx.now):
        raise WrongState(Text("Cuộc thăm dò ý kiến đã kết thúc.", "The poll is closed."))
    if not content.vote(tx, cmd.poll_id, cmd.option_id, hash_token(cmd.visitor_token).hex()):
        raise Conflict(
            Text("Bạn đã trả lời cuộc thăm dò này. Cảm ơn bạn!", "You have already answered this poll. Thank you!")
        )
