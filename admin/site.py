"""What does the web site consist of, beside the answering path?"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from routing.clock import Clock
from store.database import Database
from store.publication import Publication
from store.upkeep import Upkeep


@dataclass(frozen=True, slots=True)
class Desk:
    """What the site's resources are handed."""

    database: Database
    publication: Publication
    clock: Clock
    upkeep: Upkeep
    keyed: Callable[[str], str]


def site(desk: Desk) -> Flask:
    """The Flask application."""
    flask = Flask("dutyline")
    flask.extensions["desk"] = desk
    return flask
