"""An upload is kept only with its row: what is refused leaves nothing in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final, Protocol

from engine.actions.uploads.store_upload import Keeps, StoredFile, UploadLimits, store_upload
from engine.context import OfficeContext
from engine.domain.errors import TooLarge, TooMany, Unreachable
from engine.domain.text import Text
from engine.store.connection import Tx
from engine.store.dossiers import usage

StoreUpload = Callable[[UploadLimits, str, bytes, str], StoredFile]
_MB: Final = 1024 * 1024
_DAY: Final = timedelta(days=1)
_HOUR_S: Final = 3600


class Store(Keeps, Protocol):
    """The part of the file store that this needs."""

    def delete(self, key: str) -> None:
        """Let go of the bytes."""
        ...

    def free_bytes(self) -> int | None:
        """How much room is left; None where nobody can say."""
        ...


def must_have_room(
    tx: Tx, office: OfficeContext, files: Store, size: int, *, person_id: str = "", dossier_id: str = ""
) -> None:
    """Before anything is stored: does it fit the account's day, the dossier and the disk? Raises with the way out.

    Without a person and a dossier (the counter) only the disk is asked.
    """
    quotas = office.settings.quotas
    free = files.free_bytes()
    if free is not None and free - size < quotas.free_disk_mb * _MB:
        raise Unreachable(
            Text(
                "Kho tệp của hệ thống sắp đầy nên tạm thời chưa nhận thêm giấy tờ. Nội dung đã lưu không bị mất; hãy "
                "thử lại sau.",
                "The file store is nearly full and takes no more papers for now. What was saved is not lost; please "
                "try again later.",
            )
        )
    if dossier_id and usage.bytes_of_dossier(tx, dossier_id) + size > quotas.dossier_mb * _MB:
        raise TooLarge(
            Text(
                f"Giấy tờ của một hồ sơ tối đa {quotas.dossier_mb} MB. Hãy gỡ bớt tệp hoặc nén nhỏ lại.",
                f"The papers of one dossier may take {quotas.dossier_mb} MB. Remove some or make them smaller.",
            )
        )
    if person_id and usage.bytes_uploaded(tx, person_id, tx.now - _DAY) + size > quotas.upload_mb * _MB:
        raise TooMany(
            _HOUR_S,
            Text(
                f"Tài khoản của bạn đã tải lên {quotas.upload_mb} MB trong 24 giờ qua, là mức tối đa. Hãy thử lại "
                "ngày mai.",
                f"Your account has uploaded {quotas.upload_mb} MB within 24 hours, which is the most. Try again "
                "tomorrow.",
            ),
        )


@contextmanager
def kept_with_row(files: Store) -> Iterator[StoreUpload]:
    """Store files for rows that are about to be written; when that fails, none of the files stays."""
    keys: list[str] = []

    def store(limits: UploadLimits, name: str, data: bytes, declared_type: str = "") -> StoredFile:
        stored = store_upload(files, limits, name, data, declared_type)
        keys.append(stored.storage_key)
        return stored

    try:
        yield store
    except BaseException:
        for key in keys:
            files.delete(key)
        raise
