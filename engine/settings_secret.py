"""The secret that signs cookies, kept in a file when no setting names one."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from engine.settings_reader import PREFIX, SettingsError


def kept_secret(path: Path) -> str:
    """The secret that signs cookies: made once, readable by its owner alone, the same for all processes."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
            with suppress(FileExistsError):  # another process was first: its secret counts
                os.link(draft, path)
            draft.unlink()
        except OSError as error:
            raise _unwritable(path) from error
    return _read_secret(path)


def _read_secret(path: Path) -> str:
    try:
        secret = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise _unwritable(path) from error
    if len(secret) < 32:
        raise _unwritable(path)
    return secret


def _unwritable(path: Path) -> SettingsError:
    name = f"{PREFIX}SECRET_KEY"
    return SettingsError(
        name,
        f"Không đọc hoặc ghi được khóa bí mật trong {path}; hãy sửa quyền thư mục hoặc đặt biến {name}.",
        f"The secret in {path} cannot be read or written; mend the folder's rights or set {name}.",
    )
