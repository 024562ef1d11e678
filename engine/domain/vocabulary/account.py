"""The words of accounts: who people are to their identity provider, and where officials work."""

from __future__ import annotations

from enum import StrEnum


class PersonKind(StrEnum):
    """Whom a citizen's account stands for."""

    PERSON = "person"
    ORGANISATION = "organisation"


class SessionKind(StrEnum):
    """Whose session it is."""

    CITIZEN = "citizen"
    STAFF = "staff"


class Language(StrEnum):
    """The languages an account can choose."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


class UnitKind(StrEnum):
    """What a unit of the administration is."""

    ONE_STOP = "one_stop"
    DIVISION = "division"
    COMMUNE = "commune"
    DEPARTMENT = "department"
