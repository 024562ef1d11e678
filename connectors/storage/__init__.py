"""Files of dossiers, on disk or in S3-compatible storage, behind one small door."""

from connectors.storage.config import StorageConfig
from connectors.storage.file_store import FileStore

__all__ = ["FileStore", "StorageConfig"]
