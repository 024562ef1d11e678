"""A claim counts for the worker and the try it was given to, and for no other."""

from __future__ import annotations

import pytest

from engine.store.process import jobs


@pytest.mark.parametrize(
    ("state", "owner", "attempt", "holds"),
    [
        ("claimed", "a:1:1", 2, True),
        ("unknown", "a:1:1", 2, True),  # a late answer is better than none
        ("claimed", "a:1:1", 1, False),
        ("claimed", "a:1:1", 3, False),
        ("claimed", "b:1:1", 2, False),
        ("pending", "a:1:1", 2, False),
        ("done", "a:1:1", 2, False),
        ("failed", "a:1:1", 2, False),
        ("cancelled", "a:1:1", 2, False),
    ],
)
def test_only_the_owner_of_this_try_still_holds_it(database, state: str, owner: str, attempt: int, holds: bool):
    with database.begin() as tx:
        job_id = jobs.add(tx, {"kind": "sms.send", "key": "k", "payload": {}})
    for expected in (1, 2):
        with database.begin() as tx:
            (taken,) = jobs.claim(tx, "a:1:1", -1, 1)  # the lease has run out before it began
        assert taken["attempts"] == expected
    with database.read() as tx:
        found = {**jobs.get(tx, job_id), "state": state}
    assert jobs.still_holds(found, owner, attempt) is holds
