"""Names as an office writes them: Vietnamese, with spaces, digits and signs."""

import unicodedata

import pytest

from rules.feel import compile_expression, from_feel


def worth(source, context, names=None):
    return from_feel(compile_expression(source, names=tuple(context) if names is None else names).evaluate(context))


@pytest.mark.parametrize(
    ("source", "context", "value"),
    [
        ("số bản sao * 8000", {"số bản sao": 3}, 24000),
        ("phí thẩm định + lệ phí cấp giấy", {"phí thẩm định": 1, "lệ phí cấp giấy": 2}, 3),
        ("người nộp.họ và tên", {"người nộp": {"họ và tên": "Trần Thị B"}}, "Trần Thị B"),
        ("lần 2 - lần 1", {"lần 1": 1, "lần 2": 5}, 4),
        ("if nộp trực tuyến then 0 else 10", {"nộp trực tuyến": True}, 0),
        ("hồ sơ[diện tích > 100].mã", {"hồ sơ": [{"diện tích": 50, "mã": "A"}, {"diện tích": 150, "mã": "B"}]}, ["B"]),
        ("for tờ khai in danh sách return tờ khai.số tờ", {"danh sách": [{"số tờ": 2}]}, [2]),
    ],
)
def test_undeclared_names_are_read_too(source, context, value):
    assert worth(source, context) == value
    assert worth(source, context, names=()) == value


@pytest.mark.parametrize(
    ("source", "context", "value"),
    [
        ("phí-lệ phí + 1", {"phí-lệ phí": 5}, 6),
        ("a - b", {"a": 5, "b": 3}, 2),
        ("income or debt", {"income or debt": 7}, 7),
        ("date of birth", {"date of birth": "x", "date": 1}, "x"),
        ("Applicant's age + 1", {"Applicant's age": 20}, 21),
        ("date and time fee + 1", {"date and time fee": 1}, 2),
    ],
)
def test_declared_names_win_over_signs_and_keywords(source, context, value):
    assert worth(source, context) == value


def test_both_spellings_of_a_letter_are_one_name():
    composed, decomposed = (unicodedata.normalize(form, "phí chứng thực") for form in ("NFC", "NFD"))
    assert composed != decomposed
    assert worth(f"{composed} + 1", {decomposed: 1}) == 2
    assert worth(f"{decomposed} + 1", {composed: 1}) == 2


def test_an_expression_tells_which_names_it_needs():
    expression = compile_expression("for x in danh sách return x.phí + hệ số + count(danh sách)")
    assert expression.names == {"danh sách", "hệ số"}
