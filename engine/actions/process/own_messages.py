"""Messages that a diagram throws and no connector carries travel within their dossier.

Each is kept when it is thrown and stands in the history. The step that waits takes it in the same transaction, else
when the dossier gets to that step; what nobody has taken when the process ends came too late.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.actions.dossier import DossierWork
from engine.domain.history import EventKind
from engine.domain.vocabulary import MessageState
from engine.store.process import messages
from engine.workflow import runner
from engine.workflow.runner import Advance, MessageReceived, MessageThrown

OWN: Final = "process"  # the source of a message that is the dossier's own
CORRELATION: Final = "correlation"  # the input whose value the waiting step compares (`motcua:correlation`)
MOST: Final = 1000  # messages taken in one step; a diagram that answers itself for ever goes on with the next one

Settle = Callable[[DossierWork, Advance], Advance]


@dataclass(frozen=True)
class _Kept:
    id: str
    name: str
    payload: Mapping[str, Any]
    reference: Any


def deliver_own(work: DossierWork, movement: Advance, settle: Settle) -> Advance:
    """Hand over what waits and what this step threw, oldest first, until nobody takes any more.

    `settle` answers the decisions that are asked on the way.
    """
    if not work.spec.throws_messages:
        return movement
    own = [row for row in messages.of_dossier(work.tx, work.id) if row["source"] == OWN]
    waiting = [row for row in own if row["state"] == MessageState.WAITING]
    left = [_Kept(row["id"], row["name"], *_split(row["payload"])) for row in waiting]
    count = len(own)
    thrown = movement.thrown
    for _ in range(MOST):
        left += _keep(work, thrown, count)
        count += len(thrown)
        one, step = _next_taken(work, movement, left)
        if one is None or step is None:
            break
        step = settle(work, step)
        left.remove(one)
        messages.settle(work.tx, one.id, MessageState.TAKEN, work.id)
        movement, thrown = movement.then(step), step.thrown
    else:
        left += _keep(work, thrown, count)
    if movement.ended is not None:
        for one in left:
            messages.settle(work.tx, one.id, MessageState.LATE, work.id)
    return movement


def _next_taken(work: DossierWork, movement: Advance, left: Sequence[_Kept]) -> tuple[_Kept | None, Advance | None]:
    """The oldest message that a step waits for, and what follows."""
    for one in left if movement.ended is None else ():
        event = MessageReceived(one.name, one.payload, work.at, key=one.reference)
        step = runner.advance(work.spec, movement.snapshot, movement.variables, event, calendar=work.office.calendar)
        if step.caught:
            return one, step
    return None, None


def _keep(work: DossierWork, thrown: Sequence[MessageThrown], count: int) -> list[_Kept]:
    """Write down what was thrown; messages of one instant are told apart by their number in the dossier."""
    kept = []
    for number, one in enumerate(thrown, count + 1):
        payload = {name: value for name, value in one.inputs.items() if name != CORRELATION}
        reference = one.inputs.get(CORRELATION)
        row = {"source": OWN, "nonce": f"{work.id}:{number:08}", "name": one.name, "key": work.id}
        state = {"state": MessageState.WAITING, "dossier_id": work.id}
        message_id = messages.add(work.tx, {**row, **state, "payload": {**payload, "reference": reference}})
        kept.append(_Kept(str(message_id), one.name, payload, reference))
        work.happened(EventKind.MESSAGE_THROWN, {"element": one.element_id, "name": one.name})
    return kept


def _split(payload: Mapping[str, Any]) -> tuple[dict[str, Any], Any]:
    return {name: value for name, value in payload.items() if name != "reference"}, payload.get("reference")
