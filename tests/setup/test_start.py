"""The root script: what it says when it cannot go on, and that preparing twice costs nothing."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MACHINERY = ("motcua", ".setup", "locks", "setup.cfg", "pyproject.toml", "README.md")


@pytest.fixture
def house(tmp_path):
    """A copy of what preparing needs, in a folder of its own."""
    for name in MACHINERY:
        subprocess.run(["cp", "-r", str(ROOT / name), str(tmp_path / name)], check=True)
    return tmp_path


def start(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    base = {"PATH": "/usr/bin:/bin", "HOME": str(folder)}
    command = [sys.executable, str(folder / "motcua"), *words]
    return subprocess.run(command, env={**base, **env}, capture_output=True, text=True, check=False, timeout=120)


def load(name: str):
    """A step module of the script, loaded as the script loads it."""
    spec = importlib.util.spec_from_file_location(name, ROOT / ".setup" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_words_it_explains_itself(house):
    done = start(house)
    assert done.returncode == 0
    assert "./motcua run" in done.stdout
    assert not (house / ".venv").exists(), "explaining must not prepare anything"


def test_without_a_network_it_says_so_and_shows_the_way_out(house):
    done = start(
        house,
        "prepare",
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_RETRIES="0",
        UV_HTTP_RETRIES="0",
        PIP_CONFIG_FILE=os.devnull,
    )
    assert done.returncode == 1
    assert "✗" in done.stderr
    assert "Kiểm tra mạng" in done.stderr
    assert "setup.log" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_read_only_folder_is_one_sentence(house):
    if os.geteuid() == 0:
        (house / ".motcua-prepare.lock").mkdir()  # root may write anywhere; a folder in the file's place stops it too
    else:
        house.chmod(0o555)
    done = start(house, "prepare")
    house.chmod(0o755)
    assert done.returncode == 1
    assert "Kiểm tra quyền" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unsupported_python_is_refused_with_the_way_out(house):
    script = (
        "import os, runpy, sys; os.environ['PATH'] = '/nonexistent'\n"
        "sys.version_info = (3, 9, 2, 'final', 0); sys.argv = ['motcua', 'run']\n"
        f"runpy.run_path({str(house / 'motcua')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Cần Python 3.11, 3.12 hoặc 3.13" in done.stderr
    assert "Traceback" not in done.stderr


def test_two_starts_wait_for_each_other(house):
    (house / "hold.py").write_text(
        f"import sys, time; sys.path.insert(0, {str(house / '.setup')!r}); import steps\n"
        "with steps.alone():\n    print('held', flush=True)\n    time.sleep(2)\n",
        encoding="utf-8",
    )
    holder = subprocess.Popen([sys.executable, str(house / "hold.py")], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    before = time.monotonic()
    second = subprocess.run([sys.executable, str(house / "hold.py")], capture_output=True, text=True, check=False)
    waited = time.monotonic() - before
    assert holder.wait() == 0
    assert "Chờ lần chuẩn bị khác" in second.stderr
    assert waited > 3, "the second went in while the first was still at work"


def test_a_step_that_failed_leaves_no_stamp(house):
    (house / "locks" / "runtime.lock").write_text("no such thing === 1\n", encoding="utf-8")
    script = (
        "import machine, steps\n"
        "try:\n    steps.packages('runtime')\n"
        "except machine.Stop:\n    print('stopped', machine.stamp('runtime') == '')\n"
    )
    env = {"PATH": "/usr/bin:/bin", "HOME": str(house), "PYTHONPATH": str(house / ".setup"), "MOTCUA_INSTALLER": "pip"}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "stopped True", done.stderr


def test_pip_settings_reach_uv(monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_CERT", "/etc/office-ca.crt")
    monkeypatch.setenv("PIP_TARGET", "/somewhere")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    env = load("machine").clean_env()
    assert env["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert env["SSL_CERT_FILE"] == "/etc/office-ca.crt"
    assert env["UV_PYTHON_DOWNLOADS"] == "never"
    assert "PIP_TARGET" not in env


# Everything that preparing decides, but nothing is fetched or built: what was installed is taken for granted.
PREPARED = """
import pathlib, sys
import machine, steps

really = steps.execute

def execute(command, env, way_out, *, cwd=machine.ROOT, text=""):
    if "venv" in command:
        really(command, env, way_out, cwd=cwd, text=text)
    if "MOTCUA_DIST" in env:
        pathlib.Path(env["MOTCUA_DIST"]).mkdir()

def install(*what):
    (machine.VENV / "bin" / "motcua").write_text(f"#!{machine.PYTHON}")

steps.execute, steps.install = execute, install
(steps.CLIENT / "node_modules").mkdir()
steps.prepare("runtime", front=True)
"""


def test_a_prepared_house_starts_within_two_seconds(house):
    """In a copy, where everything is prepared already: only stamps are read."""
    (house / "admin_ui").mkdir()
    for name in ("client", "translations"):
        shutil.copytree(
            ROOT / "admin_ui" / name, house / "admin_ui" / name, ignore=shutil.ignore_patterns("node_modules")
        )
    (house / "admin_ui" / "static").mkdir()
    env = {"PATH": "/usr/bin:/bin", "HOME": str(house), "PYTHONPATH": str(house / ".setup"), "MOTCUA_INSTALLER": "pip"}
    done = subprocess.run([sys.executable, "-c", PREPARED], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "▸" in done.stderr
    before = time.monotonic()
    done = start(house, "prepare", MOTCUA_INSTALLER="pip")
    assert (done.returncode, done.stderr) == (0, "")
    assert time.monotonic() - before < 2
