import dataclasses

import pytest

from engine.actions.accounts import PasswordCheck, SignedIn, SignInStaff, sign_in_staff
from engine.actions.portal import SeedContent, demo_accounts, seed_content
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.domain.actor import ROLES, SYSTEM, Actor
from engine.domain.errors import Forbidden
from engine.domain.procedures import read_pack
from engine.queries.portal import portal_home
from engine.store.accounts import staff
from engine.store.catalogue import content


@pytest.fixture
def office(platform):
    files = read_pack(platform.settings.processes, "2.000635")
    with platform.database.begin() as tx:
        publish_procedure(tx, platform.office, PublishProcedure(SYSTEM, files))
    return practising(platform.office, True)


def practising(office, practice):
    return dataclasses.replace(office, settings=dataclasses.replace(office.settings, practice=practice))


def test_an_empty_portal_is_filled_once(platform, office):
    with platform.database.begin() as tx:
        first = seed_content(tx, office, SeedContent(SYSTEM, people=True))
    with platform.database.begin() as tx:
        again = seed_content(tx, office, SeedContent(SYSTEM, people=True))
        guide = content.article_by_slug(tx, "huong-dan-nop-ho-so-truc-tuyen")
        poll = content.open_poll(tx)
    assert len(first.lines) > 10
    assert again.lines == []
    assert guide["title_vi"] == "Hướng dẫn đăng nhập tài khoản và nộp hồ sơ trực tuyến trên cổng dịch vụ công"
    assert guide["unit_id"] is not None
    assert poll is not None


def test_there_is_a_demo_account_for_every_role_and_it_opens_the_door(platform, office):
    with platform.database.begin() as tx:
        seed_content(tx, office, SeedContent(SYSTEM, people=True))
    accounts = demo_accounts(office)
    with platform.database.begin() as tx:
        held = {role for account in accounts for role in staff.by_username(tx, account.username)["roles"]}
        row = staff.by_username(tx, accounts[0].username)
        checked = PasswordCheck(row["password_hash"]).of(accounts[0].password)
        signed = sign_in_staff(tx, office, SignInStaff(accounts[0].username), checked)
    assert held == set(ROLES)
    assert isinstance(signed, SignedIn)


def test_in_earnest_there_are_no_demo_people(platform, office):
    earnest = practising(office, False)
    assert demo_accounts(earnest) == ()
    with platform.database.begin() as tx, pytest.raises(Forbidden, match="luyện tập"):
        seed_content(tx, earnest, SeedContent(SYSTEM, people=True))
    with platform.database.begin() as tx:
        seed_content(tx, earnest, SeedContent(SYSTEM))
        assert staff.by_username(tx, "tiepnhan") is None
        assert portal_home.portal_home(tx).guides


def test_only_an_administrator_fills_the_portal(platform, office):
    clerk = Actor("staff", None, "Cán bộ", frozenset({"reception"}))
    with platform.database.begin() as tx, pytest.raises(Forbidden):
        seed_content(tx, office, SeedContent(clerk))
