"""Ý nghĩa đã khai báo: what a field, an option, a message or a variable of a pack *does*, said by its author.

The author of a procedure names things as the office speaks; the platform acts on the declared meaning alone:
`properties: {"motcua:meaning": "result_number"}` on a field, `"motcua:outcome": "supplement"` on an option,
`motcua:meaning="withdrawal"` on a message, `<motcua:output name="…" meaning="…"/>` on a step. `docs/meanings.md` is
written from this registry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.domain.text import Text

MEANING: Final = "motcua:meaning"
OUTCOME: Final = "motcua:outcome"


class Place(StrEnum):
    """Where a meaning may stand."""

    TASK = "task"
    APPLICANT_STEP = "applicant_step"
    DECLARATION = "declaration"
    MESSAGE = "message"
    VARIABLE = "variable"


PLACES: Final[Mapping[Place, Text]] = {
    Place.TASK: Text("trường trong biểu mẫu của cán bộ", "a field of an official's form"),
    Place.APPLICANT_STEP: Text("trường trong bước của người nộp", "a field of a step of the applicant"),
    Place.DECLARATION: Text("trường của tờ khai", "a field of the declaration"),
    Place.MESSAGE: Text("thông điệp của sơ đồ (bpmn:message)", "a message of the diagram (bpmn:message)"),
    Place.VARIABLE: Text("biến đầu ra của bước (motcua:output)", "an output of a step (motcua:output)"),
}


class Meaning(StrEnum):
    """What a field, a message or a variable does."""

    DECISION = "decision"
    REASON = "reason"
    REFUSAL_REASON = "refusal_reason"
    INTERNAL_NOTE = "internal_note"
    RESULT_NUMBER = "result_number"
    FEE_METHOD = "fee_method"
    DRAFT_ANSWER = "draft_answer"
    CORRECTION = "correction"
    SUPPLEMENT_NOTE = "supplement_note"
    COPIES = "copies"
    WITHDRAWAL = "withdrawal"
    PARCEL_DELIVERED = "parcel_delivered"
    WITHDRAWAL_REASON = "withdrawal_reason"
    RECEIPT_NUMBER = "receipt_number"
    PAID_AMOUNT = "paid_amount"
    ANSWER_DAY = "answer_day"


class Outcome(StrEnum):
    """What an option of a field with a meaning brings about."""

    SUPPLEMENT = "supplement"
    REFUSE = "refuse"
    RETURN = "return"
    AGREE = "agree"
    CORRECT = "correct"
    CASH = "cash"
    TRANSFER = "transfer"
    COD = "cod"


@dataclass(frozen=True)
class MeaningInfo:
    """The rules of one meaning. `types`: field types that can carry it; empty for what is no field.

    `many`: several of it may stand in one form. `outcomes`: what its options may bring about; with `complete` each
    option has to say so, else only where one applies. `before`: names that did the same before meanings were declared.
    """

    place: Place
    name: Text
    does: Text
    types: tuple[str, ...] = ()
    many: bool = False
    outcomes: tuple[Outcome, ...] = ()
    complete: bool = False
    before: tuple[str, ...] = ()


_CHOICE: Final = ("radio", "select")
_WORDS: Final = ("textfield", "textarea")

MEANINGS: Final[Mapping[Meaning, MeaningInfo]] = {
    Meaning.DECISION: MeaningInfo(
        Place.TASK,
        Text("Kết luận của cán bộ", "An official's decision"),
        Text(
            "Không điền sẵn từ vòng trước, không hiện trong dự thảo cho người nộp; phương án “supplement” cho đánh dấu "
            "giấy tờ còn thiếu, phương án “refuse” cần có lý do, phương án “return” báo người nhận lại việc rằng hồ sơ "
            "bị trả lại.",
            "Never ready-made from the round before, never shown in the draft to the applicant; an option that brings "
            "“supplement” lets the official tick missing papers, one that brings “refuse” needs a reason, one that "
            "brings “return” tells whoever gets the work back that it was returned.",
        ),
        _CHOICE,
        many=True,
        outcomes=(Outcome.SUPPLEMENT, Outcome.REFUSE, Outcome.RETURN),
        before=("decision", "finding"),
    ),
    Meaning.REASON: MeaningInfo(
        Place.TASK,
        Text("Lý do người nộp đọc", "The reason the applicant reads"),
        Text(
            "Được in nguyên văn trong phiếu yêu cầu bổ sung và phiếu từ chối, gửi trong thông báo.",
            "Printed word for word on the supplement request and the refusal, and sent with the notice.",
        ),
        _WORDS,
        before=("reason",),
    ),
    Meaning.REFUSAL_REASON: MeaningInfo(
        Place.TASK,
        Text("Lý do riêng khi từ chối", "The reason of a refusal only"),
        Text(
            "Như “reason” nhưng chỉ dùng khi từ chối, và được ưu tiên khi đó.",
            "As “reason”, but for refusals only, where it comes first.",
        ),
        _WORDS,
        before=("refusal_reason",),
    ),
    Meaning.INTERNAL_NOTE: MeaningInfo(
        Place.TASK,
        Text("Ghi chú nội bộ", "An internal note"),
        Text(
            "Chỉ cán bộ các bước sau đọc; người nộp không bao giờ thấy, không in trên giấy tờ, không điền sẵn lại.",
            "Read by the officials of later steps only: never shown to the applicant, never printed, never filled in "
            "again.",
        ),
        _WORDS,
        many=True,
    ),
    Meaning.RESULT_NUMBER: MeaningInfo(
        Place.TASK,
        Text("Số của kết quả", "The number of the result"),
        Text(
            "Số, ký hiệu mà văn thư cấp cho kết quả; in trên kết quả.",
            "The number the records clerk gives to the result; printed on it.",
        ),
        _WORDS,
        before=("result_number",),
    ),
    Meaning.FEE_METHOD: MeaningInfo(
        Place.TASK,
        Text("Hình thức nộp phí", "How the fee is paid"),
        Text(
            "Bước có trường này là bước thu phí: hoàn thành bước thì ghi khoản thu và lập biên lai.",
            "A step with this field collects the fee: completing it enters the payment and writes the receipt.",
        ),
        _CHOICE,
        outcomes=(Outcome.CASH, Outcome.TRANSFER, Outcome.COD),
        complete=True,
        before=("fee_method",),
    ),
    Meaning.DRAFT_ANSWER: MeaningInfo(
        Place.APPLICANT_STEP,
        Text("Trả lời về dự thảo", "The answer to the draft"),
        Text(
            "Người nộp đồng ý với dự thảo hoặc đề nghị sửa; trang Kiểm tra dự thảo ghi vào đây.",
            "The applicant agrees with the draft or asks for a correction; the page of the draft writes it here.",
        ),
        _CHOICE,
        outcomes=(Outcome.AGREE, Outcome.CORRECT),
        complete=True,
        before=("answer",),
    ),
    Meaning.CORRECTION: MeaningInfo(
        Place.APPLICANT_STEP,
        Text("Nội dung đề nghị sửa", "What has to be corrected"),
        Text(
            "Chỗ sai và nội dung đúng, do người nộp viết khi đề nghị sửa dự thảo.",
            "What is wrong and what is right, written by the applicant who asks for a correction.",
        ),
        _WORDS,
        before=("correction_note",),
    ),
    Meaning.SUPPLEMENT_NOTE: MeaningInfo(
        Place.APPLICANT_STEP,
        Text("Lời nhắn khi bổ sung", "The message with a supplement"),
        Text(
            "Lời người nộp gửi kèm khi bổ sung hồ sơ.",
            "What the applicant writes when sending a supplement.",
        ),
        _WORDS,
        before=("answer_note",),
    ),
    Meaning.COPIES: MeaningInfo(
        Place.DECLARATION,
        Text("Số bản", "The number of copies"),
        Text(
            "Số bản người nộp xin cấp; quy trình thấy ở biến copies (không khai thì là 1).",
            "How many copies are asked for; the process sees it as copies (1 when nobody says).",
        ),
        ("number",),
        before=("copies",),
    ),
    Meaning.WITHDRAWAL: MeaningInfo(
        Place.MESSAGE,
        Text("Công dân rút hồ sơ", "The citizen withdraws"),
        Text(
            "Thông điệp gửi vào quy trình khi người nộp rút hồ sơ; sơ đồ không có thì quy trình dừng ngay.",
            "Sent to the process when the applicant withdraws; a diagram without it is stopped at once.",
        ),
        before=("withdraw",),
    ),
    Meaning.PARCEL_DELIVERED: MeaningInfo(
        Place.MESSAGE,
        Text("Bưu chính báo đã phát", "The post has delivered"),
        Text(
            "Thông điệp khi bưu chính báo đã phát kết quả; bước chờ so mã vận đơn (motcua:correlation).",
            "Sent when the post reports the delivery; the waiting step compares the tracking number "
            "(motcua:correlation).",
        ),
        before=("parcel_delivered",),
    ),
    Meaning.WITHDRAWAL_REASON: MeaningInfo(
        Place.VARIABLE,
        Text("Lý do rút hồ sơ", "Why the dossier is withdrawn"),
        Text(
            "Biến nhận lý do người nộp ghi khi rút hồ sơ; đặt ở sự kiện đón thông điệp “withdrawal”.",
            "The variable that takes the applicant's reason; on the event that catches the message “withdrawal”.",
        ),
        before=("withdrawal_reason",),
    ),
    Meaning.RECEIPT_NUMBER: MeaningInfo(
        Place.VARIABLE,
        Text("Số biên lai", "The number of the receipt"),
        Text("Biến nhận số biên lai ở bước thu phí.", "The variable that takes the number of the receipt."),
        before=("receipt_number",),
    ),
    Meaning.PAID_AMOUNT: MeaningInfo(
        Place.VARIABLE,
        Text("Số tiền đã thu", "The amount paid"),
        Text("Biến nhận số tiền đã thu (đồng) ở bước thu phí.", "The variable that takes the amount paid, in đồng."),
        before=("paid_vnd",),
    ),
    Meaning.ANSWER_DAY: MeaningInfo(
        Place.VARIABLE,
        Text("Ngày cuối để bổ sung", "The last day to supplement"),
        Text(
            "Biến nhận ngày cuối người nộp phải trả lời (ngày/tháng/năm) ở bước yêu cầu bổ sung, để ghi vào tin nhắn.",
            "The variable that takes the last day for the answer (day/month/year) at a step that asks for a "
            "supplement; for messages.",
        ),
    ),
}

# The values of options that brought the same about before outcomes were declared, by the meaning of their field.
OLD_OUTCOMES: Final[Mapping[Outcome, tuple[str, ...]]] = {
    Outcome.SUPPLEMENT: ("supplement", "amend"),
    Outcome.REFUSE: ("refuse",),
    Outcome.RETURN: ("return",),
    Outcome.AGREE: ("agree",),
    Outcome.CORRECT: ("correct",),
    Outcome.CASH: ("cash",),
    Outcome.TRANSFER: ("transfer",),
    Outcome.COD: ("cod",),
}
FIELD_PLACES: Final = (Place.TASK, Place.APPLICANT_STEP, Place.DECLARATION)


def meaning_of(word: str) -> Meaning | None:
    """The meaning of that name, or None when there is none."""
    return Meaning(word) if word in Meaning.__members__.values() else None


def meanings_at(places: Iterable[Place]) -> tuple[Meaning, ...]:
    """The meanings that may stand in one of these places."""
    wanted = frozenset(places)
    return tuple(meaning for meaning, info in MEANINGS.items() if info.place in wanted)


def formerly(name: str, places: Iterable[Place]) -> Meaning | None:
    """The meaning that this very name had, in these places, before meanings were declared."""
    return next((meaning for meaning in meanings_at(places) if name in MEANINGS[meaning].before), None)


def outcome_formerly(meaning: Meaning, value: str) -> Outcome | None:
    """The outcome that an option of this value had before outcomes were declared."""
    return next((one for one in MEANINGS[meaning].outcomes if value in OLD_OUTCOMES[one]), None)
