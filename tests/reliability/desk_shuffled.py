"""Do the callbacks of a phone that the desk rings end in the same rows in every order? Its requests are played again on copies."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice, permutations
from pathlib import Path
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import Table, select

from desk import callback_calls
from desk.switchboard import Switchboard
from ivr.moment import World
from rehearsal.staging import Memory
from routing.clock import FixedClock
from store import tables_callbacks, tables_desk
from store.database import Database
from store.parties import Here
from telephone import Attempt, NoAnswer, Person, Response, WsgiTransport
from tests.conftest import TOKEN, deployment
from tests.desk.calling_back import PERSON, books
from tests.desk.stage import BASE, CONSULTED, HANDLER, TEAM, Stage, staged
from tests.reliability.shuffled import MOST, Found
from webhooks.guard import Guard
from webhooks.ports import NOBODY
from webhooks.voice import Door, Ports

KEPT = (tables_desk.conversation, tables_desk.party, tables_desk.transfer, tables_desk.presence, tables_callbacks.call_back,
        tables_callbacks.call_back_attempt)  # fmt: skip
ELSEWHERE = Flask("elsewhere")
FAR = {state.value: place for place, state in enumerate(Here)}
OVER = frozenset(("completed", "busy", "failed", "no-answer", "canceled"))
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Played:
    """One phone: the database before it rang, whose party it is, and what Twilio asked and told of it."""

    before: Path
    world: World
    party: str
    clock: FixedClock
    documents: Sequence[Attempt]
    callbacks: Sequence[Attempt]


def transferred(folder: Path, who: Person | NoAnswer) -> Played:
    """A colleague is rung for a warm transfer."""
    stage = staged(deployment(f"sqlite:///{folder / 'test.db'}", folder / "state"))
    handler = stage.signs_in()
    stage.exchange.phone(CONSULTED).will(who)
    caller = stage.talking()
    handler.sends("POST", f"/calls/{caller.sid}/transfers", {"to": {"team": TEAM}, "mode": "warm"})
    return _played(stage, folder, CONSULTED)


def called_back(folder: Path) -> Played:
    """A handler's phone is rung, and then whoever is called back."""
    stage = staged(deployment(f"sqlite:///{folder / 'test.db'}", folder / "state"))
    handler = stage.signs_in()
    stage.exchange.phone(HANDLER).will(Person("1", after=2))
    stage.exchange.phone(PERSON).will(Person("", after=3, talks=9))
    key = books(handler)["id"]
    handler.sends("POST", f"/callbacks/{key}/dial", {})
    here = stage.application
    callback_calls.dispatch(here.database, here.publication.current(), stage.hand.now())
    return _played(stage, folder, HANDLER)


SHAPES: Mapping[str, Callable[[Path], Played]] = {
    "a transfer's phone": lambda folder: transferred(folder, Person("1", after=3, talks=8)),
    "a transfer's phone that nobody answers": lambda folder: transferred(folder, NoAnswer()),
    "a call-back's leg": called_back,
}


def _played(stage: Stage, folder: Path, phone: str) -> Played:
    """Keep the database as it is, and then let it ring."""
    here, before = stage.application, folder / "before.db"
    _copy(folder / "test.db", before)
    clock, world = FixedClock(stage.hand.now()), here.publication.current()
    stage.exchange.advance(45)
    with here.database.read() as connection:
        party = tables_desk.party.c
        key = str(
            connection.scalar(select(party.id).where(party.number == phone).order_by(party.asked_at.desc()).limit(1))
        )
    asked = [one for one in stage.exchange.attempts if key in one.request.url]
    here.close()
    told = [one for one in asked if one.purpose == "status"]
    return Played(before, world, key, clock, [one for one in asked if one not in told], told)


def orders(played: Played, most: int, dice: Random) -> list[list[Attempt]]:
    """As they came; then in up to ``most`` orders, some of them twice, the phone's documents first or before it is over."""
    doubled = list(islice(cycle(played.callbacks), MOST))
    found = list(permutations(doubled))
    chosen = found if most >= len(found) else dice.sample(found, most)
    first = [*played.documents, *played.callbacks]
    return [first, *(_arranged(played, order, place % 2) for place, order in enumerate(chosen))]


def _arranged(played: Played, order: Sequence[Attempt], way: int) -> list[Attempt]:
    over = next(place for place, one in enumerate(order) if one.parameter("CallStatus") in OVER)
    place = over if way else 0
    return [*order[:place], *played.documents, *order[place:]]


def shuffled(played: Played, folder: Path, shape: str, told: Sequence[Sequence[Attempt]]) -> Found:
    """Play every order on a copy, and look at the rows after each request."""
    found, expected, database = Found(len(told)), Rows(), Database(f"sqlite:///{folder / 'copy.db'}")
    for at, order in enumerate(told):
        _copy(played.before, folder / "copy.db")
        rows = _replayed(played, database, order, f"{shape}, order {at}", found)
        expected = expected or rows
        found.wrong += [f"{shape}: {name} differs in order {at}" for name in rows if rows[name] != expected[name]]
    database.close()
    return found


def _copy(source: Path, target: Path) -> None:
    """Also while connections to the target are open, so that nothing has to be prepared anew for each order."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def _replayed(played: Played, database: Database, order: Sequence[Attempt], name: str, found: Found) -> Rows:
    memory = Memory(played.world)
    ports = Ports(memory, memory, memory, played.clock, NOBODY, Switchboard(database, memory.current))
    wire = WsgiTransport(Door(ELSEWHERE.wsgi_app, Guard([TOKEN], BASE), ports, ""))
    first = before = _rows(database)
    for one in order:
        answer = wire.send(one.request)
        now = _rows(database)
        found.wrong += [f"{name}: {what}" for what in (*_refused(answer, memory), *_backward(before, now))]
        found.looks, before = found.looks + 1, now
    return _without_chance(first, before)


def _without_chance(first: Rows, rows: Rows) -> Rows:
    """The rows, with what was made on the way called by its place: its id is drawn anew each time."""
    known = {row["id"] for row in first["party"]}
    made = [row["id"] for row in sorted(rows["party"], key=lambda row: str(row["number"])) if row["id"] not in known]
    named = {key: f"made {place}" for place, key in enumerate(made)}
    return {
        table: sorted(
            ({name: named.get(value, value) if isinstance(value, str) else value for name, value in row.items()} for row in those),
            key=str,
        )
        for table, those in rows.items()
    }  # fmt: skip


def _rows(database: Database) -> Rows:
    with database.read() as connection:
        return {table.name: [dict(row._mapping) for row in connection.execute(_ordered(table))] for table in KEPT}


def _ordered(table: Table) -> Any:
    return select(table).order_by(*table.primary_key.columns)


def _refused(answer: Response, memory: Memory) -> Iterator[str]:
    if answer.status >= 300 or memory.faults:
        yield f"it was answered with {answer.status} {memory.faults}"


def _backward(before: Rows, now: Rows) -> Iterator[str]:
    were = {row["id"]: row for row in before["party"]}
    for row in now["party"]:
        was = were.get(row["id"])
        if was and FAR[row["state"]] < FAR[was["state"]]:
            yield f"a party went back from {was['state']} to {row['state']}"
