"""The ways a dossier comes in and its result goes out."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """How a dossier is filed."""

    ONLINE = "online"
    COUNTER = "counter"
    POST = "post"
    ASSISTED_ONLINE = "assisted_online"


class DeliveryMethod(StrEnum):
    """How the result reaches the applicant."""

    ONLINE = "online"
    POST = "post"
    COUNTER = "counter"


class ServiceLevel(StrEnum):
    """How much of a procedure can be done online: all of it (toàn trình), or a part (một phần)."""

    FULL = "toan_trinh"
    PARTIAL = "mot_phan"
