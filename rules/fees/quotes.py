"""A quote: what is to be paid, line by line, with the reason of every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from rules.legal import LegalBasis
from rules.money import Money
from rules.text import Text

ENGINE: Final = "0.1.0"
"""The version of the computation, kept with every quote."""


@dataclass(frozen=True, slots=True)
class QuoteRequest:
    """The situation a quote is asked for. Instants carry their zone; facts use the documented names."""

    procedure_code: str
    submitted_at: datetime
    accepted_at: datetime | None
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the calculation: tariff, cap, exemption, reduction, not_applied or rounding.

    Amounts are exact; between a percentage and the rounding they may hold a fraction of a đồng.
    """

    kind: str
    rule: str
    amount_before: Decimal
    amount_after: Decimal
    legal_basis: tuple[LegalBasis, ...]
    sentence: Text

    def to_dict(self) -> dict[str, object]:
        """JSON form: whole amounts as integers, fractions as decimal text."""
        return {
            "kind": self.kind,
            "rule": self.rule,
            "amount_before_vnd": _json_amount(self.amount_before),
            "amount_after_vnd": _json_amount(self.amount_after),
            "legal_basis": [basis.to_dict() for basis in self.legal_basis],
            "sentence": self.sentence.to_dict(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Step:
        """Read back what `to_dict` wrote."""
        return cls(
            kind=data["kind"],
            rule=data["rule"],
            amount_before=Decimal(data["amount_before_vnd"]),
            amount_after=Decimal(data["amount_after_vnd"]),
            legal_basis=tuple(LegalBasis.from_dict(one) for one in data["legal_basis"]),
            sentence=Text.from_dict(data["sentence"]),
        )


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One fee item of the quote. `sample` marks amounts no public source gives."""

    item_code: str
    name: Text
    kind: str
    authority: str
    quantity: int
    before: Money
    after: Money
    steps: tuple[Step, ...]
    sample: bool
    refundable: bool | None = None

    @property
    def exempt(self) -> bool:
        """True when nothing is due because the law exempts (miễn), not because a rate is zero."""
        return any(step.kind == "exemption" for step in self.steps)

    def to_dict(self) -> dict[str, object]:
        """JSON form."""
        return {
            "item": self.item_code,
            "name": self.name.to_dict(),
            "kind": self.kind,
            "authority": self.authority,
            "quantity": self.quantity,
            "before_vnd": self.before.dong,
            "after_vnd": self.after.dong,
            "exempt": self.exempt,
            "sample": self.sample,
            "refundable": self.refundable,
            "steps": [step.to_dict() for step in self.steps],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> QuoteLine:
        """Read back what `to_dict` wrote."""
        return cls(
            item_code=data["item"],
            name=Text.from_dict(data["name"]),
            kind=data["kind"],
            authority=data["authority"],
            quantity=data["quantity"],
            before=Money(data["before_vnd"]),
            after=Money(data["after_vnd"]),
            steps=tuple(Step.from_dict(one) for one in data["steps"]),
            sample=data["sample"],
            refundable=data["refundable"],
        )


@dataclass(frozen=True, slots=True)
class Quote:
    """The amount due and why. It is stored with the dossier and frozen at acceptance.

    `schedule_hash` names the fee tables it was made from, so it can be repeated and compared later; `engine` the
    version that computed it, `inference` how the second engine took part: "on", "shadow", "off", or "" when the
    amount was not computed twice. Quotes from before these were kept have neither.
    """

    procedure_code: str
    total: Money
    lines: tuple[QuoteLine, ...]
    schedule_hash: str
    as_of_on: date
    sentences: tuple[Text, ...]
    inference: str = ""
    engine: str = ""

    @property
    def payment_required(self) -> bool:
        """False for zero đồng: then no payment order is made and the dossier never waits for money."""
        return bool(self.total)

    @property
    def sample(self) -> bool:
        """True when any line rests on sample data."""
        return any(line.sample for line in self.lines)

    def to_dict(self) -> dict[str, object]:
        """JSON form; every `*_vnd` total is a whole number of đồng."""
        return {
            "procedure": self.procedure_code,
            "as_of_on": self.as_of_on.isoformat(),
            "total_vnd": self.total.dong,
            "total_in_words": {"vi": self.total.in_words("vi"), "en": self.total.in_words("en")},
            "payment_required": self.payment_required,
            "sample": self.sample,
            "lines": [line.to_dict() for line in self.lines],
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "schedule_hash": self.schedule_hash,
            "computed": {"engine": self.engine, "inference": self.inference},
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Quote:
        """Read back what `to_dict` wrote; derived members are computed again."""
        return cls(
            procedure_code=data["procedure"],
            total=Money(data["total_vnd"]),
            lines=tuple(QuoteLine.from_dict(one) for one in data["lines"]),
            schedule_hash=data["schedule_hash"],
            as_of_on=date.fromisoformat(data["as_of_on"]),
            sentences=tuple(Text.from_dict(one) for one in data["sentences"]),
            inference=data.get("computed", {}).get("inference", ""),
            engine=data.get("computed", {}).get("engine", ""),
        )


def _json_amount(amount: Decimal) -> int | str:
    return int(amount) if amount == amount.to_integral_value() else format(amount.normalize(), "f")
