"""Does everything work through a pooler that lends connections transaction by transaction? It forgets what a session was told."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from app import Config, build
from store import tables
from store.database import Database
from tests.conftest import WEDNESDAY, Databases, deployment
from tests.reliability.answered import callers
from tests.reliability.arrived import arrived
from tests.reliability.pooler import pooled
from tests.store.publishing import publication, renumber, rung

pytestmark = [pytest.mark.postgresql_alone, pytest.mark.pooler]
CALLS = 20


@pytest.fixture
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    databases: Databases = request.getfixturevalue("postgresql")
    url = make_url(databases.prepared(tmp_path))
    with pooled(url) as through:
        direct = deployment(url.render_as_string(hide_password=False), tmp_path / "state")
        yield replace(direct, database_url=through.render_as_string(hide_password=False))


@pytest.mark.long
def test_calls_are_answered_and_kept_once_behind_a_pooler(config: Config) -> None:
    with callers(build(config, WEDNESDAY), config) as those:
        those.ring(CALLS)
        assert those.hear("ready")
        assert those.are_well
        assert arrived(config.database_url, those.told).broken == ()


def test_whoever_is_lent_a_connection_may_ask_as_often_as_they_like(config: Config) -> None:
    """What one of them had prepared on the server would be refused to the next."""
    with closing(Database(config.database_url)) as one, closing(Database(config.database_url)) as other:
        for database in (one, other) * 10:
            with database.write() as connection:  # after a rollback the driver forgets what it had prepared
                assert connection.scalars(select(tables.change.c.version)).all()


def test_what_was_published_rings_within_a_second_although_the_pooler_swallows_the_word(
    config: Config, tmp_path: Path
) -> None:
    with closing(Database(config.database_url)) as database, closing(build(config, WEDNESDAY)) as here:
        there = publication(tmp_path / "there", database, config)
        there.publish()
        for last in range(710, 715):
            number, began = renumber(database, there, last), time.monotonic()
            there.publish()
            while rung(here.publication) != number:
                time.sleep(0.01)
                assert time.monotonic() - began < 1
