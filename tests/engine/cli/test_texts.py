"""`motcua texts`, and an installation's own words from the start to the page."""

from __future__ import annotations

import json

import pytest

from engine.bootstrap import build
from engine.cli import main
from engine.domain.dossier import DossierState, plain_words, status_label
from engine.domain.texts import TextsError, install, shipped
from engine.settings import Settings


@pytest.fixture(autouse=True)
def _our_words_again():
    yield
    install(shipped())


@pytest.fixture
def own(tmp_path, monkeypatch):
    folder = tmp_path / "texts"
    folder.mkdir()
    monkeypatch.setenv("MOTCUA_TEXTS", str(folder))
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("MOTCUA_PRACTICE", "on")
    return folder


def test_what_the_installation_changed_is_listed(own, capsys):
    (own / "notice.yaml").write_text('fee.set:\n  vi: "Phí {amount}"\n', encoding="utf-8")
    assert main(["texts", "--own", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert (told["key"], told["vi"], told["own"]) == ("notice.fee.set", "Phí {amount}", str(own / "notice.yaml"))
    assert told["en"].startswith("The fee of dossier")
    assert told["placeholders"] == ["amount", "code", "reason"]
    assert main(["texts", "status"]) == 0
    assert "status.9\n  vi: Đã xử lý xong\n  en: Processing completed\n" in capsys.readouterr().out
    assert main(["texts", "nothing.begins.so"]) == 1


def test_the_platform_speaks_with_the_installations_words(own):
    (own / "state.yaml").write_text("refused:\n  vi: Không nhận.\n", encoding="utf-8")
    (own / "status.yaml").write_text('"3":\n  vi: Trả lại\n', encoding="utf-8")
    build(Settings.from_env()).close()
    assert plain_words(DossierState.REFUSED).vi == "Không nhận."
    assert status_label(3).vi == "Trả lại"


def test_wrong_words_stop_the_start_with_a_sentence(own, capsys):
    (own / "notice.yaml").write_text('fee.set:\n  vi: "Phí {sotien}"\n', encoding="utf-8")
    with pytest.raises(TextsError):
        build(Settings.from_env())
    assert main(["db", "migrate"]) == 2
    told = capsys.readouterr().err
    assert "{sotien}" in told
    assert "{amount}, {code}, {reason}" in told
