from datetime import datetime
from zoneinfo import ZoneInfo

import pytest


@pytest.fixture
def moment():
    return datetime(2026, 11, 22, 8, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
