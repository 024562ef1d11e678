"""`motcua conformance`: what holds, what does not and what is refused is counted as such, and nothing else."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from engine.cli import main
from engine.conformance import diagrams, judge_scenario, running
from engine.workflow.dialects import Repairs

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'


def diagram(inside: str) -> str:
    return f'{HEAD}<process id="p" isExecutable="true">{inside}</process></definitions>'


def line(*elements: str) -> str:
    """These elements one after the other, from a start to an end."""
    ids = ["s", *(element.split('id="')[1].split('"')[0] for element in elements), "e"]
    flows = "".join(f'<sequenceFlow id="f{a}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(ids))
    return diagram(f'<startEvent id="s"/>{"".join(elements)}<endEvent id="e"/>{flows}')


PLAIN = line('<serviceTask id="auto"/>', '<userTask id="t"/>', '<receiveTask id="r"/>')
COMPLEX = diagram('<startEvent id="s"/><complexGateway id="g"/><sequenceFlow id="f" sourceRef="s" targetRef="g"/>')


_POOL = (
    '<process id="{0}"><startEvent id="s{0}"/><userTask id="t{0}"/>'
    '<sequenceFlow id="f{0}" sourceRef="s{0}" targetRef="t{0}"/></process>'
)
TWO_POOLS = HEAD + _POOL.format("a") + _POOL.format("b") + "</definitions>"


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MOTCUA_VAR", str(tmp_path / "var"))
    for folder in ("suites/rival", "suites/files/original", "suites/files/translated"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path / "suites"


def scenario(suite: Path, name: str, xml: str, *steps: dict[str, object], **more: object) -> Path:
    (suite / "files" / "original" / f"{name}.bpmn").write_text(xml, encoding="utf-8")
    told = {"id": name, "files": [f"{name}.bpmn"], "steps": [{"start": {"process": "p"}}, *steps], **more}
    path = suite / "rival" / f"{name}.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


GOOD = [
    {"expect": {"open": ["t"], "count": 1, "exactly": {"t": 1, "auto": 0}, "ended": False}},
    {"complete": "t", "variables": {"x": 2}},
    {"expect": {"count": 0, "variables": {"x": 2}}},
    {"trigger": "r"},
    {"expect": {"ended": True}},
]


def test_a_scenario_that_holds_agrees(suite):
    assert judge_scenario(str(scenario(suite, "good", PLAIN, *GOOD)))["verdict"] == "agree"


@pytest.mark.parametrize(
    "facts",
    [
        {"open": []},
        {"open": ["t", "t"]},
        {"count": 2},
        {"exactly": {"t": 0}},
        {"at_least": {"t": 2}},
        {"at_least_in_all": 2},
        {"ended": True},
        {"variables": {"x": 1}},
        {"a fact nobody knows": 1},
    ],
)
def test_a_fact_that_does_not_hold_is_a_disagreement(suite, facts):
    told = judge_scenario(str(scenario(suite, "bad", PLAIN, {"expect": facts})))
    assert (told["verdict"], bool(told["why"])) == ("disagree", True)


@pytest.mark.parametrize(
    "step",
    [{"complete": "nothing"}, {"message": "m"}, {"signal": "s"}, {"timer": "late"}, {"dance": 1}],
)
def test_a_step_that_cannot_be_done_is_a_disagreement(suite, step):
    assert judge_scenario(str(scenario(suite, "bad", PLAIN, step)))["verdict"] == "disagree"


def test_a_translated_file_is_tried_when_the_original_is_refused(suite):
    path = scenario(suite, "moved", COMPLEX, *GOOD, translated="moved.bpmn")
    assert judge_scenario(str(path))["verdict"] == "refused"  # the file named does not exist
    (suite / "files" / "translated" / "moved.bpmn").write_text(PLAIN, encoding="utf-8")
    assert judge_scenario(str(path)) == {"id": "moved", "reading": "translated", "verdict": "agree", "why": ""}


def test_a_call_finds_its_process_in_another_file(suite):
    calling = line('<callActivity id="c" calledElement="other"/>')
    other = line('<userTask id="t"/>').replace('id="p"', 'id="other"')
    other = other.replace('"s"', '"s2"').replace('"e"', '"e2"').replace('id="f', 'id="g')
    path = scenario(suite, "two", calling, {"expect": {"open": ["t"]}})
    (suite / "files" / "original" / "other.bpmn").write_text(other, encoding="utf-8")
    told = json.loads(path.read_bytes())
    path.write_text(json.dumps({**told, "files": ["two.bpmn", "other.bpmn"]}), encoding="utf-8")
    assert judge_scenario(str(path))["verdict"] == "agree"


def rows(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    told = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    return {str(row["set"]): row for row in told}


def test_the_table_counts_each_verdict_once(suite, capsys, tmp_path):
    scenario(suite, "good", PLAIN, *GOOD)
    scenario(suite, "bad", PLAIN, {"expect": {"count": 5}})
    scenario(suite, "argued", PLAIN, {"expect": {"count": 5}}, contested="a habit of the rival")
    scenario(suite, "refused", COMPLEX, *GOOD)
    out = tmp_path / "table.md"
    assert main(["conformance", str(suite), "--models", "0", "--json", "--out", str(out)]) == 1
    row = rows(capsys)["scenarios rival"]
    assert [row[key] for key in ("asked", "right", "wrong", "refused")] == [4, 1, 1, 1]
    assert "1 contested" in str(row["remark"])
    assert len(row["details"]) == 3
    assert "| scenarios rival | 4 | 1 | 1 | 1 |" in out.read_text(encoding="utf-8")
    assert "disagree: bad: count: expected 5, found 1" in out.read_text(encoding="utf-8")


def test_a_forbidden_file_that_passes_in_silence_is_wrong(suite, capsys):
    refused = suite / "must_refuse"
    refused.mkdir()
    (refused / "silent.bpmn").write_text(line('<userTask id="t"/>'), encoding="utf-8")
    (refused / "told.bpmn").write_text(COMPLEX, encoding="utf-8")
    verdict = running.INVALID
    index = [{"file": name, "verdict": verdict} for name in ("silent.bpmn", "told.bpmn")]
    index.append({"file": "silent.bpmn", "verdict": "only a rival's rule"})
    (refused / "index.json").write_text(json.dumps(index), encoding="utf-8")
    assert main(["conformance", str(suite), "--models", "0", "--json"]) == 1
    row = rows(capsys)["must refuse: must_refuse"]
    assert [row[key] for key in ("asked", "right", "wrong")] == [2, 1, 1]
    assert row["details"] == ["silent.bpmn: accepted without a word"]


def test_drawings_and_reference_models_are_rows_of_their_own(suite, capsys):
    (suite / "office").mkdir()
    files = {"one": PLAIN, "two": COMPLEX, "A.1.0": PLAIN, "A.4.0": TWO_POOLS}
    for name, xml in files.items():
        (suite / "office" / f"{name}.bpmn").write_text(xml, encoding="utf-8")
    assert main(["conformance", str(suite), "--models", "0", "--json"]) == 0
    told = rows(capsys)
    assert (told["office"]["right"], told["office"]["refused"]) == (1, 1)
    assert (told["MIWG"]["asked"], told["MIWG"]["right"]) == (2, 2)
    assert told["MIWG"]["remark"] == "accepted, 1 with a process named; 2 whole when written again"


def test_files_of_other_engines_are_counted_as_they_come_out_of_the_import(suite, capsys):
    (suite / "office").mkdir()
    juel = PLAIN.replace('<userTask id="t"/>', '<userTask id="t" name="${x}"/>')
    for name, xml in {"one": PLAIN, "two": juel, "three": COMPLEX.replace('id="g"', 'id="g" name="${x}"')}.items():
        (suite / "office" / f"{name}.bpmn").write_text(xml, encoding="utf-8")
    assert main(["conformance", str(suite), "--models", "0", "--json"]) == 0
    row = rows(capsys)["import-bpmn: office"]
    assert [row[key] for key in ("asked", "right", "refused")] == [2, 1, 1]
    assert len(row["details"]) == 1


def test_a_file_that_lost_something_is_not_whole():
    assert diagrams._kept(PLAIN.encode(), PLAIN.encode(), Repairs())
    assert not diagrams._kept(PLAIN.encode(), PLAIN.replace('<userTask id="t"/>', "").encode(), Repairs())


def test_a_test_kit_that_fails_is_named(suite, capsys, monkeypatch):
    (suite / "compliance-level-2").mkdir()
    lines = [
        {"level": 2, "folder": "f", "id": "1", "passed": True, "reason": ""},
        {"level": 2, "folder": "f", "id": "2", "passed": False, "reason": "3 is not 4"},
        {"summary": {}},
    ]
    monkeypatch.setattr(running, "dmn_tck", lambda folders: iter(lines))
    assert main(["conformance", str(suite), "--models", "0", "--json"]) == 1
    row = rows(capsys)["DMN TCK level 2"]
    assert (row["asked"], row["right"], row["wrong"], row["details"]) == (2, 1, 1, ["f 2: 3 is not 4"])


def test_the_oracle_is_asked_so_many_models(suite, capsys):
    assert main(["conformance", "--models", "3"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[:4] == ["oracle", "3", "3", "0"]


def test_what_is_not_there_is_one_clear_sentence(suite, capsys):
    assert main(["conformance", str(suite / "nowhere")]) == 2
    assert main(["conformance", str(suite), "--models", "0"]) == 2
    assert "Traceback" not in capsys.readouterr().err
