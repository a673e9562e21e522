"""The stage of the desk's tests, on both databases."""

from collections.abc import Iterator

import pytest

from app import Config
from tests.admin.desk_client import Holder
from tests.desk.stage import Stage, staged


@pytest.fixture
def stage(config: Config) -> Iterator[Stage]:
    made = staged(config)
    yield made
    made.application.close()


@pytest.fixture
def handler(stage: Stage) -> Holder:
    return stage.signs_in()
