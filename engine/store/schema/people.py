"""Who people are and how they come in: citizens, staff, sessions, sign-in attempts."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, false

from engine.domain.vocabulary import Language, PersonKind, SessionKind, UnitKind
from engine.store.schema.columns import Bytes, Day, Instant, Json, LongText, key, metadata, word

person = Table(
    "person",
    metadata,
    key(),
    Column("provider", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    word("kind", PersonKind, 12),
    Column("national_id", String(12)),
    Column("tax_code", String(14)),
    Column("full_name", String(200), nullable=False),
    Column("organisation_name", String(300)),
    Column("birth_on", Day),
    Column("sex", String(10)),
    Column("phone", String(20)),
    Column("email", String(254)),
    Column("address", String(500)),
    Column("assurance_level", Integer, nullable=False, server_default="1"),
    word("language", Language, 2, default=Language.VIETNAMESE),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("sample", Boolean, nullable=False, server_default=false()),  # vouched for by the sandbox
    UniqueConstraint("provider", "subject"),
)

unit = Table(
    "unit",
    metadata,
    key(),
    Column("code", String(40), nullable=False, unique=True),
    Column("name_vi", String(300), nullable=False),
    Column("name_en", String(300), nullable=False),
    word("kind", UnitKind, 20),
    Column("agency_code", String(40), nullable=False),  # prefix of the dossier code, e.g. 000.00.00.H56
    Column("valid_from", Day),
    Column("valid_to", Day),
    Column("successor_id", String(26), ForeignKey("unit.id")),
    Column("sample", Boolean, nullable=False, server_default=false()),  # entered for practice
)

staff = Table(
    "staff",
    metadata,
    key(),
    Column("username", String(60), nullable=False, unique=True),
    Column("full_name", String(200), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("totp_secret", String(64)),  # in clear, of records before it was sealed; emptied at the next start
    Column("totp_sealed", String(200)),
    Column("totp_last_step", Integer),  # a code is good once
    Column("roles", Json, nullable=False),
    Column("unit_id", String(26), ForeignKey("unit.id"), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("must_change_password", Boolean, nullable=False, server_default=false()),  # others know it
    Column("sample", Boolean, nullable=False, server_default=false()),  # comes in only in practice
    word("language", Language, 2, default=Language.VIETNAMESE),
    Column("created_at", Instant, nullable=False),
)

session = Table(
    "session",
    metadata,
    key(),
    Column("token_hash", Bytes, nullable=False, unique=True),
    word("kind", SessionKind, 10),
    Column("person_id", String(26), ForeignKey("person.id")),
    Column("staff_id", String(26), ForeignKey("staff.id")),
    Column("device", String(200), nullable=False, server_default=""),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index("ix_session_person", "person_id"),
    Index("ix_session_staff", "staff_id"),
    Index("ix_session_expires_at", "expires_at"),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    key(),
    Column("state_hash", Bytes, nullable=False, unique=True),
    Column("provider", String(40), nullable=False),
    Column("nonce", String(64), nullable=False),
    Column("code_verifier", String(128), nullable=False),
    Column("browser_hash", Bytes, nullable=False),  # binds the callback to the browser that asked
    Column("return_to", String(500), nullable=False, server_default="/"),
    Column("created_at", Instant, nullable=False),
    Column("used_at", Instant),  # set once: a replayed callback finds it set
    Index("ix_sign_in_attempt_created_at", "created_at"),
)

# A form that was sent when its session had ended: kept, sealed, for the browser that sent it, until it signs in again.
kept_form = Table(
    "kept_form",
    metadata,
    key(),
    Column("key_hash", Bytes, nullable=False, unique=True),  # the key itself stands in the browser's page alone
    Column("whose", String(32), nullable=False, server_default=""),  # a pseudonym; empty: nothing personal in it
    Column("endpoint", String(80), nullable=False),
    Column("sealed", LongText, nullable=False),  # parts of the address and fields
    Column("kept_at", Instant, nullable=False),
    Index("ix_kept_form_kept_at", "kept_at"),
)

# How often something was guessed wrongly: an account, a device, a place, a dossier's code. Named by keyed hashes.
sign_in_throttle = Table(
    "sign_in_throttle",
    metadata,
    Column("subject", String(120), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Instant, nullable=False),
    Column("closed_until", Instant),
    Index("ix_sign_in_throttle_last_at", "last_at"),
)
