"""Servers of our own that may be killed: PostgreSQL, Redis, and the peers as a process of its own."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from faults.office import sandbox_config

from connectors.sandboxes import start_all

_PATIENCE_S = 60.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def postgres_folder() -> Path | None:
    """Where initdb and pg_ctl of the newest PostgreSQL lie; None when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    beside = shutil.which("pg_ctl")
    return found[-1].parent if found else Path(beside).parent if beside else None


class PrivatePostgres:
    """One cluster in a folder of ours. PostgreSQL refuses to run as root, so root lends it the user postgres."""

    def __init__(self, folder: Path) -> None:
        tools = postgres_folder()
        assert tools is not None
        self._tools, self._folder, self.port = tools, folder / "cluster", free_port()
        self._as = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self._as:
            owner = pwd.getpwnam("postgres")
            for part in (folder, *folder.parents):  # the user has to reach the folder
                if part.stat().st_uid == 0 and not part.stat().st_mode & 0o001 and part != Path("/"):
                    part.chmod(part.stat().st_mode | 0o011)
            self._folder.mkdir()
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        self._tool("initdb", "-D", str(self._folder), "-A", "trust", "-U", "root", "-E", "UTF8", "--no-locale", "-N")
        self.start()
        self._sql("CREATE DATABASE storm")

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://root@127.0.0.1:{self.port}/storm"

    def start(self) -> None:
        options = f"-p {self.port} -k '' -h 127.0.0.1 -c max_connections=200 -c shared_buffers=64MB"
        log = self._folder / "log.txt"
        self._tool("pg_ctl", "-D", str(self._folder), "-l", str(log), "-w", "-t", "60", "-o", options, "start")

    def stop(self, mode: str) -> None:
        """`mode` fast (connections are cut, then an orderly end) or immediate (as in a power cut)."""
        self._tool("pg_ctl", "-D", str(self._folder), "-m", mode, "-w", "-t", "60", "stop")

    def cut_connections(self) -> None:
        """End every connection of the platform from the server's side."""
        self._sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'motcua'", "storm")

    def deadlocks(self) -> int:
        """How often two transactions waited for each other, as the server's own log tells."""
        return (self._folder / "log.txt").read_text(encoding="utf-8", errors="replace").count("deadlock detected")

    def end(self) -> None:
        subprocess.run(
            [*self._as, str(self._tools / "pg_ctl"), "-D", str(self._folder), "-m", "immediate", "-w", "stop"],
            capture_output=True,
            check=False,
        )

    def _sql(self, text: str, database: str = "postgres") -> None:
        url = f"postgresql://root@127.0.0.1:{self.port}/{database}"
        subprocess.run([str(self._tools / "psql"), "-qAt", url, "-c", text], capture_output=True, check=True)

    def _tool(self, name: str, *words: str) -> None:
        done = subprocess.run(
            [*self._as, str(self._tools / name), *words],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            check=False,
            cwd="/",
        )
        if done.returncode:
            raise RuntimeError(f"{name} ended with {done.returncode}")


class PrivateRedis:
    """A Redis that keeps nothing: killed or flushed, all it knew is gone."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.port = folder, free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen([*command, "--dir", str(self._folder)], stdout=subprocess.DEVNULL)
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("redis-server does not answer")

    def kill(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def flush(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            line.sendall(b"FLUSHALL\r\n")
            line.recv(16)


class Peers:
    """The other side in a process of its own, which no fault of ours touches: it counts what reached it."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "faults.servers", str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=python_environment(),
        )  # fmt: skip
        assert self._process.stdout is not None
        self.ports: dict[str, int] = json.loads(self._process.stdout.readline())
        for forgetful in ("post", "telegraph"):
            self.order(forgetful, {"kind": "ignores_keys"})

    def order(self, name: str, fault: dict[str, object]) -> None:
        """Let one of them do something wrong next; without `times`, from now on."""
        where = f"http://127.0.0.1:{self.ports[name]}/faults"
        request = urllib.request.Request(where, json.dumps(fault).encode(), {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=20).close()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


def python_environment() -> dict[str, str]:
    """Our environment without anybody's settings, and the places where Python finds us."""
    root = Path(__file__).resolve().parents[2]
    ours = ("MOTCUA_", "PYTHONDONTWRITEBYTECODE")  # compiled once, the many processes start in a moment
    mine = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return mine | {"PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"}


def serve_peers(folder: Path) -> None:
    with start_all(sandbox_config(folder / "keys")) as first, start_all(sandbox_config(folder / "no-keys")) as second:
        ports = {
            "sms": first.config.port("sms"),
            "post": first.config.port("post"),
            "telegraph": second.config.port("sms"),
        }
        sys.stdout.write(json.dumps(ports) + "\n")
        sys.stdout.flush()
        sys.stdin.buffer.read()


if __name__ == "__main__":
    serve_peers(Path(sys.argv[1]))
