"""An official signs in by the three steps of the sign-in page."""

from __future__ import annotations

from factories.office_life import PASSWORD, OfficeLife

from engine.actions.accounts import SignedIn, SignInRefused, SignInStaff, begin_staff_sign_in, sign_in_staff


def enters(
    life: OfficeLife, username: str, password: str = PASSWORD, totp: str | None = None, **more: str
) -> SignedIn | SignInRefused:
    """Read, compare, write. `more`: place, known, device."""
    office, cmd = life.platform.office, SignInStaff(username, totp, **{"device": "Firefox", **more})
    begun = life.see(begin_staff_sign_in, office, cmd)
    if isinstance(begun, SignInRefused):
        return begun
    checked = begun.of(password)
    with life.platform.database.begin() as tx:
        return sign_in_staff(tx, office, cmd, checked)
