"""What was typed when nobody was signed in any more: kept for its person, shown again in its own page, done once.

A form that arrives without a living session is kept by the office (sealed, two hours) under a key that only this
browser gets; the way through the sign-in leads back to `/kept/KEY`. The browser's signed page cookie tells who was
signed in when the form was made: nobody else is shown what was typed. Only a form with this browser's own protection
token comes as far as here, so no foreign page can have anything kept or done.
"""

from __future__ import annotations

from admin_ui.kept.forms import keep_posted, kept_key, remember_person
from admin_ui.kept.put_back import go_on, goes_on, put_back

__all__ = ["go_on", "goes_on", "keep_posted", "kept_key", "put_back", "remember_person"]
