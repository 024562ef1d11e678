"""`motcua audit`: export, verify elsewhere without database or settings, heads kept elsewhere."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from factories.tamper import behind_its_back
from sqlalchemy import delete, update

from engine.cli import main
from engine.domain.actor import SYSTEM, Actor
from engine.domain.history import EventKind, Head, HeadsDigest
from engine.store.connection import Database
from engine.store.history import events
from engine.store.schema.work import event, event_head

CHAINS = ("01AAA", "01BBB-x", "01BBBY", "office")  # an order in which a database's own collation differs from ours


@pytest.fixture
def history(database: Database, database_url: str, tmp_path: Path, monkeypatch, clock) -> Database:
    """Four chains of six events, two in each of three months."""
    monkeypatch.setenv("MOTCUA_DATABASE_URL", database_url)
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path / "var"))
    citizen = Actor("citizen", "p1", "Nguyễn Văn An \U0001f600")
    for number in range(6):
        clock.set(datetime(2026, 4 + number // 2, 1 + number, tzinfo=UTC))
        for chain in CHAINS:
            with database.begin() as tx:
                events.append(
                    tx,
                    chain,
                    citizen if number % 2 else SYSTEM,
                    EventKind.TIMER_FIRED,
                    {"n": number, "ghi chú": "ấ\ud800"},
                )
    return database


def verified(capsys, *words: str | Path) -> tuple[int, list[dict]]:
    capsys.readouterr()
    code = main(["audit", "verify", "--json", *map(str, words)])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def exported(path: Path, *words: str) -> Path:
    assert main(["audit", "export", str(path), *words]) == 0
    return path


def kept_heads(path: Path, capsys) -> Path:
    capsys.readouterr()
    assert main(["audit", "heads"]) == 0
    path.write_text(capsys.readouterr().out, "utf-8")
    return path


@pytest.mark.parametrize("name", ["all.jsonl", "all.jsonl.gz"])
def test_a_file_is_verified_without_database_and_settings(history, name, tmp_path, monkeypatch, capsys):
    path = exported(tmp_path / name)
    monkeypatch.setenv("MOTCUA_DATABASE_URL", "mysql://nowhere")  # settings that nobody could read
    monkeypatch.setenv("MOTCUA_PORT", "x")
    code, lines = verified(capsys, path)
    assert (code, lines) == (0, [{"rows": 24, "chains": 4, "cleared": 0, "broken": 0, "partial": False}])
    assert verified(capsys, path, "--chain", "office")[1][-1]["rows"] == 6


def changed(line: str) -> str:
    row = json.loads(line)
    return json.dumps({**row, "kind": "other"})


TAMPERED = {
    "a line changed": lambda lines: [*lines[:9], changed(lines[9]), *lines[10:]],
    "a line gone": lambda lines: [*lines[:9], *lines[10:]],
    "two lines swapped": lambda lines: [*lines[:9], lines[10], lines[9], *lines[11:]],
    "a line twice": lambda lines: [*lines[:10], *lines[9:]],
    "the end gone": lambda lines: lines[:-3],
    "a chain's end gone": lambda lines: [*lines[:12], *lines[13:]],
    "a line that is no JSON": lambda lines: [*lines[:9], "{", *lines[10:]],
    "a line that is no link": lambda lines: [*lines[:9], '{"chain": 7}', *lines[10:]],
    "nesting without end": lambda lines: [*lines[:9], "[" * 100_000, *lines[10:]],
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_done_to_a_file_is_found(history, what: str, tmp_path, capsys):
    path = exported(tmp_path / "all.jsonl")
    path.write_text("\n".join(TAMPERED[what](path.read_text("utf-8").splitlines())) + "\n", "utf-8")
    code, lines = verified(capsys, path)
    assert code == 1
    assert lines[-1]["broken"] >= 1


@pytest.mark.parametrize("content", ["", "[]", '{"motcua": "history", "form": 99}', "\x00\xff", "x" * 100])
def test_a_file_of_another_kind_is_refused_in_a_sentence(content: str, tmp_path, capsys):
    path = tmp_path / "other"
    path.write_text(content, "latin-1")
    assert main(["audit", "verify", str(path)]) == 2
    assert "motcua audit export" in capsys.readouterr().err
    assert main(["audit", "verify", str(tmp_path / "nothing")]) == 2


def test_an_export_is_never_written_over(history, tmp_path, capsys):
    exported(tmp_path / "all.jsonl")
    assert main(["audit", "export", str(tmp_path / "all.jsonl")]) == 2


def cut(tx, chain: str, last: int) -> None:
    """The end of a chain removed by somebody who knows of the heads too."""
    tx.execute(delete(event).where(event.c.chain == chain, event.c.number > last))
    if last == 0:
        tx.execute(delete(event_head).where(event_head.c.chain == chain))
        return
    row = tx.execute(event.select().where(event.c.chain == chain, event.c.number == last)).mappings().one()
    tx.execute(update(event_head).where(event_head.c.chain == chain).values(number=last, hash=row["hash"]))


@pytest.mark.parametrize(("chain", "last"), [("01BBB-x", 4), ("office", 5), ("01AAA", 0), ("office", 0)])
def test_kept_heads_find_what_was_cut_off_or_is_gone(history, chain: str, last: int, tmp_path, capsys):
    heads = kept_heads(tmp_path / "heads.jsonl", capsys)
    assert verified(capsys, "--heads", heads)[0] == 0
    with behind_its_back(history) as tx:
        cut(tx, chain, last)
    assert verified(capsys)[0] == 0  # from inside nothing can be seen
    path = exported(tmp_path / "all.jsonl")
    for words in ((), (path,)):
        code, lines = verified(capsys, *words, "--heads", heads)
        assert code == 1
        assert [(line["chain"], line["number"]) for line in lines[:-1]] == [(chain, 6)]


def test_a_chain_written_anew_is_found_by_its_kept_head(history, tmp_path, capsys, clock):
    heads = kept_heads(tmp_path / "heads.jsonl", capsys)
    with behind_its_back(history) as tx:
        cut(tx, "01AAA", 0)
    for number in range(7):
        with history.begin() as tx:
            events.append(tx, "01AAA", SYSTEM, EventKind.TIMER_FIRED, {"n": number})
    assert verified(capsys)[0] == 0
    code, lines = verified(capsys, "--heads", heads)
    assert (code, [(line["chain"], line["number"]) for line in lines[:-1]]) == (1, [("01AAA", 6)])


def test_a_history_that_went_on_passes_through_its_kept_heads(history, tmp_path, capsys):
    heads = kept_heads(tmp_path / "heads.jsonl", capsys)
    with history.begin() as tx:
        events.append(tx, "01AAA", SYSTEM, EventKind.MIGRATION_WENT_ON, {})
        events.append(tx, "01NEW", SYSTEM, EventKind.DRAFT_STARTED, {})
    assert verified(capsys, "--heads", heads)[0] == 0
    assert verified(capsys, exported(tmp_path / "all.jsonl"), "--heads", heads)[0] == 0


def test_a_month_goes_into_its_own_file_and_follows_the_one_before(history, tmp_path, capsys):
    path = exported(tmp_path / "may.jsonl.gz", "--month", "2026-05")
    code, lines = verified(capsys, path)
    assert (code, lines[-1]) == (0, {"rows": 8, "chains": 4, "cleared": 0, "broken": 0, "partial": True})
    with history.read() as tx:
        rows = list(events.every(tx))
    april = [{"chain": row["chain"], "number": 2, "hash": row["hash"]} for row in rows if row["number"] == 2]
    heads = tmp_path / "april.jsonl"
    write_heads(heads, april)
    assert verified(capsys, path, "--heads", heads)[0] == 0
    april[2]["hash"] = "f" * 64
    write_heads(heads, april)
    assert verified(capsys, path, "--heads", heads)[0] == 1


def write_heads(path: Path, heads: list[dict]) -> None:
    digest = HeadsDigest()
    for head in heads:
        digest.add(Head(**head))
    lines = [*map(json.dumps, heads), json.dumps({"digest": digest.hexdigest()})]
    path.write_text("\n".join(lines), "utf-8")


def test_a_changed_or_torn_file_of_heads_is_refused(history, tmp_path, capsys):
    heads = kept_heads(tmp_path / "heads.jsonl", capsys)
    whole = heads.read_text("utf-8")
    for text in (whole.replace('"number": 6', '"number": 5', 1), "\n".join(whole.splitlines()[:-1]), "[1]\n"):
        heads.write_text(text, "utf-8")
        assert main(["audit", "verify", "--heads", str(heads)]) == 2


def test_the_digest_is_one_line_and_changes_with_every_event(history, capsys):
    capsys.readouterr()
    said = []
    for _ in range(2):
        assert main(["audit", "heads", "--digest"]) == 0
        said.append(json.loads(capsys.readouterr().out)["digest"])
        with history.begin() as tx:
            events.append(tx, events.OFFICE, SYSTEM, EventKind.MIGRATION_WENT_ON, {})
    assert said[0] != said[1]


def test_gzip_really_compresses(history, tmp_path):
    path = exported(tmp_path / "all.jsonl.gz")
    assert gzip.decompress(path.read_bytes()).startswith(b'{"motcua":"history"')
