"""The web server's own worker: whole requests reach the application, slow lines hold nobody up."""

from __future__ import annotations

from admin_ui.serving.inbox import HEAD_S, Inbox

__all__ = ["HEAD_S", "Inbox"]
