import json

import pytest

from engine.domain.forms import FormError, Rules, parse_form
from engine.domain.forms.form_values import check_value, convert
from engine.domain.text import Text


def schema(*components, **extra):
    return json.dumps({"type": "default", "title": "Thử", "title_en": "Trial", "components": list(components), **extra})


NAME = {
    "type": "textfield",
    "key": "full_name",
    "label": "Họ tên",
    "label_en": "Full name",
    "validate": {"required": True},
}
COPIES = {"type": "number", "key": "copies", "label": "Số bản", "validate": {"required": True, "min": 1, "max": 50}}
BORN = {"type": "datetime", "subtype": "date", "key": "born_on", "label": "Ngày sinh"}
KIND = {
    "type": "radio",
    "key": "decision",
    "label": "Kết luận",
    "validate": {"required": True},
    "values": [{"label": "Đủ", "label_en": "Complete", "value": "accept"}, {"label": "Thiếu", "value": "supplement"}],
}
REASON = {
    "type": "textarea",
    "key": "reason",
    "label": "Lý do",
    "validate": {"required": True, "minLength": 5},
    "conditional": {"hide": '=decision != "supplement"'},
}
PLEDGE = {"type": "checkbox", "key": "pledge", "label": "Cam đoan", "validate": {"required": True}}


def validate(data, *components, **options):
    return parse_form("trial", schema(*components)).validate(data, **options)


def test_what_was_typed_becomes_values():
    data = {"full_name": " Nguye\u0302\u0303n A ", "copies": "2", "born_on": "5/9/1990", "pledge": "on", "stray": "x"}
    clean, errors = validate(data, NAME, COPIES, BORN, PLEDGE)
    assert clean == {"full_name": "Nguyễn A", "copies": 2, "born_on": "1990-09-05", "pledge": True}
    assert errors == {}


def test_each_error_names_its_field_and_the_way_out():
    _, errors = validate({"copies": "99", "born_on": "31/02/1990"}, NAME, COPIES, BORN, KIND, PLEDGE)
    assert errors["full_name"].vi == "Hãy nhập “Họ tên”."
    assert errors["copies"].vi == "“Số bản” phải từ 1 đến 50."
    assert "05/09/1990" in errors["born_on"].vi
    assert errors["decision"].vi == "Hãy chọn “Kết luận”."
    assert errors["pledge"].vi.startswith("Hãy đánh dấu")
    assert errors["full_name"].en == "Please fill in “Full name”."


def test_a_draft_may_be_incomplete_but_not_wrong():
    clean, errors = validate({"full_name": "", "copies": "hai"}, NAME, COPIES, partial=True)
    assert clean == {}
    assert list(errors) == ["copies"]


def test_a_hidden_field_is_neither_asked_nor_taken():
    clean, errors = validate({"decision": "accept", "reason": "thiếu giấy"}, KIND, REASON)
    assert (clean, errors) == ({"decision": "accept"}, {})
    _, errors = validate({"decision": "supplement", "reason": "ít"}, KIND, REASON)
    assert errors["reason"].vi == "“Lý do” cần ít nhất 5 ký tự."


def test_a_choice_outside_the_list_is_refused():
    _, errors = validate({"decision": "approve"}, KIND)
    assert "không có trong danh sách" in errors["decision"].vi


def test_hidden_groups_hide_their_fields():
    group = {
        "type": "group",
        "key": "more",
        "label": "Thêm",
        "components": [NAME],
        "conditional": {"hide": "copies > 1"},
    }
    assert validate({"copies": "2"}, COPIES, group) == ({"copies": 2}, {})
    assert "full_name" in validate({"copies": "1"}, COPIES, group)[1]


@pytest.mark.parametrize(
    ("check", "typed", "says"),
    [
        ("national_id", "123", "12 chữ số"),
        ("phone", "12", "10 chữ số"),
        ("email", "a@b", "thư điện tử"),
        ("tax_code", "1", "thuế"),
    ],
)
def test_checks_of_identifiers(check, typed, says):
    _, errors = validate({"x": typed}, {"type": "textfield", "key": "x", "label": "X", "properties": {"check": check}})
    assert says in errors["x"].vi


def test_a_pattern_may_bring_its_own_sentence():
    entry = {"type": "textfield", "key": "number", "label": "Số", "validate": {"pattern": "[0-9]+/[0-9]{4}"}}
    told = entry | {"properties": {"pattern_message": "Ghi số/năm, ví dụ 12/2020."}}
    assert validate({"number": "12"}, told)[1]["number"].vi == "Ghi số/năm, ví dụ 12/2020."
    assert "chưa đúng dạng" in validate({"number": "12"}, entry)[1]["number"].vi


def test_values_are_shown_in_words():
    form = parse_form("trial", schema(NAME, KIND, BORN, PLEDGE))
    shown = form.show({"full_name": "An", "decision": "accept", "born_on": "1990-09-05", "pledge": True}, "en")
    assert [value for _, value in shown] == ["An", "Complete", "05/09/1990", "Yes"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "JSON"),
        ("[]", "components"),
        (schema({"type": "script", "key": "x"}), "script"),
        (schema(NAME, NAME), "trùng tên"),
        (schema(NAME, REASON | {"conditional": {"hide": "((("}}), "điều kiện ẩn"),
        (schema(NAME, REASON | {"conditional": {"hide": "decison = 1"}}), "decison"),
    ],
)
def test_a_form_that_cannot_be_used_says_why(text, says):
    with pytest.raises(FormError, match=says):
        parse_form("trial", text)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("50.000.000", 50_000_000),
        ("50,000,000", 50_000_000),
        ("1,000", 1000),
        ("1.5", 1.5),
        ("1,5", 1.5),
        ("1.000,5", None),
    ],
)
def test_numbers_as_people_group_them(typed, read):
    assert convert("number", typed) == read


def test_pieces_are_whole():
    copies = Rules(minimum=1, maximum=1_000_000_000_000, whole=True)
    label = Text("Số lượng bản sao", "Number of copies")
    assert check_value(label, copies, 1.5, "1.5").vi == "“Số lượng bản sao” phải là số nguyên."
    assert check_value(label, copies, 2, "2") is None
    assert check_value(label, copies, 0, "0").vi == "“Số lượng bản sao” phải từ 1 đến 1.000.000.000.000."
    assert check_value(label, copies, 0, "0").en == "“Number of copies” must be from 1 to 1,000,000,000,000."
