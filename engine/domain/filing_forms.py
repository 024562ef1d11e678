"""The forms every procedure shares: who files, whose dossier it is, how the result comes back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from engine.domain.form import Form, parse_form

_ORGANISATION: Final = {"hide": '=kind != "organisation"'}
_PERSON: Final = {"hide": '=kind = "organisation"'}
_BY_POST: Final = {"hide": '=method != "post"'}
_METHODS: Final = {
    "online": ("Nhận trực tuyến (tải bản điện tử)", "Online (download)"),
    "post": ("Bưu chính công ích chuyển đến địa chỉ của tôi", "By public post to my address"),
    "counter": ("Nhận tại Bộ phận Một cửa", "At the one-stop desk"),
}


@cache
def applicant_form() -> Form:
    """Người nộp: prefilled from the account, so that only what is missing is typed."""
    return _form("applicant", ("Thông tin người nộp", "Applicant"), _party(phone_required=True))


@cache
def owner_form() -> Form:
    """Chủ hồ sơ: the person the dossier is about."""
    relation = {
        "type": "select",
        "key": "relation",
        "label": "Quan hệ của người nộp với chủ hồ sơ",
        "label_en": "The applicant is the owner's",
        "values": [
            _option("self", "Chính chủ hồ sơ", "self"),
            _option("family", "Ông, bà, cha, mẹ, con, vợ, chồng, anh, chị, em ruột", "close family"),
            _option("authorised", "Người được ủy quyền", "authorised person"),
        ],
    }
    return _form("owner", ("Thông tin chủ hồ sơ", "Owner of the dossier"), [*_party(phone_required=False), relation])


def delivery_form(methods: Sequence[str]) -> Form:
    """Cách nhận kết quả: only the ways this procedure offers; an address only for the post."""
    return _delivery_form(tuple(methods))


@cache
def _delivery_form(methods: tuple[str, ...]) -> Form:
    offered = [_option(method, *_METHODS[method]) for method in methods if method in _METHODS]
    address = _text("receiver_address", "Địa chỉ nhận", "Address", required=True, shown=_BY_POST) | {
        "description": "Số nhà, đường hoặc thôn, xã/phường, tỉnh",
        "description_en": "House, street, ward, province",
    }
    rows = [
        _choice("radio", "method", ("Cách nhận kết quả", "How to receive the result"), offered, required=True),
        _text("receiver_name", "Họ tên người nhận", "Receiver's name", required=True, shown=_BY_POST),
        _text("receiver_phone", "Điện thoại người nhận", "Receiver's telephone", required=True, shown=_BY_POST)
        | _checked("phone"),
        address,
    ]
    return _form("delivery", ("Nhận kết quả", "Delivery of the result"), rows)


def _party(*, phone_required: bool) -> list[dict[str, Any]]:
    kinds = [_option("person", "Cá nhân", "Person"), _option("organisation", "Tổ chức", "Organisation")]
    sexes = [_option("male", "Nam", "Male"), _option("female", "Nữ", "Female")]
    birth = {"type": "date", "key": "birth_on", "label": "Ngày sinh", "label_en": "Date of birth"}
    return [
        _choice("radio", "kind", ("Đối tượng", "Kind"), kinds) | {"defaultValue": "person"},
        _text("organisation_name", "Tên tổ chức", "Organisation", required=True, shown=_ORGANISATION),
        _text("tax_code", "Mã số thuế", "Tax code", required=True, shown=_ORGANISATION) | _checked("tax_code"),
        _text("full_name", "Họ, chữ đệm, tên", "Full name", required=True),
        _text("national_id", "Số định danh cá nhân/CCCD", "Personal number", required=True) | _checked("national_id"),
        birth | {"conditional": _PERSON, "validate": {"required": True}},
        _choice("select", "sex", ("Giới tính", "Sex"), sexes) | {"conditional": _PERSON},
        _text("phone", "Số điện thoại", "Telephone", required=phone_required) | _checked("phone"),
        _text("email", "Thư điện tử", "E-mail") | _checked("email"),
        _text("address", "Nơi cư trú", "Address", required=True),
    ]


def _text(key: str, vi: str, en: str, *, required: bool = False, shown: Any = None) -> dict[str, Any]:
    row: dict[str, Any] = {"type": "textfield", "key": key, "label": vi, "label_en": en}
    row["validate"] = {"required": required, "maxLength": 300}
    return row | {"conditional": shown} if shown else row


def _choice(
    kind: str, key: str, label: tuple[str, str], values: list[dict[str, str]], *, required: bool = False
) -> dict[str, Any]:
    row = {"type": kind, "key": key, "label": label[0], "label_en": label[1], "values": values}
    return row | {"validate": {"required": required}}


def _checked(check: str) -> dict[str, Any]:
    return {"properties": {"check": check}}


def _option(value: str, vi: str, en: str) -> dict[str, str]:
    return {"value": value, "label": vi, "label_en": en}


def _form(key: str, title: tuple[str, str], components: list[dict[str, Any]]) -> Form:
    schema = {"type": "default", "title": title[0], "title_en": title[1], "components": components}
    return parse_form(key, json.dumps(schema))
