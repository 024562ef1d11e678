"""The adapters for the postal service: order a delivery, follow it, cancel it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from connectors.http import HttpDoor
from connectors.outcomes import outcome_of
from connectors.port import Call, Label, Outcome, Refused
from connectors.post.config import PostConfig

STATUS_LABELS: Final[Mapping[int, Label]] = {
    1: Label("Đã đăng ký", "Registered"),
    2: Label("Đang thu gom, vận chuyển", "Being collected and carried"),
    3: Label("Đã phát", "Delivered"),
    4: Label("Đã hủy", "Cancelled"),
}
_NEEDED: Final = {
    "receiver_name": Label("tên người nhận", "receiver's name"),
    "phone": Label("số điện thoại người nhận", "receiver's phone"),
    "address": Label("địa chỉ nhận", "address"),
    "dossier_code": Label("mã hồ sơ", "dossier code"),
}
_OPTIONAL: Final = ("province", "ward", "district", "email", "description", "cod_vnd")


class PostOffice:
    """What the three postal connectors share: address, contract and manners."""

    def __init__(self, config: PostConfig) -> None:
        self.config = config
        self._door = HttpDoor([config.url], config.reach)
        self._orders_url = config.url.rstrip("/") + "/orders"
        self._auth = {"Authorization": f"Bearer {config.token}"}

    def post(self, path: str, body: Mapping[str, object], key: str) -> Outcome:
        """One order or cancellation, sent once under its key."""
        headers = {**self._auth, "Idempotency-Key": key}
        return outcome_of(
            lambda: self._door.post(self._orders_url + path, json_body={**body, "key": key}, headers=headers)
        )

    def get(self, path: str = "", query: Mapping[str, str] | None = None) -> Outcome:
        """One question; asked again while the post is busy."""
        return outcome_of(lambda: self._door.get(self._orders_url + path, query=query, headers=self._auth))


class PostDelivery:
    """Orders that a result be brought to the citizen.

    Payload: receiver_name, phone, address, dossier_code; province, ward, district (the post's systems still
    want one), email, description, cod_vnd. Result: `tracking_number`, `status` (1–4), `status_at`.
    """

    kind = "post.deliver"
    offers_find = True

    def __init__(self, office: PostOffice) -> None:
        self._office = office

    @property
    def honours_keys(self) -> bool:
        """Whether the post takes a repeated key for the same order."""
        return self._office.config.honours_keys

    def call(self, call: Call) -> Outcome:
        """Place the order; a missing address is refused before anything leaves."""
        missing = [label for name, label in _NEEDED.items() if not str(call.payload.get(name) or "").strip()]
        if missing:
            return Refused(
                "incomplete_order",
                "Đơn gửi bưu chính còn thiếu: " + ", ".join(label.vi for label in missing) + ".",
                "The postal order lacks: " + ", ".join(label.en for label in missing) + ".",
            )
        return self._office.post("", self._order(call.payload), call.key)

    def find(self, key: str) -> Outcome | None:
        """The order placed under `key`; None when the post has none."""
        return _known(self._office.get(query={"key": key}))

    def _order(self, payload: Mapping[str, object]) -> dict[str, object]:
        config = self._office.config
        order: dict[str, object] = {
            "customer_code": config.customer_code,
            "sender_name": config.sender_name,
            "sender_phone": config.sender_phone,
            "sender_address": config.sender_address,
        }
        order.update({name: payload[name] for name in (*_NEEDED, *_OPTIONAL) if payload.get(name) is not None})
        return order


class PostTracking:
    """Asks where an order is. Payload: tracking_number. A question, so repeating it harms nobody."""

    kind = "post.track"
    honours_keys = True
    offers_find = False

    def __init__(self, office: PostOffice) -> None:
        self._office = office

    def call(self, call: Call) -> Outcome:
        """Result: `tracking_number`, `status` (1–4), `status_at`, `history`."""
        number = str(call.payload.get("tracking_number") or "")
        if not number:
            return _no_number()
        return self._office.get("/" + quote(number, safe=""))

    def find(self, key: str) -> Outcome | None:
        """Not offered: ask again instead."""
        return None


class PostCancellation:
    """Cancels an order that has not been delivered. Payload: tracking_number."""

    kind = "post.cancel"
    honours_keys = True
    offers_find = False

    def __init__(self, office: PostOffice) -> None:
        self._office = office

    def call(self, call: Call) -> Outcome:
        """Refused with code "already_delivered" when the post has handed it over."""
        number = str(call.payload.get("tracking_number") or "")
        if not number:
            return _no_number()
        return self._office.post(f"/{quote(number, safe='')}/cancel", {}, call.key)

    def find(self, key: str) -> Outcome | None:
        """Not offered: cancelling twice is the same as once."""
        return None


def _known(outcome: Outcome) -> Outcome | None:
    return None if isinstance(outcome, Refused) and outcome.code == "not_found" else outcome


def _no_number() -> Refused:
    return Refused("no_tracking_number", "Thiếu mã vận đơn.", "The tracking number is missing.")
