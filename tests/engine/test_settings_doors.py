"""Earnest is the default; what must not be served is refused by one sentence that names the variable."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
from pathlib import Path

import pytest
import yaml

from engine.settings import Settings, SettingsError

ROOT = Path(__file__).resolve().parents[2]
KEY = "k3J9xQ2mVb7RtY5pLw8ZsD4fGh6NcA1e"
WORD = "w0rd-agreed-with-the-other-side"


def read(tmp_path: Path, **given: str) -> Settings:
    return Settings.from_env(
        {"MOTCUA_VAR": str(tmp_path / "var")} | {f"MOTCUA_{name}": at for name, at in given.items()}
    )


def refused(tmp_path: Path, **given: str) -> str:
    with pytest.raises(SettingsError) as error:
        read(tmp_path, **given)
    assert error.value.variable in error.value.message_vi
    assert error.value.variable in error.value.message_en
    assert not (tmp_path / "var").exists(), "something was written for settings that were refused"
    return error.value.variable.removeprefix("MOTCUA_")


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"HOST": "0.0.0.0"},
        {"BASE_URL": "https://motcua.example.vn"},
        {"REDIS_URL": "redis://127.0.0.1:6379/0"},
        {
            "VNEID_AUTHORIZE_URL": "https://vneid.example.vn/authorize",
            "VNEID_CLIENT_SECRET": WORD,
        },
    ],
)
def test_nothing_but_its_own_name_brings_practice(tmp_path: Path, given: dict[str, str]):
    settings = read(tmp_path, **given)
    assert (settings.practice, settings.sandbox, settings.admin_totp) == (False, False, True)


def test_practice_by_name_brings_the_sandboxes(tmp_path: Path):
    settings = read(tmp_path, PRACTICE="on")
    assert (settings.practice, settings.sandbox, settings.admin_totp) == (True, True, False)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("HOST", "0.0.0.0"),
        ("HOST", "::"),
        ("HOST", "192.168.1.7"),
        ("BASE_URL", "https://localhost"),
        ("BASE_URL", "http://motcua.example.vn"),
        ("DESK_URL", "http://10.0.0.1"),
        ("BASE_URL", "http://localhost.evil.example"),
        ("BASE_URL", "http://127.0.0.1.evil.example"),
        ("TRUSTED_HOSTS", "motcua.example.vn"),
        ("PROXIES", "1"),
        ("IDENTITY_ISSUER", "https://sso.example.vn"),
        ("IDENTITY_ISSUER", "http://sso.example.vn"),
        ("VNEID_AUTHORIZE_URL", "https://vneid.example.vn"),
        ("SMS_URL", "http://10.1.1.1/sms"),
        ("POST_URL", "https://post.example.vn"),
        ("DATABASE_URL", "postgresql://motcua:x@db.example.vn/motcua"),
        ("DATABASE_URL", "postgresql:///motcua?host=db.example.vn"),
        ("REDIS_URL", "redis://:x@valkey:6379/0"),
    ],
)
def test_practice_never_reaches_beyond_the_machine(tmp_path: Path, variable: str, value: str):
    assert refused(tmp_path, PRACTICE="on", **{variable: value}) == variable


def test_practice_with_neighbours_on_the_machine(tmp_path: Path):
    settings = read(
        tmp_path,
        PRACTICE="on",
        HOST="127.0.0.1",
        DATABASE_URL="postgresql:///motcua",
        REDIS_URL="redis://127.0.0.1/3",
        IDENTITY_ISSUER="http://127.0.0.1:9000",
        STORAGE_URL="s3://b",
        S3_ENDPOINT="http://127.0.0.1:9001",
    )
    assert settings.practice


@pytest.mark.parametrize("key", ["x", "short-but-mixed-1234", "a" * 64, "abcabcabc" * 8])
def test_a_weak_key_does_not_start(tmp_path: Path, key: str):
    assert refused(tmp_path, SECRET_KEY=key) == "SECRET_KEY"
    assert refused(tmp_path, PRACTICE="on", SECRET_KEY=key) == "SECRET_KEY"


ISSUER = {"IDENTITY_ISSUER": "https://sso.example.vn", "IDENTITY_CLIENT_SECRET": WORD}
POST = {"POST_URL": "https://post.example.vn", "POST_TOKEN": WORD, "POST_WEBHOOK_SECRET": WORD}
SMS = {"SMS_URL": "https://sms.example.vn", "SMS_TOKEN": WORD}


@pytest.mark.parametrize(
    ("given", "variable", "value"),
    [
        (ISSUER, "IDENTITY_ISSUER", "http://sso.example.vn"),
        (ISSUER, "IDENTITY_ISSUER", "http://127.0.0.1:8101"),
        (ISSUER, "IDENTITY_CLIENT_SECRET", ""),
        (ISSUER, "IDENTITY_CLIENT_SECRET", "sandbox-secret"),
        (ISSUER, "IDENTITY_CLIENT_SECRET", "sandbox-client-word"),
        (SMS, "SMS_TOKEN", ""),
        (SMS, "SMS_TOKEN", "sandbox"),
        (SMS, "SMS_TOKEN", "sandbox-sms-word"),
        (POST, "POST_TOKEN", "sandbox-post-word"),
        (POST, "POST_WEBHOOK_SECRET", ""),
        (POST, "POST_WEBHOOK_SECRET", "sandbox-webhook-word"),
        (POST, "POST_WEBHOOK_SECRET", "short"),
        ({}, "SANDBOX", "on"),
        ({}, "REDIS_URL", "redis://valkey:6379/0"),
    ],
)
def test_earnest_refuses_sample_words_and_open_doors(tmp_path: Path, given: dict[str, str], variable: str, value: str):
    assert refused(tmp_path, **given | {variable: value}) == variable


def test_earnest_starts_with_what_was_agreed(tmp_path: Path):
    settings = read(tmp_path, SECRET_KEY=KEY, REDIS_URL=f"redis://:{WORD}@valkey:6379/0", **ISSUER, **POST, **SMS)
    assert settings.trusted_hosts == ("127.0.0.1", "localhost", "[::1]")


def test_it_answers_to_the_names_of_its_own_addresses(tmp_path: Path):
    given = {"BASE_URL": "https://motcua.example.vn:8443", "DESK_URL": "https://canbo.example.vn", "HOST": "10.0.0.5"}
    hosts = read(tmp_path, **given).trusted_hosts
    assert hosts[:3] == ("motcua.example.vn", "canbo.example.vn", "10.0.0.5")
    assert "evil.example" not in hosts


def compose_environment(given: dict[str, str]) -> dict[str, str]:
    """What compose.yaml gives our processes, its ${VARIABLES} filled in as compose does."""
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))

    def fill(match: re.Match[str]) -> str:
        name, sign, rest = match[1], match[2], match[3] or ""
        value = given.get(name, "")
        assert value or sign != ":?", f"compose asks for {name}: {rest}"
        return value or (rest if sign == ":-" else "")

    def filled(text: object) -> str:
        return re.sub(r"\$\{(\w+)(:[-?])?([^}]*)\}", fill, str(text))

    image = re.search(r"^ENV (.*)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert image
    built_in = dict(pair.split("=", 1) for pair in image[1].split() if pair.startswith("MOTCUA_"))
    return built_in | {name: filled(value) for name, value in compose["x-motcua"]["environment"].items()}


COMPOSE = {
    "MOTCUA_SECRET_KEY": KEY,
    "POSTGRES_PASSWORD": WORD,
    "POSTGRES_ADMIN_PASSWORD": WORD,
    "VALKEY_PASSWORD": WORD,
    "S3_SECRET_KEY": WORD,
    "S3_ROOT_PASSWORD": WORD,
}


def test_compose_is_earnest_and_starts(tmp_path: Path):
    settings = Settings.from_env(compose_environment(COMPOSE) | {"MOTCUA_VAR": str(tmp_path)})
    assert (settings.practice, settings.sandbox, settings.host) == (False, False, "0.0.0.0")
    assert "evil.example" not in settings.trusted_hosts


@pytest.mark.parametrize("word", ["MOTCUA_PRACTICE", "MOTCUA_SANDBOX"])
def test_compose_cannot_be_talked_into_practice(tmp_path: Path, word: str):
    with pytest.raises(SettingsError):
        Settings.from_env(compose_environment(COMPOSE) | {"MOTCUA_VAR": str(tmp_path), word: "on"})


def root_script():
    loader = importlib.machinery.SourceFileLoader("motcua_script", str(ROOT / "motcua"))
    spec = importlib.util.spec_from_loader("motcua_script", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_the_root_script_practises_only_when_asked_by_name():
    script = root_script()
    assert script.practice_named(["run"], "") == (["run"], False)
    assert script.practice_named(["run"], "on") == (["run"], False)
    assert script.practice_named(["run", "--practice"], "") == (["run"], True)
    assert script.practice_named(["run", "--practice", "--role", "all"], "on") == (
        ["run", "--role", "all"],
        True,
    )
    with pytest.raises(script.Stop, match="MOTCUA_PRACTICE=off"):
        script.practice_named(["run", "--practice"], "off")
