"""What the administration publishes: procedures, guides, news, polls, and how often people come."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint, false

from engine.domain.vocabulary import ArticleKind, VersionState
from engine.store.schema.columns import Day, Instant, Json, LongText, key, metadata, word

procedure_version = Table(
    "procedure_version",
    metadata,
    key(),
    Column("code", String(20), nullable=False),
    Column("number", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    word("state", VersionState, 12),
    Column("valid_from", Day),
    Column("valid_to", Day),
    Column("name_vi", String(500), nullable=False),
    Column("name_en", String(500), nullable=False),
    Column("sector_vi", String(200), nullable=False),
    Column("sector_en", String(200), nullable=False),
    Column("search_text", LongText, nullable=False),  # folded: no accents, lower case, both languages, synonyms
    Column("files", Json, nullable=False),  # the whole pack, path → text: a dossier pins what it was filed under
    Column("published_at", Instant),
    UniqueConstraint("code", "number"),
    Index("ix_procedure_version_state", "state", "code"),
)

article = Table(
    "article",
    metadata,
    key(),
    Column("slug", String(120), nullable=False, unique=True),
    word("kind", ArticleKind, 10),
    Column("title_vi", String(300), nullable=False),
    Column("title_en", String(300), nullable=False),
    Column("summary_vi", LongText, nullable=False),
    Column("summary_en", LongText, nullable=False),
    Column("body_vi", LongText, nullable=False),  # Markdown-free, sanitised HTML
    Column("body_en", LongText, nullable=False),
    Column("unit_id", String(26), ForeignKey("unit.id")),
    Column("published_at", Instant, nullable=False),
    Column("sample", Boolean, nullable=False, server_default=false()),  # entered for practice
    Index("ix_article_kind_published", "kind", "published_at"),
)

poll = Table(
    "poll",
    metadata,
    key(),
    Column("question_vi", String(500), nullable=False),
    Column("question_en", String(500), nullable=False),
    Column("opens_at", Instant, nullable=False),
    Column("closes_at", Instant),
    Column("sample", Boolean, nullable=False, server_default=false()),  # entered for practice
)

poll_option = Table(
    "poll_option",
    metadata,
    key(),
    Column("poll_id", String(26), ForeignKey("poll.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("label_vi", String(300), nullable=False),
    Column("label_en", String(300), nullable=False),
)

poll_vote = Table(
    "poll_vote",
    metadata,
    key(),
    Column("poll_id", String(26), ForeignKey("poll.id"), nullable=False),
    Column("option_id", String(26), ForeignKey("poll_option.id"), nullable=False),
    Column("voter_hash", String(64), nullable=False),  # of the visitor cookie; never an address
    Column("voted_at", Instant, nullable=False),
    UniqueConstraint("poll_id", "voter_hash"),
)

# One row per local day: every period is a sum over days, so today ≤ week and today ≤ month ≤ all by construction.
visit_day = Table(
    "visit_day",
    metadata,
    Column("day_on", Day, primary_key=True),
    Column("visits", Integer, nullable=False),
)

code_counter = Table(
    "code_counter",
    metadata,
    Column("agency_code", String(40), primary_key=True),
    Column("day_on", Day, primary_key=True),
    Column("last_number", Integer, nullable=False),
)
