import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from engine.bench.rules_tables import ON, bench_dossiers, bench_table
from rules.errors import RulesError
from rules.fees import check_command, replay_command, replay_table
from rules.inference import Decider
from rules.tables import read_table

ROOT = Path(__file__).parents[4] / "processes"


@pytest.fixture
def dearer(tmp_path):
    """The shipped tables with a dearer extract."""
    root = tmp_path / "processes"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("*.py", "*.bpmn", "__pycache__"))
    path = root / "_fees" / "ho_tich.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("value_vnd: 8000", "value_vnd: 10000", 1), encoding="utf-8"
    )
    return root


def dossier(**facts):
    return {"procedure": "2.000635", "submitted_at": "2024-03-01T08:00:00+07:00", "facts": facts}


def test_a_dearer_tariff_shows_who_pays_more_and_how_much(dearer, tmp_path):
    dossiers = [dossier(channel="online", copies=copies) for copies in (1, 2, 3)]
    dossiers += [{**dossier(channel="online"), "procedure": "1.004222"}, dossier(channel="online", copies=0)]
    file = tmp_path / "dossiers.jsonl"
    file.write_text("\n".join(json.dumps(one) for one in dossiers), encoding="utf-8")
    report = replay_command(ROOT, dearer, file)
    assert (report["dossiers"], report["changed"], report["difference_vnd"]) == (5, 3, 12_000)
    assert report["items"]["phi_trich_luc"] == {
        "old_vnd": 48_000, "new_vnd": 60_000, "difference_vnd": 12_000, "changed": 3,
    }  # fmt: skip
    assert report["items"]["le_phi_thuong_tru"]["difference_vnd"] == 0
    assert report["errors"] == {"new:facts": 1, "old:facts": 1}
    assert report["samples"][0] == {
        "dossier": 1, "procedure": "2.000635", "old": {"phi_trich_luc": 8_000}, "new": {"phi_trich_luc": 10_000},
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["{", '{"procedure": "x"}', "[1]", '{"procedure": "x", "submitted_at": "2024-03-01T08:00:00"}']
)
def test_a_dossier_file_that_cannot_be_read_is_refused_with_its_place(tmp_path, text):
    file = tmp_path / "dossiers.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError):
        replay_command(ROOT, ROOT, file)


def test_nothing_is_accepted_before_it_was_sent(tmp_path):
    file = tmp_path / "dossiers.jsonl"
    record = {**dossier(channel="online", copies=1), "accepted_at": "2024-02-29T08:00:00+07:00"}
    file.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(RulesError, match="trước submitted_at"):
        replay_command(ROOT, ROOT, file)


def test_two_versions_of_a_table_over_many_dossiers():
    old, new = bench_table(200), bench_table(200, amount=1_500)
    report = replay_table(old, new, [(facts, ON) for facts in bench_dossiers(500)], "amount_vnd")
    assert (report.dossiers, report.changed) == (500, 500)
    assert report.new_total_vnd - report.old_total_vnd == 500 * 500
    facts = next(bench_dossiers(1))
    decision = Decider(old, inference="off").decide(facts, ON)
    one = replay_table(old, new, [(facts, ON)], "amount_vnd")
    assert one.old_total_vnd == decision.result


def test_a_table_reads_back_from_what_it_writes(tmp_path, chance):
    for seed in range(40):
        table = chance(seed).table(kinds=("choice", "boolean", "integer", "date", "text"))
        file = tmp_path / f"t{seed}.json"
        file.write_text(json.dumps(table.to_dict(), ensure_ascii=False), encoding="utf-8")
        assert read_table(file).to_dict() == table.to_dict()
        assert read_table(file).hash == table.hash


def test_check_reads_one_table_one_procedure_or_everything(tmp_path):
    file = tmp_path / "bench.json"
    file.write_text(json.dumps(bench_table(40).to_dict(), ensure_ascii=False), encoding="utf-8")
    assert check_command(file)["ok"] is True
    assert check_command(ROOT / "2.000635" / "fees.yaml")["findings"] == []
    assert check_command(tmp_path)["findings"][0]["code"] == "file"
    broken = bench_table(40).to_dict()
    del broken["rows"][3]
    file.write_text(json.dumps(broken, ensure_ascii=False), encoding="utf-8")
    (gap,) = check_command(file)["findings"]
    assert (gap["code"], gap["example"]["channel"]) == ("gap", "assisted_online")
    assert gap["advice"]["vi"].startswith("Thêm dòng")


def test_the_day_of_a_window_decides(tmp_path):
    table = bench_table(40)
    before = Decider(table, inference="off").decide(next(bench_dossiers(1)), date(2016, 12, 31))
    assert before.result is None
