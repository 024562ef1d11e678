"""A record filled in practice and served in earnest: no sample comes in, and nobody can overlook them (A1)."""

from __future__ import annotations

import dataclasses

import pytest
from factories.entering import enters
from factories.office_life import OfficeLife, identity_of
from sqlalchemy import update

from engine.actions.accounts import LockSamples, SignedIn, SignIn, SignInRefused, lock_samples, sign_in
from engine.actions.portal import SeedContent, seed_content
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.bootstrap import Platform
from engine.cli.serving.seed import put_in_order
from engine.domain.actor import SYSTEM
from engine.domain.errors import WrongState
from engine.domain.passwords import SAMPLE_PASSWORDS
from engine.domain.procedures import read_pack
from engine.queries.accounts import sessions
from engine.queries.operations import left_by_practice
from engine.store.accounts import samples, staff
from engine.store.catalogue import content
from engine.store.schema import people

(SAMPLE_PASSWORD,) = SAMPLE_PASSWORDS


@pytest.fixture
def practised(platform: Platform) -> OfficeLife:
    """An office that was only ever practised on."""
    files = read_pack(platform.settings.processes, "2.000635")
    with platform.database.begin() as tx:
        publish_procedure(tx, platform.office, PublishProcedure(SYSTEM, files))
        seed_content(tx, platform.office, SeedContent(SYSTEM, people=True))
    return OfficeLife(platform)


def in_earnest(life: OfficeLife) -> OfficeLife:
    settings = dataclasses.replace(life.platform.settings, practice=False, sandbox=False)
    office = dataclasses.replace(life.platform.office, settings=settings)
    return OfficeLife(dataclasses.replace(life.platform, settings=settings, office=office))


def test_no_sample_comes_in_and_none_stays_in(practised: OfficeLife):
    official = enters(practised, "quantri", SAMPLE_PASSWORD)
    citizen = practised.do(sign_in, SignIn(identity_of()))
    assert isinstance(official, SignedIn)
    assert isinstance(citizen, SignedIn)
    life = in_earnest(practised)
    for token in (official.token, citizen.token):
        assert practised.see(sessions.by_token, practised.platform.office, token)
        assert life.see(sessions.by_token, life.platform.office, token) is None
    for row in life.see(staff.listed):
        assert isinstance(enters(life, row["username"], SAMPLE_PASSWORD, place=row["id"]), SignInRefused), row[
            "username"
        ]
    assert isinstance(life.do(sign_in, SignIn(identity_of())), SignInRefused)


def test_the_mark_is_not_needed_for_the_sample_password(practised: OfficeLife):
    """A record from before there were marks: the password alone keeps it out, and the next start marks it."""
    with practised.platform.database.begin() as tx:
        tx.execute(update(people.staff).values(sample=False))
        tx.execute(update(people.unit).values(sample=False))
    life = in_earnest(practised)
    assert isinstance(enters(life, "quantri", SAMPLE_PASSWORD), SignInRefused)
    left = put_in_order(life.platform)
    assert left.officials == 8
    assert left.units == 4, "the units that call themselves samples"


def test_they_are_told_until_they_are_locked(practised: OfficeLife):
    life = in_earnest(practised)
    told = life.see(left_by_practice, life.platform.office)
    assert (told["officials"], told["units"]) == (8, 5)
    assert told["content"] > 1
    assert practised.see(left_by_practice, practised.platform.office) == {}
    life.do(lock_samples, LockSamples(SYSTEM, "root"))
    assert life.see(left_by_practice, life.platform.office) == {}
    assert not life.see(content.articles, "news", 9)
    assert life.see(content.articles, "guide", 9), "the guide is no sample"
    assert life.see(content.open_poll) is None
    assert isinstance(enters(practised, "quantri", SAMPLE_PASSWORD), SignInRefused), "locked in practice too"


def test_an_earnest_seed_enters_nobody(platform: Platform):
    life = in_earnest(OfficeLife.founded(platform, ("2.000635",)))
    life.do(seed_content, SeedContent(SYSTEM))
    count = life.see(samples.count)
    assert not count.any


def test_an_offices_own_record_is_not_practised_on(platform: Platform):
    OfficeLife.founded(platform, ("2.000635",))
    with pytest.raises(WrongState, match="MOTCUA_VAR"):
        put_in_order(platform)
