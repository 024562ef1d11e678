"""The doors of the law as a person or another program opens them: words in, JSON out, one sentence when refused."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from engine.cli import main

ROOT = Path(__file__).resolve().parents[3]
VECTORS = ROOT / "tests" / "procedures" / "fees"
SITUATIONS = [
    one
    for name in ("vectors.yaml", "boundaries.yaml")
    for one in yaml.safe_load((VECTORS / name).read_text(encoding="utf-8"))["situations"]
]
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="d">
  <inputData id="i" name="tuổi"><variable name="tuổi" typeRef="number"/></inputData>
  <decision id="e" name="Được giảm"><variable name="Được giảm"/>
    <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
    <decisionTable hitPolicy="UNIQUE">
      <input><inputExpression><text>tuổi</text></inputExpression></input><output/>
      <rule><inputEntry><text>&gt;= 60</text></inputEntry><outputEntry><text>"có"</text></outputEntry></rule>
      <rule><inputEntry><text>&gt;= 80</text></inputEntry><outputEntry><text>"miễn"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""


@pytest.fixture(autouse=True)
def _in_the_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path / "var"))


def ask(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> object:
    assert main(words) == code
    return json.loads(capsys.readouterr().out)


def test_feel_answers_with_and_without_the_mark(capsys):
    assert ask(["feel", "số bản * 8000", "--context", '{"số bản": 3}', "--json"], capsys) == 24000
    assert ask(["feel", "1 + 1"], capsys) == 2


@pytest.mark.parametrize("mark", [[], ["--json"]])
def test_a_decision_is_asked_by_name(mark, capsys, tmp_path):
    (tmp_path / "d.dmn").write_text(TABLE, encoding="utf-8")
    words = ["dmn", "run", str(tmp_path / "d.dmn"), "--decision", "Được giảm", *mark, "--inputs"]
    assert ask([*words, '{"tuổi": 65}'], capsys)["value"] == "có"
    two_rows = ask([*words, '{"tuổi": 85}'], capsys, code=1)
    assert two_rows["value"] is None
    assert two_rows["problems"]


@pytest.mark.shared
def test_the_tck_gives_a_line_per_test_and_the_three_sums(capsys):
    folder = ROOT.parent / "shared" / "tck"
    assert main(["dmn", "tck", str(folder), "--json"]) == 0
    *lines, last = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    summary = last["summary"]
    assert len(lines) == summary["level_2"]["total"] + summary["level_3"]["total"]
    assert summary["level_2"] == {"passed": 116, "total": 116, "percent": 100.0}
    for name in ("level_3", "level_3_non_null"):
        assert summary[name]["passed"] >= 0.995 * summary[name]["total"] > 1000


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.get("id") or one["name"])
def test_every_fee_vector_and_boundary_case_holds_at_the_command(situation, capsys, tmp_path):
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(situation["facts"], ensure_ascii=False, default=str), encoding="utf-8")
    words = ["quote", "--procedure", situation["procedure"], "--submitted-at", situation["submitted_at"]]
    if situation.get("accepted_at"):
        words += ["--accepted-at", situation["accepted_at"]]
    words += ["--facts", str(facts), "--json"]
    if "total_vnd" not in situation:
        assert main(words) == 2
        assert capsys.readouterr().err.startswith("✗ ")
        return
    found = ask(words, capsys)
    assert found["total_vnd"] == situation["total_vnd"]
    assert sum(line["after"] for line in found["lines"]) == found["total_vnd"]
    assert found["inference"]["en"].startswith("inference=")
    for line in found["lines"]:
        assert {"item", "before", "after", "steps"} <= line.keys()
        assert all(step["rule"] and step["sentence"]["vi"] and "legal_basis" in step for step in line["steps"])


def test_facts_may_come_through_a_pipe_or_by_hand(capsys, monkeypatch):
    words = ["quote", "--procedure", "2.000635", "--submitted-at", "2025-08-01T09:00:00+07:00"]
    assert ask([*words, "copies=2", "channel=online"], capsys)["total_vnd"] == 16000
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"copies": 3, "channel": "online"}'))
    assert ask([*words, "--facts", "-"], capsys)["total_vnd"] == 24000
    monkeypatch.setattr(sys, "stdin", io.StringIO("[1"))
    assert main([*words, "--facts", "-"]) == 2


@pytest.mark.parametrize("facts", ['{"channel": "online"}', '{"channel": "online", "copies": 1, "colour": "red"}'])
def test_a_missing_or_unknown_fact_lists_what_is_needed(facts, capsys, tmp_path):
    (tmp_path / "f.json").write_text(facts, encoding="utf-8")
    words = ["quote", "--procedure", "2.000635", "--submitted-at", "2025-08-01T09:00:00+07:00"]
    assert main([*words, "--facts", str(tmp_path / "f.json"), "--json"]) == 2
    said = capsys.readouterr()
    needed = [one["name"] for one in json.loads(said.out)["error"]["needed"]]
    assert needed[:2] == ["channel", "copies"]
    assert "channel" in said.err
    assert "copies" in said.err


def test_check_finds_nothing_in_the_shipped_tables_and_a_planted_fault(capsys, tmp_path):
    clean = ask(["rules", "check", "processes", "--json"], capsys)
    assert clean["ok"] is True
    (tmp_path / "table.yaml").write_text("code: 1\n", encoding="utf-8")
    broken = ask(["rules", "check", str(tmp_path / "table.yaml"), "--json"], capsys, code=1)
    assert broken["findings"][0]["severity"] == "error"
    assert main(["rules", "check", str(tmp_path / "nowhere"), "--json"]) == 2


def test_replay_compares_two_folders(capsys, tmp_path):
    one = {"procedure": "2.000635", "submitted_at": "2025-08-01T09:00:00+07:00"}
    past = tmp_path / "dossiers.jsonl"
    past.write_text(
        "\n".join(json.dumps({**one, "facts": {"channel": "online", "copies": n}}) for n in (1, 2)), encoding="utf-8"
    )
    found = ask(["rules", "replay", "processes", "processes", "--dossiers", str(past), "--json"], capsys)
    assert (found["dossiers"], found["changed"], found["old_total_vnd"]) == (2, 0, 24000)


def test_bench_measures_here_and_now(capsys):
    found = ask(["bench", "rules", "--dossiers", "200", "--json"], capsys)
    assert found["decision_200_rows"]["exact_with_trace_us"] > 0
    assert found["replay"]["decisions_per_second"] > 0


def test_without_durable_rules_a_quote_is_made_and_says_so():
    hide = "import sys; sys.modules['durable'] = None; from engine.cli import main; sys.exit(main(sys.argv[1:]))"
    words = ["quote", "--procedure", "2.000635", "--submitted-at", "2025-08-01T09:00:00+07:00", "--json"]
    done = subprocess.run(
        [sys.executable, "-c", hide, *words, "copies=2", "channel=online"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found = json.loads(done.stdout)
    assert found["total_vnd"] == 16000
    assert found["inference"]["en"].startswith("inference=off: durable-rules is not installed")
