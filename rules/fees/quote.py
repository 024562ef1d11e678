"""The only door of fees: `quote` says what a dossier costs and why; the law itself is data."""

from __future__ import annotations

from rules.errors import Fact
from rules.fees.calculation import price_line
from rules.fees.errors import UnknownProcedureError
from rules.fees.facts import not_asked
from rules.fees.items import ProcedureFees
from rules.fees.quotes import ENGINE, Quote, QuoteLine, QuoteRequest, Step
from rules.fees.reading.schedule import load_schedule
from rules.fees.reasons.could_be_less import could_be_less
from rules.fees.schedule import FeeSchedule
from rules.fees.second.amounts import check_amounts
from rules.fees.situation import SecondEngine, Situation, read_situation
from rules.money import Money
from rules.text import Text

__all__ = [
    "FeeSchedule",
    "Quote",
    "QuoteLine",
    "QuoteRequest",
    "Step",
    "facts_needed",
    "load_schedule",
    "quote",
]


def quote(fee_schedule: FeeSchedule, request: QuoteRequest, *, second: SecondEngine | None = None) -> Quote:
    """What the dossier costs on the legally relevant day, with a full trace.

    Amounts are whole đồng. Raises FactsError (missing, unknown or wrong facts, listing what is needed),
    UnknownProcedureError, NoTariffError or AmbiguousFeeError; it never guesses an amount. With a `second`
    engine (see `rules.fees.second_engine`) both must find the same rows, and every amount is computed again by other
    means (`rules.fees.second.amounts`); else RulesDisagree and no amount.
    """
    procedure = procedure_fees(fee_schedule, request.procedure_code)
    situation = read_situation(fee_schedule, procedure, request, second)
    lines = tuple(line for item in procedure.items if (line := price_line(situation, item)) is not None)
    if second is not None:
        check_amounts(situation, lines)
    total = Money.sum(line.after for line in lines)
    return Quote(
        procedure_code=procedure.code,
        total=total,
        lines=lines,
        schedule_hash=fee_schedule.hash,
        as_of_on=situation.day_of(()),
        sentences=tuple(_closing_sentences(situation, lines, total)),
        inference="" if second is None else second.mode,
        engine=ENGINE,
    )


def facts_needed(fee_schedule: FeeSchedule, procedure_code: str) -> tuple[Fact, ...]:
    """The facts a quote for this procedure looks at, as a form would ask for them."""
    procedure = procedure_fees(fee_schedule, procedure_code)
    return tuple(fee_schedule.vocabulary[name].as_fact() for name in procedure.facts.names)


def procedure_fees(fee_schedule: FeeSchedule, procedure_code: str) -> ProcedureFees:
    """The fee table of a procedure; raises UnknownProcedureError."""
    found = fee_schedule.procedures.get(procedure_code)
    if found is None:
        known = ", ".join(sorted(fee_schedule.procedures))
        raise UnknownProcedureError(
            f"Chưa có biểu phí cho thủ tục {procedure_code}. Các thủ tục đã có: {known}.",
            f"There is no fee table for procedure {procedure_code}. Known procedures: {known}.",
        )
    return found


def _unused(situation: Situation) -> list[Text]:
    """What was given in vain: whoever wrote it may think it counts."""
    procedure = situation.procedure
    stray = not_asked(situation.schedule.vocabulary, procedure.facts, situation.request.facts)
    if not stray:
        return []
    names = ", ".join(stray)
    return [
        Text(
            f"Không dùng đến thông tin: {names}; thủ tục {procedure.code} không hỏi.",
            f"Not used: {names}; procedure {procedure.code} does not ask for it.",
        )
    ]


def _closing_sentences(situation: Situation, lines: tuple[QuoteLine, ...], total: Money) -> list[Text]:
    if not lines:
        note = situation.procedure.note
        nothing = Text("Thủ tục này không thu phí, lệ phí.", "No fee or charge is collected for this procedure.")
        return [nothing, *_unused(situation), *([note] if note else [])]
    on = situation.day_of(())
    closing = [
        Text(
            f"Tổng số tiền phải nộp: {total.format()} ({total.in_words()}), tính theo quy định có hiệu lực "
            f"ngày {on:%d/%m/%Y}.",
            f"Total to pay: {total.format('en')} ({total.in_words('en')}), under the rules in force on "
            f"{on.isoformat()}.",
        )
    ]
    if total and any(line.after and line.refundable is False for line in lines):
        closing.append(
            Text(
                "Khoản đã nộp không được hoàn trả nếu hồ sơ không được chấp thuận.",
                "What has been paid is not returned when the application is refused.",
            )
        )
    closing.extend(_unused(situation))
    closing.extend(could_be_less(situation, lines))
    if situation.procedure.note:
        closing.append(situation.procedure.note)
    return closing
