"""The web server starts where the folder in memory is missing or belongs to somebody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.cli.serving.heartbeats import heartbeat_folder


def test_a_folder_one_may_write_is_used(tmp_path: Path) -> None:
    assert heartbeat_folder(tmp_path) == str(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("closed", [Path("/proc"), Path("/nowhere/at/all")])
def test_a_folder_that_takes_no_files_is_left_alone(closed: Path) -> None:
    assert heartbeat_folder(closed) is None
