"""Fees: what a dossier costs and why; dated law as data. `quote` is the only door to an amount."""

from __future__ import annotations

from rules.fees.checks.check_path import check_path
from rules.fees.checks.replay import replay, replay_table
from rules.fees.checks.verify import verify_schedule
from rules.fees.commands import check_command, quote_command, replay_command
from rules.fees.quote import quote
from rules.fees.quotes import Quote, QuoteLine, QuoteRequest, Step
from rules.fees.reading.schedule import load_schedule
from rules.fees.schedule import FeeSchedule
from rules.fees.second_engine import FeeInference

__all__ = [
    "FeeInference",
    "FeeSchedule",
    "Quote",
    "QuoteLine",
    "QuoteRequest",
    "Step",
    "check_command",
    "check_path",
    "load_schedule",
    "quote",
    "quote_command",
    "replay",
    "replay_command",
    "replay_table",
    "verify_schedule",
]
