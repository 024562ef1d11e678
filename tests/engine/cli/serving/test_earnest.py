"""A record filled in practice and then served in earnest by `./motcua run`, with the settings of compose.yaml (A1, A2).

PostgreSQL, Redis and an S3 peer as there, and the form of one machine: SQLite and a folder.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from e2e.installation import grown_up, scratch_database
from factories.peers import bucket
from factories.running_house import House
from joserfc.jwk import RSAKey

from engine.domain.passwords import SAMPLE_PASSWORDS

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[4]
(SAMPLE_PASSWORD,) = SAMPLE_PASSWORDS
GIVEN = {"MOTCUA_SECRET_KEY": "one-long-random-text-of-this-test-0123456789", "S3_SECRET_KEY": "test"}
WAYS = ("AUTHORIZE", "TOKEN", "USERINFO")
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


def of_compose(**given: str) -> dict[str, str]:
    """What compose.yaml gives each process of ours, with these values of the operator."""
    told = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["x-motcua"]["environment"]

    def value(found: re.Match[str]) -> str:
        name, how, words = found.groups()
        return given.get(name, words if how == "-" else "x")

    return {name: VARIABLE.sub(value, str(text)) for name, text in told.items()}


@pytest.fixture(params=["one machine", pytest.param("compose", marks=[pytest.mark.postgres, pytest.mark.redis])])
def earnest(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings of an operator in earnest, over a record that was filled in practice."""
    if request.param == "one machine":
        yield _filled(tmp_path, {})
        return
    with scratch_database() as url, bucket("motcua") as s3:
        settings = of_compose(**GIVEN)
        assert settings["MOTCUA_PRACTICE"] == "off"
        there = {**grown_up(url), "MOTCUA_S3_ENDPOINT": s3, "MOTCUA_S3_ACCESS_KEY": "test"}
        yield _filled(tmp_path, {**settings, **there})


def _filled(folder: Path, settings: dict[str, str]) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    environment = {**plain, **settings, "MOTCUA_VAR": str(folder / "var")}
    for words in (["db", "upgrade"], ["seed"]):
        command = [sys.executable, "-m", "engine.cli", *words]
        practice = {**environment, "MOTCUA_PRACTICE": "on", "MOTCUA_STORAGE_URL": ""}
        done = subprocess.run(command, cwd=ROOT, env=practice, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return environment


class Earnest(House):
    """`./motcua run` as an operator types it."""

    def __init__(self, folder: Path, settings: dict[str, str], role: str = "all") -> None:
        super().__init__(folder)
        self.role = role
        self.url = f"http://127.0.0.1:{self.port}"
        here = {"MOTCUA_PORT": str(self.port), "MOTCUA_BASE_URL": self.url, "MOTCUA_DESK_URL": self.url}
        self.environment = {**settings, **here}

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "motcua"), "run", "--role", self.role],
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self.process


@pytest.fixture
def served(tmp_path: Path) -> Iterator[list[Earnest]]:
    started: list[Earnest] = []
    yield started
    for house in started:
        house.end()


def signs_in(url: str, username: str) -> tuple[str, str]:
    """Where the desk leads somebody with the sample password, and the page."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    with browser.open(f"{url}/desk/sign-in", timeout=30) as answer:
        page = answer.read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    typed = urllib.parse.urlencode({"csrf_token": token[1], "username": username, "password": SAMPLE_PASSWORD})
    try:
        with browser.open(f"{url}/desk/sign-in", typed.encode(), timeout=60) as answer:
            return answer.url, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return f"{url}/desk/sign-in", refused.read().decode()


def test_no_sample_account_opens_the_desk_and_everybody_is_told(
    earnest: dict[str, str], served: list[Earnest], tmp_path: Path
) -> None:
    house = Earnest(tmp_path, earnest, "staff")
    served.append(house)
    house.start()
    house.wait_for("Ctrl-C")
    assert "CÓ DỮ LIỆU MẪU" in house.said()
    assert "LUYỆN TẬP" not in house.said()
    for username in ("quantri", "nguoiky", "tiepnhan"):
        address, page = signs_in(house.url, username)
        assert address.endswith("/desk/sign-in")
        assert "thực hành" not in page
        assert 'action="/desk/sign-out"' not in page


def test_a_worker_alone_tells_it_too(earnest: dict[str, str], served: list[Earnest], tmp_path: Path) -> None:
    house = Earnest(tmp_path, earnest, "worker")
    served.append(house)
    house.start()
    house.wait_for("CÓ DỮ LIỆU MẪU")
    house.wait_for("đang chạy")


@pytest.mark.parametrize(
    "more",
    [
        {"MOTCUA_HOST": "0.0.0.0"},
        {"MOTCUA_BASE_URL": "https://dichvucong.mau.vn", "MOTCUA_DESK_URL": "https://motcua.mau.vn"},
    ],
    ids=["an address others reach", "a public name"],
)
def test_practice_is_refused_where_others_could_come_in(
    served: list[Earnest], tmp_path: Path, more: dict[str, str]
) -> None:
    settings = of_compose(**GIVEN)
    here = {"MOTCUA_VAR": str(tmp_path / "var"), "MOTCUA_DATABASE_URL": "", "MOTCUA_STORAGE_URL": ""}
    house = Earnest(tmp_path, {**os.environ, **settings, **here, "MOTCUA_REDIS_URL": "", "MOTCUA_PRACTICE": "on"})
    house.environment |= more
    served.append(house)
    assert house.start().wait(90) == 2
    assert "MOTCUA_PRACTICE" in house.said()
    assert "Traceback" not in house.said()


def test_a_provider_alone_makes_no_practice(served: list[Earnest], tmp_path: Path) -> None:
    ways = {f"MOTCUA_VNEID_{name}_URL": f"https://vneid.mau.vn/{name.lower()}" for name in WAYS}
    key = tmp_path / "key.pem"
    key.write_bytes(RSAKey.generate_key(2048).as_pem(private=True))
    provider = {**ways, "MOTCUA_VNEID_KEY_FILE": str(key), "MOTCUA_VNEID_CLIENT_SECRET": "a-secret-0123456789-abcdef"}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    house = Earnest(tmp_path, {**plain, "MOTCUA_VAR": str(tmp_path / "var"), **provider})
    served.append(house)
    house.start()
    house.wait_for("Ctrl-C")
    assert "LUYỆN TẬP" not in house.said()
    assert "tiepnhan" not in house.said()
