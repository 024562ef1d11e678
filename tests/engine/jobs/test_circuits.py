"""The line to another side: it rests for all workers at once, and a call under way is held on to."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

from factories.calls import job_counts

from connectors.port import Call, Done, Outcome, TryLater
from connectors.registry import Registry
from engine.bootstrap import Platform
from engine.jobs.job_runner import JobRunner
from engine.jobs.outcomes import SETTLED_S
from engine.store.process import circuits, jobs

NEVER = threading.Event()


class Peer:
    """The other side of the SMS: away until it is not, and it counts the calls."""

    kind = "sms.send"

    def __init__(self, *, honours_keys: bool = True, offers_find: bool = False) -> None:
        self.honours_keys, self.offers_find = honours_keys, offers_find
        self.answer: Outcome = TryLater("unreachable")
        self.calls: list[str] = []

    def call(self, call: Call) -> Outcome:
        self.calls.append(call.key)
        return self.answer

    def find(self, key: str) -> Outcome | None:
        return None


def lines(platform: Platform, peer: Peer, how_many: int = 2) -> list[JobRunner]:
    shared = replace(platform, registry=Registry([peer], [], platform.registry.storage))
    return [JobRunner(shared) for _ in range(how_many)]


def leave(platform: Platform, how_many: int, kind: str = "sms.send") -> None:
    with platform.database.begin() as tx:
        jobs.add_all(tx, [{"kind": kind, "key": f"{kind}-{n}", "payload": {}} for n in range(how_many)])


def attempts(platform: Platform) -> list[int]:
    with platform.database.read() as tx:
        return [row["attempts"] for row in jobs.listed(tx, ["pending"], 100)]


def test_the_fifth_failure_lets_the_line_rest_for_every_worker(platform: Platform, clock):
    peer = Peer()
    first, second = lines(platform, peer)
    leave(platform, 20)
    first.work_off(NEVER)
    assert len(peer.calls) == circuits.TROUBLES_UNTIL_CUT
    second.work_off(NEVER)
    assert len(peer.calls) == circuits.TROUBLES_UNTIL_CUT  # it did not have to find out for itself
    assert attempts(platform).count(0) == 15  # those that waited have spent no try


def test_after_the_rest_one_call_is_let_through(platform: Platform, clock):
    peer = Peer()
    first, second = lines(platform, peer)
    leave(platform, 20)
    first.work_off(NEVER)
    clock.advance(seconds=6)
    assert second._claim() is not None
    assert first._claim() is None  # the others wait for what becomes of that one


def test_an_answer_opens_the_line_again(platform: Platform, clock):
    peer = Peer()
    first, _ = lines(platform, peer)
    leave(platform, 20)
    first.work_off(NEVER)
    peer.answer = Done({})
    for _ in range(3):
        clock.advance(minutes=1)
        first.work_off(NEVER)
    with platform.database.read() as tx:
        assert job_counts(tx) == {"done": 20}
        assert circuits.failing(tx) == []


def test_a_wish_for_a_pause_holds_for_all_calls_of_that_kind(platform: Platform, clock):
    peer = Peer()
    peer.answer = TryLater("http_429", after_s=90)
    first, second = lines(platform, peer)
    leave(platform, 3)
    first.work_off(NEVER)
    second.work_off(NEVER)
    assert len(peer.calls) == 1
    clock.advance(seconds=91)
    peer.answer = Done({})
    assert second.work_off(NEVER) >= 1


def test_one_cut_line_does_not_hold_up_the_others(platform: Platform):
    first, _ = lines(platform, Peer())
    leave(platform, 10)
    first.work_off(NEVER)
    leave(platform, 1, "fax.send")
    assert first.work_off(NEVER) == 1


def test_a_slow_call_is_not_a_dead_worker(platform: Platform, clock):
    mine, other = lines(platform, Peer())
    leave(platform, 1)
    claimed = mine._claim()
    assert claimed is not None
    mine.under_way = claimed[0]
    for _ in range(6):
        clock.advance(seconds=platform.settings.lease_seconds / 2)
        assert mine.renew() == 1
        assert other._claim() is None
    clock.advance(seconds=platform.settings.lease_seconds + 1)
    taken = other._claim()
    assert taken is not None
    assert taken[1]
    assert mine.renew() == 0  # it has passed on


def test_never_seen_counts_only_when_the_first_call_cannot_be_on_its_way_any_more(platform: Platform, clock):
    """A slow other side without keys still had the call in hand when we asked: calling again would have doubled it."""
    peer = Peer(honours_keys=False, offers_find=True)
    peer.answer = Done({})
    first, second = lines(platform, peer)
    leave(platform, 1)
    assert first._claim() is not None  # and then it dies
    clock.advance(seconds=platform.settings.lease_seconds + 1)
    second.work_off(NEVER)
    assert peer.calls == []
    clock.at += timedelta(seconds=SETTLED_S)
    second.work_off(NEVER)
    assert peer.calls == ["sms.send-0"]


def test_our_own_dead_workers_do_not_cut_the_line(platform: Platform, clock):
    """A storm of ours once kept a healthy line resting for minutes."""
    peer = Peer(honours_keys=False)
    peer.answer = Done({})
    dying = lines(platform, peer, circuits.TROUBLES_UNTIL_CUT + 1)
    leave(platform, len(dying) + 1)
    assert all(one._claim() for one in dying)  # and then they die
    clock.advance(seconds=platform.settings.lease_seconds + 1)
    after, _ = lines(platform, peer)
    after.work_off(NEVER)
    with platform.database.read() as tx:
        assert job_counts(tx) == {"unknown": len(dying), "done": 1}
        assert circuits.failing(tx) == []


def test_a_line_in_trouble_is_not_called_well_for_a_call_that_was_cut_short(platform: Platform, clock):
    peer = Peer(honours_keys=False)
    peer.answer = TryLater("unreachable")
    first, second = lines(platform, peer)
    leave(platform, 2)
    assert first._claim() is not None  # and then it dies
    second.work_off(NEVER)
    clock.advance(seconds=platform.settings.lease_seconds + 1)
    peer.answer = TryLater("unreachable")
    second.work_off(NEVER)
    with platform.database.read() as tx:
        assert [line["failures"] for line in circuits.failing(tx)] == [2]
