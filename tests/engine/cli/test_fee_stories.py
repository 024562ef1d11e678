"""Boundary cases that take several quotes or other tables, told in `stories.yaml`, through `motcua quote`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from engine.cli import main

ROOT = Path(__file__).resolve().parents[3]
STORIES = yaml.safe_load((ROOT / "tests/procedures/fees/stories.yaml").read_text(encoding="utf-8"))["stories"]


class Desk:
    """Asks one quote after the other; a change of the tables stays for the following ones."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.processes = folder / "processes"
        shutil.copytree(ROOT / "processes", self.processes, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
        monkeypatch.setenv("MOTCUA_PROCESSES", str(self.processes))
        monkeypatch.setenv("MOTCUA_VAR", str(folder / "var"))
        self.paid = folder / "paid.json"

    def change(self, told: dict[str, str]) -> None:
        path = self.processes / told["in"]
        text = path.read_text(encoding="utf-8")
        assert told["instead_of"] in text
        path.write_text(text.replace(told["instead_of"], told["put"]), encoding="utf-8")

    def ask(self, one: dict) -> tuple[int, dict, str]:
        facts = self.folder / "facts.json"
        facts.write_text(json.dumps(one["facts"], ensure_ascii=False), encoding="utf-8")
        words = ["quote", "--procedure", one["procedure"], "--submitted-at", one["submitted_at"], "--facts", str(facts)]
        code = main([*words, "--json", *(["--paid", str(self.paid)] if "refund" in one else [])])
        said = self.capsys.readouterr()
        if code == 0:
            self.paid.write_text(said.out, encoding="utf-8")
        return code, json.loads(said.out) if said.out else {}, said.err


@pytest.mark.parametrize("story", STORIES, ids=lambda one: f"{one['id']} {one['question']}")
def test_story(story, tmp_path, monkeypatch, capsys):
    desk, tables = Desk(tmp_path, monkeypatch, capsys), set()
    for one in story["quotes"]:
        if "tables" in one:
            desk.change(one["tables"])
        code, found, err = desk.ask(one)
        if "refused" in one:
            assert code == 2
            assert err.startswith("✗ ")
            assert all(words in err for words in one["refused"])
            continue
        assert (code, found["total_vnd"]) == (0, one["total_vnd"])
        tables.add(found["schedule_hash"])
        told_as_expected(one, found)
        assert len(tables) == 2 or not one.get("other_tables")


def told_as_expected(one: dict, found: dict) -> None:
    """The reasons, the terms and the refund of one quote."""
    steps = [step for line in found["lines"] for step in line["steps"]]
    if "kinds" in one:
        assert [step["kind"] for step in steps] == one["kinds"]
    assert all(words in " ".join(step["sentence"]["vi"] for step in steps) for words in one.get("says", ()))
    assert all(words in " ".join(text["vi"] for text in found["sentences"]) for words in one.get("closes", ()))
    terms = {line["item"]: line["refundable"] for line in found["lines"]}
    assert one.get("refundable", {}).items() <= terms.items()
    if "refund" in one:
        assert {line["item"]: line["due_vnd"] for line in found["refund"]} == one["refund"]
        assert found["refund_vnd"] == sum(one["refund"].values())


@pytest.mark.parametrize(
    "written", ["[1]", "{}", '{"procedure": "2.000635"}', "\ufffd\x00", '{"procedure": 1, "lines": 5}']
)
def test_what_was_paid_must_be_a_quote(written, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    (tmp_path / "paid.json").write_text(written, encoding="utf-8")
    words = ["quote", "--procedure", "2.000635", "--submitted-at", "2024-03-01", "--paid", str(tmp_path / "paid.json")]
    assert main([*words, "copies=1", "channel=online", "--json"]) == 2
    assert capsys.readouterr().err.startswith("✗ ")


def test_all_boundary_cases_are_covered_at_the_command():
    told = {one["id"] for one in STORIES}
    single = yaml.safe_load((ROOT / "tests/procedures/fees/boundaries.yaml").read_text(encoding="utf-8"))["situations"]
    assert told | {one["id"] for one in single} == {f"{number:02}" for number in range(1, 23)}
