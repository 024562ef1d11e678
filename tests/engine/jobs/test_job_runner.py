from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from factories.calls import job_counts

from connectors.port import Call, Done, Outcome, Refused, TryLater, Unknown
from connectors.registry import Registry
from engine.bootstrap import Platform
from engine.domain.errors import Conflict
from engine.jobs import job_runner as work
from engine.jobs.job_runner import JobRunner
from engine.store.process import jobs

NEVER = threading.Event()


class Peer:
    """The other side as its promises and a list of answers; it counts what reached it."""

    kind = "sms.send"

    def __init__(self, *, honours_keys: bool = True, offers_find: bool = False, answers: list[Outcome] | None = None):
        self.honours_keys, self.offers_find = honours_keys, offers_find
        self.answers = answers or []
        self.calls: list[Call] = []
        self.found: Outcome | None = None

    def call(self, call: Call) -> Outcome:
        self.calls.append(call)
        return self.answers.pop(0) if self.answers else Done({"message_id": call.key})

    def find(self, key: str) -> Outcome | None:
        return self.found


def with_peer(platform: Platform, peer: Peer) -> Platform:
    return replace(platform, registry=Registry([peer], [], platform.registry.storage))


def add(platform: Platform, key: str = "k1") -> str:
    with platform.database.begin() as tx:
        job_id = jobs.add(tx, {"kind": "sms.send", "key": key, "payload": {"to": "0912345678", "text": "Chào"}})
    assert job_id is not None
    return job_id


def state(platform: Platform, job_id: str) -> Mapping[str, object]:
    with platform.database.read() as tx:
        row = jobs.get(tx, job_id)
    assert row is not None
    return row


def incidents(platform: Platform) -> list[str]:
    with platform.database.read() as tx:
        return [str(row.code) for row in tx.execute(work.instances.incident.select())]


def dead_letters(platform: Platform) -> list[str]:
    with platform.database.read() as tx:
        return [row["id"] for row in jobs.listed(tx, ["failed"], 10)]


def die_after_claim(platform: Platform, clock) -> None:
    """A worker claims the job and is never heard of again."""
    with platform.database.begin() as tx:
        assert jobs.claim(tx, "dead:1:1", 60, 1)
    clock.advance(seconds=61)


@pytest.fixture
def peer() -> Peer:
    return Peer()


def test_a_job_is_called_once_and_its_answer_kept(platform: Platform, peer: Peer):
    job_id = add(platform)
    assert JobRunner(with_peer(platform, peer)).work_off(NEVER) == 1
    assert [call.key for call in peer.calls] == ["k1"]
    assert state(platform, job_id)["state"] == "done"
    assert state(platform, job_id)["result"] == {"message_id": "k1"}
    assert JobRunner(with_peer(platform, peer)).work_off(NEVER) == 0


def test_asking_twice_with_one_key_is_asking_once(platform: Platform, peer: Peer):
    add(platform)
    with platform.database.begin() as tx:
        assert jobs.add(tx, {"kind": "sms.send", "key": "k1", "payload": {}}) is None
    assert JobRunner(with_peer(platform, peer)).work_off(NEVER) == 1
    assert len(peer.calls) == 1


def test_try_later_backs_off_with_jitter_and_ends_as_a_dead_letter(platform: Platform, clock):
    peer = Peer(answers=[TryLater("busy")] * 100)
    job_id, pauses = add(platform), []
    line = JobRunner(with_peer(platform, peer))
    while state(platform, job_id)["state"] == "pending":
        assert line.work_off(NEVER) == 1
        pauses.append((state(platform, job_id)["due_at"] - clock.now()).total_seconds())
        assert line.work_off(NEVER) == 0  # nothing is tried before its time
        clock.advance(hours=1)
    assert len(peer.calls) == platform.settings.max_attempts
    assert dead_letters(platform) == [job_id]
    assert all(0.5 * 2**n <= pause <= 1.5 * 2**n for n, pause in enumerate(pauses[:-1], 1))


def test_the_other_side_may_say_how_long_to_wait(platform: Platform, clock):
    job_id = add(platform)
    JobRunner(with_peer(platform, Peer(answers=[TryLater("throttled", after_s=90)]))).work_off(NEVER)
    assert state(platform, job_id)["due_at"] == clock.now() + timedelta(seconds=90)


def test_a_refusal_is_final_and_seen(platform: Platform):
    job_id = add(platform)
    peer = Peer(answers=[Refused("bad_number", "Số không đúng.", "Wrong number.")])
    JobRunner(with_peer(platform, peer)).work_off(NEVER)
    assert dead_letters(platform) == [job_id]


def test_dead_worker_and_keys_honoured_calls_again_with_the_same_key(platform: Platform, clock, peer: Peer):
    job_id = add(platform)
    die_after_claim(platform, clock)
    JobRunner(with_peer(platform, peer)).work_off(NEVER)
    assert [call.key for call in peer.calls] == ["k1"]
    assert state(platform, job_id)["state"] == "done"


def test_dead_worker_and_a_status_query_asks_and_does_not_call(platform: Platform, clock):
    peer = Peer(honours_keys=False, offers_find=True)
    peer.found = Done({"message_id": "old"})
    job_id = add(platform)
    die_after_claim(platform, clock)
    JobRunner(with_peer(platform, peer)).work_off(NEVER)
    assert peer.calls == []
    assert state(platform, job_id)["result"] == {"message_id": "old"}


def test_dead_worker_and_a_key_never_seen_there_is_called(platform: Platform, clock):
    peer = Peer(honours_keys=False, offers_find=True)
    job_id = add(platform)
    die_after_claim(platform, clock)
    JobRunner(with_peer(platform, peer)).work_off(NEVER)
    assert len(peer.calls) == 1
    assert state(platform, job_id)["state"] == "done"


def test_a_status_query_that_cannot_be_answered_keeps_asking_and_never_calls(platform: Platform, clock):
    peer = Peer(honours_keys=False, offers_find=True)
    peer.found = TryLater("down")
    job_id = add(platform)
    die_after_claim(platform, clock)
    for _ in range(20):
        JobRunner(with_peer(platform, peer)).work_off(NEVER)
        clock.advance(hours=1)
    assert peer.calls == []
    assert state(platform, job_id)["state"] == "unknown"


def test_dead_worker_and_no_promise_at_all_is_unknown_and_never_sent_again(platform: Platform, clock):
    peer = Peer(honours_keys=False)
    job_id = add(platform)
    die_after_claim(platform, clock)
    for _ in range(3):
        JobRunner(with_peer(platform, peer)).work_off(NEVER)
        clock.advance(days=1)
    assert peer.calls == []
    assert state(platform, job_id)["state"] == "unknown"
    assert incidents(platform) == ["job_unknown"]


def test_a_lost_reply_without_promise_is_unknown_at_once(platform: Platform):
    peer = Peer(honours_keys=False, answers=[Unknown("reply lost")])
    job_id = add(platform)
    JobRunner(with_peer(platform, peer)).work_off(NEVER)
    assert state(platform, job_id)["state"] == "unknown"
    assert len(peer.calls) == 1


def test_a_lost_reply_with_keys_is_called_again_later(platform: Platform, clock):
    peer = Peer(answers=[Unknown("reply lost")])
    job_id = add(platform)
    line = JobRunner(with_peer(platform, peer))
    line.work_off(NEVER)
    assert state(platform, job_id)["state"] == "pending"
    clock.advance(minutes=1)
    line.work_off(NEVER)
    assert state(platform, job_id)["state"] == "done"
    assert [call.key for call in peer.calls] == ["k1", "k1"]


def test_an_adapter_that_breaks_is_in_doubt_not_dead(platform: Platform):
    class Broken(Peer):
        def call(self, call: Call) -> Outcome:
            raise ZeroDivisionError

    job_id = add(platform)
    JobRunner(with_peer(platform, Broken(honours_keys=False))).work_off(NEVER)
    assert state(platform, job_id)["state"] == "unknown"


def test_a_kind_that_is_not_set_up_is_a_visible_dead_letter(platform: Platform):
    with platform.database.begin() as tx:
        job_id = jobs.add(tx, {"kind": "fax.send", "key": "f", "payload": {}})
    JobRunner(with_peer(platform, Peer())).work_off(NEVER)
    assert dead_letters(platform) == [job_id]


def test_an_answer_after_the_claim_has_passed_on_is_not_written(platform: Platform, clock, peer: Peer):
    job_id = add(platform)
    slow = JobRunner(with_peer(platform, peer))
    with platform.database.begin() as tx:
        (mine,) = jobs.claim(tx, slow.owner, 60, 1)
    clock.advance(seconds=61)
    JobRunner(with_peer(platform, Peer(answers=[TryLater("busy")]))).work_off(NEVER)
    slow._record(mine, Refused("late", "muộn", "late"))
    assert state(platform, job_id)["state"] == "pending"


def test_a_late_answer_settles_a_job_declared_unknown(platform: Platform, clock):
    job_id = add(platform)
    slow = JobRunner(platform)
    with platform.database.begin() as tx:
        (mine,) = jobs.claim(tx, slow.owner, 60, 1)
    with platform.database.begin() as tx:
        jobs.finish(tx, job_id, "unknown", error="lease ran out")
    slow._record(mine, Done({"message_id": "late"}))
    assert state(platform, job_id)["state"] == "done"


def test_an_answer_that_cannot_be_recorded_is_kept_and_not_called_for_again(
    platform: Platform, peer: Peer, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    job_id = add(platform)
    line = JobRunner(with_peer(platform, peer))
    with monkeypatch.context() as patch:
        patch.setattr(work, "finish_connector_job", broken)
        line.work_off(NEVER)
    assert state(platform, job_id)["state"] == "failed"
    assert incidents(platform) == ["record_failed"]
    with platform.database.begin() as tx:
        assert jobs.put_back(tx, job_id)
    line.work_off(NEVER)
    assert state(platform, job_id)["state"] == "done"
    assert len(peer.calls) == 1


def test_a_lost_race_on_the_dossier_is_tried_again(platform: Platform, peer: Peer, monkeypatch: pytest.MonkeyPatch):
    tries: list[int] = []
    real = work.finish_connector_job

    def losing_twice(*args: object) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise Conflict
        real(*args)  # type: ignore[arg-type]  # handed through

    job_id = add(platform)
    monkeypatch.setattr(work, "finish_connector_job", losing_twice)
    JobRunner(with_peer(platform, peer)).work_off(NEVER)
    assert state(platform, job_id)["state"] == "done"
    assert len(peer.calls) == 1


def test_eight_workers_share_two_hundred_jobs_without_a_twin(platform: Platform, peer: Peer):
    shared = with_peer(platform, peer)
    for number in range(200):
        add(platform, f"k{number}")
    threads = [threading.Thread(target=JobRunner(shared).work_off, args=(NEVER,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(call.key for call in peer.calls) == sorted(f"k{number}" for number in range(200))
    with platform.database.read() as tx:
        assert job_counts(tx) == {"done": 200}
