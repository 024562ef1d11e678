"""What the office asked an applicant to supply or correct, while it waits for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.domain.filing import FORM_FIELD, full_label, open_keys, part_of, words_of
from engine.domain.forms import Form
from engine.domain.procedures import Procedure
from engine.domain.text import Text
from engine.queries.dossier.dossier_rows import DossierRows


@dataclass(frozen=True)
class SupplementView:
    """An open supplement request: why, for each paper the reason beside it, which fields, and until when.

    `form`: the part of the declaration that may be changed now; `data`: what it says so far, as typed again.
    """

    id: str
    reason: str
    components: tuple[tuple[str, str], ...]
    asked_by: str
    asked_at: datetime
    fields: tuple[Text, ...]
    until: date | None
    late: bool
    form: Form
    data: Mapping[str, str]


def open_supplement(procedure: Procedure, rows: DossierRows, today: date) -> SupplementView | None:
    """The request that waits for its answer."""
    requests = rows.requests
    if not requests or requests[-1]["answered_at"] is not None:
        return None
    row = requests[-1]
    components = tuple((one["component_code"], one["reason"]) for one in row["components"])
    form, until, data = procedure.declaration, row["answer_by"], words_of(rows.dossier["form"])
    return SupplementView(
        row["id"],
        row["reason"],
        components,
        row["asked_by"],
        row["asked_at"],
        fields=tuple(full_label(form, entry) for entry in form.fields if entry.key in row["fields"]),
        until=until,
        late=until is not None and until < today,
        form=part_of(form, open_keys(form, row["fields"]), form.visible(data)),
        data={f"{FORM_FIELD}{key}": word for key, word in data.items()},
    )
