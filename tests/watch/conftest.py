"""What do the tests of the watch share? An application whose clock they move, and the world that it is in."""

from collections.abc import Iterator

import pytest

from app import Application, Config, build
from tests.desk.wall_clock import WallClock


@pytest.fixture
def wall() -> WallClock:
    return WallClock()


@pytest.fixture
def office(config: Config, wall: WallClock) -> Iterator[Application]:
    """A whole application on a Wednesday at ten at first."""
    built = build(config, wall)
    built.desk.end()
    yield built
    built.close()
