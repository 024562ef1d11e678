"""The sentences of a quote: "vì sao tôi phải trả", and why a discount does not apply."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from rules.fees.authority import AUTHORITY_NAMES
from rules.fees.facts import FactSpec
from rules.fees.items import Cap, FeeItem, FeeRule, Policy, Tariff
from rules.legal import LegalBasis, document_label
from rules.money import Money, format_dong
from rules.text import Text

_KIND_VI = {"phi": "phí này", "le_phi": "lệ phí này", "gia_dich_vu": "giá dịch vụ này", "buu_chinh": "cước này"}
_KIND_EN = {"phi": "this fee", "le_phi": "this charge", "gia_dich_vu": "this price", "buu_chinh": "this postage"}
_DOES_VI = {"exemption": "miễn", "zero_rate": "áp dụng mức thu 0 đồng đối với", "reduction": "giảm"}
_DOES_EN = {"exemption": "exempts", "zero_rate": "sets to zero", "reduction": "reduces"}
_DONE_VI = {"exemption": "được miễn", "zero_rate": "được áp dụng mức 0 đồng", "reduction": "được giảm"}
_DONE_EN = {"exemption": "not exempted", "zero_rate": "not set to zero", "reduction": "not reduced"}
_ROUNDING = {
    "half_up": Text("từ nửa trở lên làm tròn lên", "half rounds up"),
    "floor": Text("bỏ phần lẻ", "rounds down"),
    "ceil": Text("làm tròn lên", "rounds up"),
}
_SAMPLE = Text(
    ". Mức thu này là số liệu mẫu, chưa phải mức do cơ quan có thẩm quyền ban hành.",
    ". This rate is sample data, not one set by the competent authority.",
)


def citation(basis: Sequence[LegalBasis]) -> Text:
    """All places of a basis in one phrase."""
    return Text("; ".join(one.label("vi") for one in basis), "; ".join(one.label("en") for one in basis))


def tariff_sentence(item: FeeItem, row: Tariff, quantity: int, unit_price: Decimal, amount: Decimal) -> Text:
    """What is charged per unit, how many units, and where that is written."""
    source = citation(row.basis)
    if row.value_vnd is not None:
        each = Text(
            format_dong(unit_price).replace(" đồng", " ") + item.unit.vi,
            format_dong(unit_price, "en").replace(" VND", " ") + item.unit.en,
        )
    else:
        each = Text(format_dong(unit_price), format_dong(unit_price, "en"))
    times = "" if quantity == 1 else f" × {quantity} = "
    vi = f"{item.name.vi}: {each.vi}{times}{format_dong(amount) if times else ''}"
    en = f"{item.name.en}: {each.en}{times}{format_dong(amount, 'en') if times else ''}"
    if row.sample:
        return Text(vi + _SAMPLE.vi, en + _SAMPLE.en)
    return Text(f"{vi}, theo {source.vi}.", f"{en}, under {source.en}.")


def cap_sentence(cap: Cap, item: FeeItem, after: Decimal) -> Text:
    """The most that may be charged."""
    source, most = citation(cap.basis), Decimal(cap.value_vnd)
    per = Text(" mỗi đơn vị tính", " per unit") if cap.scope == "unit" else Text("", "")
    return Text(
        f"{item.name.vi}: tối đa không quá {format_dong(most)}{per.vi}, còn {format_dong(after)}, theo {source.vi}.",
        f"{item.name.en}: at most {format_dong(most, 'en')}{per.en}, hence {format_dong(after, 'en')}, "
        f"under {source.en}.",
    )


def exemption_sentence(rule: FeeRule, before: Decimal) -> Text:
    """Miễn: nothing is due, and which provision says so."""
    source = citation(rule.basis)
    saved = Text(
        f" Số tiền được miễn: {format_dong(before)}." if before else "",
        f" Amount exempted: {format_dong(before, 'en')}." if before else "",
    )
    return Text(
        f"Được miễn: {rule.name.vi}, theo {source.vi}.{saved.vi}",
        f"Exempt: {rule.name.en}, under {source.en}.{saved.en}",
    )


def zero_rate_sentence(rule: FeeRule) -> Text:
    """A tariff of zero đồng, which is neither an exemption nor a reduction."""
    source = citation(rule.basis)
    return Text(f"Mức thu 0 đồng: {rule.name.vi}, theo {source.vi}.", f"Zero rate: {rule.name.en}, under {source.en}.")


def reduction_sentence(rule: FeeRule, before: Decimal, after: Decimal) -> Text:
    """How much less, from what to what, and where that is written."""
    source = citation(rule.basis)
    return Text(
        f"Giảm {_measure(rule, 'vi')}: {rule.name.vi}; {format_dong(before)} còn {format_dong(after)}, "
        f"theo {source.vi}.",
        f"Reduced by {_measure(rule, 'en')}: {rule.name.en}; from {format_dong(before, 'en')} to "
        f"{format_dong(after, 'en')}, under {source.en}.",
    )


def _measure(rule: FeeRule, lang: str) -> str:
    if rule.amount_vnd is not None:
        return format_dong(Decimal(rule.amount_vnd), lang)
    number = format((Decimal(rule.percent_bp or 0) / 100).normalize(), "f")
    return f"{number}%" if lang == "en" else f"{number.replace('.', ',')} %"


def rounding_sentence(policy: Policy, before: Decimal, after: Money) -> Text:
    """The one declared rounding rule."""
    how, to = _ROUNDING[policy.rounding], Money(policy.rounding_to)
    return Text(
        f"Làm tròn đến {to.format()} ({how.vi}): {format_dong(before)} thành {after.format()}.",
        f"Rounded to {to.format('en')} ({how.en}): {format_dong(before, 'en')} becomes {after.format('en')}.",
    )


def not_their_fee(rule: FeeRule, item: FeeItem, tariff: Tariff) -> Text:
    """The discount of one authority does not reach the fee of another."""
    document, own = rule.basis[0].document, tariff.basis[0].document
    issuer, decider = AUTHORITY_NAMES[rule.authority], AUTHORITY_NAMES[item.authority]
    short = "HĐND tỉnh" if rule.authority == "HDND" else issuer.vi
    return Text(
        f"{document_label(document)} chỉ {_DOES_VI[rule.kind]} các khoản phí, lệ phí thuộc thẩm quyền của {short}; "
        f"{_KIND_VI[item.kind]} do {decider.vi} quy định tại {document_label(own)} nên không {_DONE_VI[rule.kind]}.",
        f"{document_label(document, 'en')} {_DOES_EN[rule.kind]} only fees and charges decided by {issuer.en}; "
        f"{_KIND_EN[item.kind]} is set by {decider.en} in {document_label(own, 'en')} and is therefore "
        f"{_DONE_EN[rule.kind]}.",
    )


def out_of_date(rule: FeeRule, on: date) -> Text:
    """The rule is over, or has not begun, on the legally relevant day."""
    source, window = citation(rule.basis), rule.window
    if window.valid_to is not None and window.ended_before(on):
        return Text(
            f"Không áp dụng «{rule.name.vi}» ({source.vi}): quy định này hết hiệu lực sau ngày "
            f"{window.valid_to:%d/%m/%Y}, hồ sơ được tính theo ngày {on:%d/%m/%Y}.",
            f"“{rule.name.en}” ({source.en}) does not apply: it ended after {window.valid_to.isoformat()}, "
            f"and this dossier is charged as of {on.isoformat()}.",
        )
    start = window.valid_from or on
    return Text(
        f"Chưa áp dụng «{rule.name.vi}» ({source.vi}): quy định này có hiệu lực từ ngày {start:%d/%m/%Y}, "
        f"hồ sơ được tính theo ngày {on:%d/%m/%Y}.",
        f"“{rule.name.en}” ({source.en}) does not apply yet: it begins on {start.isoformat()}, "
        f"and this dossier is charged as of {on.isoformat()}.",
    )


def less_favourable(rule: FeeRule, chosen: FeeRule) -> Text:
    """Only the most favourable reduction is granted."""
    return Text(
        f"Không cộng thêm «{rule.name.vi}» ({citation(rule.basis).vi}): mỗi khoản chỉ áp dụng một mức giảm có lợi "
        f"nhất, đã áp dụng «{chosen.name.vi}».",
        f"“{rule.name.en}” ({citation(rule.basis).en}) is not added: only the most favourable reduction applies, "
        f"which is “{chosen.name.en}”.",
    )


def proof_expired(rule: FeeRule, until: date, on: date) -> Text:
    """The paper that proves the subject was no longer valid."""
    proof = rule.proof or Text("giấy tờ chứng minh", "the proof")
    return Text(
        f"Không áp dụng «{rule.name.vi}»: {proof.vi} chỉ có giá trị đến {until:%d/%m/%Y}, trước ngày {on:%d/%m/%Y}.",
        f"“{rule.name.en}” does not apply: {proof.en} was valid until {until.isoformat()}, before {on.isoformat()}.",
    )


def could_be_less(fact: FactSpec, waiting: Sequence[Text]) -> Text:
    """The amount might be lower with a fact that was not given, and which rules wait for it."""
    vi, en = ("; ".join(dict.fromkeys(name.in_language(lang) for name in waiting)) for lang in ("vi", "en"))
    return Text(
        f"Số tiền có thể thấp hơn nếu khai thêm «{fact.name}» ({fact.question.vi}): {vi}.",
        f"The amount could be less if “{fact.name}” were given ({fact.question.en}): {en}.",
    )
