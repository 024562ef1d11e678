"""The settings of the file store."""

from __future__ import annotations

from dataclasses import dataclass

from connectors.port import Label
from connectors.settings import Kind, setting


@dataclass(frozen=True)
class StorageConfig:
    """Where files lie: `file:///absolute/folder` or `s3://bucket/prefix`. An empty `url`: the platform's own folder."""

    url: str = setting(
        "STORAGE_URL",
        Label(
            "file:///thư-mục hoặc s3://kho/thư-mục; kho phải có sẵn",
            "`file:///folder` or `s3://bucket/prefix`; the bucket must exist",
        ),
        default="",
        shown="`files` in `MOTCUA_VAR`",
    )
    s3_endpoint: str | None = setting(
        "S3_ENDPOINT", Label("địa chỉ kho tương thích S3", "the S3-compatible store"), Kind.URL, default=None
    )
    s3_region: str = setting("S3_REGION", Label("vùng của kho", "its region"), default="us-east-1")
    s3_access_key: str | None = setting(
        "S3_ACCESS_KEY", Label("tên truy cập kho", "access to the bucket"), default=None, secret=True
    )
    s3_secret_key: str | None = setting(
        "S3_SECRET_KEY", Label("mật khẩu truy cập kho", "… and its secret"), default=None, secret=True
    )
    s3_path_style: bool = setting(
        "S3_PATH_STYLE",
        Label("off cho kho đặt tên kho trong tên máy", "`off` for stores that name the bucket in the host"),
        Kind.FLAG,
        default=True,
    )
