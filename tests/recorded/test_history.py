"""A history that an older release wrote still verifies, against the heads kept elsewhere, and still reads as words."""

from __future__ import annotations

import gzip
import json

import pytest
from recording import releases

from engine.cli import main

RELEASES = [path for path in releases() if (path / "history.jsonl.gz").is_file()]


def test_there_is_a_history():
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_an_old_history_verifies_against_its_heads(release, capsys):
    words = ["audit", "verify", str(release / "history.jsonl.gz"), "--heads", str(release / "heads.jsonl"), "--json"]
    assert main(words) == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert told["rows"] > 100
    assert told["broken"] == 0


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_change_in_an_old_history_is_found(release, tmp_path, capsys):
    lines = gzip.decompress((release / "history.jsonl.gz").read_bytes()).decode().splitlines()
    link = json.loads(lines[20])
    lines[20] = json.dumps({**link, "actor_name": "Người khác"})
    copy = tmp_path / "history.jsonl"
    copy.write_text("\n".join(lines) + "\n", "utf-8")
    assert main(["audit", "verify", str(copy), "--json"]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["broken"] >= 1
