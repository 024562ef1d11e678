"""The legal day: which day decides whether a value is law. Amounts, caps, proofs and reasons all ask here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Self

from rules.fees.items import Policy
from rules.legal import Document, LegalBasis, day_in_vietnam

SUBMITTED_ON: Final = "submitted_on"
ACCEPTED_ON: Final = "accepted_on"
_DAY_OF: Final = {"submitted_at": SUBMITTED_ON, "accepted_at": ACCEPTED_ON}


def deciding_day(basis: tuple[LegalBasis, ...], policy: Policy, documents: Mapping[str, Document]) -> str:
    """`submitted_on` or `accepted_on`: by the first cited document with its own date basis, else by the policy."""
    cited = (documents[one.document] for one in basis if one.document in documents)
    own = next((document.date_basis for document in cited if document.date_basis), None)
    return _DAY_OF[own or policy.date_basis]


@dataclass(frozen=True, slots=True)
class LegalDays:
    """The two days of one dossier that a law may go by, in Việt Nam."""

    submitted_on: date
    accepted_on: date

    @classmethod
    def of(cls, submitted_at: datetime, accepted_at: datetime | None) -> Self:
        """Before acceptance the day of submission stands in: the quote is provisional."""
        submitted_on = day_in_vietnam(submitted_at)
        return cls(submitted_on, submitted_on if accepted_at is None else day_in_vietnam(accepted_at))

    def named(self, name: str) -> date:
        """The day that `deciding_day` names."""
        return self.submitted_on if name == SUBMITTED_ON else self.accepted_on
