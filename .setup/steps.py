"""The steps of a preparation, from nothing to a working .venv with built pages.

Stamps are written last, so a preparation that was interrupted is simply taken up again; a file lock makes a
second start wait; whole results are moved into place, so that a running server never sees half of one.
"""

from __future__ import annotations

import configparser
import contextlib
import fcntl
import hashlib
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from machine import (
    BASE,
    LOG,
    NETWORK,
    PYTHON,
    PYTHONS,
    ROOT,
    VENV,
    Stop,
    clean_env,
    digest,
    execute,
    install,
    set_stamp,
    stamp,
    step,
    uv_command,
    works,
)

LOCKS = ROOT / "locks"
LOG_LIMIT_BYTES = 1_000_000
CLIENT, DIST, TRANSLATIONS = ROOT / "admin_ui/client", ROOT / "admin_ui/static/dist", ROOT / "admin_ui/translations"


def prepare(level: str, *, front: bool) -> None:
    """Bring .venv (and the pages, when `front`) to what the locks and sources say; a few milliseconds when they are."""
    with alone():
        environment()
        for name in dict.fromkeys(("runtime", level)):
            packages(name)
        inference()
        ourselves()
        if front:
            pages()
        translations()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one preparation run at a time in this folder; the second waits for the first and then finds all done."""
    with open(ROOT / ".motcua-prepare.lock", "w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("… Chờ lần chuẩn bị khác xong / waiting for another preparation", file=sys.stderr, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        if LOG.exists() and LOG.stat().st_size > LOG_LIMIT_BYTES:
            LOG.unlink()
        yield


def environment() -> None:
    """Make .venv, unless it is there, works and still stands where it was made (a moved folder is made anew)."""
    if PYTHON.exists() and works([str(PYTHON), "-c", f"import sys; sys.exit(sys.version_info[:2] not in {PYTHONS})"]):
        script = VENV / "bin" / "motcua"
        if not script.exists() or str(VENV) in script.read_text(encoding="utf-8", errors="replace")[:500]:
            return
    with step("Tạo môi trường Python", "virtual environment"):
        uv = uv_command()
        if uv and works([*uv, "venv", "-q", "--clear", "--no-config", "--python", BASE, str(VENV)]):
            return
        shutil.rmtree(VENV, ignore_errors=True)
        execute(
            [BASE, "-m", "venv", "--without-pip", str(VENV)],
            clean_env(),
            "Cài gói python3-venv hoặc cho phép pip tải uv / install python3-venv, or let pip fetch uv",
        )


def packages(name: str) -> None:
    """Install one lock, every file checked against its hash."""
    mark = digest(LOCKS / f"{name}.lock")
    if stamp(name) == mark:
        return
    with step(
        {
            "runtime": "Cài thư viện",
            "dev": "Cài công cụ kiểm thử",
            "front": "Cài Node.js",
            "bench": "Cài zen-engine để so tốc độ",
        }[name],
        f"{name} packages",
    ):
        install("--require-hashes", "-r", f"locks/{name}.lock")
    set_stamp(name, mark)


def inference() -> None:
    """Try durable_rules by itself: it must be compiled, and the platform runs without it (inference=off)."""
    header = Path(sysconfig.get_paths()["include"]) / "Python.h"
    able = sys.version_info < (3, 13) and header.exists() and any(map(shutil.which, ("cc", "gcc", "clang")))
    mark = f"{digest(LOCKS / 'inference.lock')} {able}"
    if stamp("inference") == mark:
        return
    why = "" if able else "không có trình biên dịch C, hoặc Python ≥ 3.13"
    if able and not works([str(PYTHON), "-c", "import durable_rules_engine"]):
        try:
            with step("Biên dịch durable_rules", "inference engine"):
                install("--no-build-isolation", "--require-hashes", "-r", "locks/inference.lock")
        except Stop:
            why = "biên dịch không thành"
    if why:
        print(
            f"! Không có durable_rules ({why}): chạy với inference=off / runs without it", file=sys.stderr, flush=True
        )
    set_stamp("inference", mark)


def ourselves() -> None:
    """Install this folder as the distribution `motcua`, in place; again when the build file or the folder changed."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    told = {name: dict(config[name]) for name in config.sections() if name.startswith(("metadata", "options"))}
    mark = hashlib.sha256(f"{ROOT}{told}".encode()).hexdigest()
    if stamp("ourselves") == mark and (VENV / "bin" / "motcua").exists():
        return
    with step("Đặt lệnh motcua", "our own command"):
        install("--no-build-isolation", "--no-deps", "-e", ".")
    set_stamp("ourselves", mark)


def pages() -> None:
    """Build styles and scripts into a new folder and put it in place whole, so that no page sees half a build."""
    found = [*CLIENT.glob("*.*"), *CLIENT.joinpath("src").rglob("*")]
    sources = sorted(path for path in found if path.is_file())
    mark, built = digest(*sources), DIST / ".stamp"
    if built.exists() and built.read_text(encoding="utf-8") == mark:
        return
    packages("front")
    env = dict(clean_env(), PATH=f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    modules, new, old = CLIENT / "node_modules" / ".motcua", DIST.with_name(".dist-new"), DIST.with_name(".dist-old")
    locked = digest(CLIENT / "package-lock.json", CLIENT / "package.json")
    if not modules.exists() or modules.read_text(encoding="utf-8") != locked:
        with step("Tải thư viện giao diện", "npm ci"):
            execute([str(VENV / "bin" / "npm"), "ci"], env, NETWORK, cwd=CLIENT)
        modules.write_text(locked, encoding="utf-8")
    with step("Dựng giao diện", "front end"):
        shutil.rmtree(new, ignore_errors=True)
        execute(
            [str(VENV / "bin" / "node"), "node_modules/vite/bin/vite.js", "build"],
            {**env, "MOTCUA_DIST": str(new)},
            "Sửa tệp nguồn mà nhật ký nêu / mend the source the log names",
            cwd=CLIENT,
        )
        (new / ".stamp").write_text(mark, encoding="utf-8")
        shutil.rmtree(old, ignore_errors=True)
        if DIST.exists():
            DIST.rename(old)
        new.rename(DIST)
        shutil.rmtree(old, ignore_errors=True)


def translations() -> None:
    """Compile the message catalogues of the screens."""
    catalogues = sorted(TRANSLATIONS.rglob("*.po"))
    mark = digest(*catalogues)
    if not catalogues or (stamp("translations") == mark and all(po.with_suffix(".mo").exists() for po in catalogues)):
        return
    with step("Biên dịch bản dịch", "translations"):
        execute(
            [str(VENV / "bin" / "pybabel"), "-q", "compile", "-d", str(TRANSLATIONS)],
            clean_env(),
            "Sửa tệp .po mà nhật ký nêu / mend the .po file the log names",
        )
    set_stamp("translations", mark)
