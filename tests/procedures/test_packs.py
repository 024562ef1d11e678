import unicodedata
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from engine.domain.deadlines import Pause, WorkCalendar, due_at
from engine.domain.procedures import PackError, pack_codes, parse_pack, read_pack
from engine.workflow.spec import load_process

PROCESSES = Path(__file__).parents[2] / "processes"
VN = WorkCalendar.load(PROCESSES / "_calendars" / "vn.yaml")
CODES = pack_codes(PROCESSES)
IN_DAY = {"check_dossier", "search_register", "sign", "issue"}
PACKS = {code: parse_pack(read_pack(PROCESSES, code)) for code in CODES}


def examples(name):
    for code in CODES:
        path = PROCESSES / code / "examples" / f"{name}.yaml"
        if path.exists():
            for example in yaml.safe_load(path.read_text(encoding="utf-8"))["examples"]:
                yield pytest.param(code, example, id=f"{code}: {example['name']}")


def test_both_first_procedures_are_shipped():
    assert {"2.000635", "1.001612"} <= set(CODES)


@pytest.mark.parametrize(("code", "example"), list(examples("papers")))
def test_papers_asked(code, example):
    slots = PACKS[code].slots(example["facts"])
    assert [component.code for component, required in slots if required] == example["required"]


@pytest.mark.parametrize(("code", "example"), list(examples("deadline")))
def test_due_dates(code, example):
    procedure = PACKS[code]
    pauses = [Pause(*map(datetime.fromisoformat, pair)) for pair in example.get("pauses", ())]
    accepted = datetime.fromisoformat(example["accepted_at"])
    due, _ = due_at(VN, procedure.limit, accepted, procedure.policy, pauses)
    assert due.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).isoformat() == example["due_at"]


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_composed_and_in_both_languages(code):
    for path, text in PACKS[code].files.items():
        assert unicodedata.is_normalized("NFC", text), path


@pytest.mark.parametrize("code", CODES)
def test_every_form_label_has_english(code):
    for form in PACKS[code].forms.values():
        assert form.title.vi != form.title.en
        for entry in form.fields:
            assert entry.label.vi != entry.label.en, (form.key, entry.key)
            assert all(option.label.en for option in entry.options)


@pytest.mark.parametrize("code", CODES)
def test_every_task_form_asks_in_its_own_words(code):
    procedure = PACKS[code]
    assert all(procedure.task_form(key) is not None for key in procedure.tasks)
    assert procedure.task_form("no_such_task") is None


@pytest.mark.parametrize("code", CODES)
def test_diagram_and_pack_agree(code):
    procedure = PACKS[code]
    elements = load_process(procedure.process_xml).elements
    people = {key: element for key, element in elements.items() if element.kind == "user_task"}
    assert set(procedure.tasks) == set(people)
    for key, element in people.items():
        assert procedure.tasks[key].form == element.extension["form"], key
        assert element.lane in procedure.lanes, key


@pytest.mark.parametrize(
    ("code", "task", "answers"),
    [
        ("2.000635", "check_dossier", {"decision": {"accept", "supplement", "refuse"}}),
        ("2.000635", "search_register", {"finding": {"found", "supplement", "refuse"}}),
        ("2.000635", "confirm_draft", {"answer": {"agree", "correct"}}),
        ("2.000635", "review_refusal", {"head_decision": {"agree", "return"}}),
        ("2.000635", "sign", {"decision": {"sign", "return"}}),
        ("1.001612", "appraise", {"finding": {"grant", "amend", "refuse"}}),
        ("1.001612", "review", {"head_decision": {"agree", "return"}}),
    ],
)
def test_forms_give_the_answers_the_gateways_read(code, task, answers):
    procedure = PACKS[code]
    element = load_process(procedure.process_xml).elements[task]
    for name, values in answers.items():
        assert name in element.outputs
        assert {option.value for option in procedure.task_form(task).field(name).options} == values


def test_step_limits_fit_into_the_time_limit():
    assert sum(hours for key, hours in PACKS["2.000635"].step_hours.items() if key in IN_DAY) <= 8
    household = PACKS["1.001612"].step_hours
    assert sum(hours for key, hours in household.items() if key != "record_withdrawal") <= 3 * 8


def test_the_law_shown_is_the_law_of_the_day():
    household = PACKS["1.001612"]
    then = {law.document for law in household.legal_basis_on(date(2022, 10, 1))}
    now = {law.document for law in household.legal_basis_on(date(2026, 1, 5))}
    assert "01/2021/NĐ-CP" in then - now
    assert "168/2025/NĐ-CP" in now - then


def test_fee_facts_come_from_the_answers():
    extract = PACKS["2.000635"]
    facts = extract.quote_facts({"copies": 3}, channel="online", delivery_method="post")
    assert facts == {"channel": "online", "copies": 3, "delivery": "post"}
    assert "copies" not in extract.quote_facts({}, channel="online", delivery_method="online")


def test_popular_names_find_the_procedure():
    assert "trich luc khai sinh" in PACKS["2.000635"].search_text()
    assert "ho kinh doanh" in PACKS["1.001612"].search_text()


def test_all_faults_are_told_at_once():
    files = dict(PACKS["2.000635"].files)
    files["procedure.yaml"] = (
        files["procedure.yaml"]
        .replace("level: mot_phan", "level: muc_4")
        .replace("not(owner_is_applicant)", "not(owner_is_aplicant)", 1)
        .replace("form: search_register", "form: no_form")
    )
    with pytest.raises(PackError) as refusal:
        parse_pack(files)
    told = "\n".join(sentence.vi for sentence in refusal.value.sentences)
    assert "muc_4" in told
    assert "owner_is_aplicant" in told
    assert "no_form" in told
