"""One file store for a folder on disk and for an S3 bucket."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.exceptions import NotFoundError as ObjectNotFound
from obstore.store import LocalStore, S3Store

from connectors.errors import FileMissing, KeyRefused, NotConfigured, StorageError
from connectors.storage.config import StorageConfig

if TYPE_CHECKING:
    from obstore.store import S3Config  # exists for type checkers only

_SEGMENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}\Z")
_MAX_KEY: Final = 512
_CHUNK: Final = 1 << 20


class FileStore:
    """Keeps bytes under keys such as "dossiers/2026/11/<id>". Keys never carry names people typed."""

    def __init__(self, config: StorageConfig) -> None:
        self._store = _open(config)
        self._folder = Path(unquote(urlsplit(config.url).path)) if isinstance(self._store, LocalStore) else None
        self._keeps_content_type = isinstance(self._store, S3Store)

    def put(self, key: str, data: bytes, *, content_type: str, replace: bool = False) -> None:
        """Store the bytes as one piece: readers see all of it or nothing.

        Raises KeyRefused when the key is unsafe, or taken and `replace` is false. A folder on disk keeps no
        content type; the caller's record of the file is what counts.
        """
        checked = _checked(key)
        with _speaking(key):
            obstore.put(
                self._store,
                checked,
                data,
                mode="overwrite" if replace else "create",
                attributes={"Content-Type": content_type} if self._keeps_content_type else None,
                use_multipart=None if replace else False,
            )

    def get(self, key: str) -> bytes:
        """The whole file; raises FileMissing."""
        with _speaking(key):
            return bytes(obstore.get(self._store, _checked(key)).bytes())

    def stream(self, key: str) -> Iterator[bytes]:
        """The file in pieces of about one megabyte; raises FileMissing before the first piece."""
        with _speaking(key):
            pieces = obstore.get(self._store, _checked(key)).stream(min_chunk_size=_CHUNK)
            for piece in pieces:
                yield bytes(piece)

    def size(self, key: str) -> int:
        """Length in bytes; raises FileMissing."""
        with _speaking(key):
            return int(obstore.head(self._store, _checked(key))["size"])

    def exists(self, key: str) -> bool:
        """Whether a file is stored under the key."""
        try:
            self.size(key)
        except FileMissing:
            return False
        return True

    def free_bytes(self) -> int | None:
        """How much room the folder's disk has left; None for a bucket, which says nothing about it."""
        return shutil.disk_usage(self._folder).free if self._folder else None

    def delete(self, key: str) -> None:
        """Remove the file; removing what is not there is no error."""
        try:
            with _speaking(key):
                obstore.delete(self._store, _checked(key))
        except FileMissing:
            return

    def keys(self, prefix: str, *, before: datetime | None = None) -> Iterator[str]:
        """Every key under a folder, or those last written before an instant: for backup checks and clearing away."""
        with _speaking(prefix):
            for batch in obstore.list(self._store, prefix=_checked(prefix)):
                for entry in batch:
                    if before is None or entry["last_modified"] < before:
                        yield str(entry["path"])


def _open(config: StorageConfig) -> LocalStore | S3Store:
    parts = urlsplit(config.url)
    if parts.scheme == "file" and parts.netloc == "" and parts.path.startswith("/"):
        folder = Path(unquote(parts.path))
        folder.mkdir(parents=True, exist_ok=True)
        return LocalStore(prefix=folder)
    if parts.scheme == "s3" and parts.netloc:
        return _open_s3(config, bucket=parts.netloc, prefix=parts.path.strip("/"))
    raise NotConfigured(
        "Địa chỉ kho tệp phải có dạng file:///thư/mục hoặc s3://tên-kho/thư-mục.",
        "The file store address must look like file:///folder or s3://bucket/prefix.",
    )


def _open_s3(config: StorageConfig, *, bucket: str, prefix: str) -> S3Store:
    plain = (config.s3_endpoint or "").startswith("http://")
    return S3Store(
        bucket,
        prefix=prefix or None,
        client_options={"allow_http": plain, "connect_timeout": "3s", "timeout": "60s"},
        retry_config={"max_retries": 3},
        config=_s3_settings(config),
    )


def _s3_settings(config: StorageConfig) -> S3Config:
    settings: S3Config = {
        "region": config.s3_region,
        "virtual_hosted_style_request": not config.s3_path_style,
    }
    if config.s3_endpoint:
        settings["endpoint"] = config.s3_endpoint
    if config.s3_access_key and config.s3_secret_key:
        settings["access_key_id"] = config.s3_access_key
        settings["secret_access_key"] = config.s3_secret_key
    return settings


def _checked(key: str) -> str:
    if len(key) > _MAX_KEY or not all(_SEGMENT.match(segment) for segment in key.split("/")):
        raise KeyRefused(
            "Khóa tệp chỉ được gồm chữ không dấu, số, dấu chấm, gạch nối và gạch chéo giữa các phần.",
            "A file key may hold only ASCII letters, digits, dots, hyphens, and slashes between its parts.",
        )
    return key


@contextmanager
def _speaking(key: str) -> Iterator[None]:
    """Turn the store's own errors into ours; the key is ours and holds no personal data."""
    try:
        yield
    except (ObjectNotFound, FileNotFoundError) as error:
        raise FileMissing(f"Không có tệp “{key}” trong kho.", f'No file "{key}" in the store.') from error
    except (AlreadyExistsError, FileExistsError) as error:
        raise KeyRefused(f"Khóa “{key}” đã có tệp.", f'The key "{key}" is taken.') from error
    except (BaseError, OSError) as error:
        raise StorageError(
            "Kho tệp đang không dùng được. Hãy thử lại sau ít phút.",
            "The file store cannot be used just now. Please try again in a few minutes.",
        ) from error
