"""How does a command reach the database? Opened for its length, with the answer of a person's words when it is away."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from app import Config, ConfigError, config_from
from store.database import AWAY, Database
from store.migrate import migrate


@dataclass(frozen=True, slots=True)
class Opened:
    """The settings and the migrated database."""

    config: Config
    database: Database


@contextmanager
def opened() -> Iterator[Opened]:
    """The database of this environment's settings."""
    try:
        config = config_from(os.environ)
    except ConfigError as problem:
        raise click.ClickException(str(problem)) from problem
    database = Database(config.database_url)
    try:
        migrate(database, config.state)
        yield Opened(config, database)
    except AWAY as fault:
        raise click.ClickException("The database is away; try again when it answers.") from fault
    finally:
        database.close()
