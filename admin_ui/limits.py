"""Protection against forged and too many requests, shared by the rooms."""

from __future__ import annotations

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, strategy="fixed-window", default_limits=[], in_memory_fallback_enabled=True)

SIGN_IN = "30 per minute; 200 per hour"
UPLOAD = "60 per minute"
VOTE = "10 per minute"
LOOK_UP = "20 per minute; 100 per hour"  # four digits of a telephone number are soon guessed without a bound
