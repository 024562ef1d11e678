"""Who may decide about whose fee: each authority exempts and reduces only what it sets itself.

Source: Law on Fees and Charges 97/2015/QH13, Article 10 and Articles 17 to 22 (powers over fees).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.errors import AuthorityError
from rules.fees.items import FeeItem, FeeRule
from rules.fees.schedule import FeeSchedule
from rules.legal import document_label
from rules.text import Text

# Issuer of a document → the deciding authorities whose fees it may touch.
POWERS: Mapping[str, frozenset[str]] = {
    "QUOC_HOI": frozenset({"HDND", "BTC", "CHINH_PHU", "KHAC"}),
    "CHINH_PHU": frozenset({"CHINH_PHU"}),
    "BTC": frozenset({"BTC"}),
    "HDND": frozenset({"HDND"}),
    "KHAC": frozenset({"KHAC"}),
}

AUTHORITY_NAMES: Mapping[str, Text] = {
    "HDND": Text("Hội đồng nhân dân (HĐND) tỉnh", "the Provincial People's Council"),
    "BTC": Text("Bộ Tài chính", "the Ministry of Finance"),
    "CHINH_PHU": Text("Chính phủ", "the Government"),
    "QUOC_HOI": Text("Quốc hội", "the National Assembly"),
    "KHAC": Text("cơ quan khác", "another body"),
}

# Prices of services are not phí or lệ phí: no exemption or reduction of fee law reaches them.
PRICES = frozenset({"gia_dich_vu", "buu_chinh"})


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that reaches one fee item it may not touch, with the reason."""

    rule: FeeRule
    item: FeeItem
    procedure_code: str
    message: Text


def authority_breaches(schedule: FeeSchedule) -> Iterator[Breach]:
    """Every rule × item where the law gives the rule's issuer no power."""
    for procedure in schedule.procedures.values():
        for item in procedure.items:
            for rule in schedule.rules:
                if rule.scope.reaches(item, procedure.code):
                    message = _reason(rule, item)
                    if message:
                        yield Breach(rule, item, procedure.code, message)


def check_authority(schedule: FeeSchedule) -> None:
    """Refuse a schedule with a discount nobody may grant; raises AuthorityError."""
    for breach in authority_breaches(schedule):
        raise AuthorityError(breach.message.vi, breach.message.en)


def _reason(rule: FeeRule, item: FeeItem) -> Text | None:
    source_vi, source_en = document_label(rule.basis[0].document), document_label(rule.basis[0].document, "en")
    if item.kind in PRICES:
        return Text(
            f"«{rule.code}» ({source_vi}) không được áp dụng cho «{item.name.vi}»: giá dịch vụ và cước bưu chính "
            "không phải là phí, lệ phí. Hãy giới hạn applies_to.kinds ở phi, le_phi.",
            f"“{rule.code}” ({source_en}) may not apply to “{item.name.en}”: service prices and postage are "
            "neither fees nor charges. Limit applies_to.kinds to phi, le_phi.",
        )
    if item.authority in POWERS[rule.authority]:
        return None
    issuer, decider = AUTHORITY_NAMES[rule.authority], AUTHORITY_NAMES[item.authority]
    return Text(
        f"«{rule.code}» do {issuer.vi} ban hành ({source_vi}) không được miễn, giảm «{item.name.vi}»: khoản này "
        f"thuộc thẩm quyền của {decider.vi}. Hãy ghi rõ applies_to.authorities: [{rule.authority}].",
        f"“{rule.code}” was issued by {issuer.en} ({source_en}) and may not exempt or reduce “{item.name.en}”: "
        f"that fee is decided by {decider.en}. State applies_to.authorities: [{rule.authority}].",
    )
