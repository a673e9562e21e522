"""How do calls get into a real journal and a real database, while the directory and the plans change between them?"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from flask import Flask
from sqlalchemy import Connection

from app import Config
from directory.model import Closure, DutyNumber, Effect
from directory.numbers import Number
from directory.snapshot import Change, written
from ivr.moment import World
from ivr.plan import Plan
from ivr.reading import plan_from
from ivr.record import Record
from rehearsal.replaying import Replayer
from rehearsal.staging import FollowingClock
from store.bundle import bank_holidays
from store.calls import trace
from store.database import Database
from store.directory import CURRENT, put_plan, version_of, write
from store.drain import drain
from store.journal import Journal
from store.past_worlds import PastWorlds
from store.plans import text_of
from store.publication import Fixed, Publication
from telephone import Account, Call, Telephone, Unique, WsgiTransport
from tests.rehearsal.stumbling import Stumbling
from tests.store.publishing import ME, publication
from tests.telling import at
from webhooks.guard import Guard
from webhooks.voice import Door, Ports

BASE = "http://127.0.0.1:8000"
SECRET = "a-secret-for-the-calls-of-the-tests"
BEGINS = at("Wed 10:00")
CALLERS = ("+442079460999", "anonymous", "+447700900123", "+33123456789")


@dataclass
class Hand:
    """A clock that each call begins anew."""

    clock: FollowingClock = field(default_factory=lambda: FollowingClock(BEGINS))

    def now(self) -> datetime:
        return self.clock.now()

    def follow(self, seconds: float) -> None:
        self.clock.follow(seconds)


@dataclass
class Attending:
    """A desk that answers other lines from call to call."""

    lines: frozenset[str] = frozenset()

    def staffed(self, now: datetime) -> frozenset[str]:  # noqa: ARG002  # throughout
        return self.lines


class Faults(list[str]):
    """What callers met."""

    def raised(self, what: str) -> None:
        self.append(what)


@dataclass
class Deployment:
    """A journal, a database and a door between them."""

    config: Config
    database: Database
    published: Publication
    journal: Journal
    hand: Hand = field(default_factory=Hand)
    desk: Attending = field(default_factory=Attending)
    faults: Faults = field(default_factory=Faults)

    @property
    def world(self) -> World:
        return self.published.current()

    def phone(self, when: datetime) -> Telephone:
        """A telephone whose calls begin at a moment."""
        self.hand.clock = FollowingClock(when)
        ports = Ports(self.published, self.journal, self.faults, self.hand, self.desk)
        door = Door(Flask("recorded").wsgi_app, Guard([SECRET], BASE), ports, "")
        return Telephone(
            WsgiTransport(door), Account("AC" + "0" * 32, SECRET), f"{BASE}/webhooks/voice", f"{BASE}/webhooks/voice/fallback",
            f"{BASE}/webhooks/status", follow=self.hand.follow, sids=Unique(),
        )  # fmt: skip

    def rings(self, line: str, when: datetime, caller: str = CALLERS[0], via: str | None = None) -> Call:
        """A call to a line."""
        return self.phone(when).dial(self.world.directory.lines[line].numbers[0].e164, caller, via)

    def stumbles(self, dice: Random, when: datetime) -> str:
        """A whole call by the dice; its SID."""
        line = dice.choice(sorted(self.world.plans.current))
        self.desk.lines = frozenset((line,)) if dice.random() < 0.7 else frozenset()
        via = "+441392383000" if dice.random() < 0.1 else None
        call = self.rings(line, when, dice.choice(CALLERS), via)
        Stumbling(dice, self.world.directory).through(call)
        return call.sid

    def changes(self, dice: Random, when: datetime) -> None:
        """The directory or a plan becomes another one."""
        with self.database.write_in_order() as connection:
            dice.choice((_renumbered, _closed, _replanned))(connection, self.world, dice, when)
        self.published.publish()

    def records(self, sid: str) -> list[Record]:
        """What the database has of a call."""
        self.drained()
        with self.database.read() as connection:
            return trace(connection, sid)

    def drained(self) -> None:
        """Everything in the database."""
        drain(self.config.state / "journal", self.database, self.journal.own)

    @contextmanager
    def replayer(self) -> Iterator[Replayer]:
        """Whoever takes this deployment's calls again."""
        with self.database.read() as connection:
            fixed = Fixed(bank_holidays(self.config.folders), self.config.keyed)
            yield Replayer(PastWorlds(connection, fixed).at, BASE)


@contextmanager
def deployed(config: Config, database: Database) -> Iterator[Deployment]:
    """A deployment on a prepared database."""
    published, faults = publication(config.state / "published", database, config), Faults()
    published.publish()
    journal = Journal(config.state / "journal", faults.raised)
    yield Deployment(config, database, published, journal, faults=faults)
    journal.close()


def _written(connection: Connection, change: Change, when: datetime) -> None:
    write(connection, change, version_of(connection, change.kind, change.slug), ME, when)


def _renumbered(connection: Connection, world: World, dice: Random, when: datetime) -> None:
    """A team's desk moves, and takes few calls at once."""
    team = world.directory.teams[dice.choice(sorted(world.directory.teams))]
    duty = DutyNumber(Number(f"+442079460{dice.randint(300, 399)}"), at_once=dice.choice((None, 1)))
    _written(connection, written(replace(team, duty_numbers=(duty,))), when)


def _closed(connection: Connection, world: World, dice: Random, when: datetime) -> None:
    """A line closes for a while."""
    line, slug = dice.choice(sorted(world.plans.current)), f"closure-{dice.randint(0, 999)}"
    if slug not in world.directory.closures:
        until = when + timedelta(days=dice.randint(1, 4))
        _written(connection, written(Closure(slug, Effect.CLOSED, when, until, "Training", line=line)), when)


def _replanned(connection: Connection, world: World, dice: Random, when: datetime) -> None:
    """A line's plan gets another opening."""
    line = dice.choice(sorted(world.plans.current))
    plan, text = with_opening(connection, world.plans.current[line], f"Hello, number {dice.randint(0, 999)}.")
    put_plan(connection, plan, text, CURRENT, when)


def with_opening(connection: Connection, digest: str, opening: str) -> tuple[Plan, str]:
    """A plan with other first words, and its TOML."""
    text = text_of(connection, digest) or ""
    before = next(line for line in text.splitlines() if line.startswith("opening ="))
    text = text.replace(before, f'opening = "{opening}"', 1)
    plan = plan_from(text)
    assert isinstance(plan, Plan)
    return plan, text
