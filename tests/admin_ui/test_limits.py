"""Too many tries end in a sentence, and two processes count together."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from factories.web_house import WebHouse

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def limited(build_house) -> WebHouse:
    return build_house(RATE_LIMITS="on")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_guessing_a_password_is_answered_with_a_pause(limited: WebHouse, language: str) -> None:
    browser = limited.browser().speak(language)
    answers = [browser.post("/desk/sign-in", {"username": "reception", "password": "x"}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429] * 2
    assert {"vi": "Hãy chờ", "en": "Wait"}[language] in answers[-1].text
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert browser.get("/desk/sign-in").status_code == 200, "looking is still allowed"


def test_a_telephone_number_cannot_be_guessed(limited: WebHouse) -> None:
    browser = limited.browser()
    answers = [browser.post("/track", {"code": "000", "phone_tail": f"{n:04}"}).status_code for n in range(12)]
    assert answers == [404] * 10 + [429] * 2
    assert browser.post("/track", {"code": "001", "phone_tail": "0000"}).status_code == 404, "others may still ask"


def test_vote_and_upload_have_limits(limited: WebHouse) -> None:
    citizen = limited.browser(limited.somebody("Nguyễn Văn An", "038203000123"))
    votes = [citizen.post("/polls/x", {"option": "y"}).status_code for _ in range(11)]
    assert votes == [404] * 10 + [429]
    sent = [citizen.post("/dossiers/x/papers/y").status_code for _ in range(61)]
    assert sent == [404] * 60 + [429]


def test_another_address_is_not_punished(limited: WebHouse) -> None:
    browser = limited.browser()
    typed = {"username": "x", "password": "x"}
    for _ in range(6):
        last = browser.post("/desk/sign-in", typed, environ_base={"REMOTE_ADDR": "10.0.0.1"})
    assert last.status_code == 429
    assert browser.post("/desk/sign-in", typed, environ_base={"REMOTE_ADDR": "10.0.0.2"}).status_code == 400


PROCESS = """
import sys
from engine.bootstrap import build
from engine.settings import Settings
from admin_ui.app import create_app
app = create_app(build(Settings.from_env()))
client = app.test_client()
token = client.get("/track").text.split('name="csrf_token" value="')[1].split('"')[0]
typed = {"csrf_token": token, "option": "x"}
place = {"REMOTE_ADDR": sys.argv[1]}
print([client.post("/polls/x", data=typed, environ_base=place).status_code for _ in range(8)])
"""


@pytest.mark.redis
def test_two_processes_count_together(limited: WebHouse) -> None:
    settings = limited.platform.settings
    environment = {
        **os.environ,
        "MOTCUA_VAR": str(settings.var),
        "MOTCUA_DATABASE_URL": settings.database_url,
        "MOTCUA_REDIS_URL": os.environ["MOTCUA_TEST_REDIS_URL"],
        "MOTCUA_RATE_LIMITS": "on",
        "MOTCUA_PRACTICE": "on",
        "MOTCUA_LOG_LEVEL": "error",
    }
    place = f"10.77.{os.getpid() % 250}.{os.getpid() // 250 % 250}"
    told = []
    for _ in range(2):
        command = [sys.executable, "-c", PROCESS, place]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        told += [int(number) for number in done.stdout.strip().splitlines()[-1].strip("[]").split(",")]
    assert told == [404] * 10 + [429] * 6
