"""The Technology Compatibility Kit, as it is and written anew by us."""

import shutil

import pytest

from rules.dmn import dmn_run, dmn_tck, read_dmn_file, write_dmn
from rules.errors import DmnLookupError, DmnReadError, RulesError

pytestmark = pytest.mark.shared


def summary(folder):
    lines = list(dmn_tck([folder]))
    failed = [line for line in lines[:-1] if not line["passed"]]
    return lines[-1]["summary"], failed


def test_levels_two_and_three(kit):
    totals, failed = summary(kit)
    assert failed == []
    assert totals["level_2"]["total"] == 116
    assert totals["level_3"]["total"] > 1000
    assert totals["level_3_non_null"]["percent"] == 100


def test_models_written_by_us_give_the_same_answers(kit, tmp_path):
    copy = tmp_path / "tck"
    shutil.copytree(kit, copy, copy_function=shutil.copyfile)  # the kit may be read-only
    for path in copy.rglob("*.dmn"):
        path.write_bytes(write_dmn(read_dmn_file(path)))
    assert summary(copy)[1] == []


def test_a_wrong_expectation_is_noticed(kit, tmp_path):
    copy = tmp_path / "compliance-level-2"
    shutil.copytree(kit / "compliance-level-2" / "0001-input-data-string", copy, copy_function=shutil.copyfile)
    for path in copy.glob("*.xml"):
        path.write_text(path.read_text().replace("Hello", "Goodbye"))
    totals, failed = summary(copy)
    assert totals["level_2"]["passed"] == 0
    assert "Hello" in failed[0]["reason"]


def test_no_tests_is_an_error(tmp_path):
    with pytest.raises(DmnReadError):
        list(dmn_tck([tmp_path]))


def test_run_command(kit):
    path = kit / "compliance-level-2" / "0001-input-data-string" / "0001-input-data-string.dmn"
    answer = dmn_run(path, "Greeting Message", '{"Full Name": "An"}')
    assert answer == {"decision": "Greeting Message", "value": "Hello An", "problems": []}
    with pytest.raises(DmnLookupError):
        dmn_run(path, "x", "{}")
    for wrong in ("[", "[1]", "1"):
        with pytest.raises(RulesError):
            dmn_run(path, "Greeting Message", wrong)
    with pytest.raises(DmnReadError):
        dmn_run(path.with_name("absent.dmn"), "x", "{}")
