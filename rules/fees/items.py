"""The words of the law on fees as data: items, tariffs, caps, exemptions, reductions, policies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rules.fees.facts import ProcedureFacts
from rules.fees.predicates import Formula, Predicate
from rules.legal import LegalBasis, Window
from rules.text import Text

KINDS = ("phi", "le_phi", "gia_dich_vu", "buu_chinh")
AUTHORITIES = ("HDND", "BTC", "CHINH_PHU", "KHAC")
RULE_KINDS = ("exemption", "zero_rate", "reduction")


@dataclass(frozen=True, slots=True)
class Band:
    """One step of a graduated tariff: `value_vnd` for each unit up to and including `up_to` (None: the rest)."""

    up_to: int | None
    value_vnd: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """Mức thu: one dated row. Either `value_vnd`, `bands` over a quantity, or a training `formula`.

    `window` ends with its law at the latest; `declared` is the one that was written.
    """

    code: str
    window: Window
    basis: tuple[LegalBasis, ...]
    value_vnd: int | None = None
    bands: tuple[Band, ...] = ()
    formula: Formula | None = None
    when: Predicate | None = None
    sample: bool = False
    note: str | None = None
    declared: Window | None = None


@dataclass(frozen=True, slots=True)
class Cap:
    """Mức tối đa: at most `value_vnd` for each unit ("unit") or for the whole line ("line"); see `Tariff`."""

    value_vnd: int
    scope: str
    window: Window
    basis: tuple[LegalBasis, ...]
    declared: Window | None = None


@dataclass(frozen=True, slots=True)
class RefundTerms:
    """Whether a fee once paid can come back, and where the law says so."""

    refundable: bool
    basis: tuple[LegalBasis, ...] = ()


@dataclass(frozen=True, slots=True)
class FeeItem:
    """Khoản thu: one phí, lệ phí, service price or postage, with the authority that decides it."""

    code: str
    name: Text
    kind: str
    authority: str
    unit: Text
    quantity: Formula
    tariffs: tuple[Tariff, ...]
    bands_over: Formula | None = None
    charged_when: Predicate | None = None
    caps: tuple[Cap, ...] = ()
    refund: RefundTerms | None = None
    unit_code: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which fee items a rule speaks about. An empty part says nothing; all given parts must hold."""

    authorities: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()

    def reaches(self, item: FeeItem, procedure_code: str) -> bool:
        """True when the rule speaks about `item` in this procedure."""
        return self.reaches_but_for_authority(item, procedure_code) and (
            not self.authorities or item.authority in self.authorities
        )

    def reaches_but_for_authority(self, item: FeeItem, procedure_code: str) -> bool:
        """As `reaches`, leaving aside whose fee it is: what a citizen may expect to be covered."""
        return (
            (not self.kinds or item.kind in self.kinds)
            and (not self.items or item.code in self.items)
            and (not self.procedures or procedure_code in self.procedures)
        )


@dataclass(frozen=True, slots=True)
class FeeRule:
    """Miễn (exemption), mức thu 0 đồng (zero_rate) or giảm (reduction), with its legal basis.

    Exempt is not the same as reduced by 100 %, nor as a tariff of zero: reports keep the three apart. `window` ends
    with the law at the latest, as that of a `Tariff`.
    """

    code: str
    kind: str
    name: Text
    scope: Scope
    authority: str
    window: Window
    basis: tuple[LegalBasis, ...]
    subjects: frozenset[str] = frozenset()
    when: Predicate | None = None
    percent_bp: int | None = None
    amount_vnd: int | None = None
    proof: Text | None = None
    otherwise: Text | None = None
    sample: bool = False
    declared: Window | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """What the law leaves open and the administration has to settle, each with a default."""

    date_basis: str = "submitted_at"
    combination: str = "best"
    rounding: str = "half_up"
    rounding_to: int = 1
    online_channels: frozenset[str] = frozenset({"online"})
    collected: str = "at_reception"


@dataclass(frozen=True, slots=True)
class FeeExample:
    """A situation a lawyer can read: given facts and dates, the expected total. Green before publication."""

    name: str
    submitted_at: datetime
    accepted_at: datetime | None
    facts: Mapping[str, object]
    total_vnd: int | None
    lines: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None


@dataclass(frozen=True, slots=True)
class ProcedureFees:
    """What one procedure charges, which facts it needs, and under which policy."""

    code: str
    name: Text
    facts: ProcedureFacts
    items: tuple[FeeItem, ...]
    policy: Policy
    examples: tuple[FeeExample, ...] = ()
    note: Text | None = None
