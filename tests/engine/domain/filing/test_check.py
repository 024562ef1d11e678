"""What a filing still misses: papers by who files for whom, and answers that have to fit together."""

from datetime import date
from pathlib import Path

import pytest
from factories.office_life import APPLICANT, EXTRACT_FORM, OWNER

from engine.domain.filing import check_filing, is_same_party, paper_facts
from engine.domain.procedures import PackError, parse_pack, read_pack

PROCESSES = Path(__file__).parents[4] / "processes"
EXTRACT, BUSINESS = (parse_pack(read_pack(PROCESSES, code)) for code in ("2.000635", "1.001612"))
TODAY = date(2026, 1, 5)
CHILD = {**OWNER, "full_name": "Nguyễn Văn Bé", "national_id": "038219000123", "sex": "male"}


def filed(owner, relation=None, applicant=APPLICANT, **form):
    """A dossier for this owner, filed online with a verified account."""
    answers = {**EXTRACT_FORM, "subject_name": owner.get("full_name", ""), "relation": relation, **form}
    return {
        "applicant": {**applicant, "identity_level": "2"},
        "owner": owner,
        "owner_is_applicant": int(is_same_party(applicant, owner)),
        "form": {name: value for name, value in answers.items() if value is not None},
        "delivery": {"method": "online"},
        "channel": "online",
    }


def asked(dossier, procedure=EXTRACT, today=TODAY):
    """The codes of the papers without which it cannot be sent."""
    slots = procedure.slots(paper_facts(procedure, dossier, today))
    return [component.code for component, required in slots if required]


def born(day):
    return {**CHILD, "birth_on": day}


@pytest.mark.parametrize(
    ("relation", "birth_on", "papers"),
    [
        ("parent", "05/01/2020", []),
        ("parent", "06/01/2008", []),  # eighteen tomorrow
        ("parent", "05/01/2008", ["authorisation"]),  # eighteen today: of age
        ("guardian", "05/01/2020", ["guardianship"]),
        ("guardian", "05/01/1990", ["authorisation", "guardianship"]),
        ("grandparent", "05/01/2020", ["authorisation"]),
        ("parent", "không nhớ", ["authorisation"]),
    ],
)
def test_a_legal_representative_of_a_minor_needs_no_authorisation(relation, birth_on, papers):
    assert asked(filed(born(birth_on), relation)) == papers


def test_nothing_is_asked_before_it_is_known_for_whom_one_files():
    assert asked(filed({})) == asked(filed({}), BUSINESS) == []
    assert asked(filed(born("05/01/2020"))) == []  # the relation is asked later
    assert asked(filed(OWNER)) == ["authorisation"]
    assert asked(filed(OWNER), BUSINESS) == ["authorisation"]


def test_an_office_shows_its_own_request_instead():
    office = {**APPLICANT, "kind": "organisation", "organisation_name": "UBND xã Hoằng Hóa"}
    assert asked(filed(OWNER, "office", office)) == ["organisation_request"]


def test_the_twenty_ninth_of_february_comes_of_age_in_march():
    leap = filed(born("29/02/2008"), "parent")
    assert asked(leap, today=date(2026, 2, 28)) == []
    assert asked(leap, today=date(2026, 3, 1)) == ["authorisation"]


def faults(dossier):
    return check_filing(EXTRACT, dossier, ["authorisation"], today=TODAY)[1].get("declaration", {})


def test_nobody_is_a_child_of_oneself():
    mine = {"subject_name": APPLICANT["full_name"], "subject_birth_on": APPLICANT["birth_on"]}
    assert "Bản thân" in faults(filed(APPLICANT, "child", **mine))["relation"].vi
    assert "Oneself" in faults(filed(OWNER, "parent", subject_national_id=APPLICANT["national_id"]))["relation"].en
    assert faults(filed(APPLICANT, "self", **mine)) == {}
    assert faults(filed(OWNER, "child")) == {}
    assert "Chủ hồ sơ" in faults(filed(APPLICANT, "guardian"))["relation"].vi


def test_no_event_was_registered_before_the_birth():
    assert "trước ngày sinh" in faults(filed(OWNER, "child", registered_on="01/01/1959"))["registered_on"].vi
    assert faults(filed(OWNER, "child", registered_on="05/09/1960")) == {}


def test_what_is_wrong_and_what_is_missing_are_told_at_once():
    found = faults(filed(OWNER, "child", registered_on="01/01/1959", copies="hai", registered_at=""))
    assert set(found) == {"registered_on", "copies", "registered_at"}


def test_a_check_of_an_unknown_field_is_a_fault_of_the_pack():
    files = dict(EXTRACT.files)
    files["procedure.yaml"] = files["procedure.yaml"].replace("- field: registered_on", "- field: registered_upon")
    with pytest.raises(PackError, match="registered_upon"):
        parse_pack(files)
