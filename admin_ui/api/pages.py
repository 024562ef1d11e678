"""The OpenAPI page for people, drawn by Swagger UI from our own files; nothing is fetched from elsewhere."""

from __future__ import annotations

from flask import Response, url_for
from flask_babel import lazy_gettext as _

from admin_ui.dispatch import Room
from admin_ui.guard import anyone
from admin_ui.request_context import RequestContext

room = Room("api", audience="any", url_prefix="/api")
# What Swagger UI says in English only, in the reader's language: its script has no translations of its own.
WORDS = {
    "Parameters": _("Tham số"),
    "No parameters": _("Không có tham số"),
    "Name": _("Tên"),
    "Description": _("Mô tả"),
    "Request body": _("Nội dung gửi"),
    "Responses": _("Câu trả lời"),
    "Code": _("Mã"),
    "Links": _("Liên kết"),
    "No links": _("Không có liên kết"),
    "Try it out": _("Gọi thử"),
    "Cancel": _("Hủy"),
    "Execute": _("Gửi"),
    "Clear": _("Xóa"),
    "Reset": _("Đặt lại"),
    "Media type": _("Kiểu nội dung"),
    "Example Value": _("Ví dụ"),
    "Schema": _("Cấu trúc"),
    "Schemas": _("Các cấu trúc"),
    "Expand all": _("Mở hết"),
    "Collapse all": _("Thu hết"),
    "Server response": _("Máy chủ trả lời"),
    "Response body": _("Nội dung trả lời"),
    "Details": _("Chi tiết"),
    "Response headers": _("Tiêu đề trả lời"),
    "Request URL": _("Địa chỉ gọi"),
    "Download": _("Tải xuống"),
    "Loading": _("Đang tải"),
    "Default value": _("Giá trị mặc định"),
    "Available values": _("Các giá trị"),
}


@room.route("/docs", anyone)
def docs(ask: RequestContext) -> Response:
    """The page."""
    words = {word: str(ours) for word, ours in WORDS.items()}
    response = ask.render("shell/api.html", words=words, specification=url_for("api-docs.openapi_json"))
    response.headers["X-Motcua-Diagram"] = "1"  # Swagger UI writes inline styles, as the diagram viewer does
    return response
