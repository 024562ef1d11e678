"""How much one account may begin and send in a day: a script must not fill the office's queue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from engine.context import OfficeContext
from engine.domain.errors import NotFound, TooMany
from engine.domain.text import Text
from engine.store.accounts import persons
from engine.store.connection import Tx
from engine.store.dossiers import usage
from engine.store.records import PersonRow

_DAY: Final = timedelta(days=1)
_HOUR_S: Final = 3600


def account_at_work(tx: Tx, person_id: Any) -> PersonRow:
    """The account, held until the transaction ends: twenty requests at once count one after the other."""
    person = persons.get_locked(tx, str(person_id or ""))
    if person is None:
        raise NotFound
    return person


def must_be_allowed_to_begin(tx: Tx, office: OfficeContext, person_id: str) -> None:
    """Raise TooMany when the account has begun as many drafts as a day allows."""
    most = office.settings.quotas.drafts
    if usage.drafts_begun(tx, person_id, tx.now - _DAY) >= most:
        raise TooMany(
            _HOUR_S,
            Text(
                f"Tài khoản của bạn đã tạo {most} hồ sơ trong 24 giờ qua, là mức tối đa. Hãy dùng các bản nháp đang có "
                "hoặc thử lại ngày mai.",
                f"Your account has begun {most} dossiers within 24 hours, which is the most. Use the drafts you have "
                "or try again tomorrow.",
            ),
        )


def must_be_allowed_to_send(tx: Tx, office: OfficeContext, person_id: str) -> None:
    """Raise TooMany when the account has sent as many dossiers as a day allows."""
    most = office.settings.quotas.filings
    if usage.dossiers_sent(tx, person_id, tx.now - _DAY) >= most:
        raise TooMany(
            _HOUR_S,
            Text(
                f"Tài khoản của bạn đã gửi {most} hồ sơ trong 24 giờ qua, là mức tối đa. Bản nháp vẫn được giữ; hãy "
                "gửi vào ngày mai, hoặc nộp tại Bộ phận Một cửa nếu gấp.",
                f"Your account has sent {most} dossiers within 24 hours, which is the most. The draft is kept; send "
                "it tomorrow, or file at the one-stop desk if it is urgent.",
            ),
        )
