"""`motcua seed`: puts the procedures and, for practice, the sample office into an empty record."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from engine.actions.accounts import (
    mark_samples,
    must_be_for_practice,
    seal_old_secrets,
    unmarked_samples,
    with_sample_password,
)
from engine.actions.portal import SeedContent, seed_content
from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.bootstrap import Platform, build
from engine.cli.declare import Words, word
from engine.cli.output import say
from engine.domain.actor import SYSTEM
from engine.domain.clock import local_day
from engine.domain.procedures import pack_codes, read_pack
from engine.settings import Settings
from engine.store.accounts import samples, staff
from engine.store.catalogue import content, procedures


def add(words: Words) -> None:
    """Declare the word."""
    parser = word(words, "seed", "nạp thủ tục và dữ liệu mẫu / procedures and sample data", seed)
    parser.add_argument(
        "--update", action="store_true", help="công bố lại gói thủ tục đã đổi / publish packs that have changed"
    )


def seed(settings: Settings, args: argparse.Namespace) -> int:
    """Fill what is missing; with --update also publish packs whose files have changed. Safe to repeat."""
    platform = build(settings)
    platform.database.migrate()
    put_in_order(platform)
    for line in (*publish_packs(platform, update=args.update), *enter_content(platform)):
        say(line)
    platform.close()
    say("✓ Dữ liệu ban đầu đã đủ / the record is filled")
    return 0


def put_in_order(platform: Platform) -> samples.SampleCount:
    """Before anything is served: old samples get their mark, second factors their seal; gives what practice left.

    Raises WrongState where an office's own record would be practised on.
    """
    with platform.database.read() as tx:
        unmarked = unmarked_samples(tx)
    found = with_sample_password(unmarked)
    with platform.database.begin() as tx:
        mark_samples(tx, found)
        seal_old_secrets(tx, platform.office)
        if platform.settings.practice:
            must_be_for_practice(tx)
        return samples.count(tx)


def fill_when_empty(platform: Platform) -> Iterator[str]:
    """What an empty record needs to be of use; one line for each thing entered."""
    yield from publish_packs(platform, update=False)
    with platform.database.read() as tx:
        bare = not content.articles(tx, "guide", 1) or (platform.settings.practice and not staff.count(tx))
    if bare:
        yield from enter_content(platform)


def publish_packs(platform: Platform, *, update: bool) -> Iterator[str]:
    """Publish packs the record does not know yet (`update`: or knows differently)."""
    for code in pack_codes(platform.settings.processes):
        with platform.database.begin() as tx:
            if not update and procedures.current(tx, code, local_day(tx.now)) is not None:
                continue
            files = read_pack(platform.settings.processes, code)
            published = publish_procedure(tx, platform.office, PublishProcedure(SYSTEM, files))
        if published.changed:
            yield f"+ {code} (lần {published.number} / version {published.number})"


def enter_content(platform: Platform) -> list[str]:
    """The guide; in practice also sample news, poll, units and officials."""
    with platform.database.begin() as tx:
        return seed_content(tx, platform.office, SeedContent(SYSTEM, people=platform.settings.practice)).lines
