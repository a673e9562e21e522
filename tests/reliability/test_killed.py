"""What is lost when workers are killed with -9 while callers ring? A few calls; ``make killed`` rings 10,000."""

import pytest

from tests.reliability.figures.killed import figure


@pytest.mark.long
def test_nothing_is_lost_or_doubled_and_nobody_unsafe_when_workers_are_killed() -> None:
    found = figure(30, 20261125)
    assert found.broken == ()
