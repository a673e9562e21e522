"""What are the site's resources handed, and what do they see of the world?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app

from directory.snapshot import Kind
from ivr.moment import World
from routing.clock import Clock
from store.database import Database
from store.directory import version_of, versions_of
from store.journal import Journal
from store.publication import Publication
from store.upkeep import Upkeep

EXTENSION = "desk"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the site's resources are handed."""

    database: Database
    publication: Publication
    clock: Clock
    upkeep: Upkeep
    keyed: Callable[[str], str]
    journal: Journal


def desk() -> Desk:
    """The ports of the application that answers this request."""
    return cast("Desk", current_app.extensions[EXTENSION])


def now() -> datetime:
    """The present moment."""
    return desk().clock.now()


def newest_world() -> World:
    """The world at the newest version that the database holds. Raises when the database is away."""
    publication = desk().publication
    return publication.publish() if publication.behind() else publication.current()


def versions(kind: Kind) -> tuple[Mapping[str, int], World]:
    """The version of each entry of a kind, and a world that is at least as new: an ETag never promises too much."""
    with desk().database.read() as connection:
        found = versions_of(connection, kind)
    return found, newest_world()


def version(kind: Kind, slug: str) -> tuple[int | None, World]:
    """The version of one entry, and a world that is at least as new."""
    if not slug.isprintable():
        return None, newest_world()
    with desk().database.read() as connection:
        found = version_of(connection, kind, slug)
    return found, newest_world()
