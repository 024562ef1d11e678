"""Boundary cases below the command: a refused application, a stored quote, zones. The others: `stories.yaml`."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rules.fees import Quote, QuoteRequest, load_schedule, quote
from rules.fees.refunds import refund_on_refusal

ROOT = Path(__file__).parents[3] / "processes"


@pytest.fixture
def changed(tmp_path):
    """A copy of the shipped tables with one text replaced in one file."""

    def change(file, old, new):
        root = tmp_path / "processes"
        if not root.exists():
            shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("*.py", "*.bpmn", "__pycache__"))
        path = root / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        return load_schedule(root)

    return change


@pytest.fixture(scope="module")
def schedule():
    return load_schedule(ROOT)


def ask(schedule, procedure, at, **facts):
    return quote(schedule, QuoteRequest(procedure, datetime.fromisoformat(at), None, facts))


def test_11_a_business_registration_charge_stays_when_refused(schedule):
    paid = ask(schedule, "1.001612", "2026-03-02T08:00:00+07:00", channel="counter")
    (line,) = refund_on_refusal(paid)
    assert (line.due.dong, line.withheld.dong) == (0, 50_000)
    assert any("không được hoàn trả" in text.vi for text in paid.sentences)


def test_15_a_frozen_quote_survives_a_new_tariff(schedule, changed):
    frozen = ask(schedule, "1.013225", "2024-03-01T08:00:00+07:00", channel="counter", works="house").to_dict()
    later = changed("1.013225/fees.yaml", "value_vnd: 75000", "value_vnd: 95000")
    assert later.hash != frozen["schedule_hash"]
    assert Quote.from_dict(frozen).total.dong == 75_000
    now = ask(later, "1.013225", "2024-03-01T08:00:00+07:00", channel="counter", works="house")
    assert now.total.dong == 95_000


def test_the_same_instant_in_any_zone_costs_the_same(schedule):
    local = ask(schedule, "1.013225", "2024-01-01T00:00:00+07:00", channel="online", works="other")
    utc = quote(
        schedule,
        QuoteRequest("1.013225", datetime(2023, 12, 31, 17, tzinfo=UTC), None, {"channel": "online", "works": "other"}),
    )
    assert local == utc
