"""The key made with the review page belongs to one sending of one person."""

from __future__ import annotations

import pytest
from factories.office_life import BUSINESS_FORM, OfficeLife, party

from engine.actions.filing import FileAtCounter, file_at_counter
from engine.domain.actor import Actor
from engine.domain.errors import Forbidden, NotFound


def test_a_key_that_somebody_else_has_used_tells_nothing_of_their_dossier(life: OfficeLife):
    theirs = life.draft(life.citizen())
    life.send(life.citizen(), theirs, "the-same-key")
    other = life.citizen(name="Trần Thị Bình", number="038303000456")
    mine = life.draft(other)
    with pytest.raises(NotFound):
        life.send(other, mine, "the-same-key")
    assert life.dossier(mine)["code"] is None
    assert life.dossier(mine)["state"] == "draft"


def at_counter(life: OfficeLife, official: Actor, key: str):
    command = FileAtCounter(official, "1.001612", party(), None, BUSINESS_FORM, {"method": "counter"}, key)
    return life.do(file_at_counter, command)


def test_at_the_counter_the_same_official_finds_the_first_result_and_a_colleague_none(life: OfficeLife):
    first = at_counter(life, life.officials["reception"], "desk-key")
    again = at_counter(life, life.officials["reception"], "desk-key")
    assert (again.code, again.dossier_id, again.first_time) == (first.code, first.dossier_id, False)
    with pytest.raises(Forbidden):
        at_counter(life, life.second("reception"), "desk-key")


def test_a_citizens_key_is_not_the_counters(life: OfficeLife):
    life.send(life.citizen(), life.draft(life.citizen()), "shared-key")
    with pytest.raises(Forbidden):
        at_counter(life, life.officials["reception"], "shared-key")
