"""What this floor raises. Each error carries a Vietnamese and an English sentence."""

from __future__ import annotations


class WorkflowError(Exception):
    """Something was asked of an instance that its diagram does not allow; nothing has changed."""

    code = "workflow_error"

    def __init__(self, message_vi: str, message_en: str) -> None:
        super().__init__(message_vi)
        self.message_vi = message_vi
        self.message_en = message_en


class UnknownToken(WorkflowError):  # noqa: N818 - the contract between the floors names it so
    """The token is not open: completed already, cancelled, or never there (a double click, a late answer)."""

    code = "unknown_token"

    def __init__(self, token: str) -> None:
        super().__init__(
            f"Bước «{token}» không còn mở: đã hoàn thành hoặc đã bị hủy. Hãy tải lại trang.",
            f"Step “{token}” is no longer open: it was completed or cancelled. Reload the page.",
        )
        self.token = token


class WrongEvent(WorkflowError):  # noqa: N818 - reads as the sentence it is
    """The event does not suit what the token waits for, e.g. a timer fired on a user task."""

    code = "wrong_event"


class SnapshotError(WorkflowError):
    """The stored snapshot is of an unknown version, damaged, or belongs to another diagram."""

    code = "snapshot_unreadable"


class ElementFault(WorkflowError):  # noqa: N818 - a fault of the diagram, caught inside
    """An element could not go on (a condition failed, no path is open); becomes an incident."""

    def __init__(self, code: str, message_vi: str, message_en: str) -> None:
        super().__init__(message_vi, message_en)
        self.code = code
