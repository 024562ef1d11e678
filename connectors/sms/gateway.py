"""The adapter for an SMS gateway over HTTP."""

from __future__ import annotations

from connectors.errors import BadNumber
from connectors.http import HttpDoor
from connectors.outcomes import outcome_of
from connectors.port import Call, Done, Outcome, Refused
from connectors.sms.config import SmsConfig
from connectors.sms.text import Rendering, mobile_number, render


class SmsGateway:
    """Sends one message per key. Payload: `to` (number as typed) and `text` (with accents).

    Result: `message_id`, `status` ("queued", "delivered", "failed"), `parts`, `encoding`.
    """

    kind = "sms.send"
    offers_find = True

    def __init__(self, config: SmsConfig) -> None:
        self._config = config
        self._door = HttpDoor([config.url], config.reach)
        self._messages_url = config.url.rstrip("/") + "/messages"

    @property
    def honours_keys(self) -> bool:
        """Whether this gateway takes a repeated key for the same message."""
        return self._config.honours_keys

    def call(self, call: Call) -> Outcome:
        """Send the message; a bad number or an overlong text is refused before anything leaves."""
        try:
            number = mobile_number(str(call.payload.get("to") or ""))
        except BadNumber as error:
            return Refused(error.code, error.message_vi, error.message_en)
        rendering = render(str(call.payload.get("text") or ""), with_accents=self._config.with_accents)
        refusal = self._refuse_text(rendering)
        if refusal is not None:
            return refusal
        message: dict[str, object] = {
            "key": call.key,
            "to": number,
            "text": rendering.text,
            "sender": self._config.sender,
            "encoding": rendering.encoding,
        }
        headers = {**self._headers(), "Idempotency-Key": call.key}
        return outcome_of(lambda: self._door.post(self._messages_url, json_body=message, headers=headers))

    def find(self, key: str) -> Outcome | None:
        """What became of the message sent under `key`; None when the gateway has never seen it."""
        outcome = outcome_of(lambda: self._door.get(self._messages_url, query={"key": key}, headers=self._headers()))
        if isinstance(outcome, Refused) and outcome.code == "not_found":
            return None
        return outcome

    def _refuse_text(self, rendering: Rendering) -> Refused | None:
        if not rendering.text.strip():
            return Refused("empty_text", "Tin nhắn không có nội dung.", "The message has no text.")
        if rendering.parts > self._config.max_parts:
            return Refused(
                "text_too_long",
                f"Tin nhắn dài {rendering.parts} phần, tối đa {self._config.max_parts}. Hãy rút ngắn mẫu tin.",
                f"The message takes {rendering.parts} parts, at most {self._config.max_parts}. Shorten it.",
            )
        return None

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._config.token}"}


def delivery_status(outcome: Outcome | None) -> str:
    """The delivery status in an outcome of `call` or `find`; "unknown" where it carries none."""
    return str(outcome.result.get("status", "unknown")) if isinstance(outcome, Done) else "unknown"
