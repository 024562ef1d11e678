"""Errors of fee files and of quotes that `rules.errors` does not name."""

from __future__ import annotations

from rules.errors import RulesError


class UnknownProcedureError(RulesError):
    """No fee table is known for this procedure code."""

    code = "unknown_procedure"


class AmbiguousFeeError(RulesError):
    """Two rows that exclude each other both apply: the amount is not determined, so none is asked."""

    code = "ambiguous_fee"


class BadInstantError(RulesError):
    """A date or time given for a quote cannot be used."""

    code = "bad_instant"
