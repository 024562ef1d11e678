"""How much one account may ask of the office in twenty-four hours, and how full the disk may get."""

from __future__ import annotations

from dataclasses import dataclass

from engine.settings_reader import Reader


@dataclass(frozen=True)
class Quotas:
    """Each over the last 24 hours unless it says otherwise. Far above what people need, far below what harms."""

    drafts: int  # begun by one account
    filings: int  # sent by one account
    sms_per_number: int  # to one telephone, whoever filed
    sms_per_account: int
    upload_mb: int  # stored by one account, what was taken out again too
    dossier_mb: int  # papers of one dossier, at any time
    free_disk_mb: int  # nothing is stored when less is free


def read_quotas(read: Reader) -> Quotas:
    """The limits as set, or those of an office of a million people."""
    return Quotas(
        drafts=read.number("DRAFTS_PER_DAY", 50, 1, 100_000),
        filings=read.number("FILINGS_PER_DAY", 20, 1, 100_000),
        sms_per_number=read.number("SMS_PER_NUMBER_PER_DAY", 10, 0, 100_000),
        sms_per_account=read.number("SMS_PER_ACCOUNT_PER_DAY", 20, 0, 100_000),
        upload_mb=read.number("UPLOAD_MB_PER_DAY", 300, 1, 1_000_000),
        dossier_mb=read.number("UPLOAD_MB_PER_DOSSIER", 100, 1, 1_000_000),
        free_disk_mb=read.number("FREE_DISK_MB", 500, 0, 10_000_000),
    )
