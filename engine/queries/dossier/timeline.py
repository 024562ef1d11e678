"""The history in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.domain.dossier import DossierState, plain_words
from engine.domain.text import Text
from engine.papers import TITLES
from engine.store.connection import Row


@dataclass(frozen=True)
class TimelineEntry:
    """One event in plain words. `kind` is the event's kind, for an icon."""

    at: datetime
    kind: str
    who: Text
    text: Text
    detail: str


_WHO: Final = {
    "citizen": Text("Người nộp", "Applicant"),
    "staff": Text("Cơ quan giải quyết", "The office"),
    "system": Text("Hệ thống", "The system"),
}
_SAID: Final = {
    "dossier.submitted": Text("Hồ sơ đã được gửi", "The dossier was sent"),
    "dossier.taken_in": Text("Hồ sơ được lập tại Bộ phận Một cửa", "The dossier was taken in at the desk"),
    "dossier.accepted": Text("Hồ sơ được tiếp nhận, thời hạn bắt đầu tính", "Accepted, the time limit is running"),
    "dossier.refused": Text("Hồ sơ bị từ chối", "The dossier was refused"),
    "supplement.asked": Text("Cơ quan yêu cầu bổ sung hồ sơ", "The office asked for a supplement"),
    "supplement.answered": Text("Đã gửi bổ sung", "The supplement was sent"),
    "draft.answered": Text("Đã trả lời về dự thảo", "The draft was answered"),
    "withdrawal.asked": Text("Yêu cầu rút hồ sơ", "Withdrawal was asked for"),
    "result.issued": Text("Kết quả đã được phát hành", "The result was issued"),
    "result.delivered": Text("Kết quả đã được trả", "The result was handed over"),
    "fee.later": Text("Phí, lệ phí chờ cán bộ ấn định", "The fee is to be set by an official"),
    "fee.set": Text("Cơ quan đã ấn định phí, lệ phí", "The office set the fee"),
    "fee.collected": Text("Đã thu phí, lệ phí", "The fee was collected"),
    "timer.fired": Text("Hết thời gian chờ, hồ sơ đi tiếp", "The waiting time is over, the dossier goes on"),
    "draft.started": Text("Bắt đầu soạn hồ sơ", "The draft was begun"),
    "draft.discarded": Text("Bản nháp đã hủy", "The draft was discarded"),
    "task.claimed": Text("Nhận công việc", "Task taken"),
    "task.released": Text("Trả lại công việc", "Task put back"),
    "task.reassigned": Text("Phân công lại", "Task reassigned"),
    "task.opened": Text("Mở bước", "Step opened"),
    "task.cancelled": Text("Bước không còn cần", "Step no longer needed"),
    "job.opened": Text("Gửi yêu cầu ra ngoài", "Call to the outside"),
    "job.failed": Text("Yêu cầu ra ngoài không thành", "Call to the outside failed"),
    "job.unknown": Text("Không rõ kết quả yêu cầu ra ngoài", "Outcome of a call unknown"),
    "message.received": Text("Bưu chính báo tin về bưu gửi", "The post sent news of the parcel"),
    "incident.opened": Text("Sự cố", "Incident"),
    "incident.resolved": Text("Đã xử lý sự cố", "Incident resolved"),
    "process.migrated": Text("Chuyển sang phiên bản mới của quy trình", "Moved to another version of the procedure"),
    "process.migration_reverted": Text("Trả về phiên bản cũ của quy trình", "Put back on the version before"),
    "variables.shown": Text("Xem dữ liệu cá nhân của quy trình", "Personal values of the process were looked at"),
    "file.attached": Text("Thêm tệp", "File added"),
    "file.removed": Text("Bớt tệp", "File removed"),
    "retention.cleared": Text("Đã xóa dữ liệu hết thời hạn lưu trữ", "Data past their retention were removed"),
    "retention.held": Text("Hồ sơ được giữ lại, không xóa", "A legal hold was put on the dossier"),
    "retention.released": Text("Hồ sơ thôi được giữ", "The legal hold was lifted"),
    "decision.made": Text("Tra bảng quyết định", "Decision table asked"),
}
_CLEARED: Final = Text("Nội dung đã hết thời hạn lưu trữ", "No longer kept")
_CALLS: Final = {
    "post.deliver": Text("Bưu chính đã nhận kết quả để chuyển", "The post has taken the result"),
    "sms.send": Text("Đã gửi tin nhắn", "SMS sent"),
}
_DETAILS: Final = ("reason", "ground", "note", "tracking_number", "reference", "number", "code")
# Changes of state that an event of their own tells better; the citizen reads each thing once.
_TOLD_ELSEWHERE: Final = frozenset({"submitted", "supplement_asked", "accepted", "refused", "delivered", "delivering"})


def timeline(rows: Iterable[Row]) -> tuple[TimelineEntry, ...]:
    """What the citizen should read, in order, oldest first."""
    return tuple(
        TimelineEntry(row["at"], row["kind"], _WHO[row["actor_kind"]], sentence(row), detail(row["data"]))
        for row in rows
        if not _is_noise(row)
    )


def _is_noise(row: Row) -> bool:
    if row["cleared_at"] is not None:
        return False  # nothing is left by which it could be told apart
    if row["kind"] == "state.changed":
        return row["data"]["to"] in _TOLD_ELSEWHERE
    return bool(row["kind"] == "task.completed" and row["actor_kind"] == "citizen")


def sentence(row: Row) -> Text:
    """What happened, in both languages."""
    kind, data = row["kind"], row["data"]
    if row["cleared_at"] is not None:
        return _SAID.get(kind, _CLEARED)
    if kind == "task.completed":
        return Text(f"Hoàn thành: {data['name_vi']}", f"Done: {data['name_en']}")
    if kind == "state.changed":
        return plain_words(DossierState(data["to"]))
    if kind == "document.issued":
        title = TITLES[data["kind"]]
        return Text(f"Đã cấp: {title.vi}", f"Issued: {title.en}")
    if kind == "job.done":
        return _CALLS.get(data["kind"], Text(f"Đã xong: {data['kind']}", f"Done: {data['kind']}"))
    return _SAID.get(kind, Text(kind, kind))


def detail(data: Mapping[str, Any]) -> str:
    """The one word or sentence worth showing beside it."""
    return next((str(data[name]) for name in _DETAILS if data.get(name)), "")
