"""An older installation is upgraded: its record comes over, and every dossier under way comes to its end."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from factories.fixtures import SetClock
from factories.office_life import OfficeLife
from recording import releases
from under_way import BEGINNING, STANDS, finish, papers

from engine.bootstrap import build
from engine.domain.actor import Actor
from engine.queries.dossier import dossier_view
from engine.settings import Settings
from engine.store.history import events
from engine.store.schema.dossiers import dossier
from engine.store.schema.people import staff

RELEASES = [path for path in releases() if (path / "record.db.gz").is_file()]


def upgraded(release: Path, folder: Path) -> OfficeLife:
    """The office of that release on this code; its people come from its record."""
    (folder / "motcua.db").write_bytes(gzip.decompress((release / "record.db.gz").read_bytes()))
    places = {"MOTCUA_VAR": str(folder), "MOTCUA_DATABASE_URL": f"sqlite:///{folder / 'motcua.db'}"}
    platform = build(Settings.from_env({**places, "MOTCUA_PRACTICE": "on"}), SetClock(BEGINNING))
    platform.database.migrate()
    life = OfficeLife(platform)
    for row in life.see(lambda tx: tx.execute(staff.select()).mappings().all()):
        actor = Actor("staff", row["id"], row["full_name"], frozenset(row["roles"]), row["unit_id"])
        life.officials[row["username"]] = actor
        life.unit_id = row["unit_id"]
    return life


def test_there_is_a_record():
    assert RELEASES


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_every_dossier_under_way_comes_to_its_end(release, tmp_path):
    life = upgraded(release, tmp_path)
    rows = life.see(lambda tx: tx.execute(dossier.select()).mappings().all())
    assert {row["applicant"]["full_name"] for row in rows} == set(STANDS)
    for row in rows:
        name = row["applicant"]["full_name"]
        finish(life, row["id"])
        after = life.dossier(row["id"])
        assert (int(after["status"]), str(after["state"])) == (10, "delivered"), name
        assert papers(life, row["id"]) & {"result_extract", "result_certificate"}, name
        assert life.see(lambda tx, one=row["id"]: list(events.broken_links(tx, one))) == [], name
        citizen = Actor("citizen", row["person_id"], name)
        view = life.see(lambda tx, one=row["id"], who=citizen: dossier_view(tx, life.platform.office, who, one))
        assert view.code == row["code"]
    life.platform.close()
