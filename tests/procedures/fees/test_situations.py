"""Every situation of the YAML files through the function behind `motcua quote`."""

import csv
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from rules.errors import RulesError
from rules.fees import FeeInference, Quote, QuoteRequest, load_schedule, quote, quote_command
from rules.fees.commands import quote_json
from rules.inference import inference_available

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SHARED = ROOT.parent / "shared" / "domain" / "fee_vectors.csv"


def situations(name):
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))["situations"]


ALL = [*situations("vectors.yaml"), *situations("boundaries.yaml")]


SCHEDULE = load_schedule(ROOT / "processes")


def ask(situation):
    given = (situation[key] for key in ("procedure", "submitted_at"))
    return quote_json(SCHEDULE, *given, situation.get("accepted_at"), situation["facts"])


def test_the_command_reads_the_tables_itself():
    one = ALL[0]
    found = quote_command(one["procedure"], one["submitted_at"], None, one["facts"], processes_root=ROOT / "processes")
    assert found == ask(one)


def test_both_engines_charge_every_situation_equally():
    if not inference_available():
        pytest.skip("durable-rules is not installed here; inference=off has its own test")
    second = FeeInference("on")
    for situation in ALL:
        if "error" not in situation:
            at, accepted = situation["submitted_at"], situation.get("accepted_at")
            accepted_at = datetime.fromisoformat(accepted) if accepted else None
            request = QuoteRequest(situation["procedure"], datetime.fromisoformat(at), accepted_at, situation["facts"])
            both = quote(SCHEDULE, request, second=second)
            assert both.inference == "on"
            assert replace(both, inference="") == quote(SCHEDULE, request)
    second.close()


@pytest.mark.parametrize("situation", ALL, ids=[f"{one['id']} {one['question']}" for one in ALL])
def test_situation(situation):
    if "error" in situation:
        with pytest.raises(RulesError) as refused:
            ask(situation)
        assert refused.value.code == situation["error"]
        for words in situation["says"]:
            assert words in str(refused.value)
        return
    found = ask(situation)
    assert found["total_vnd"] == situation["total_vnd"]
    amounts = {line["item"]: line["after_vnd"] for line in found["lines"]}
    for code, amount in situation.get("lines", {}).items():
        assert amounts[code] == amount
    steps = [step for line in found["lines"] for step in line["steps"]]
    told = " ".join(step["sentence"]["vi"] for step in steps)
    for words in situation.get("says", ()):
        assert words in told
    if "kinds" in situation:
        assert [step["kind"] for step in steps] == situation["kinds"]
    for key in ("sample", "payment_required"):
        if key in situation:
            assert found[key] is situation[key]


@pytest.mark.parametrize("situation", [one for one in ALL if "error" not in one], ids=lambda one: one["question"])
def test_every_step_says_why_in_both_languages(situation):
    for line in ask(situation)["lines"]:
        assert line["steps"][-1]["amount_after_vnd"] == line["after_vnd"]
        for step in line["steps"]:
            assert step["sentence"]["vi"].endswith(".")
            assert step["sentence"]["en"].endswith(".")
            assert step["legal_basis"] or step["kind"] == "rounding"
            assert step["kind"] != "not_applied" or step["amount_before_vnd"] == step["amount_after_vnd"]


def test_a_stored_quote_reads_back_equal():
    for situation in ALL:
        if "error" not in situation:
            stored = ask(situation)
            assert Quote.from_dict(stored).to_dict() == stored


def test_all_shared_vectors_are_covered():
    if not SHARED.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"the shared vectors are missing: {SHARED}")
        pytest.skip("the shared material is not beside this checkout")
    with SHARED.open(encoding="utf-8") as file:
        wanted = {row["id"]: row["expected_vnd"] for row in csv.DictReader(file)}
    assert wanted.keys() == {one["id"] for one in situations("vectors.yaml")}
    for code, text in wanted.items():
        amounts = [one["total_vnd"] for one in situations("vectors.yaml") if one["id"] == code]
        plain = text.replace(".", "")
        if "demo" not in text:
            assert all(str(amount) in plain or (amount == 0 and "0" in plain) for amount in amounts), code
