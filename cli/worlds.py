"""Which world does a command look at? What this machine has published, else what the folders hold."""

from app import Config
from ivr.moment import World
from store.bundle import bank_holidays, bundle, world_of
from store.database import Database
from store.publication import Fixed, Publication


def world_here(config: Config) -> World:
    """The published world of the state folder; before the first start, the bundled one."""
    folder = config.state / "published"
    if not (folder / "stamp").exists():
        return world_of(bundle(config.folders), config.folders, config.keyed)
    fixed = Fixed(bank_holidays(config.folders), config.keyed)
    return Publication(folder, Database(config.database_url), fixed).current()
