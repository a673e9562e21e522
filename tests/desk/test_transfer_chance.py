"""Does a transfer hold whatever happens? Random orders of acts, people and faults of the carrier; each run is its seed.

``make desk`` plays many more than the suite (DUTYLINE_STORIES).
"""

import os
from collections.abc import Iterable

import pytest

from app import Config
from tests.desk.chance import Story, delivery_of
from tests.desk.stage import SECOND, staged

STORIES = int(os.environ.get("DUTYLINE_STORIES", "24"))
FIRST = int(os.environ.get("DUTYLINE_FIRST_STORY", "0"))
GROUPS = max(8, STORIES // 50)
FEW = 3
"""Played by the suite, too."""


@pytest.mark.stories
@pytest.mark.timeout(600)  # a group is nothing but work, and the machine may be busy
@pytest.mark.parametrize("group", range(GROUPS))
def test_whatever_happens_nobody_is_stranded_or_rung_twice(config: Config, group: int) -> None:
    assert wrong(config, range(FIRST + group, FIRST + STORIES, GROUPS)) == {}


def test_a_few_of_these_stories_play_in_the_suite(config: Config) -> None:
    assert wrong(config, range(FEW)) == {}


def wrong(config: Config, seeds: Iterable[int]) -> dict[int, list[str]]:
    """What went wrong on one stage, by seed."""
    stage = staged(config)
    handlers = stage.signs_in(), stage.signs_in(SECOND, "Hugo Handler")
    found = {}
    try:
        for seed in seeds:
            stage.available()
            stage.plugs_in(delivery_of(seed), seed)
            found[seed] = Story(stage, handlers, seed).plays()
    finally:
        stage.application.close()
    return {seed: faults for seed, faults in found.items() if faults}
