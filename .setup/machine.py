"""What the preparation does to this machine: run commands, keep their log, install, remember what is finished.

Standard library only, and nothing here is a matter of the administration: it is the porter of the house.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV, TOOLS = ROOT / ".venv", ROOT / ".tools"
PYTHON, STAMPS, LOG = VENV / "bin" / "python", VENV / ".motcua", TOOLS / "setup.log"
BASE = getattr(sys, "_base_executable", None) or sys.executable
UV_VERSION = "0.13.9"
PYTHONS = ((3, 11), (3, 12), (3, 13))
NETWORK = "Kiểm tra mạng (PIP_INDEX_URL, HTTPS_PROXY, PIP_CERT) rồi chạy lại / check the network, then run again"


class Stop(Exception):  # noqa: N818 - not an error of the program: a sentence and the way out for the person at the terminal
    """Preparation cannot go on."""


def uv_command() -> list[str]:
    """Find uv, or put it into .tools with pip; an empty list where it cannot be had (then plain pip does the work)."""
    uv = TOOLS / "bin" / "uv"
    if os.environ.get("MOTCUA_INSTALLER") == "pip":
        return []
    fetch = [
        BASE,
        "-m",
        "pip",
        "install",
        "-q",
        "--upgrade",
        "--target",
        str(TOOLS),
        "--require-hashes",
        "-r",
        "locks/tools.lock",
    ]
    if works([str(uv), "--version"], UV_VERSION) or (works(fetch) and works([str(uv), "--version"])):
        return [str(uv)]
    found = shutil.which("uv")
    return [found] if found else []


def install(*what: str) -> None:
    """Install into .venv with uv, and when that fails with pip."""
    uv = uv_command()
    if uv and works([*uv, "pip", "install", "-q", "--no-config", "--python", str(PYTHON), *what]):
        return
    if not works([BASE, "-m", "pip", "--version"]):
        raise Stop(
            f"Không có pip và không dùng được uv. Cài gói python3-pip rồi chạy lại / install python3-pip. {tail()}"
        )
    execute([BASE, "-m", "pip", "--python", str(PYTHON), "install", "-q", *what], clean_env(), NETWORK)


def clean_env() -> dict[str, str]:
    """Our environment without what would lead pip or uv astray, and with the person's pip settings told to uv too."""
    drop = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "PIP_TARGET", "PIP_PREFIX", "PIP_USER", "PIP_REQUIRE_VIRTUALENV")
    env = {name: value for name, value in os.environ.items() if name not in drop}
    for theirs, ours in (
        ("PIP_INDEX_URL", "UV_DEFAULT_INDEX"),
        ("PIP_EXTRA_INDEX_URL", "UV_INDEX"),
        ("PIP_CERT", "SSL_CERT_FILE"),
        ("PIP_CERT", "NODE_EXTRA_CA_CERTS"),
        ("PIP_PROXY", "HTTPS_PROXY"),
    ):
        if env.get(theirs):
            env.setdefault(ours, env[theirs])
    env.update(
        UV_PYTHON_DOWNLOADS="never", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_ROOT_USER_ACTION="ignore"
    )
    env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")  # every file is held to its hash, whichever index gives it
    env.setdefault("UV_HTTP_TIMEOUT", "120")
    home = Path(env.get("HOME", "/nonexistent"))
    if not os.access(home, os.W_OK):
        env.update(
            UV_CACHE_DIR=str(TOOLS / "cache/uv"),
            PIP_CACHE_DIR=str(TOOLS / "cache/pip"),
            npm_config_cache=str(TOOLS / "cache/npm"),
        )
    return env


@contextlib.contextmanager
def step(vi: str, en: str) -> Iterator[None]:
    """Say on one line what is being done, and how long it took."""
    print(f"▸ {vi} ({en}) … ", end="", file=sys.stderr, flush=True)
    start = time.monotonic()
    yield
    print(f"xong {time.monotonic() - start:.1f} s", file=sys.stderr, flush=True)


def works(command: list[str], says: str = "") -> bool:
    """Whether a command succeeds (and says what it should); what it printed goes to the log."""
    TOOLS.mkdir(exist_ok=True)
    try:
        done = subprocess.run(
            command, env=clean_env(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    with open(LOG, "a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.returncode == 0 and says in done.stdout


def execute(command: list[str], env: dict[str, str], way_out: str, *, cwd: Path = ROOT, text: str = "") -> None:
    """Run a step's command; when it fails, stop with the end of its log and the way out."""
    TOOLS.mkdir(exist_ok=True)
    with open(LOG, "a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n")
        log.flush()
        done = subprocess.run(command, env=env, cwd=cwd, input=text, stdout=log, stderr=log, text=True, check=False)
    if done.returncode:
        raise Stop(f"Bước trên không thành / the step above failed. {way_out}. {tail()}")


def tail() -> str:
    """The end of the log, for the person who must mend it."""
    lines = LOG.read_text(encoding="utf-8", errors="replace").splitlines() if LOG.exists() else []
    return f"Nhật ký / log: {LOG}\n" + "\n".join(f"    {line}" for line in lines[-12:])


def digest(*files: Path) -> str:
    """One fingerprint of the names and contents of some files."""
    parts = [f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def stamp(name: str) -> str:
    """What was last finished under this name."""
    path = STAMPS / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def set_stamp(name: str, mark: str) -> None:
    """Remember that a step is finished; written in one move, after the work."""
    STAMPS.mkdir(exist_ok=True)
    new = STAMPS / f".{name}.new"
    new.write_text(mark, encoding="utf-8")
    new.replace(STAMPS / name)


def become(command: list[str], env: dict[str, str]) -> NoReturn:
    """Replace this process, so that signals and the exit status are the real command's own."""
    sys.stdout.flush()
    os.execve(command[0], command, env)
