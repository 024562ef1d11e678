"""Column kinds that mean the same on PostgreSQL and on SQLite."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    literal_column,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import JSON

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, always aware; SQLite keeps it as fixed-width text so that order is time order."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """PostgreSQL: timestamptz. Elsewhere: 27 characters of ISO 8601."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.TIMESTAMP(timezone=True))
        return dialect.type_descriptor(String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive values: a clerk's 17:00 must not become somebody else's."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        if dialect.name == "postgresql":
            return moment
        return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give the instant back aware and in UTC."""
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value).astimezone(UTC)
        return value.astimezone(UTC) if isinstance(value, datetime) else None


class Day(TypeDecorator[date]):
    """A calendar date as ISO text on both databases."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Write yyyy-mm-dd."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Read yyyy-mm-dd."""
        return None if value is None else date.fromisoformat(value)


# Plain JSON text on both sides: JSONB would re-order keys, and a record must read as it was written.
Json = JSON
Bytes = LargeBinary
LongText = Text


def key(name: str = "id") -> Column[str]:
    """A primary key of 26 time-ordered characters, made by us (see `engine.domain.identifiers.new_id`)."""
    return Column(name, String(26), primary_key=True)


def word(
    name: str, words: type[StrEnum], length: int, *, nullable: bool = False, default: StrEnum | None = None
) -> Column[str]:
    """A column that holds one word of a vocabulary; the database refuses every other."""
    known = CheckConstraint(among(name, words), name=name)
    return Column(name, String(length), known, nullable=nullable, server_default=default)


def code(name: str, codes: type[IntEnum]) -> Column[int]:
    """A column that holds one number of a vocabulary; the database refuses every other."""
    known = ", ".join(str(one.value) for one in codes)
    return Column(name, Integer, CheckConstraint(f"{name} IN ({known})", name=name), nullable=False)


def among(name: str, words: Iterable[StrEnum]) -> str:
    """The condition that a column holds one of these words, always spelt alike.

    A partial index and the statements meant for it need the very same spelling: SQLite sees no other implication.
    """
    known = ", ".join(sorted(f"'{one}'" for one in words))
    return f"{name} IN ({known})"


def spelt(one: StrEnum) -> Any:
    """A word as a literal of the statement, not as a parameter: only so does SQLite use the partial index."""
    return literal_column(f"'{one}'")
