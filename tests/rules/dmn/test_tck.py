"""The Technology Compatibility Kit, as it is and written anew by us."""

import shutil

import pytest

from rules.dmn import call_service, decide, dmn_run, dmn_tck, load_dmn, read_dmn_file, write_dmn
from rules.dmn.kit.tck import REFERENCE_NOW
from rules.dmn.kit.tck_case import read_cases, same_value
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


def strictly(model, test, expected):
    if test.kind == "decisionService" or expected.kind == "decisionService":
        service = test.invocable if test.kind == "decisionService" else expected.name
        return call_service(model, service, test.inputs, now=REFERENCE_NOW, strict=True)
    return decide(model, expected.name, test.inputs, now=REFERENCE_NOW, strict=True)


def worth(model, test, expected, value):
    """Of a service with several outputs the kit names one."""
    several = test.kind == "decisionService" and len(model.service(test.invocable).outputs) > 1
    return value[expected.name] if several and isinstance(value, dict) and expected.name in value else value


def test_asked_strictly_nothing_is_wrong_or_null_without_a_word(kit):
    right, told, silent = 0, 0, []
    for path in sorted(kit.rglob("*.xml")):
        models = {}
        for test in read_cases(path):
            model = models.setdefault(test.model, load_dmn(test.model))
            for expected in test.expected:
                result = strictly(model, test, expected)
                if result.doubts:
                    told += 1
                elif same_value(expected.value, worth(model, test, expected, result.value)):
                    right += 1
                else:
                    silent.append((path.name, test.id, expected.name))
    assert silent == []
    assert right > 3 * told > 0


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
