"""What `motcua run` tells at the end: where the doors are and, in practice, with which keys."""

from __future__ import annotations

from engine.bootstrap import Platform
from engine.cli.say import say


def welcome(platform: Platform, role: str) -> None:
    """The addresses, then the practice accounts if this is practice."""
    settings = platform.settings
    say()
    say("✓ Motcua đang chạy / is running")
    if role != "staff":
        say(f"  Cổng công dân / citizens   {settings.base_url}/")
    if role != "web":
        say(f"  Phòng cán bộ / officials   {settings.desk_url}/desk")
    if settings.sandbox and role == "all":
        say(f"  Tin nhắn SMS / SMS inbox   {settings.sandbox_url('sms')}/inbox")
        say(f"  Bưu chính / post           {settings.sandbox_url('post')}/")
        say(f"  Định danh / identity       {settings.sandbox_url('identity')}/")
    if settings.travel_clock:
        say(f"  Đồng hồ luyện tập / practice clock: {platform.clock.now():%d/%m/%Y %H:%M} UTC")
    if settings.practice:
        say("  Đây là bản LUYỆN TẬP, dữ liệu mẫu / this is PRACTICE, with sample data")
    say("  Ctrl-C để dừng / stops everything")
