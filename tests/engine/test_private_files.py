"""What the platform keeps is its owner's alone, whatever the machine's habit is (A12)."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pyotp
from sqlalchemy import select

from engine.actions.accounts import SetSecondFactor, seal_old_secrets, set_second_factor
from engine.bootstrap import Platform
from engine.domain.actor import SYSTEM
from engine.domain.sealing import SecretBox
from engine.private_files import make_private
from engine.store.accounts import staff
from engine.store.schema import people

ROOT = Path(__file__).resolve().parents[1].parent


def modes(folder: Path) -> dict[str, int]:
    return {str(path): stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}


def test_a_careless_umask_opens_nothing(tmp_path: Path):
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    code = "import os, sys; os.umask(0); from engine.cli import main; sys.exit(main(['db', 'migrate']))"
    environment = plain | {"MOTCUA_VAR": str(tmp_path / "var"), "MOTCUA_INFERENCE": "off"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True)
    found = modes(tmp_path / "var")
    assert any(name.endswith("motcua.db") for name in found)
    assert any(name.endswith("secret.key") for name in found)
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}


def test_what_was_open_is_closed_at_the_next_start(tmp_path: Path):
    var = tmp_path / "var"
    (var / "files" / "ab").mkdir(parents=True)
    (var / "files" / "ab" / "paper.pdf").write_bytes(b"%PDF")
    outside = tmp_path / "outside"
    outside.write_text("x")
    outside.chmod(0o644)
    (var / "link").symlink_to(outside)
    for path in (var, var / "files", var / "files" / "ab"):
        path.chmod(0o755)
    make_private(var)
    closed = [path for path in (var, *var.rglob("*")) if not path.is_symlink()]
    assert not [path for path in closed if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644, "a link led out of our folder"


def test_a_second_factor_is_sealed_also_one_of_before(platform: Platform, clock):
    with platform.database.begin() as tx:
        unit = {"code": "U", "name_vi": "Đơn vị", "name_en": "Unit", "kind": "one_stop", "agency_code": "H56"}
        known = {"full_name": "A", "roles": ["admin"], "unit_id": staff.add_unit(tx, unit), "password_hash": "x"}
        old = pyotp.random_base32()
        staff.add(tx, {**known, "username": "cu", "totp_secret": old})
        staff.add(tx, {**known, "username": "moi"})
        address = set_second_factor(tx, platform.office, SetSecondFactor(SYSTEM, "moi"))
        assert seal_old_secrets(tx, platform.office) == 1
        assert seal_old_secrets(tx, platform.office) == 0
        kept = repr(tx.execute(select(people.staff)).all())
    assert old not in kept
    assert pyotp.parse_uri(address).secret not in kept


def test_a_seal_opens_for_its_purpose_and_by_its_secret_only():
    box = SecretBox("a" * 40)
    sealed = box.seal("JBSWY3DP", "totp of 1")
    assert box.open(sealed, "totp of 1") == "JBSWY3DP"
    assert box.open(sealed, "totp of 2") is None
    assert SecretBox("b" * 40).open(sealed, "totp of 1") is None
    assert SecretBox("b" * 40, "a" * 40).open(sealed, "totp of 1") == "JBSWY3DP"
    assert not SecretBox("b" * 40, "a" * 40).is_current(sealed, "totp of 1")
    assert box.open(sealed[:-2] + "AA", "totp of 1") is None
    assert box.open("v1.???", "totp of 1") is None
