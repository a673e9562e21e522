"""Which calls are recorded? Of every kind that leaves something behind, played to their end, with each of their webhooks as it was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import Table, select

from store.drain import drain
from store.every_table import metadata
from telephone import NoAnswer, Person, Request
from tests.conftest import deployment
from tests.desk.calling_back import PERSON, books, dials
from tests.desk.stage import CONSULTED, HANDLER, Stage, staged

DEVON = "+442079460101"
BEATS = {"presence": ("seen_at",), "key": ("last_used_at",)}
"""What moves without any call."""

HEADER = "X-Twilio-Signature"


@dataclass(frozen=True, slots=True)
class Sent:
    """A webhook as it went over the wire."""

    target: str
    pairs: tuple[tuple[str, str], ...]
    signature: str


@contextmanager
def stage() -> Iterator[Stage]:
    """A deployment with its telephones, gone afterwards."""
    with TemporaryDirectory() as place:
        made = staged(deployment(f"sqlite:///{Path(place) / 'forged.db'}", Path(place) / "state"))
        try:
            yield made
        finally:
            made.application.close()


def recorded(here: Stage) -> list[Sent]:
    """Play all of the calls to their end; what was sent of them."""
    handler = here.signs_in()
    for play in (_transferred, _called_back, _gives_up, _unanswered):
        play(here, handler)
        here.exchange.until(lambda: all(leg.is_over for leg in here.exchange.legs), 1_200)
        here.exchange.advance(60)
        here.available()
    settle(here)
    return [_sent(attempt.request) for attempt in here.exchange.attempts]


def settle(here: Stage) -> None:
    """All that is to become of what was sent, now."""
    drain(here.config.state / "journal", here.application.database, here.application.journal.own)
    here.work()


def _transferred(here: Stage, handler: Any) -> None:
    """Answered at the desk, put on hold, and handed over."""
    caller = here.talking()
    here.exchange.phone(CONSULTED).will(Person("1", after=4))
    transfer = here.transfer(caller, handler)
    here.until(lambda: here.state(transfer["id"]) == "consulting")
    here.exchange.advance(5)
    here.commands(handler, transfer["id"], "complete")
    here.until(lambda: here.hears(caller) == {CONSULTED}, 20)
    here.exchange.advance(10)
    caller.hangs_up()


def _called_back(here: Stage, handler: Any) -> None:
    """Somebody who had asked for it is rung."""
    here.exchange.phone(HANDLER).will(Person("1", after=3, talks=10))
    here.exchange.phone(PERSON).will(Person("", after=4))
    dials(here, handler, books(handler)["id"])


def _gives_up(here: Stage, _: Any) -> None:
    """Waited in the queue, and hung up."""
    here.exchange.phone(HANDLER).will(NoAnswer())
    caller = here.queued()
    here.exchange.advance(65)
    caller.hangs_up()


def _unanswered(here: Stage, _: Any) -> None:
    """Nobody answers; the safe message, and a call-back that is kept."""
    caller = here.exchange.dial(DEVON, "+442079460998")
    here.exchange.until(lambda: caller.is_listened_to, 60)
    caller.presses("3")
    here.exchange.until(lambda: caller.is_over, 900)


def _sent(request: Request) -> Sent:
    url = urlsplit(request.url)
    headers = {name.lower(): value for name, value in request.headers}
    pairs = tuple(parse_qsl(request.body.decode(), keep_blank_values=True))
    return Sent(url.path + (f"?{url.query}" if url.query else ""), pairs, headers[HEADER.lower()])


def left_behind(here: Stage) -> dict[str, object]:
    """Every row, and everything that was asked of Twilio."""
    asked = [(one.method, one.path) for one in here.exchange.rest.requests if one.method != "GET"]
    with here.application.database.read() as connection:
        rows = {table.name: _rows(connection, table) for table in metadata.sorted_tables}
    return {**rows, "REST": asked}


def _rows(connection: Any, table: Table) -> list[str]:
    columns = [column for column in table.c if column.name not in BEATS.get(table.name, ())]
    return sorted(repr(tuple(row)) for row in connection.execute(select(*columns)))
