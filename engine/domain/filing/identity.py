"""Who files: what a verified account says about its person is the account's alone, never the form's.

Legal basis: Nghị định 69/2024/NĐ-CP (định danh và xác thực điện tử), under which data of a level 2 account stand for
the paper. They could not if the one who files were able to write others over them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from engine.domain.forms import read_date
from engine.domain.identifiers import fold, spoken_phone, storable
from engine.domain.text import Text

VERIFIED_LEVEL: Final = 2  # assurance from which the account's identity counts as verified
IDENTITY: Final = ("kind", "organisation_name", "tax_code", "full_name", "national_id", "birth_on", "sex")
_NUMBERS: Final = frozenset({"national_id", "tax_code"})
_PROVIDERS: Final = {
    "dvcqg": Text("Cổng Dịch vụ công quốc gia", "National Public Service Portal"),
    "vneid": Text("VNeID", "VNeID"),
}
_NAMES: Final = {
    "organisation_name": Text("tên tổ chức", "name of the organisation"),
    "tax_code": Text("mã số thuế", "tax code"),
    "full_name": Text("họ và tên", "full name"),
    "national_id": Text("số định danh", "personal number"),
    "birth_on": Text("ngày sinh", "date of birth"),
    "sex": Text("giới tính", "sex"),
}
_MARKS: Final = frozenset({"identity_level", "identity_provider", "identity_fields"})

THE_ACCOUNTS: Final = Text(
    "Thông tin này lấy từ tài khoản định danh đã xác thực nên không sửa được ở đây. Nếu nộp thay người khác, hãy ghi "
    "người đó ở bước “Chủ hồ sơ”; nếu tài khoản ghi sai, hãy đề nghị nơi cấp tài khoản sửa rồi đăng nhập lại.",
    "This comes from your verified account and cannot be changed here. Filing for somebody else, enter them as the "
    "owner of the dossier; if the account is wrong, have its provider correct it and sign in again.",
)


def party_of_person(person: Mapping[Any, Any]) -> dict[str, str]:
    """The applicant's step as the account fills it; the days are written as people type them."""
    birth_on = person["birth_on"]
    known = {name: person[name] for name in ("kind", "organisation_name", "tax_code", "full_name", "national_id")}
    known |= {name: person[name] for name in ("sex", "phone", "email", "address")}
    known["birth_on"] = f"{birth_on:%d/%m/%Y}" if birth_on else None
    known["phone"] = spoken_phone(person["phone"])
    known["identity_level"] = str(person["assurance_level"])
    return {name: str(value) for name, value in known.items() if value}


def verified(person: Mapping[Any, Any]) -> dict[str, str]:
    """The identity fields a verified account vouches for; empty for an account that is not verified."""
    if person["assurance_level"] < VERIFIED_LEVEL:
        return {}
    known = party_of_person(person)
    return {name: known[name] for name in IDENTITY if name in known}


def contradictions(person: Mapping[Any, Any], stated: Mapping[str, Any]) -> dict[str, Text]:
    """The fields in which a statement differs from what the account vouches for, each with the way out."""
    account = verified(person)
    return {
        name: THE_ACCOUNTS
        for name, value in account.items()
        if stated.get(name) and not _same(name, str(stated[name]), value)
    }


def as_the_account(person: Mapping[Any, Any], stated: Mapping[str, Any]) -> dict[str, Any]:
    """A statement with the account's own identity and level, and who vouched for which fields."""
    fixed = verified(person)
    kept = {name: value for name, value in stated.items() if name not in _MARKS}
    marks = {"identity_provider": person["provider"], "identity_fields": ",".join(fixed)} if fixed else {}
    return {**kept, **fixed, "identity_level": str(person["assurance_level"]), **marks}


def identity_marks(applicant: Mapping[str, Any]) -> dict[str, str]:
    """What a kept applicant says about where its identity comes from."""
    return {name: str(applicant[name]) for name in sorted(_MARKS) if name in applicant}


def verified_fields(applicant: Mapping[str, Any]) -> frozenset[str]:
    """The fields of a kept applicant for which a provider vouched."""
    return frozenset(str(applicant.get("identity_fields", "")).split(",")) - {""}


def identity_sentence(applicant: Mapping[str, Any], channel: str) -> Text:
    """What the desk reads beside the applicant: which fields are verified, by whom, and what was only stated."""
    fields = [_NAMES[name] for name in IDENTITY if name in verified_fields(applicant) and name != "kind"]
    if fields:
        code, level = str(applicant.get("identity_provider", "")), applicant.get("identity_level", "")
        by = _PROVIDERS.get(code, Text(code, code))
        return Text(
            f"Đã xác thực bởi {by.vi} (mức {level}): {', '.join(name.vi for name in fields)}. "
            "Các mục khác do người nộp khai.",
            f"Verified by {by.en} (level {level}): {', '.join(name.en for name in fields)}. "
            "The rest was stated by the applicant.",
        )
    if channel == "online":
        return Text(
            "Danh tính người nộp chưa được xác thực; mọi mục do người nộp khai.",
            "The applicant's identity is not verified; everything was stated by the applicant.",
        )
    return Text(
        "Thông tin người nộp do cán bộ nhập khi tiếp nhận, không lấy từ tài khoản định danh.",
        "The applicant's details were typed by the official who took the dossier in; no account vouches for them.",
    )


def _same(name: str, stated: str, known: str) -> bool:
    if name == "birth_on":
        return read_date(stated.strip()) == read_date(known)
    if name in _NUMBERS:
        return re.sub(r"[\s.-]", "", stated) == re.sub(r"[\s.-]", "", known)
    return fold(storable(stated)).split() == fold(known).split()
