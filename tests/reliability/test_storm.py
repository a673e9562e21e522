"""Does a small storm, with a database that is frozen, killed and locked, leave every call safe and every event there once? (B1, B3, B4)"""

from pathlib import Path

import pytest

from tests.reliability.faults import postgresql
from tests.reliability.figures.storm import stormed

SMALL, SEED = 20, 1


@pytest.mark.long
def test_a_small_storm_is_weathered(tmp_path: Path) -> None:
    with postgresql(tmp_path) as breakable:
        assert stormed(breakable, tmp_path, SMALL, SEED).broken == ()
