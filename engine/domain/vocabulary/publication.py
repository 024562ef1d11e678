"""The words of what is published: versions of procedures, and articles of the portal."""

from __future__ import annotations

from enum import StrEnum


class VersionState(StrEnum):
    """Where a version of a procedure stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class ArticleKind(StrEnum):
    """What an article of the portal is."""

    GUIDE = "guide"
    NEWS = "news"
