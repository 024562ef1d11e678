"""The sentences of a deadline: each step of the counting, said to the citizen and to the inspector alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engine.domain.clock import local, local_day
from engine.domain.deadlines.calendar import day_label
from engine.domain.text import Text

_UNITS = {
    "working_day": Text("ngày làm việc", "working days"),
    "day": Text("ngày", "days"),
    "hour": Text("giờ làm việc", "working hours"),
    "month": Text("tháng", "months"),
}


def limit_label(qty: int, unit: str) -> Text:
    """A time limit as a procedure page says it."""
    if unit == "in_day":
        return Text("Trong ngày làm việc", "Within the working day")
    name = _UNITS[unit]
    return Text(f"{qty:02d} {name.vi}", f"{qty} {name.en if qty != 1 else name.en[:-1]}")


def moment(at: datetime) -> Text:
    """ "10:00 thứ Sáu 26/04/2024"."""
    label, here = day_label(local_day(at)), local(at)
    return Text(f"{here:%H:%M} {label.vi}", f"{here:%H:%M} on {label.en}")


def accepted(at: datetime) -> Text:
    """When the clock started."""
    when = moment(at)
    return Text(f"Hồ sơ được tiếp nhận lúc {when.vi}.", f"The dossier was accepted at {when.en}.")


def after_15h(at: datetime, moved: date) -> Text:
    """The 15:00 rule moved the first day."""
    here, to = local(at), day_label(moved)
    return Text(
        f"Tiếp nhận lúc {here:%H:%M}, sau 15 giờ, nên tính như tiếp nhận ngày {to.vi}.",
        f"It came in at {here:%H:%M}, after 15:00, so it counts as accepted on {to.en}.",
    )


def counted_working_days(qty: int, after: date) -> Text:
    """Working days are counted from the day after."""
    label = day_label(after)
    return Text(
        f"Tính {qty} ngày làm việc kể từ ngày liền sau {label.vi} (ngày đầu không tính, Điều 147 Bộ luật Dân sự 2015).",
        f"{qty} working days are counted from the day after {label.en} (the first day does not count, Civil Code 147).",
    )


def counted_days(qty: int, after: date, raw: date) -> Text:
    """Calendar days are counted from the day after."""
    start, end = day_label(after), day_label(raw)
    return Text(
        f"Tính {qty} ngày kể từ ngày liền sau {start.vi}: đến {end.vi}.",
        f"{qty} calendar days are counted from the day after {start.en}: to {end.en}.",
    )


def counted_months(qty: int, after: date, raw: date) -> Text:
    """Months end on the day of the same number, or the last day of the month."""
    start, end = day_label(after), day_label(raw)
    return Text(f"Tính {qty} tháng từ {start.vi}: đến {end.vi}.", f"{qty} months from {start.en}: to {end.en}.")


def counted_minutes(minutes: int, start: datetime) -> Text:
    """Office hours run from an instant."""
    length, when = _length(minutes), moment(start)
    return Text(
        f"Tính {length.vi} làm việc từ {when.vi}, chỉ tính trong giờ hành chính.",
        f"{length.en} of office hours are counted from {when.en}.",
    )


def in_day(day: date) -> Text:
    """A procedure settled within the day."""
    label = day_label(day)
    return Text(f"Giải quyết trong ngày: {label.vi}.", f"To be settled within the day: {label.en}.")


def rolled(raw: date, last: date) -> Text:
    """The last day is no working day."""
    start, end = day_label(raw), day_label(last)
    return Text(
        f"Ngày cuối {start.vi} là ngày nghỉ nên chuyển sang ngày làm việc kế tiếp {end.vi} "
        "(khoản 5 Điều 148 Bộ luật Dân sự 2015).",
        f"The last day, {start.en}, is a day off, so it moves to the next working day, {end.en} (Civil Code 148.5).",
    )


def holidays_skipped(days: Sequence[tuple[date, Text]]) -> Text:
    """Weekday holidays that were left out, with their names."""
    vi = "; ".join(f"{on:%d/%m/%Y} ({name.vi})" for on, name in days)
    en = "; ".join(f"{on:%d/%m/%Y} ({name.en})" for on, name in days)
    return Text(f"Không tính ngày nghỉ: {vi}.", f"Days off left out: {en}.")


def saturday_worked(on: date, instead_of: date, source: str) -> Text:
    """A Saturday that counts because it makes up for an exchanged day off."""
    label = day_label(on)
    return Text(
        f"{label.vi[0].upper()}{label.vi[1:]} là ngày làm bù cho {instead_of:%d/%m/%Y} ({source}) nên được tính.",
        f"{label.en} counts: it is worked in exchange for {instead_of:%d/%m/%Y} ({source}).",
    )


def restarted(asked: datetime, answered: datetime) -> Text:
    """The limit counts anew after a supplement."""
    start, end = moment(asked), moment(answered)
    return Text(
        f"Yêu cầu bổ sung lúc {start.vi}, bổ sung đủ lúc {end.vi}: thời hạn tính lại từ đầu "
        "(khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP).",
        f"A supplement was asked at {start.en} and answered at {end.en}: the limit counts anew (Decree 61/2018, 19.4).",
    )


def paused_days(asked: datetime, answered: datetime, used: int, left: int) -> Text:
    """Working days used before a pause and left after it."""
    return _paused(asked, answered, Text(f"{used} ngày", f"{used} days"), Text(f"{left} ngày", f"{left} days"))


def paused_minutes(asked: datetime, answered: datetime, used: int, left: int) -> Text:
    """Office minutes used before a pause and left after it."""
    return _paused(asked, answered, _length(used), _length(left))


def paused_calendar(asked: datetime, answered: datetime, waited: int, raw: date) -> Text:
    """Calendar days of waiting that are not counted."""
    start, end, until = day_label(local_day(asked)), day_label(local_day(answered)), day_label(raw)
    return Text(
        f"Thời gian chờ bổ sung từ {start.vi} đến {end.vi} ({waited} ngày) không tính: lùi đến {until.vi}.",
        f"Waiting for the supplement from {start.en} to {end.en} ({waited} days) is left out: moved to {until.en}.",
    )


def waiting() -> Text:
    """The clock stands still."""
    return Text(
        "Đang chờ người nộp bổ sung hồ sơ: thời hạn tạm dừng, ngày hẹn sẽ được tính lại khi hồ sơ được bổ sung.",
        "Waiting for the applicant's supplement: the clock is stopped and the date will be counted again.",
    )


def forecast(year: int) -> Text:
    """The holidays of that year are not published yet."""
    return Text(
        f"Lịch nghỉ năm {year} chưa được công bố trong hệ thống: ngày hẹn là dự kiến.",
        f"The days off of {year} are not published here yet: the date is an expectation.",
    )


def due(at: datetime) -> Text:
    """The result."""
    when = moment(at)
    return Text(f"Hạn trả kết quả: {when.vi}.", f"Due: {when.en}.")


def _paused(asked: datetime, answered: datetime, used: Text, left: Text) -> Text:
    start, end = moment(asked), moment(answered)
    return Text(
        f"Tạm dừng từ {start.vi} đến {end.vi}: đã dùng {used.vi}, còn {left.vi}.",
        f"Stopped from {start.en} to {end.en}: {used.en} used, {left.en} left.",
    )


def _length(minutes: int) -> Text:
    hours, rest = divmod(minutes, 60)
    if not rest:
        return Text(f"{hours} giờ", f"{hours} hours")
    return Text(f"{hours} giờ {rest} phút", f"{hours} hours {rest} minutes")
