"""Who rings the lines? A switchboard over the bundled plans and the samples; no story may leave a fault behind."""

from collections.abc import Iterator

import pytest

from ivr.moment import World
from tests.telling import Switchboard


@pytest.fixture
def board(world: World) -> Iterator[Switchboard]:
    switchboard = Switchboard(world)
    yield switchboard
    assert switchboard.staged is None or switchboard.staged.memory.faults == []
