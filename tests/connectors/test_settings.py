"""A connector is one folder: its settings are declared there, read by one reader, and never shown when secret."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.errors import NotConfigured
from connectors.folders import configs
from connectors.identity.vneid.config import VneidConfig
from connectors.kit import Surroundings
from connectors.kits import KITS
from connectors.registry import build_registry
from connectors.settings import Kind, declared, read_config
from connectors.sms.config import SmsConfig
from connectors.storage import StorageConfig
from engine.settings import Settings, SettingsError
from engine.settings_reader import Reader

ROOT = Path(__file__).resolve().parents[2]
EVERY = (StorageConfig, *configs())
CONFIG = """
from dataclasses import dataclass
from connectors.config import Reach
from connectors.port import Label
from connectors.settings import Kind, part, setting

@dataclass(frozen=True, kw_only=True)
class GreetingConfig:
    url: str = setting("GREETING_URL", Label("nơi chào", "where to greet"), Kind.URL)
    token: str = setting("GREETING_TOKEN", Label("mã", "its key"), secret=True)
    reach: Reach = part(Reach)

CONFIG = GreetingConfig
"""
KIT = """
from dataclasses import dataclass
from connectors.greeting.config import GreetingConfig
from connectors.kit import Kit, Offer, SandboxServer
from connectors.port import Done, Label

@dataclass
class Greeting:
    config: GreetingConfig
    kind = "greeting.send"
    honours_keys = True
    offers_find = False
    def call(self, call):
        return Done({"to": self.config.url})
    def find(self, key):
        return None

KIT = Kit(
    kind="greeting", label=Label("Chào", "greeting"), config=GreetingConfig,
    build=lambda config, around: Offer(connectors=(Greeting(config),)),
    practice=lambda ground: GreetingConfig(url=ground.address("greeting"), token=ground.word("greeting")),
    sandbox=SandboxServer("greeting", Label("Chào", "greeting"), 8199, lambda config, host, port: None),
)
"""
USE = """
import sys
import connectors
connectors.__path__.append(sys.argv[1])
from connectors import folders
folders.FOLDERS += ("greeting",)
from connectors.port import Call
from engine.bootstrap import build, sandbox_ports
from engine.settings import Settings, SettingsError
given = {"MOTCUA_VAR": sys.argv[2], "MOTCUA_INFERENCE": "off", "MOTCUA_GREETING_URL": "https://greeting.example.vn"}
try:
    Settings.from_env(given | {"MOTCUA_GREETING_TOKEN": "short"})
except SettingsError as error:
    print(error.variable)
settings = Settings.from_env(given | {"MOTCUA_GREETING_TOKEN": "w0rd-agreed-with-the-other-side"})
platform = build(settings)
print(platform.registry.connector("greeting.send").call(Call("greeting.send", "k")).result)
print(sandbox_ports(settings)["greeting"])
"""


def required(config: type) -> list[str]:
    return [one.variable for one in declared(config) if one.required]


def values_for(config: type, folder: Path) -> dict[str, str]:
    """Every setting of a connector, secrets recognisable."""
    (folder / "key.pem").write_bytes(b"geheim")
    plain = {Kind.URL: "https://x.example.vn/", Kind.FLAG: "off", Kind.WORDS: "10.0.0.0/8, 10.1.0.0/16"}
    plain |= {Kind.FILE: str(folder / "key.pem"), Kind.TEXT: "word"}
    return {
        f"MOTCUA_{one.variable}": "geheim" if one.secret and one.kind is Kind.TEXT else plain[one.kind]
        for one in declared(config)
    }


@pytest.mark.parametrize("config", EVERY)
def test_every_declared_setting_reaches_its_config_and_no_secret_is_shown(config: type, tmp_path: Path):
    every = values_for(config, tmp_path)
    read = read_config(config, Reader(every))
    assert read is not None
    assert "geheim" not in repr(read)
    for one in declared(config):
        if not one.required:
            assert read_config(config, Reader(every | {f"MOTCUA_{one.variable}": ""})) != read, one.variable


@pytest.mark.parametrize("config", [config for config in configs() if len(required(config)) > 1])
def test_none_of_its_needed_settings_is_off_and_some_of_them_are_refused(config: type, tmp_path: Path):
    assert read_config(config, Reader({})) is None
    every = values_for(config, tmp_path)
    for missing in required(config):
        with pytest.raises(NotConfigured, match=missing):
            read_config(config, Reader(every | {f"MOTCUA_{missing}": ""}))


def test_two_connectors_share_no_variable_but_the_networks():
    named = [one.variable for config in EVERY for one in declared(config) if one.variable != "PRIVATE_NETWORKS"]
    assert len(named) == len(set(named))


def test_values_that_make_no_sense_are_refused_with_the_variable(tmp_path: Path):
    with pytest.raises(SettingsError, match="MOTCUA_SMS_URL"):
        read_config(SmsConfig, Reader({"MOTCUA_SMS_URL": "gateway", "MOTCUA_SMS_TOKEN": "x"}))
    given = values_for(VneidConfig, tmp_path) | {"MOTCUA_VNEID_KEY_FILE": str(tmp_path / "nowhere.pem")}
    with pytest.raises(SettingsError, match="MOTCUA_VNEID_KEY_FILE"):
        read_config(VneidConfig, Reader(given))


def test_settings_keep_what_was_given_out_of_sight(tmp_path: Path):
    settings = Settings.from_env({"MOTCUA_VAR": str(tmp_path), "MOTCUA_S3_SECRET_KEY": "geheim"})
    assert settings.connectors["S3_SECRET_KEY"] == "geheim"
    assert "geheim" not in repr(settings)


def test_a_sandbox_stands_in_only_where_no_real_one_of_its_kind_is_set(sandbox_config, tmp_path: Path):
    around, files = Surroundings(sandbox_config.clock), f"file://{tmp_path}/files"
    ground = replace(sandbox_config, ports={"sms": 1, "post": 1, "identity": 1})
    real = {"MOTCUA_IDENTITY_ISSUER": "https://sso.example.vn", "MOTCUA_IDENTITY_CLIENT_SECRET": "word"}
    played = build_registry(Reader({}), around, files, ground)
    assert [provider.name for provider in played.identities] == ["dvcqg", "vneid"]
    mixed = build_registry(Reader(real), around, files, ground)
    assert [provider.seen_at for provider in mixed.identities] == ["https://sso.example.vn"]
    assert mixed.kinds == played.kinds == {"sms.send", "post.deliver", "post.track", "post.cancel"}
    assert build_registry(Reader({}), around, files).kinds == frozenset()


def test_a_new_connector_is_its_folder_and_its_name_in_the_list(tmp_path: Path):
    folder = tmp_path / "more" / "greeting"
    folder.mkdir(parents=True)
    for name, text in (("__init__", ""), ("config", CONFIG), ("kit", KIT)):
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", USE, str(tmp_path / "more"), str(tmp_path / "var")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [
        "MOTCUA_GREETING_TOKEN",
        "{'to': 'https://greeting.example.vn'}",
        "8199",
    ], done.stderr


def test_every_kit_has_its_config_and_a_sandbox():
    assert [kit.config for kit in KITS] == list(configs())
    assert {kit.sandbox.name for kit in KITS} == {"sms", "post", "identity"}
