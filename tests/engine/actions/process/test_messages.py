"""What the post tells us: early, late, twice, about somebody else's parcel, or about nobody's."""

from __future__ import annotations

import itertools

import pytest
from factories.office_life import ISSUED, OfficeLife

from connectors.port import Done
from engine.actions.filing import ConfirmDraft, confirm_draft
from engine.actions.process import FinishConnectorJob, ReceiveMessage, finish_connector_job, receive_message
from engine.store.history import events
from engine.store.process import jobs, messages

NUMBERS = itertools.count()


@pytest.fixture
def at_post(life: OfficeLife) -> str:
    """A dossier whose result goes by post; the order has not been answered yet."""
    citizen = life.citizen()
    dossier_id = life.to_confirmation(citizen)
    life.do(confirm_draft, ConfirmDraft(citizen, dossier_id, "agree"))
    for element_id, outputs in ISSUED[3:]:
        life.complete(dossier_id, element_id, outputs)
    life.pay(dossier_id)
    return dossier_id


def order(life: OfficeLife, dossier_id: str):
    (job,) = [job for job in life.see(jobs.of_dossier, dossier_id) if job["kind"] == "post.deliver"]
    return job


def taken(life: OfficeLife, dossier_id: str) -> None:
    """The post answers our order."""
    life.do(finish_connector_job, FinishConnectorJob(order(life, dossier_id)["id"], Done({"tracking_number": "EM1"})))


def tell(life: OfficeLife, key: str, number: str = "EM1", name: str = "parcel_delivered", nonce: str = "") -> str:
    nonce = nonce or f"nonce-{next(NUMBERS):016}"
    return life.do(receive_message, ReceiveMessage("post", nonce, name, key, number, {"status": 3}))


def test_delivered_means_delivered(life: OfficeLife, at_post: str):
    taken(life, at_post)
    assert life.open_task(at_post)["element_id"] == "check_parcel"
    assert "result.ready" not in [row["kind"] for row in life.notices(at_post)]  # nobody is sent to the counter
    assert tell(life, order(life, at_post)["key"]) == "taken"
    row = life.dossier(at_post)
    assert (row["status"], row["state"]) == (10, "delivered")
    assert life.see(lambda tx: list(events.broken_links(tx, at_post))) == []


def test_news_before_our_own_answer_is_kept_and_taken_then(life: OfficeLife, at_post: str):
    assert tell(life, order(life, at_post)["key"]) == "waiting"
    assert life.dossier(at_post)["status"] == 9
    taken(life, at_post)
    assert life.dossier(at_post)["status"] == 10
    assert [row["state"] for row in life.see(messages.of_dossier, at_post)] == ["taken"]


def test_the_same_message_twice_is_one_and_later_news_is_late(life: OfficeLife, at_post: str):
    taken(life, at_post)
    key = order(life, at_post)["key"]
    assert [tell(life, key, nonce="n" * 20) for _ in range(3)] == ["taken", "again", "again"]
    history = len(life.see(events.of_chain, at_post))
    assert tell(life, key) == "late"
    assert life.dossier(at_post)["status"] == 10
    assert len(life.see(events.of_chain, at_post)) == history + 1


def test_another_tracking_number_moves_nothing(life: OfficeLife, at_post: str):
    taken(life, at_post)
    assert tell(life, order(life, at_post)["key"], number="EM2") == "waiting"
    assert life.dossier(at_post)["status"] == 9


def test_a_key_we_never_used_is_kept_and_belongs_to_nobody(life: OfficeLife, at_post: str):
    assert tell(life, "somebody-elses") == "unclaimed"


def test_on_the_way_is_only_news(life: OfficeLife, at_post: str):
    taken(life, at_post)
    assert tell(life, order(life, at_post)["key"], name="") == "noted"
    assert life.open_task(at_post)["element_id"] == "check_parcel"


def test_who_hears_nothing_asks_the_post_and_confirms(life: OfficeLife, at_post: str):
    taken(life, at_post)
    life.complete(at_post, "check_parcel", {})
    assert life.dossier(at_post)["status"] == 10
    assert tell(life, order(life, at_post)["key"]) == "late"
