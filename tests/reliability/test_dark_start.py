"""Do callers reach whom the snapshot names when the service was started without its database? (B6)"""

from pathlib import Path

import pytest

from tests.reliability.figures.dark_start import sqlite, started_dark

SMALL, SEED = 6, 1


@pytest.mark.long
def test_a_small_dark_start_reaches_whom_the_snapshot_names(tmp_path: Path) -> None:
    with sqlite(tmp_path) as killable:
        assert started_dark(killable, tmp_path, SMALL, SEED).broken == ()
