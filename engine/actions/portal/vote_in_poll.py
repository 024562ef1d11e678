"""A visitor answers the opinion poll (ý kiến thăm dò)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.actions.accounts import VOTES, Counted, count_try, pause_left
from engine.context import OfficeContext
from engine.domain.errors import Conflict, NotFound, TooMany, WrongState
from engine.domain.text import Text
from engine.domain.tokens import hash_token
from engine.store.catalogue import content
from engine.store.connection import Tx

MANY_VOTES: Final = Text(
    "Từ kết nối này đã có nhiều lượt trả lời trong ngày. Hãy đăng nhập rồi trả lời, hoặc quay lại ngày mai.",
    "Many answers have come from this connection today. Sign in and answer, or come back tomorrow.",
)


@dataclass(frozen=True)
class VoteInPoll:
    """`visitor_token`: of the account, or the browser's cookie; only its hash is kept. A second vote is a Conflict.

    `place`: where the vote of somebody comes from who is not signed in. A cookie is soon dropped, so what one place
    sends within a day is bounded (TooMany).
    """

    poll_id: str
    option_id: str
    visitor_token: str
    place: str = ""


def vote_in_poll(tx: Tx, office: OfficeContext, cmd: VoteInPoll) -> None:
    """Count one vote per visitor while the poll is open. No event: votes are secret."""
    poll = content.get_poll(tx, cmd.poll_id)
    options = {row["id"] for row in content.poll_results(tx, cmd.poll_id)}
    if poll is None or cmd.option_id not in options:
        raise NotFound
    if poll["opens_at"] > tx.now or (poll["closes_at"] is not None and poll["closes_at"] <= tx.now):
        raise WrongState(Text("Cuộc thăm dò ý kiến đã kết thúc.", "The poll is closed."))
    if cmd.place:
        counted = [Counted(f"poll:{office.box.pseudonym('vote', f'{cmd.poll_id} {cmd.place}')}", VOTES)]
        if wait := pause_left(tx, counted):
            raise TooMany(wait, MANY_VOTES)
        count_try(tx, counted)
    if not content.vote(tx, cmd.poll_id, cmd.option_id, hash_token(cmd.visitor_token).hex()):
        raise Conflict(
            Text("Bạn đã trả lời cuộc thăm dò này. Cảm ơn bạn!", "You have already answered this poll. Thank you!")
        )
