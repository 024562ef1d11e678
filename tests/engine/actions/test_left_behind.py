"""What each act of the office leaves in the record: every row, state, event, notice, paper and call, and nothing else.

The rows stand in `left_behind/<story>.txt`, one line each, under the act that wrote them. A change that is meant is
written anew with MOTCUA_TEST_WRITE=1 and read in the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from factories.office_life import OfficeLife
from factories.stories import accounts, desk, filing, versions
from factories.stories.telling import Story, told

KEPT = Path(__file__).parent / "left_behind"
STORIES: tuple[Story, ...] = (
    filing.filed_step_by_step,
    filing.supplemented,
    filing.withdrawn,
    filing.refused_at_reception,
    desk.an_extract_to_the_counter,
    desk.an_extract_by_post,
    desk.the_post_refuses,
    desk.an_extract_refused,
    desk.a_business_at_the_counter,
    desk.a_business_amended_and_refused,
    accounts.officials_and_their_accounts,
    accounts.citizens_and_the_portal,
    accounts.what_operators_do,
    versions.moved_and_back,
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_an_act_leaves_what_it_left(life: OfficeLife, story: Story) -> None:
    found, kept = told(life, story), KEPT / f"{story.__name__}.txt"
    if os.environ.get("MOTCUA_TEST_WRITE"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(found, encoding="utf-8")
    assert found.splitlines() == kept.read_text(encoding="utf-8").splitlines()


def test_every_kept_story_is_told() -> None:
    assert {path.stem for path in KEPT.glob("*.txt")} == {story.__name__ for story in STORIES}
