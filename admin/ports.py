"""What are the site's resources handed, and what do they see of the world?"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from flask import current_app

from admin.passwords import Passwords
from admin.provider import Provider
from admin.readings import Readings
from carrier.letters import Address
from carrier.texting import Texting
from directory.snapshot import Kind
from ivr.moment import World
from ivr.proof.example import Example
from routing.clock import Clock
from routing.periods import Period
from store.alarm_book import AlarmBook
from store.database import Database
from store.directory import version_of, versions_of
from store.journal import Journal
from store.outgoing import ORDINARY, Caps
from store.publication import Publication
from store.upkeep import Upkeep

EXTENSION = "desk"
HOUSE_COLOUR = "#12436d"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many requests of the API a minute each worker answers: for one key, and for one address without a valid key."""

    per_key: int = 1200
    per_address: int = 120


GENEROUS = Limits()


@dataclass(frozen=True, slots=True)
class RecordRules:
    """What a deployment settles of its records: whose second enquiry prompts (``family`` or ``child``), how long types of record are
    kept, by code, where it is not as the sources say, and by line within how many seconds a person should answer."""

    enquiry_unit: str = "family"
    kept: Mapping[str, Period] = field(default_factory=dict)
    answer_targets: Mapping[str, int] = field(default_factory=dict)


AS_PRINTED = RecordRules()

Teller = Callable[[World, Example], str]
"""Plays the call that shows a refutation, and returns it in plain English."""


def untold(world: World, example: Example) -> str:  # noqa: ARG001  # where nobody hands us a telephone
    """Nothing: this application has no telephone to play it on."""
    return ""


class NotExportedError(ValueError):
    """A call cannot become a golden test; the message says why."""


@dataclass(frozen=True, slots=True)
class KeptCall:
    """A past call as a golden test: its text, and the name of its file."""

    text: str
    name: str


CallKeeper = Callable[[str], KeptCall]
"""Makes a golden test of a call, by its SID. Raises NotExportedError."""


def unkept(sid: str) -> KeptCall:
    """Nothing: this application has no telephone to play it on."""
    raise NotExportedError(f"Call {sid} cannot be played: this Dutyline has no telephone at hand.")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the site's resources are handed."""

    database: Database
    publication: Publication
    clock: Clock
    upkeep: Upkeep
    keyed: Callable[[str], str]
    journal: Journal
    alarms: AlarmBook
    readings: Readings
    public_url: str = "http://127.0.0.1:8000"
    provider: Provider | None = None
    limits: Limits = GENEROUS
    colour: str = HOUSE_COLOUR
    records: RecordRules = AS_PRINTED
    texting: Texting | None = None
    passwords: Passwords = field(default_factory=Passwords)
    tell: Teller = untold
    golden: CallKeeper = unkept
    caps: Caps = ORDINARY
    mail_from: Address | None = None

    @property
    def secure(self) -> bool:
        """Whether browsers reach us by https."""
        return self.public_url.startswith("https:")


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


def versions(kind: Kind, slugs: Collection[str] | None = None) -> tuple[Mapping[str, int], World]:
    """The version of each entry of a kind, or of those that are named, and a world that is at least as new: an ETag never
    promises too much."""
    with desk().database.read() as connection:
        found = versions_of(connection, kind, slugs)
    return found, newest_world()


def version(kind: Kind, slug: str) -> tuple[int | None, World]:
    """The version of one entry, and a world that is at least as new."""
    if not slug.isprintable():
        return None, newest_world()
    with desk().database.read() as connection:
        found = version_of(connection, kind, slug)
    return found, newest_world()
