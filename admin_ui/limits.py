"""Protection against forged and too many requests, shared by the rooms."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, strategy="fixed-window", default_limits=[], in_memory_fallback_enabled=True)

# An office, or all telephones of a carrier, may stand behind one address: these bounds only keep machines from being
# overrun. Who guesses at one account or one code is slowed down there (`engine.actions.accounts.guesses`).
SIGN_IN = "300 per minute; 6000 per hour"
STAFF_SIGN_IN = "120 per minute; 2000 per hour"
UPLOAD = "60 per minute"
VOTE = "10 per minute"
LOOK_UP = "120 per minute; 2000 per hour"
