"""What do the tests at scale share? A deployment with the whole county in its database."""

import pytest

from app import Config, prepare
from store.database import Database
from tests.admin.desk_client import CLOCK
from tests.scale.county import settle


@pytest.fixture
def settled(config: Config) -> None:
    """Write the county, before any worker starts."""
    prepare(config, CLOCK)
    database = Database(config.database_url)
    settle(database)
    database.close()
