"""Trả kết quả: the result reaches the citizen."""

from __future__ import annotations

from engine.actions.dossier.dossier_work import DossierWork
from engine.domain.history import EventKind
from engine.domain.text import Text


def deliver_result(work: DossierWork) -> None:
    """The result is in the citizen's hands: by download, by post, or across the counter."""
    method = work.dossier["delivery"].get("method", "online")
    work.set(delivered_at=work.at)
    if work.dossier["finished_at"] is None:
        work.set(finished_at=work.at)
    work.happened(EventKind.RESULT_DELIVERED, {"method": method})
    work.tell(EventKind.RESULT_DELIVERED, _DELIVERED.get(method, _DELIVERED["online"]).fill(code=work.code))


def announce_result(work: DossierWork) -> None:
    """The result can be fetched at the counter."""
    work.tell(
        EventKind.RESULT_READY,
        Text(
            f"Kết quả hồ sơ {work.code} đã có. Mời bạn đến Bộ phận Một cửa để nhận; khi đi mang theo giấy tiếp nhận.",
            f"The result of dossier {work.code} is ready. Please fetch it at the one-stop desk with your slip.",
        ),
    )


def is_posted(work: DossierWork) -> bool:
    """Whether this step gave a consignment to the post."""
    return any(job["kind"] == "post.deliver" for job in work.new_jobs)


_DELIVERED = {
    "online": Text(
        "Kết quả hồ sơ {code} đã được trả trực tuyến. Bạn có thể tải về trong Hồ sơ cá nhân.",
        "The result of dossier {code} has been returned online. You can download it from your dossiers.",
    ),
    "post": Text(
        "Kết quả hồ sơ {code} đã được bưu chính phát đến địa chỉ của bạn.",
        "The post has delivered the result of dossier {code} to your address.",
    ),
    "counter": Text(
        "Kết quả hồ sơ {code} đã được trả tại Bộ phận Một cửa.",
        "The result of dossier {code} was handed over at the one-stop desk.",
    ),
}
