"""One plain page with every behaviour on it, served under the product's own security policy, in a real browser."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from admin_ui.security import POLICY

ROOT = Path(__file__).resolve().parents[3]
DIST = ROOT / "admin_ui" / "static" / "dist"
DIAGRAM = ROOT / "processes" / "2.000635" / "process.bpmn"
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}
BODY = """
<main class="container"><h1>Nguyễn Thị Ánh Tuyết</h1>
<form method="post" action="/sent" data-autosave="/draft" data-once>
  <input type="hidden" name="csrf_token" value="t"><label>Họ tên <input name="full_name"></label>
  <input type="file" name="paper"><button name="step" value="send">Gửi</button>
  <p data-autosave-state data-text-saving="Đang lưu" data-text-saved="Đã lưu nháp" data-text-offline="Mất kết nối"
     data-text-refused="Chưa lưu được"></p>
</form>
<input type="search" data-queue-search>
<button type="button" data-queue-keys hidden data-text-off="Tắt" data-text-on="Bật"></button>
<table data-queue><tr data-queue-row><td><a href="#first">1</a></td></tr>
<tr data-queue-row><td><a href="#second">2</a></td></tr></table>
<button id="opener" data-dialog-open="ask">Rút hồ sơ</button>
<dialog id="ask"><h2 tabindex="-1">Rút hồ sơ?</h2><button data-dialog-close>Không</button></dialog>
<div data-diagram-url="/process.bpmn" data-active="{active}" data-text-label="Sơ đồ quy trình"
     data-text-zoom-in="Phóng to" data-text-zoom-out="Thu nhỏ" data-text-fit="Vừa khung"
     data-text-failed="Chưa tải được sơ đồ."></div></main>
"""


class OfficeContext(ThreadingHTTPServer):
    """The other end of the page: remembers drafts and submissions, and can be out of order."""

    daemon_threads = True

    def __init__(self, active: str) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.drafts: list[tuple[str | None, dict[str, list[str]]]] = []
        self.sent: list[dict[str, list[str]]] = []
        self.draft_status = 200
        self.active = active
        self.url = f"http://127.0.0.1:{self.server_port}/"


class Answer(BaseHTTPRequestHandler):
    server: OfficeContext

    def log_message(self, *_: object) -> None:
        """Quiet: the test tells what went wrong."""

    def answer(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY.format(forms="").strip())
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        file = DIST / self.path.removeprefix("/static/dist/")
        if self.path == "/":
            self.answer(page(self.server.active).encode(), "text/html; charset=utf-8")
        elif self.path == "/process.bpmn":
            self.answer(DIAGRAM.read_bytes(), "application/xml")
        elif file.is_file():
            self.answer(file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream"))
        else:
            self.answer(b"", "text/plain", 204)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/draft":
            if self.server.draft_status == 200:
                self.server.drafts.append((self.headers["X-Autosave"], parse_qs(body)))
            return self.answer(b"", "text/plain", self.server.draft_status)
        self.server.sent.append(parse_qs(body))
        time.sleep(0.7)  # long enough for an impatient second click
        return self.answer(b"<h1>ok</h1>", "text/html")


def page(active: str) -> str:
    manifest = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    entries = [manifest[f"src/{name}.js"] for name in ("app", "viewer")]
    styles = "".join(
        f'<link rel="stylesheet" href="/static/dist/{css}">' for entry in entries for css in entry.get("css", [])
    )
    scripts = "".join(f'<script type="module" src="/static/dist/{entry["file"]}"></script>' for entry in entries)
    head = f'<meta charset="utf-8"><title>Thử</title>{styles}'
    return (
        f'<!doctype html><html lang="vi"><head>{head}</head><body>{BODY.format(active=active)}{scripts}</body></html>'
    )


@pytest.fixture
def office():
    server = OfficeContext(active="check_dossier")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def screen(chromium, office):
    """The open page, with everything the browser complained about in `screen.complaints`."""
    tab = chromium.new_page(viewport={"width": 360, "height": 740})
    tab.complaints = []
    tab.on("console", lambda message: tab.complaints.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.goto(office.url)
    tab.wait_for_selector("[data-diagram-url][data-state]")
    yield tab
    tab.close()
