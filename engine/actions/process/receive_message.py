"""Somebody outside tells us something: the step of a process that waits for it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.actions.dossier import DossierWork, keep_work, load_work
from engine.actions.process.own_messages import OWN
from engine.actions.process.run_process import run_process
from engine.context import OfficeContext
from engine.domain.actor import SYSTEM
from engine.domain.history import EventKind
from engine.domain.meanings import meaning_of
from engine.domain.vocabulary import InstanceState, MessageState
from engine.store.connection import Tx
from engine.store.process import jobs, messages
from engine.workflow.runner import MessageReceived


@dataclass(frozen=True)
class ReceiveMessage:
    """`nonce`: the sender's own number of the message. `job_key`: the key under which we had called the sender.

    `name`: what the message means (engine.domain.meanings), empty for news that no step waits for; the diagrams call
    it as they like. `reference`: what the waiting step
    compares (`motcua:correlation`), e.g. a tracking number. `payload` becomes variables the step declares.
    """

    source: str
    nonce: str
    name: str
    job_key: str
    reference: str = ""
    payload: Mapping[str, Any] | None = None


def receive_message(tx: Tx, office: OfficeContext, cmd: ReceiveMessage) -> str:
    """Take a message in; gives what became of it.

    `again`: it came before, nothing happens. `unclaimed`: we never called under this key; it is only kept.
    `taken`: a step went on. `waiting`: nobody waits for it yet; the dossier takes it when it gets there.
    `late`: the process is over. `noted`: news for the history.
    """
    payload = dict(cmd.payload or {}) | {"reference": cmd.reference}
    kept = {"source": cmd.source, "nonce": cmd.nonce, "name": cmd.name, "key": cmd.job_key, "payload": payload}
    message_id = messages.add(tx, kept)
    if message_id is None:
        return "again"
    job = jobs.by_key(tx, cmd.job_key)
    if job is None or job["dossier_id"] is None:
        return "unclaimed"
    work = load_work(tx, office, SYSTEM, job["dossier_id"])
    work.happened(EventKind.MESSAGE_RECEIVED, {"source": cmd.source, **payload})
    if not cmd.name:
        keep_work(work)
        messages.settle(tx, message_id, MessageState.TAKEN, work.id)
        return "noted"
    return hand_over(work, message_id, cmd.name, payload)


def hand_over(work: DossierWork, message_id: str, name: str, payload: Mapping[str, Any]) -> str:
    """Give a message to the step that waits for it, if one does."""
    if work.instance is None or work.instance["state"] != InstanceState.RUNNING:
        keep_work(work)
        messages.settle(work.tx, message_id, MessageState.LATE, work.id)
        return "late"
    told = {key: value for key, value in payload.items() if key != "reference"}
    meaning = meaning_of(name)
    drawn = work.spec.message_that(meaning) if meaning else None
    movement = run_process(work, MessageReceived(drawn or name, told, work.at, key=payload["reference"]))
    keep_work(work)
    state = MessageState.TAKEN if movement.caught else MessageState.WAITING
    messages.settle(work.tx, message_id, state, work.id)
    return state


def take_waiting_messages(work: DossierWork) -> None:
    """The dossier has moved on: perhaps it now waits for what others told us early."""
    for message in messages.waiting(work.tx, work.id):
        if message["source"] == OWN:  # handed over by the process itself, as it moves
            continue
        hand_over(work, message["id"], message["name"], message["payload"])
