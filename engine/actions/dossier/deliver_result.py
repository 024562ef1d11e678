"""Trả kết quả: the result reaches the citizen."""

from __future__ import annotations

from engine.actions.dossier.step import Step
from engine.domain.text import Text


def deliver_result(step: Step) -> None:
    """The result is in the citizen's hands: by download, by post, or across the counter."""
    method = step.dossier["delivery"].get("method", "online")
    step.set(delivered_at=step.at)
    if step.dossier["finished_at"] is None:
        step.set(finished_at=step.at)
    step.happened("result.delivered", {"method": method}, public=True)
    step.tell("result.delivered", _DELIVERED.get(method, _DELIVERED["online"]).fill(code=step.code))


def announce_result(step: Step) -> None:
    """The result can be fetched at the counter."""
    step.tell(
        "result.ready",
        Text(
            f"Kết quả hồ sơ {step.code} đã có. Mời bạn đến Bộ phận Một cửa để nhận; khi đi mang theo giấy tiếp nhận.",
            f"The result of dossier {step.code} is ready. Please fetch it at the one-stop desk with your slip.",
        ),
    )


def is_posted(step: Step) -> bool:
    """Whether this step gave a consignment to the post."""
    return any(job["kind"] == "post.deliver" for job in step.new_jobs)


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
