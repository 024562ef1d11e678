"""Five hundred defects planted in the shipped fee tables; each must be found, the clean tables must stay clean."""

import copy
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from rules.errors import RulesError
from rules.fees import check_command, load_schedule, verify_schedule
from rules.fees.reading.schedule import build_schedule, read_files

ROOT = Path(__file__).parents[4] / "processes"
SHARED, OWN = read_files(ROOT)
DEFECTS = 500


def test_the_shipped_tables_are_clean():
    assert verify_schedule(load_schedule(ROOT)) == []
    assert check_command(ROOT) == {"path": str(ROOT), "ok": True, "findings": []}


class Tables:
    """A copy of all files that may be spoiled."""

    def __init__(self, seed):
        self.pick = random.Random(seed)
        self.shared, self.own = copy.deepcopy(SHARED), copy.deepcopy(OWN)
        self.files = [node.data for node in (*self.shared, *self.own)]
        self.files += [one for data in self.files for one in data.get("procedures", ())]

    def parts(self, key):
        return [part for data in self.files for part in data.get(key, ())]

    def items(self, wanted=lambda item: True):
        return [item for item in self.parts("items") if wanted(item)]

    def rules(self, wanted=lambda rule: True):
        keys = ("exemptions", "zero_rates", "reductions")
        return [rule for key in keys for rule in self.parts(key) if wanted(rule)]

    def item(self, wanted=lambda item: True):
        return self.pick.choice(self.items(wanted))

    def rule(self, wanted=lambda rule: True):
        return self.pick.choice(self.rules(wanted))

    def row(self, wanted=lambda row: True):
        rows = [row for item in self.items() for row in item["tariff"] if wanted(row)]
        return self.pick.choice(rows)

    def codes(self):
        """Finding codes, or the code of the error that refused the files."""
        try:
            found = verify_schedule(build_schedule(self.shared, self.own, guard=False))
        except RulesError as error:
            return {error.code} if error.message_vi and error.message_en else {"speechless"}
        for one in found:
            assert one.message.vi
            assert one.advice.vi
            if one.code in ("gap", "date_hole", "overlap", "contradiction") and one.table != "rules":
                assert one.example
        return {one.code for one in found}


def lose_a_row(tables):
    item = tables.item(lambda one: len(one["tariff"]) > 1)
    item["tariff"].remove(tables.pick.choice(item["tariff"]))
    return {"gap"}


def say_it_twice(tables):
    item = tables.item()
    again = copy.deepcopy(tables.pick.choice(item["tariff"]))
    again["code"] = "again"
    item["tariff"].append(again)
    return {"overlap"}


def say_it_twice_differently(tables):
    item = tables.item(lambda one: "value_vnd" in one["tariff"][0])
    again = copy.deepcopy(item["tariff"][0])
    again |= {"code": "again", "value_vnd": again["value_vnd"] + tables.pick.randint(1, 9) * 1000}
    item["tariff"].append(again)
    return {"contradiction"}


def leave_days_out(tables):
    item = tables.item()
    row = tables.pick.choice(item["tariff"])
    later = copy.deepcopy(row) | {"code": "later"}
    row["valid_to"] = row["valid_from"] + timedelta(days=tables.pick.randint(100, 900))
    later["valid_from"] = row["valid_to"] + timedelta(days=tables.pick.randint(2, 60))
    item["tariff"].append(later)
    return {"date_hole"}


def let_it_end(tables):
    row = tables.row(lambda one: "valid_to" not in one)
    row["valid_to"] = row["valid_from"] + timedelta(days=tables.pick.randint(1, 3000))
    return {"date_hole"}


def overlap_in_time(tables):
    item = tables.item()
    row = tables.pick.choice(item["tariff"])
    later = copy.deepcopy(row) | {"code": "later"}
    row["valid_to"] = row["valid_from"] + timedelta(days=tables.pick.randint(400, 900))
    later["valid_from"] = row["valid_to"] - timedelta(days=tables.pick.randint(0, 300))
    item["tariff"].append(later)
    return {"overlap"}


def end_before_the_beginning(tables):
    part = tables.pick.choice([tables.row(), tables.rule()])
    part["valid_to"] = part["valid_from"] - timedelta(days=tables.pick.randint(1, 400))
    return {"fee_file"}


def discount_a_ministry(tables):
    rule = tables.rule(
        lambda one: one["applies_to"].get("authorities") == ["HDND"] and "items" not in one["applies_to"]
    )
    del rule["applies_to"]["authorities"]
    return {"authority"}


def discount_one_ministry_fee(tables):
    rule = tables.rule(lambda one: one["basis"] == {"document": "12/2025/NQ-HĐND"} or "percent" in one)
    item = tables.item(lambda one: one["authority"] in ("BTC", "CHINH_PHU"))
    rule["applies_to"] = {"items": [item["code"]]}
    return {"authority"}


def discount_postage(tables):
    tables.rule()["applies_to"] = {"items": ["cuoc_buu_chinh"]}
    return {"authority"}


def let_a_council_set_a_ministry_fee(tables):
    row = tables.pick.choice(tables.item(lambda one: one["authority"] == "BTC")["tariff"])
    row["basis"] = {"document": "289/2022/NQ-HĐND"}
    row["valid_from"] = date(2022, 7, 23)
    return {"authority"}


def forget_the_law(tables):
    tables.row()["basis"] = []
    return {"missing_basis"}


def drop_the_law(tables):
    del tables.pick.choice([tables.row(), tables.rule()])["basis"]
    return {"fee_file"}


def cite_an_unknown_law(tables):
    tables.pick.choice([tables.row(), tables.rule()])["basis"] = {"document": f"{tables.pick.randint(1, 99)}/2031/TT"}
    return {"fee_file"}


def begin_before_the_law(tables):
    part = tables.pick.choice([tables.row(), tables.rule()])
    part["valid_from"] = date(2009, 1, 1) + timedelta(days=tables.pick.randint(0, 900))
    return {"basis_not_in_force"}


def misspell_a_fact(tables):
    tables.pick.choice([tables.row(), tables.rule()])["when"] = tables.pick.choice(
        [
            "onlin",
            'chanel = "online"',
            'list contains(subjects, "child")',
            "copy > 1",
            'channel = "onlin"',
            'list contains(subject, "prince")',
        ]
    )
    return {"fee_file"}


def break_an_expression(tables):
    tables.pick.choice([tables.row(), tables.rule()])["when"] = tables.pick.choice(
        ["online and", "(online", 'channel in ("online"', "= 3", "online online"]
    )
    return {"fee_file"}


def ask_what_nobody_knows(tables):
    item = tables.item(lambda one: one["code"] != "phi_tham_dinh_karaoke")
    item["tariff"][0]["when"] = "rooms > 100 or rooms <= 100"
    return {"unknown_fact"}


def count_what_nobody_knows(tables):
    tables.item(lambda one: one["code"] not in ("phi_tham_dinh_karaoke",))["unit"] = "per_room"
    return {"wrong_unit"}


def invent_a_unit(tables):
    tables.item()["unit"] = tables.pick.choice(["per_moon", "đồng", "percent"])
    return {"fee_file"}


def forget_what_the_bands_count(tables):
    del tables.item(lambda one: "bands_over" in one)["bands_over"]
    return {"wrong_unit"}


def let_bands_fall(tables):
    bands = tables.row(lambda one: "bands" in one)["bands"]
    bands.insert(1, {"up_to": tables.pick.randint(1, 2), "value_vnd": 500})
    return {"fee_file"}


def write_an_amount_as_text(tables):
    tables.row(lambda one: "value_vnd" in one)["value_vnd"] = tables.pick.choice(
        ["8000", 8000.5, -8000, True, "8.000 đ"]
    )
    return {"fee_file"}


def ask_the_impossible(tables):
    item = tables.item(lambda one: len(one["tariff"]) == 1 and "when" not in one["tariff"][0])
    never = copy.deepcopy(item["tariff"][0]) | {"code": "never", "when": 'channel = "online" and channel = "post"'}
    item["tariff"].append(never)
    return {"unreachable"}


def condition_never_true(tables):
    tables.rule()["when"] = "online and not(online)"
    return {"unreachable"}


def speak_of_nothing(tables):
    tables.rule()["applies_to"] = {"items": ["phi_khong_co"]}
    return {"unreachable"}


def reduce_too_much(tables):
    tables.rule(lambda one: "percent" in one)["percent"] = tables.pick.choice([0, 101, 1000, -30, 30.5, "ba mươi"])
    return {"fee_file"}


def reduce_twice(tables):
    data = tables.pick.choice([one for one in tables.files if one.get("reductions")])["reductions"]
    again = copy.deepcopy(tables.pick.choice(data)) | {"code": "again"}
    again["percent"] += tables.pick.choice([0, 5])
    data.append(again)
    return {"contradiction", "subsumed"}


def name_an_unknown_subject(tables):
    tables.rule(lambda one: "subjects" in one)["subjects"].append("hoang_tu")
    return {"fee_file"}


def misspell_a_key(tables):
    part = tables.pick.choice([tables.row(), tables.rule(), tables.item()])
    part[tables.pick.choice(["valid_form", "Basis", "gia", "sampel"])] = 1
    return {"fee_file"}


def use_a_code_twice(tables):
    one, other = tables.pick.sample(tables.rules(), 2)
    one["code"] = other["code"]
    return {"fee_file"}


def charge_what_does_not_exist(tables):
    tables.pick.choice([one for one in tables.files if one.get("charges")])["charges"].append("phi_ma")
    return {"fee_file"}


def expect_another_amount(tables):
    example = tables.pick.choice(tables.parts("examples"))
    example["total_vnd"] += tables.pick.randint(1, 5000)
    return {"example"}


def change_an_amount_an_example_rests_on(tables):
    item = tables.item(lambda one: one["code"] in ("phi_trich_luc", "le_phi_con_nuoi", "le_phi_gpxd"))
    for row in item["tariff"]:
        row["value_vnd"] += 1000
    return {"example"}


KINDS = [value for name, value in list(globals().items()) if callable(value) and value.__module__ == __name__
         and not name.startswith("test") and name not in ("Tables",)]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_planted_defect_is_found(kind):
    for number in range(-(-DEFECTS // len(KINDS))):
        tables = Tables(number)
        wanted = kind(tables)
        codes = tables.codes()
        assert codes & wanted, (number, wanted, codes)
