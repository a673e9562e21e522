"""The stage of the desk's tests, on both databases."""

from collections.abc import Iterator

import pytest

from app import Application, Config, build
from store.database import Database
from store.keys import Role
from tests.admin.desk_client import Holder, holder
from tests.desk.stage import Stage, staged
from tests.desk.wall_clock import WallClock


@pytest.fixture
def stage(config: Config) -> Iterator[Stage]:
    made = staged(config)
    yield made
    made.application.close()


@pytest.fixture
def handler(stage: Stage) -> Holder:
    return stage.signs_in()


@pytest.fixture
def wall() -> WallClock:
    return WallClock()


@pytest.fixture
def office(config: Config, database: Database, wall: WallClock) -> Iterator[Application]:  # noqa: ARG001  # prepares it
    """A whole application whose clock a test moves: on a Wednesday at ten at first. The desk's rounds are the test's to make."""
    built = build(config, wall)
    built.desk.end()
    yield built
    built.close()


@pytest.fixture
def ida(office: Application) -> Holder:
    """An Information Officer."""
    return holder(office, Role.HANDLER, "Ida Officer")


@pytest.fixture
def tom(office: Application) -> Holder:
    """A Team Manager."""
    return holder(office, Role.HANDLER, "Tom Manager")
