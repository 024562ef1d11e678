"""What `motcua run` tells at the end: where the doors are and, in practice, with which keys."""

from __future__ import annotations

from connectors.identity.sandbox.people import SAMPLE_PEOPLE
from connectors.kits import SANDBOXES
from engine.actions.portal import demo_accounts
from engine.bootstrap import Platform, sandbox_config
from engine.cli.output import say
from engine.store.accounts import samples


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
        ground = sandbox_config(settings, platform.clock)
        for name, sandbox in SANDBOXES.items():
            shown = f"{sandbox.label.vi} / {sandbox.label.en}"
            say(f"  {shown:<26} {ground.address(name)}{sandbox.page}")
    status = platform.office.inference.status
    say(f"  Đối chiếu phí / second engine  {status.vi}")
    if status.en != status.vi:
        say(f"                                 {status.en}")
    if settings.travel_clock:
        say(f"  Đồng hồ luyện tập / practice clock: {platform.clock.now():%d/%m/%Y %H:%M} UTC")
    if settings.practice:
        _accounts(platform, role)
    else:
        tell_of_samples(platform)
    say()
    say("  Ctrl-C để dừng / stops everything")


def tell_of_samples(platform: Platform) -> None:
    """In earnest: what practice left in the record, where nobody can overlook it."""
    if platform.settings.practice:
        return
    with platform.database.read() as tx:
        left = samples.count(tx)
    if left.open:
        say()
        say("  !!! CÓ DỮ LIỆU MẪU trong hồ sơ vận hành thật / SAMPLE DATA in an earnest record:")
        say(f"      {left.officials} cán bộ / officials, {left.people} công dân / citizens,")
        say(f"      {left.units} đơn vị / units, {left.content} tin / news")
        say("      Tài khoản mẫu không đăng nhập được. Khóa hẳn / they cannot sign in; lock them for good:")
        say("      motcua staff lock --samples")


def _accounts(platform: Platform, role: str) -> None:
    """Who may try what: sample citizens of the identity sandbox and sample officials, with their passwords."""
    say()
    say("  LUYỆN TẬP, dữ liệu mẫu / PRACTICE, sample data")
    if role != "staff" and platform.settings.sandbox:
        say("  Công dân / citizens (OTP: xem hộp thư SMS / see the SMS inbox):")
        for person in SAMPLE_PEOPLE[:2]:
            say(f"    {person.logins[0]:<16} {person.password:<14} {person.full_name}")
    if role != "web":
        say("  Cán bộ / officials:")
        for account in demo_accounts(platform.office):
            say(f"    {account.username:<16} {account.password:<14} {account.title.vi} / {account.title.en}")
