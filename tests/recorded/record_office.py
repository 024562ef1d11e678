"""Records an office with dossiers under way: `python tests/recorded/record_office.py VERSION`.

The record is an SQLite file as an installation of that release would have it, beside the recording of its engine. Later
releases migrate a copy of it and let every dossier go on to its end.
"""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(HERE)]

from factories.fixtures import SetClock  # noqa: E402 - the folders above are put on the path first
from factories.office_life import OfficeLife  # noqa: E402 - as above
from under_way import BEGINNING, STANDS, fill  # noqa: E402 - as above

from engine.bootstrap import build  # noqa: E402 - as above
from engine.settings import Settings  # noqa: E402 - as above


def main() -> int:
    target = HERE / sys.argv[1] / "record.db.gz"
    if target.exists():
        sys.stderr.write(f"{target} is there already; a recording is never written again.\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        places = {"MOTCUA_VAR": folder, "MOTCUA_PRACTICE": "on"}
        clock = SetClock(BEGINNING)
        platform = build(Settings.from_env({**places, "MOTCUA_DATABASE_URL": f"sqlite:///{folder}/motcua.db"}), clock)
        platform.database.migrate()
        fill(OfficeLife.founded(platform))
        platform.close()
        plain = Path(folder) / "plain.db"
        with sqlite3.connect(f"{folder}/motcua.db") as source:
            source.execute("VACUUM INTO ?", (str(plain),))
        target.parent.mkdir(exist_ok=True)
        with target.open("wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed, plain.open("rb") as read:
            shutil.copyfileobj(read, packed)
    sys.stdout.write(f"{target.relative_to(ROOT)}: {len(STANDS)} dossiers, {os.path.getsize(target)} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
