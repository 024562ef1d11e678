"""Messages that a diagram throws and no connector carries travel within their dossier.

The step that waits takes it at once, in the same transaction; a message that nobody waits for yet is kept, and taken
when the dossier gets to the step that waits. Each stands in the history, also one that nobody ever takes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.actions.dossier import DossierWork
from engine.domain.history import EventKind
from engine.domain.identifiers import new_id
from engine.domain.vocabulary import MessageState
from engine.store.process import messages
from engine.workflow import runner
from engine.workflow.runner import Advance, MessageReceived

OWN: Final = "process"  # the source of a message that is the dossier's own
CORRELATION: Final = "correlation"  # the input whose value the waiting step compares (`motcua:correlation`)
MOST: Final = 1000  # messages in one step; a diagram that answers itself for ever goes on at the next one

Settle = Callable[[DossierWork, Advance], Advance]


def deliver_own(work: DossierWork, movement: Advance, settle: Settle) -> Advance:
    """Hand over what this step threw, then what was thrown before and waits. `settle` answers decisions on the way."""
    if not work.spec.throws_messages:
        return movement
    waiting = [] if work.instance is None else messages.waiting(work.tx, work.id)
    thrown = deque(movement.thrown)
    for _ in range(MOST):
        if not thrown:
            break
        one = thrown.popleft()
        payload = {name: value for name, value in one.inputs.items() if name != CORRELATION}
        reference = one.inputs.get(CORRELATION)
        step = _taken(work, movement, one.name, payload, reference, settle)
        state = MessageState.LATE if movement.ended else MessageState.WAITING
        if step is not None:
            thrown.extend(step.thrown)
            movement, state = movement.then(step), MessageState.TAKEN
        _keep(work, one.name, {**payload, "reference": reference}, state)
        work.happened(EventKind.MESSAGE_THROWN, {"element": one.element_id, "name": one.name, "state": state.value})
    for row in waiting:
        told = {name: value for name, value in row["payload"].items() if name != "reference"}
        own = row["source"] == OWN and movement.ended is None
        step = _taken(work, movement, row["name"], told, row["payload"].get("reference"), settle) if own else None
        if step is not None:
            movement = movement.then(step)
            messages.settle(work.tx, row["id"], MessageState.TAKEN, work.id)
    return movement


def _taken(
    work: DossierWork, movement: Advance, name: str, payload: Mapping[str, Any], reference: Any, settle: Settle
) -> Advance | None:
    """The step of whoever waited for it; None when nobody does."""
    if movement.ended is not None:
        return None
    event = MessageReceived(name, payload, work.at, key=reference)
    step = runner.advance(work.spec, movement.snapshot, movement.variables, event, calendar=work.office.calendar)
    return settle(work, step) if step.caught else None


def _keep(work: DossierWork, name: str, payload: Mapping[str, Any], state: MessageState) -> None:
    kept = {"source": OWN, "nonce": new_id(work.at), "name": name[:80], "key": work.id, "payload": payload}
    message_id = messages.add(work.tx, kept)
    if message_id is not None:
        messages.settle(work.tx, message_id, state, work.id)
