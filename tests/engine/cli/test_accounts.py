"""`motcua staff` and `motcua unit`: what they change, what the history says about it, and what they refuse."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from factories.entering import enters
from factories.office_life import OfficeLife
from sqlalchemy import select

from engine.actions.accounts import SignedIn, SignInRefused
from engine.actions.portal import SeedContent, seed_content
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.bootstrap import Platform
from engine.cli import main
from engine.domain.actor import SYSTEM
from engine.domain.procedures import read_pack
from engine.queries.accounts import sessions
from engine.store.accounts import staff, throttle
from engine.store.schema.work import event

# What is read from stdin or a file is the same whatever the database.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEW = "con thuyền trên sông Mã"
WHO = "nguoi.truc"
UNIT = ["--name", "UBND xã Hoằng Hóa", "--name-en", "Hoang Hoa commune", "--kind", "commune"]
HOA = ["staff", "add", "hoa", "--name", "Lê Thị Hoa", "--role", "reception", "--unit", "H56.MC"]


class Said(NamedTuple):
    """What the command answered."""

    code: int
    out: str
    err: str


@pytest.fixture
def life(platform: Platform) -> OfficeLife:
    return OfficeLife.founded(platform, ())


@pytest.fixture
def motcua(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """Run a command on the platform's own record, as one account of the machine; `typed` comes from stdin."""
    monkeypatch.setenv("MOTCUA_VAR", str(platform.settings.var))
    monkeypatch.setenv("MOTCUA_DATABASE_URL", platform.settings.database_url)
    monkeypatch.setenv("LOGNAME", WHO)

    def run(*words: str, typed: bytes = b"") -> Said:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
        capsys.readouterr()
        try:
            code = main(words)
        except SystemExit as stop:  # argparse ends the program itself
            code = int(stop.code or 0)
        return Said(code, *capsys.readouterr())

    return run


def told(life: OfficeLife) -> list[Any]:
    """Every event of the office's own chain."""
    return life.see(lambda tx: tx.execute(select(event).order_by(event.c.number)).mappings().all())


def account(life: OfficeLife, username: str) -> Any:
    return life.see(staff.by_username, username)


def refused(life: OfficeLife, said: Said, before: list[Any]) -> str:
    """Exit code 2, one sentence in each language, nothing written; gives the sentence."""
    assert said.code == 2, said
    assert said.err.startswith("✗ ")
    assert "ngoài dự kiến" not in said.err
    assert told(life) == before
    return said.err


def test_a_lock_ends_sessions_and_says_who_and_why(life: OfficeLife, motcua: Callable[..., Said]) -> None:
    signed = enters(life, "reception")
    assert motcua("staff", "lock", " Reception ", "--reason", "nghỉ việc").code == 0
    assert life.see(sessions.by_token, life.platform.office, signed.token) is None
    assert isinstance(enters(life, "reception"), SignInRefused)
    last = told(life)[-2]  # the refused sign-in is the last
    assert (last["kind"], last["actor_kind"]) == ("staff.locked", "system")
    assert last["data"] == {"staff": account(life, "reception")["id"], "reason": "nghỉ việc", "by": WHO}
    assert isinstance(enters(life, "approver"), SignedIn), "a colleague was locked too"


def test_an_opened_account_works_and_its_guesses_are_forgotten(life: OfficeLife, motcua: Callable[..., Said]) -> None:
    for _ in range(6):
        enters(life, "reception", "sai", place="203.0.113.9")
    assert motcua("staff", "lock", "reception", "--reason", "nghi bị dò").code == 0
    assert enters(life, "reception", place="203.0.113.9").wait_s
    assert motcua("staff", "unlock", "reception", "--reason", "đã xác minh").code == 0
    assert isinstance(enters(life, "reception", place="203.0.113.9"), SignedIn)
    opened = next(row for row in told(life) if row["kind"] == "staff.unlocked")
    assert opened["data"] == {"staff": account(life, "reception")["id"], "reason": "đã xác minh", "by": WHO}


@pytest.mark.parametrize("words", [["lock"], ["unlock"], ["password", "--password-stdin"]])
def test_a_strange_name_or_no_reason_changes_nothing(
    life: OfficeLife, motcua: Callable[..., Said], words: list[str]
) -> None:
    before, row = told(life), account(life, "reception")
    typed = NEW.encode()
    assert "khong-co" in refused(life, motcua("staff", *words, "khong-co", "--reason", "x", typed=typed), before)
    assert "lý do" in refused(life, motcua("staff", *words, "reception", "--reason", " ", typed=typed), before)
    refused(life, motcua("staff", *words, "reception", typed=typed), before)
    assert account(life, "reception") == row


def test_a_lock_names_one_account_or_all_samples(life: OfficeLife, motcua: Callable[..., Said]) -> None:
    before = told(life)
    assert "--samples" in refused(life, motcua("staff", "lock", "--reason", "x"), before)
    refused(life, motcua("staff", "lock", "reception", "--samples", "--reason", "x"), before)
    assert account(life, "reception")["active"]


def test_samples_are_locked_and_an_offices_own_people_are_not(platform: Platform, motcua: Callable[..., Said]) -> None:
    life = OfficeLife(platform)
    life.do(publish_procedure, PublishProcedure(SYSTEM, read_pack(platform.settings.processes, "2.000635")))
    life.do(seed_content, SeedContent(SYSTEM, people=True))
    assert motcua(*HOA[:-1], life.see(staff.units)[0]["code"]).code == 0
    assert motcua("staff", "list").out.count("mẫu / sample") == 8
    assert motcua("unit", "list").out.count("(mẫu / sample)") == 5
    said = motcua("staff", "lock", "--samples")
    assert (said.code, said.out[:4]) == (0, "✓ 8 ")
    assert not account(life, "quantri")["active"]
    assert account(life, "hoa")["active"]
    last = told(life)[-1]
    assert (last["kind"], last["data"]["officials"], last["data"]["by"]) == ("samples.locked", 8, WHO)
    assert motcua("staff", "lock", "--samples").out.startswith("✓ 0 ")
    assert told(life)[-1] == last, "a second time nothing is left to tell"


@on_sqlite
@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
@pytest.mark.parametrize("way", ["stdin", "file", "file with a mark"])
def test_a_password_comes_whole_from_stdin_or_a_file(
    life: OfficeLife, motcua: Callable[..., Said], tmp_path: Path, way: str, ending: bytes
) -> None:
    """Editors end a line, some begin a file with a mark of its encoding: neither belongs to the password."""
    word = f"  {NEW} "  # spaces belong to it
    given = (b"\xef\xbb\xbf" if way == "file with a mark" else b"") + word.encode() + ending
    (tmp_path / "word").write_bytes(given)
    signed = enters(life, "reception")
    from_where = ["--password-stdin"] if way == "stdin" else ["--password-file", str(tmp_path / "word")]
    said = motcua("staff", "password", "reception", *from_where, "--reason", "quên", typed=given)
    assert said.code == 0, said
    assert NEW not in said.out + said.err
    assert life.see(sessions.by_token, life.platform.office, signed.token) is None
    assert isinstance(enters(life, "reception"), SignInRefused), "the old one still opens"
    again = enters(life, "reception", word)
    assert life.see(sessions.by_token, life.platform.office, again.token).duties == ("password",)
    kept = next(row for row in told(life) if row["kind"] == "staff.password_set")
    assert kept["data"] == {"staff": account(life, "reception")["id"], "reason": "quên", "by": WHO}


@on_sqlite
@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"\n",
        b"ngan",
        b"matkhau@1234",
        b"Motcua@2026",
        b"aaaaaaaaaaaaaaaa",
        b"Reception2026!",
        b"x" * 900 + "đ1$".encode() * 100,
        "mật khẩu rất dài".encode("utf-16"),
        b"mat khau \xff\xfe khong doc duoc",
        b"mot mat khau dai\x00va them",
        b"dong thu nhat dai\ndong thu hai dai\n",
    ],
    ids=["none", "empty", "short", "known", "sample", "one sign", "name", "endless", "utf-16", "bytes", "nul", "lines"],
)
def test_a_password_that_is_weak_or_cannot_be_typed_is_refused(
    life: OfficeLife, motcua: Callable[..., Said], tmp_path: Path, given: bytes
) -> None:
    (tmp_path / "word").write_bytes(given)
    before, row = told(life), account(life, "reception")
    reset = ["staff", "password", "reception", "--reason", "quên", "--password-stdin"]
    refused(life, motcua(*reset, typed=given), before)
    new = ["staff", "add", "reception2026", *HOA[3:], "--password-file", str(tmp_path / "word")]
    refused(life, motcua(*new), before)
    assert account(life, "reception") == row
    assert account(life, "reception2026") is None


def test_a_password_has_one_source_that_can_be_read(
    life: OfficeLife, motcua: Callable[..., Said], tmp_path: Path
) -> None:
    before, missing = told(life), str(tmp_path / "nowhere")
    command = ["staff", "password", "reception", "--reason", "quên"]
    assert missing in refused(life, motcua(*command, "--password-file", missing), before)
    (tmp_path / "word").write_text(NEW, encoding="utf-8")
    both = ["--password-stdin", "--password-file", str(tmp_path / "word")]
    refused(life, motcua(*command, *both, typed=b"mot mat khau khac han"), before)


def test_a_made_up_password_is_shown_once_and_changed_first(life: OfficeLife, motcua: Callable[..., Said]) -> None:
    said = motcua(*HOA)
    assert said.code == 0
    word = said.out.strip().rpartition(" ")[2]
    signed = enters(life, "hoa", word)
    assert life.see(sessions.by_token, life.platform.office, signed.token).duties == ("password",)
    added = next(row for row in told(life) if row["kind"] == "staff.added")
    assert added["data"] == {"staff": account(life, "hoa")["id"], "roles": ["reception"], "by": WHO}
    assert word not in repr(told(life))


def test_a_reset_frees_the_official_of_every_pause(life: OfficeLife, motcua: Callable[..., Said]) -> None:
    """Also of the one at their own page, where they have to change what was set."""
    own_page = f"password:{account(life, 'reception')['id']}"
    with life.platform.database.begin() as tx:
        throttle.keep(tx, own_page, 12, tx.now.replace(year=2100))
    for _ in range(6):
        enters(life, "reception", "sai")
    reset = ["staff", "password", "reception", "--password-stdin", "--reason", "quên"]
    assert motcua(*reset, typed=NEW.encode()).code == 0
    assert life.see(throttle.known, [own_page]) == {}
    assert isinstance(enters(life, "reception", NEW), SignedIn)


def test_the_list_tells_each_state(life: OfficeLife, motcua: Callable[..., Said]) -> None:
    assert motcua("staff", "lock", "reception", "--reason", "x").code == 0
    assert motcua("staff", "totp", "approver").code == 0
    assert motcua(*HOA).code == 0
    lines = {line.split()[0]: line for line in motcua("staff", "list").out.splitlines()}
    assert len(lines) == 8
    marks = ("khóa / locked", "TOTP", "phải đổi mật khẩu", "mẫu / sample")
    found = {
        name: [mark for mark in marks if mark in lines[name]] for name in ("reception", "approver", "hoa", "admin")
    }
    assert found == {"reception": [marks[0]], "approver": [marks[1]], "hoa": [marks[2]], "admin": []}
    assert "$argon2" not in "".join(lines.values())


def test_second_factors_say_who_set_and_took_them(life: OfficeLife, motcua: Callable[..., Said]) -> None:
    for words in ([], ["--off"]):
        assert motcua("staff", "totp", "reception", *words).code == 0
    known = account(life, "reception")["id"]
    assert [(row["kind"], row["data"]) for row in told(life)[-2:]] == [
        ("staff.second_factor_set", {"staff": known, "by": WHO}),
        ("staff.second_factor_removed", {"staff": known, "by": WHO}),
    ]
    refused(life, motcua("staff", "totp", "khong-co"), told(life))


def test_a_unit_is_entered_once_and_listed(life: OfficeLife, motcua: Callable[..., Said]) -> None:
    assert motcua("unit", "add", " H56.XA ", *UNIT).code == 0
    row = life.see(staff.unit_by_code, "H56.XA")
    assert (row["name_vi"], row["name_en"], row["kind"], row["sample"]) == (UNIT[1], UNIT[3], "commune", False)
    assert row["agency_code"] == life.platform.settings.agency_code
    last = told(life)[-1]
    assert (last["kind"], last["data"]) == ("unit.added", {"unit": row["id"], "code": "H56.XA", "by": WHO})
    assert "H56.XA" in refused(life, motcua("unit", "add", "H56.XA", *UNIT), told(life))
    listed = motcua("unit", "list").out
    assert [line.split()[:2] for line in listed.splitlines()] == [["H56.MC", "one_stop"], ["H56.XA", "commune"]]
    assert "mẫu / sample" not in listed
    assert motcua("unit", "add", "X", *UNIT, "--agency", "000.12.34.H56").code == 0
    assert life.see(staff.unit_by_code, "X")["agency_code"] == "000.12.34.H56"


@pytest.mark.parametrize("at", ["username", "name", "code", "unit name", "unit name-en", "agency"])
def test_names_that_cannot_be_kept_or_read_are_refused(life: OfficeLife, motcua: Callable[..., Said], at: str) -> None:
    """On both databases alike: SQLite would keep what PostgreSQL refuses."""
    before = told(life)
    for odd in (" ", "x" * 301, "a\u202eb", "a\nb"):
        refused(life, motcua(*_command(at, odd)), before)
    assert len(life.see(staff.listed)) == 7
    assert len(life.see(staff.units)) == 1


def _command(at: str, odd: str) -> list[str]:
    """A command that is right but for one name."""
    return {
        "username": ["staff", "add", odd, *HOA[3:]],
        "name": [*HOA[:4], odd, *HOA[5:]],
        "code": ["unit", "add", odd, *UNIT],
        "unit name": ["unit", "add", "X", "--name", odd, *UNIT[2:]],
        "unit name-en": ["unit", "add", "X", *UNIT[:2], "--name-en", odd, *UNIT[4:]],
        "agency": ["unit", "add", "X", *UNIT, "--agency", odd],
    }[at]


def test_a_name_that_is_taken_or_a_unit_that_is_not_there(life: OfficeLife, motcua: Callable[..., Said]) -> None:
    assert motcua(*HOA).code == 0
    assert "hoa" in refused(life, motcua("staff", "add", "HOA", *HOA[3:]), told(life))
    assert "H56.MC" in refused(life, motcua("staff", "add", "lan", *HOA[3:-1], "nowhere"), told(life))
