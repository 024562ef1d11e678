"""Databases that are made to be measured and thrown away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import psycopg
from sqlalchemy import make_url

from engine.domain.clock import SystemClock
from engine.domain.identifiers import new_id


class Scratch(Protocol):
    """A place for scratch databases of one kind; all of them are gone when it is left."""

    def empty(self) -> str:
        """The address of a new empty database."""
        ...

    def copy(self, url: str) -> str:
        """The address of an equal copy of one that nobody has open."""
        ...


class _Files:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def empty(self) -> str:
        self._count += 1
        return f"sqlite:///{self._folder / f'scratch{self._count}.db'}"

    def copy(self, url: str) -> str:
        fresh = self.empty()
        shutil.copy(str(make_url(url).database), str(make_url(fresh).database))
        return fresh


class _Server:
    def __init__(self, admin: psycopg.Connection, url: str) -> None:
        self._admin = admin
        self._url = make_url(url)
        self.made: list[str] = []

    def empty(self) -> str:
        return self._make("template1")

    def copy(self, url: str) -> str:
        return self._make(str(make_url(url).database))

    def _make(self, template: str) -> str:
        name = f"motcua_scratch_{new_id(SystemClock().now()).lower()}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        self.made.append(name)
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self) -> None:
        for name in self.made:
            self._admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@contextmanager
def sqlite_scratch(folder: Path) -> Iterator[Scratch]:
    """SQLite files in a folder of the caller's, who takes it away."""
    yield _Files(folder)


@contextmanager
def postgresql_scratch(url: str) -> Iterator[Scratch | None]:
    """Databases of our own on the server behind `url` (postgresql+psycopg://…); None when it does not answer."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        admin = psycopg.connect(address, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield None
        return
    with admin:
        server = _Server(admin, url)
        try:
            yield server
        finally:
            server.drop()
