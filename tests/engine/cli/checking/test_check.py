"""`motcua check`: one line per file of any kind, whatever it holds."""

from __future__ import annotations

import json
import os
import shutil
import socket
import time
from pathlib import Path

import pytest

from engine.cli.checking import checks as judging
from engine.cli.checking.command import verdicts
from engine.cli.checking.isolated_child import Apart, StoppedError
from engine.cli.program import main

ROOT = Path(__file__).resolve().parents[4]
BPMN = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/>'
    '<task id="a"/><sequenceFlow id="f" sourceRef="s" targetRef="a"/></process></definitions>'
)
TWO = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><startEvent id="s"/></process>'
    '<process id="q"><startEvent id="t"/></process></definitions>'
)
DMN = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">'
    '<decision id="x" name="x"><literalExpression><text>{}</text></literalExpression></decision></definitions>'
)
FORM = {"title": "t", "components": [{"type": "textfield", "key": "a", "label": "A"}]}


def one(path: Path) -> dict:
    (line,) = verdicts([str(path)])
    return line


def codes(line: dict) -> set[str]:
    return {finding["code"] for finding in line["findings"]}


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", ["a.bpmn", "a.txt", "no_suffix", "a.dmn", "a.xml"])
def test_a_named_file_is_known_by_its_content(tmp_path, name):
    assert one(written(tmp_path / name, BPMN)) == {"file": str(tmp_path / name), "accepted": True, "findings": []}


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_unicode_form_of_xml_is_read(tmp_path, coding):
    declared = f'<?xml version="1.0" encoding="{coding.removesuffix("-sig")}"?>' + BPMN
    assert one(written(tmp_path / "x.bpmn", declared.encode(coding)))["accepted"]


def test_utf_7_is_refused(tmp_path):
    line = one(written(tmp_path / "x.bpmn", b'<?xml version="1.0" encoding="utf-7"?>' + BPMN.encode()))
    assert codes(line) == {"encoding_refused"}


def test_decisions_are_judged(tmp_path):
    assert one(written(tmp_path / "good.dmn", DMN.format("1 + 1")))["accepted"]
    bad = one(written(tmp_path / "bad.txt", DMN.format("1 +")))
    assert not bad["accepted"]
    assert bad["findings"][0]["message_en"]
    assert codes(one(written(tmp_path / "none.dmn", DMN.partition("<decision")[0] + "</definitions>"))) == {
        "no_decision"
    }


@pytest.mark.parametrize(
    ("content", "accepted"),
    [
        (json.dumps(FORM), True),
        (json.dumps({**FORM, "components": [1]}), False),
        (json.dumps({**FORM, "components": [{"type": "script", "key": "a"}]}), False),
        (json.dumps({**FORM, "components": [{"type": "select", "key": "a", "values": [{"label": "x"}]}]}), False),
        (json.dumps({**FORM, "components": [{"type": "textfield", "key": "a", "validate": {"pattern": "("}}]}), False),
        (json.dumps({**FORM, "components": [{"type": "number", "key": "a", "validate": {"min": "1"}}]}), False),
        (
            json.dumps({**FORM, "components": [{"type": "text", "key": "a", "conditional": {"hide": "=exec('x')"}}]}),
            False,
        ),
        ('{"components": ' + "[" * 5000 + "]" * 5000 + "}", False),
        ('{"components": [', False),
        ("[]", False),
        (b"\xff\xfe\x00", False),
        ("", False),
    ],
)
def test_forms_are_judged(tmp_path, content, accepted):
    line = one(written(tmp_path / "x.form.json", content))
    assert line["accepted"] is accepted
    for finding in line["findings"]:
        assert finding["code"] != "check_stopped", finding
        assert finding["message_vi"]
        assert finding["message_en"]
        assert finding["hint"]
    assert codes(line) <= {"form", "not_utf8"}


def test_a_form_is_known_without_its_suffix(tmp_path):
    assert one(written(tmp_path / "x.json", json.dumps(FORM)))["accepted"]
    assert codes(one(written(tmp_path / "y.json", '{"a": 1}'))) == {"unknown_kind"}


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "unknown_kind"), (b"PK\x03\x04" + BPMN.encode(), "unknown_kind"), (b"hello", "unknown_kind")],
)
def test_what_is_nothing_of_ours_is_told_and_never_passed_over(tmp_path, content, code):
    assert codes(one(written(tmp_path / "x.bin", content))) == {code}


def test_folders_are_searched_and_an_empty_one_is_told(tmp_path):
    written(tmp_path / "a.bpmn", "<a/>")
    written(tmp_path / "deep" / "b.form.json", json.dumps(FORM))
    written(tmp_path / "notes.txt", "not a diagram")
    (tmp_path / "empty").mkdir()
    lines = list(verdicts([str(tmp_path), str(tmp_path / "missing.bpmn"), str(tmp_path / "empty")]))
    assert [codes(line) for line in lines] == [{"not_bpmn"}, set(), {"unreadable_file"}, {"nothing_found"}]


def test_pipes_and_sockets_are_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.bpmn")
    assert codes(one(tmp_path / "pipe.bpmn")) == {"unreadable_file"}
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.bpmn"))
        assert codes(one(tmp_path / "s.bpmn")) == {"unreadable_file"}


def test_the_process_may_be_named(tmp_path, capsys):
    file = str(written(tmp_path / "two.bpmn", TWO))
    assert main(["check", file, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["findings"][0]
    assert told["code"] == "several_processes"
    assert "«p»" in told["message_vi"]
    assert "--process" in told["hint"]
    assert main(["check", file, "--process", "q"]) == 0
    capsys.readouterr()
    assert main(["check", file, "--process", "r"]) == 1
    assert "«p», «q»" in capsys.readouterr().out


def test_a_hundred_megabytes_are_refused_without_reading_them(tmp_path):
    big = tmp_path / "big.bpmn"
    with big.open("wb") as stream:
        stream.write(BPMN.encode())
        stream.truncate(100 * 1024 * 1024)
    assert codes(one(big)) == {"too_large"}


# -- packs ------------------------------------------------------------------------------------------


@pytest.fixture
def pack(tmp_path) -> Path:
    """A copy of a shipped pack beside the shared forms."""
    for name in ("2.000635", "_forms", "_fees"):
        shutil.copytree(ROOT / "processes" / name, tmp_path / "packs" / name)
    return tmp_path / "packs" / "2.000635"


def pack_line(pack: Path) -> dict:
    return one(pack / "procedure.yaml")


def test_every_file_of_a_pack_has_its_line(pack):
    lines = list(verdicts([str(pack)]))
    assert all(line["accepted"] for line in lines), lines
    names = {Path(line["file"]).name for line in lines}
    assert {"procedure.yaml", "process.bpmn", "declaration.form.json"} <= names
    (whole,) = [line for line in lines if line["file"].endswith("procedure.yaml")]
    assert codes(whole) <= {"output_undeclared"}


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "element"),
    [
        ("procedure.yaml", "\n  approver: approver", "", "lane_unmapped", "approver"),
        ("procedure.yaml", "approver: approver", "approver: king", "role_unknown", "approver"),
        ("procedure.yaml", "\n  search_register:", "\n  serch_register:", "task_unknown", "serch_register"),
        ("procedure.yaml", "code: ", "kode: ", "pack", "procedure.yaml.code"),
        ("process.bpmn", 'motcua:status="', 'motcua:status="7', "status_unknown", None),
        ("process.bpmn", 'id="search_register"', 'id="search_register" motcua:decision="none"', None, None),
        ("process.bpmn", "<bpmn:userTask", "<bpmn:adHocSubProcess", "not_xml", None),
    ],
)
def test_the_parts_of_a_pack_must_fit(pack, file, old, new, code, element):
    text = (pack / file).read_text()
    assert old in text
    (pack / file).write_text(text.replace(old, new, 1))
    line = pack_line(pack)
    found = [finding for finding in line["findings"] if finding["severity"] == "error"]
    if code is None:
        assert codes(line) & {"decision_missing"}
        return
    assert code in {finding["code"] for finding in found}
    assert element is None or element in {finding["element"] for finding in found if finding["code"] == code}
    for finding in found:
        assert finding["message_vi"]
        assert finding["message_en"]
        assert finding["hint"]


def test_a_missing_form_and_an_unreadable_one_are_told(pack):
    drawing = (pack / "process.bpmn").read_text()
    (pack / "process.bpmn").write_text(drawing.replace('id="sign_result"', 'motcua:form="gone" id="sign_result"', 1))
    assert "form_missing" in codes(pack_line(pack))
    next(pack.rglob("*.form.json")).write_text("{")
    assert "pack" in codes(pack_line(pack))


def test_a_wrong_example_of_the_fees_is_told(pack):
    fees = pack / "fees.yaml"
    fees.write_text(fees.read_text().replace("total_vnd: 8000", "total_vnd: 8001", 1))
    assert not pack_line(pack)["accepted"]


@pytest.mark.parametrize(
    "text",
    [
        b"\xff\xfe",
        b"a: &a [x, x]\nb: &b [*a, *a]\ncode: *b\n",
        b"[" * 3000,
        b"- 1",
        b"",
        b"a: !!python/object:os.system x",
    ],
)
def test_a_hostile_procedure_yaml_is_refused(tmp_path, text):
    line = one(written(tmp_path / "p" / "procedure.yaml", text))
    assert not line["accepted"]
    assert "check_stopped" not in codes(line)


# -- the child --------------------------------------------------------------------------------------


def hang(file: str) -> dict:
    while True:
        pass


def swell(file: str) -> dict:
    return {"n": len(bytearray(64 * 1024**3))}


def fall(file: str) -> dict:
    os._exit(7)


def test_a_reader_that_hangs_takes_only_the_child_with_it(monkeypatch):
    monkeypatch.setattr("engine.cli.checking.isolated_child.CPU_SECONDS", 0.2)
    apart = Apart(hang)
    for _ in range(2):
        with pytest.raises(StoppedError) as stopped:
            apart.judge("x")
        assert stopped.value.out_of_time


def test_a_reader_that_sleeps_is_stopped_too(monkeypatch):
    monkeypatch.setattr("engine.cli.checking.isolated_child.WALL_SECONDS", 0.2)
    apart = Apart(lambda file: time.sleep(60) or {})
    with pytest.raises(StoppedError) as stopped:
        apart.judge("x")
    assert stopped.value.out_of_time


@pytest.mark.parametrize("judge", [swell, fall])
def test_a_reader_that_falls_takes_only_the_child_with_it(judge):
    apart = Apart(judge)
    with pytest.raises(StoppedError) as stopped:
        apart.judge("x")
    assert not stopped.value.out_of_time


def test_the_files_after_a_bad_one_are_judged(tmp_path, monkeypatch):
    good, bad = written(tmp_path / "good.bpmn", BPMN), written(tmp_path / "bad.bpmn", BPMN)
    usual = judging._judge
    monkeypatch.setattr(judging, "_judge", lambda path, *more: fall("") if path == bad else usual(path, *more))
    lines = list(verdicts([str(bad), str(good), str(bad), str(good)]))
    assert [line["accepted"] for line in lines] == [False, True, False, True]
    assert codes(lines[0]) == {"check_stopped"}


def test_an_unexpected_fault_is_a_sentence(tmp_path, monkeypatch):
    def broken(*asked):
        raise ZeroDivisionError

    monkeypatch.setattr(judging, "_judge", broken)
    line = one(written(tmp_path / "x.bpmn", BPMN))
    assert codes(line) == {"check_stopped"}
    assert "ZeroDivisionError" in line["findings"][0]["message_en"]
