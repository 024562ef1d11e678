"""The kinds of events: one word each, for good."""

from __future__ import annotations

import pytest

from engine.domain.actor import SYSTEM
from engine.domain.history import EventKind
from engine.store.history import events


def test_a_kind_is_found_by_its_word_and_a_newer_one_is_not():
    assert EventKind.of("job.record_failed") is EventKind.JOB_RECORD_FAILED
    assert EventKind.of("parcel.lost") is None


def test_the_kind_says_whether_the_citizen_sees_it(database):
    with database.begin() as tx:
        events.append(tx, "d", SYSTEM, EventKind.FEE_SET, {})
        events.append(tx, "d", SYSTEM, EventKind.JOB_RECORD_FAILED, {})
        events.append_all(tx, "d", SYSTEM, [events.NewEvent(EventKind.JOB_DONE, {}, public=True)])
        assert [row["kind"] for row in events.of_chain(tx, "d", public_only=True)] == ["fee.set", "job.done"]


def test_a_word_that_is_no_kind_is_not_sealed(database):
    with pytest.raises(ValueError, match=r"parcel\.lost"), database.begin() as tx:
        events.append(tx, "d", SYSTEM, "parcel.lost", {})
    with database.begin() as tx:
        assert events.of_chain(tx, "d") == []
