"""Does a transfer hold whatever happens? Random orders of acts, people and faults of the carrier; each run is its seed.

``make desk`` plays many more than the suite (DUTYLINE_STORIES).
"""

import os

import pytest

from app import Config
from tests.desk.chance import Story, delivery_of
from tests.desk.stage import SECOND, staged

STORIES = int(os.environ.get("DUTYLINE_STORIES", "24"))
FIRST = int(os.environ.get("DUTYLINE_FIRST_STORY", "0"))
GROUPS = max(8, STORIES // 16)


@pytest.mark.stories
@pytest.mark.parametrize("group", range(GROUPS))
def test_whatever_happens_nobody_is_stranded_or_rung_twice(config: Config, group: int) -> None:
    stage = staged(config)
    handlers = stage.signs_in(), stage.signs_in(SECOND, "Hugo Handler")
    wrong = {}
    try:
        for seed in range(FIRST + group, FIRST + STORIES, GROUPS):
            stage.available()
            stage.plugs_in(delivery_of(seed), seed)
            wrong[seed] = Story(stage, handlers, seed).plays()
    finally:
        stage.application.close()
    assert {seed: found for seed, found in wrong.items() if found} == {}
