"""Hồ sơ: its states, the national status codes they report, and the moves the law allows."""

from __future__ import annotations

from enum import StrEnum

from engine.domain.text import Text


class DossierState(StrEnum):
    """Where a dossier really is; richer than the ten national codes, which hide the reason."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SUPPLEMENT_ASKED = "supplement_asked"
    ACCEPTED = "accepted"
    PROCESSING = "processing"
    WAITING_CITIZEN = "waiting_citizen"
    WAITING_SIGNATURE = "waiting_signature"
    WAITING_PAYMENT = "waiting_payment"
    ISSUED = "issued"
    RESULT_READY = "result_ready"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    REFUSED = "refused"
    WITHDRAWAL_ASKED = "withdrawal_asked"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"


S = DossierState

# State → national status (0 is ours: a draft is not yet a dossier for anybody else).
NATIONAL_STATUS: dict[DossierState, int] = {
    S.DRAFT: 0,
    S.SUBMITTED: 1,
    S.ACCEPTED: 2,
    S.REFUSED: 3,
    S.PROCESSING: 4,
    S.WAITING_CITIZEN: 4,
    S.WAITING_SIGNATURE: 4,
    S.SUPPLEMENT_ASKED: 5,
    S.WAITING_PAYMENT: 6,
    S.WITHDRAWAL_ASKED: 7,
    S.WITHDRAWN: 8,
    S.STOPPED: 8,
    S.ISSUED: 9,
    S.RESULT_READY: 9,
    S.DELIVERING: 9,
    S.DELIVERED: 10,
}

# National status → the state to assume when only the number is known (a diagram that says no more).
STATE_OF_STATUS: dict[int, DossierState] = {
    0: S.DRAFT,
    1: S.SUBMITTED,
    2: S.ACCEPTED,
    3: S.REFUSED,
    4: S.PROCESSING,
    5: S.SUPPLEMENT_ASKED,
    6: S.WAITING_PAYMENT,
    7: S.WITHDRAWAL_ASKED,
    8: S.STOPPED,
    9: S.RESULT_READY,
    10: S.DELIVERED,
}

FINAL_STATUSES = frozenset({3, 8, 10})
WITHDRAW_MESSAGE = "withdraw"  # the name of the message by which a diagram listens to the citizen
FINAL_STATES = frozenset({S.REFUSED, S.WITHDRAWN, S.STOPPED, S.DELIVERED})
# The promised date counts no more: the result is there, or none will come.
NO_DATE_AWAITED = FINAL_STATES | {S.ISSUED, S.RESULT_READY, S.DELIVERING}
# No fee is taken for what has not been sent, or will not be done any more.
NOTHING_DUE = frozenset({S.DRAFT, S.REFUSED, S.WITHDRAWAL_ASKED, S.WITHDRAWN, S.STOPPED})

# 9 → 4 is missing on purpose: an issued result is only touched by a recorded correction, never silently.
_MOVES: dict[int, frozenset[int]] = {
    0: frozenset({1}),
    1: frozenset({2, 3, 5, 7}),
    2: frozenset({4, 7}),
    3: frozenset(),
    4: frozenset({5, 6, 7, 8, 9}),
    5: frozenset({1, 2, 4, 7, 8}),
    6: frozenset({4, 8}),
    7: frozenset({4, 8}),
    8: frozenset(),
    9: frozenset({10}),
    10: frozenset(),
}

_STATUS_LABELS: dict[int, Text] = {
    0: Text("Nháp", "Draft"),
    1: Text("Mới đăng ký", "Newly registered"),
    2: Text("Được tiếp nhận", "Accepted"),
    3: Text("Không được tiếp nhận", "Not accepted"),
    4: Text("Đang xử lý", "In processing"),
    5: Text("Yêu cầu bổ sung giấy tờ", "Supplement requested"),
    6: Text("Yêu cầu thực hiện nghĩa vụ tài chính", "Financial obligation requested"),
    7: Text("Công dân yêu cầu rút hồ sơ", "Withdrawal requested by citizen"),
    8: Text("Dừng xử lý", "Processing stopped"),
    9: Text("Đã xử lý xong", "Processing completed"),
    10: Text("Đã trả kết quả", "Result returned"),
}

_PLAIN_WORDS: dict[DossierState, Text] = {
    S.DRAFT: Text(
        "Hồ sơ đang soạn, chưa gửi. Bạn có thể tiếp tục bất cứ lúc nào.",
        "This is a draft, not sent yet. You can go on at any time.",
    ),
    S.SUBMITTED: Text(
        "Hồ sơ đã được gửi và đang chờ cán bộ Một cửa kiểm tra.",
        "Your dossier has been sent and is waiting for the one-stop desk to check it.",
    ),
    S.SUPPLEMENT_ASKED: Text(
        "Cơ quan đề nghị bạn bổ sung, hoàn thiện hồ sơ. Hãy xem nội dung cần bổ sung và gửi lại ngay tại đây.",
        "The office asks you to complete your dossier. See what is missing and send it right here.",
    ),
    S.ACCEPTED: Text(
        "Hồ sơ đã được tiếp nhận; thời hạn giải quyết đã bắt đầu tính.",
        "Your dossier has been accepted; the time limit is running.",
    ),
    S.PROCESSING: Text("Cán bộ chuyên môn đang giải quyết hồ sơ của bạn.", "An official is working on your dossier."),
    S.WAITING_CITIZEN: Text(
        "Dự thảo kết quả đã sẵn sàng. Hãy kiểm tra và xác nhận; quá một ngày không phản hồi được coi là đồng ý.",
        "A draft of the result is ready. Please check and confirm it; no answer within one day counts as agreement.",
    ),
    S.WAITING_SIGNATURE: Text(
        "Kết quả đang chờ người có thẩm quyền ký.", "The result is waiting for the competent person's signature."
    ),
    S.WAITING_PAYMENT: Text(
        "Bạn cần nộp phí, lệ phí để hồ sơ được giải quyết tiếp.",
        "Please pay the fee so that your dossier can go on.",
    ),
    S.ISSUED: Text("Kết quả đã được ký, đóng dấu và phát hành.", "The result has been signed, sealed and issued."),
    S.RESULT_READY: Text(
        "Kết quả đã có. Bạn có thể nhận theo cách đã chọn.",
        "The result is ready. You can receive it in the way you chose.",
    ),
    S.DELIVERING: Text(
        "Kết quả đang được bưu chính công ích chuyển đến địa chỉ của bạn.",
        "The result is on its way to your address by public post.",
    ),
    S.DELIVERED: Text("Kết quả đã được trả cho bạn.", "The result has been handed over to you."),
    S.REFUSED: Text(
        "Hồ sơ không được tiếp nhận giải quyết. Lý do ghi trong phiếu từ chối kèm theo.",
        "The dossier was refused. The reason is in the attached notice.",
    ),
    S.WITHDRAWAL_ASKED: Text(
        "Bạn đã yêu cầu rút hồ sơ; cơ quan đang ghi nhận.",
        "You asked to withdraw the dossier; the office is recording it.",
    ),
    S.WITHDRAWN: Text("Hồ sơ đã được rút theo yêu cầu của bạn.", "The dossier was withdrawn at your request."),
    S.STOPPED: Text(
        "Hồ sơ đã dừng giải quyết. Lý do ghi trong thông báo kèm theo.",
        "Work on the dossier has stopped. The reason is in the attached notice.",
    ),
}


def national_status(state: DossierState) -> int:
    """The national code (0 draft, 1–10) that a state reports to other systems."""
    return NATIONAL_STATUS[state]


def status_label(code: int) -> Text:
    """The official name of a national status code; raises KeyError for a number that is none."""
    return _STATUS_LABELS[code]


def can_move(from_status: int, to_status: int) -> bool:
    """True when the national table lets a dossier go from one status to the other.

    Staying where one is, is no move and always allowed.
    """
    return from_status == to_status or to_status in _MOVES.get(from_status, frozenset())


def plain_words(state: DossierState) -> Text:
    """One sentence for the citizen: what this state means and, where there is something to do, what."""
    return _PLAIN_WORDS[state]


def refusal_state(from_status: int) -> DossierState:
    """The state of a refused dossier.

    Before acceptance a refusal is "not accepted" (3); once accepted it can only be stopped with a written
    refusal (8), because the national table knows no way from 4 to 3.
    """
    return S.REFUSED if can_move(from_status, NATIONAL_STATUS[S.REFUSED]) else S.STOPPED
