"""Which world does a command look at? What this machine has published, else what the folders hold."""

from app import Config
from ivr.moment import World
from store.bundle import bank_holidays, bundle, proclaimed, world_of
from store.database import Database
from store.publication import Fixed, Publication


def publication_of(config: Config, database: Database) -> Publication:
    """The published world of the state folder."""
    return Publication(config.state / "published", database, fixed_of(config))


def fixed_of(config: Config) -> Fixed:
    """What the deployment brings that no change alters."""
    return Fixed(bank_holidays(config.folders), config.keyed, proclaimed(config.folders))


def world_here(config: Config) -> World:
    """What is published here; before the first start, the bundled plans."""
    if not (config.state / "published" / "stamp").exists():
        return world_of(bundle(config.folders), config.folders, config.keyed)
    database = Database(config.database_url)
    try:
        return publication_of(config, database).current()
    finally:
        database.close()
