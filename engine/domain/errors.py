"""What can go wrong, said to the person. The roof picks the HTTP status; nothing here knows of it."""

# ruff: noqa: N818 - these names are read aloud at the doors: "raise NotFound", not "raise NotFoundError"

from __future__ import annotations

from collections.abc import Mapping

from engine.domain.text import Text


class MotcuaError(Exception):
    """Base of every error a person may read; `message` is the whole sentence in both languages."""

    code = "error"
    default = Text("Không thực hiện được việc này.", "This could not be done.")

    def __init__(self, message: Text | None = None) -> None:
        self.message = message or self.default
        super().__init__(self.message.vi)


class NotFound(MotcuaError):
    """There is no such thing, or it is not the asker's to see: the same answer for both."""

    code = "not_found"
    default = Text(
        "Không tìm thấy nội dung bạn yêu cầu. Vui lòng kiểm tra lại đường dẫn hoặc mã hồ sơ.",
        "We could not find what you asked for. Please check the address or the dossier code.",
    )


class Forbidden(MotcuaError):
    """The actor is known but this act belongs to another role."""

    code = "forbidden"
    default = Text(
        "Tài khoản của bạn không được giao việc này. Hãy liên hệ người phụ trách đơn vị nếu cần.",
        "Your account is not entrusted with this. Ask the head of your unit if you need it.",
    )


class SignInNeeded(MotcuaError):
    """Nobody is signed in."""

    code = "sign_in_needed"
    default = Text("Bạn cần đăng nhập để tiếp tục.", "Please sign in to continue.")


class DutiesFirst(Forbidden):
    """The official is known, and has to change a password or set up an authenticator before anything else."""

    code = "duties_first"
    default = Text(
        "Trước tiên hãy đổi mật khẩu hoặc cài đặt xác thực hai bước tại trang Tài khoản của bạn.",
        "First change your password or set up your authenticator on your account's page.",
    )


class WrongState(MotcuaError):
    """The act is lawful, but not in the present state of the dossier, task or version."""

    code = "wrong_state"
    default = Text(
        "Không thể thực hiện việc này ở trạng thái hiện tại. Hãy tải lại trang để xem trạng thái mới nhất.",
        "This cannot be done in the present state. Reload the page to see the latest state.",
    )


class Conflict(MotcuaError):
    """Somebody else was first: a lost race or a stale version."""

    code = "conflict"
    default = Text(
        "Nội dung này vừa được người khác thay đổi. Hãy tải lại trang rồi thực hiện lại.",
        "Somebody else has just changed this. Reload the page and try again.",
    )


class Invalid(MotcuaError):
    """What was typed or sent cannot be taken; `fields` says which field and why."""

    code = "invalid"
    default = Text(
        "Thông tin chưa hợp lệ. Vui lòng xem lại các mục được đánh dấu.",
        "Some information is not valid. Please look at the marked fields.",
    )

    def __init__(self, fields: Mapping[str, Text] | None = None, message: Text | None = None) -> None:
        self.fields: dict[str, Text] = dict(fields or {})
        super().__init__(message)


class Stale(Conflict, Invalid):
    """The page was made from something that has changed since: what was typed is shown once more beside what is new."""

    def __init__(self, message: Text | None = None) -> None:
        super().__init__(message=message)


class NotYet(WrongState, Invalid):
    """Something else has to be done first: what was typed is shown once more beside the sentence that says what."""

    def __init__(self, message: Text | None = None) -> None:
        super().__init__(message=message)


class TooLarge(MotcuaError):
    """The file or request is larger than allowed."""

    code = "too_large"
    default = Text(
        "Tệp quá lớn. Hãy chụp lại ở cỡ nhỏ hơn hoặc chia thành nhiều tệp.",
        "The file is too large. Take a smaller picture or split it into several files.",
    )


class AddressTooLong(MotcuaError):
    """The address of a request is longer than any page of ours makes one."""

    code = "address_too_long"
    default = Text(
        "Địa chỉ hoặc nội dung tìm kiếm quá dài. Hãy rút ngắn rồi thử lại.",
        "The address or the search is too long. Make it shorter and try again.",
    )


class TooMany(MotcuaError):
    """Too many tries; `retry_after_s` is the number of seconds to wait."""

    code = "too_many"

    def __init__(self, retry_after_s: int, message: Text | None = None) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(message or _too_many(retry_after_s))


class Unreachable(MotcuaError):
    """A system of others does not answer just now."""

    code = "unreachable"
    default = Text(
        "Hệ thống liên kết hiện không phản hồi. Thông tin của bạn vẫn được giữ; vui lòng thử lại sau ít phút.",
        "A connected system does not answer. Nothing of yours is lost; please try again in a few minutes.",
    )


def _too_many(retry_after_s: int) -> Text:
    return Text(
        f"Bạn đã thử quá nhiều lần. Vui lòng thử lại sau {retry_after_s} giây.",
        f"Too many attempts. Please try again in {retry_after_s} seconds.",
    )
