"""Boundary cases that take more than one quote: stacking, refunds, frozen quotes, refused tables."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rules.errors import AuthorityError
from rules.fees import QuoteRequest, load_schedule, quote
from rules.quotes import Quote
from rules.refunds import refund_of_overcharge, refund_on_refusal

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


ONLINE_IN_THE_MOUNTAINS = {"channel": "online", "subject": "household", "area": "mountain_commune"}
MOUNTAIN_RULE = """reductions:
  - code: mau-giam-mien-nui
    name: {vi: Hộ gia đình miền núi, en: Mountain households}
    applies_to: {authorities: [HDND], items: [le_phi_tap_huan]}
    when: area_category = "mountain_commune"
    percent: 30
    valid_from: 2022-07-23
    basis: {document: SỐ LIỆU MẪU HĐND}
items:
"""


def test_09_two_reductions_of_30_percent_give_the_most_favourable_one(changed):
    schedule = changed("_fees/training.yaml", "items:\n", MOUNTAIN_RULE)
    found = ask(schedule, "DEMO-HDND", "2023-06-01T08:00:00+07:00", sample_amount=100_000, **ONLINE_IN_THE_MOUNTAINS)
    assert found.total.dong == 70_000
    assert [step.kind for step in found.lines[0].steps] == ["tariff", "reduction", "not_applied"]
    assert "chỉ áp dụng một mức giảm có lợi nhất" in found.lines[0].steps[-1].sentence.vi


def test_09_the_policy_may_stack_them(changed):
    changed("_fees/training.yaml", "items:\n", MOUNTAIN_RULE)
    schedule = changed("_fees/policy.yaml", "combination: best", "combination: stack")
    found = ask(schedule, "DEMO-HDND", "2023-06-01T08:00:00+07:00", sample_amount=100_000, **ONLINE_IN_THE_MOUNTAINS)
    assert found.total.dong == 49_000


def test_06_the_policy_may_leave_assisted_filing_out(changed):
    schedule = changed("_fees/policy.yaml", "[online, assisted_online]", "[online]")
    found = ask(schedule, "1.013225", "2023-06-01T08:00:00+07:00", channel="assisted_online", works="other")
    assert found.total.dong == 150_000


def test_11_an_exemption_proven_later_is_paid_back(schedule):
    paid = ask(schedule, "3.000333", "2024-03-01T08:00:00+07:00", channel="online", sheets=3)
    right = ask(schedule, "3.000333", "2024-03-01T08:00:00+07:00", channel="online", sheets=3, subject="disabled")
    assert {line.item_code: line.due.dong for line in refund_of_overcharge(paid, right)} == {
        "phi_lltp": 200_000,
        "phi_lltp_them": 5_000,
    }


def test_11_a_business_registration_charge_stays_when_refused(schedule):
    paid = ask(schedule, "1.001612", "2026-03-02T08:00:00+07:00", channel="counter")
    (line,) = refund_on_refusal(paid)
    assert (line.due.dong, line.withheld.dong) == (0, 50_000)
    assert any("không được hoàn trả" in text.vi for text in paid.sentences)


def test_14_the_law_says_per_copy_whatever_the_record_says(schedule):
    amounts = [
        ask(schedule, "2.000635", "2024-03-01T08:00:00+07:00", channel="post", copies=copies).total.dong
        for copies in (1, 2, 5)
    ]
    assert amounts == [8_000, 16_000, 40_000]


def test_15_a_frozen_quote_survives_a_new_tariff(schedule, changed):
    frozen = ask(schedule, "1.013225", "2024-03-01T08:00:00+07:00", channel="counter", works="house").to_dict()
    later = changed("1.013225/fees.yaml", "value_vnd: 75000", "value_vnd: 95000")
    assert later.hash != frozen["schedule_hash"]
    assert Quote.from_dict(frozen).total.dong == 75_000
    now = ask(later, "1.013225", "2024-03-01T08:00:00+07:00", channel="counter", works="house")
    assert now.total.dong == 95_000


def test_20_a_provincial_discount_on_a_ministry_fee_is_refused(changed):
    with pytest.raises(AuthorityError) as refused:
        changed(
            "_fees/thanh_hoa.yaml",
            "applies_to: {authorities: [HDND], kinds: [phi, le_phi]}\n    # Từ",
            "applies_to: {kinds: [phi, le_phi]}\n    # Từ",
        )
    assert "thuộc thẩm quyền của Bộ Tài chính" in refused.value.message_vi
    assert "authorities: [HDND]" in refused.value.message_en


def test_22_no_rule_may_reach_postage(changed):
    with pytest.raises(AuthorityError, match="giá dịch vụ và cước bưu chính"):
        changed(
            "_fees/buu_chinh.yaml",
            "items:\n",
            MOUNTAIN_RULE.replace("le_phi_tap_huan", "cuoc_buu_chinh").replace("authorities: [HDND], ", ""),
        )


def test_the_same_instant_in_any_zone_costs_the_same(schedule):
    local = ask(schedule, "1.013225", "2024-01-01T00:00:00+07:00", channel="online", works="other")
    utc = quote(
        schedule,
        QuoteRequest("1.013225", datetime(2023, 12, 31, 17, tzinfo=UTC), None, {"channel": "online", "works": "other"}),
    )
    assert local == utc
