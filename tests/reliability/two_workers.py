"""What if every webhook comes twice and more, at once, on two workers? Two applications over one state folder and one database."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

from sqlalchemy import Table, select

from app import Application, build
from desk.errands import Means
from desk.loop import DeskLoop
from ivr.legs import LegPlace
from ivr.replies import Place
from store import tables, tables_callbacks, tables_desk, tables_tasks
from store.drain import drain
from telephone import Request, Response, WsgiTransport
from tests.conftest import deployment
from tests.desk.carrying import Interrupted
from tests.desk.stage import BASE, BEGAN, BETWEEN_BEATS, HANDLER, SECOND, Gate, Stage, staged
from webhooks.links import OVERRIDES, leg_path_of, path_of

AGAIN = 0.3
"""How often a request is sent once more when it has been answered, and how often an earlier callback comes back."""

KEPT = (
    tables.event, tables.call, tables.leg, tables.callback, tables_desk.conversation, tables_desk.party, tables_desk.transfer,
    tables_desk.presence, tables_desk.errand, tables_callbacks.call_back, tables_callbacks.call_back_attempt, tables_tasks.task,
)  # fmt: skip
MOST_RUNS = 1_000_000
"""A sid has so much room for the number of its run."""

BY_CHANCE = ("claimed_by", "claimed_until", "id")
DRAWN = ("party", "transfer", "call_back_attempt", "task", "errand")
"""The tables whose ids are drawn anew each time."""

MENDING = "unhold"
"""The document of a held caller tells the desk, beside the call and without waiting, that it goes on (``InTime.tell``); here the clock may
have jumped when that is heard, and an unhold is asked for that finds nobody held. It is left out, with its number in the row."""

NAMING = (
    ("errand", "party"),
    ("errand", "body"),
    ("party", "transfer"),
    ("conversation", "party"),
    ("conversation", "transfer"),
    ("errand", "sequence"),
)
"""The columns in which they stand, and the numbers that an errand left out shifts: rows are put in order without them."""


@dataclass
class Doubling:
    """The wire to two workers. Clean, it asks the first; else each request comes two or three times at once, on both."""

    workers: Sequence[WsgiTransport]
    pool: ThreadPoolExecutor
    dice: Random | None = None
    sent: int = 0
    wrong: list[str] = field(default_factory=list)
    told: list[Request] = field(default_factory=list)

    def send(self, request: Request) -> Response:
        """The reply of the first copy; that of any other must be the same."""
        if self.dice is None:
            self.sent += 1
            return self.workers[0].send(request)
        answers = self._at_once(request, self.dice.choice((2, 2, 3)))
        if self.dice.random() < AGAIN:
            answers.append(self._once_more(request))
        self.wrong += [f"{_path(request)} was answered in two ways" for one in answers if one.body != answers[0].body]
        self.wrong += [f"{_path(request)} was answered with {one.status}" for one in answers if one.status >= 300]
        self._an_old_callback(request)
        return answers[0]

    def _at_once(self, request: Request, copies: int) -> list[Response]:
        barrier = Barrier(copies)

        def one(worker: int) -> Response:
            barrier.wait()
            return self.workers[worker % 2].send(request)

        self.sent += copies
        return list(self.pool.map(one, range(copies)))

    def _once_more(self, request: Request) -> Response:
        assert self.dice
        self.sent += 1
        return self.dice.choice(self.workers).send(request)

    def _an_old_callback(self, request: Request) -> None:
        """Callbacks are sent again long after others have followed."""
        assert self.dice
        if self.told and self.dice.random() < AGAIN:
            self._once_more(self.dice.choice(self.told))
        if _is_callback(request):
            self.told.append(request)


def _path(request: Request) -> str:
    return request.url.removeprefix(BASE)


@dataclass
class Pair(Stage):
    """A stage whose webhooks two workers answer, and whose desk both of them run."""

    other: Application | None = None
    wire: Doubling | None = None
    before: Path = Path()
    loops: tuple[DeskLoop, ...] = ()
    holders: tuple[Any, ...] = ()

    @property
    def both(self) -> tuple[Application, Application]:
        """The two applications."""
        assert self.other
        return self.application, self.other

    def begins(self, dice: Random | None, run: int) -> None:
        """Everything as it was before the first call, the clock too; clean, or doubled by these dice."""
        assert self.wire
        _copy(self.before, self.before.with_name("test.db"))
        self.wire.dice, self.wire.told, self.wire.wrong = dice, [], []
        self.hand.began, self.hand.seconds, self.beat, self.runs = BEGAN, 0.0, None, run % MOST_RUNS
        self.loops = tuple(
            DeskLoop(one.database, one.publication.current, self.hand, Means(self.carrier, _address))
            for one in self.both
        )
        self.plugs_in()
        self.work()

    def work(self) -> None:
        """What goes on beside the calls, on both workers, either of them first."""
        if not self.loops:
            super().work()
            return
        assert self.wire
        pairs = list(zip(self.both, self.loops, strict=True))
        for here, loop in pairs if self.wire.dice is None or self.wire.dice.random() < 1 / 2 else pairs[::-1]:
            drain(self.config.state / "journal", here.database, here.journal.own)
            self._beats(here)
            with suppress(Interrupted):
                loop.once()

    def _beats(self, here: Application) -> None:
        now = self.hand.now()
        if here is self.application and (self.beat is None or now - self.beat >= BETWEEN_BEATS):
            self.beat = now
            with here.database.write() as connection:
                connection.execute(tables_desk.presence.update().values(seen_at=now))
            for one in self.both:
                one.attendance.look(now)

    def rows(self) -> dict[str, str]:
        """What is left, by table; whatever is drawn anew each time is called by its place."""
        with self.application.database.read() as connection:
            found = {table.name: _shown(table, connection.execute(select(table))) for table in KEPT}
        found["errand"] = [row | {"sequence": 0} for row in found["errand"] if row["kind"] != MENDING]
        drawn = [row["id"] for name in DRAWN for row in found[name]]
        texts = {name: json.dumps([_fixed(row) for row in rows], default=str) for name, rows in found.items()}
        for place, key in enumerate(drawn):
            texts = {name: text.replace(key, f"drawn-{place}") for name, text in texts.items()}
        return texts

    def asked(self) -> list[tuple[str, ...]]:
        """What was done by the telephone company at our request, in order; looking up has no effect."""
        acts = (one for one in self.exchange.rest.requests if one.method != "GET" and one.parameter("Hold") != "false")
        return [(one.method, one.path, *(value for name, value in one.parameters if "Url" not in name and "Callback" not in name))
                for one in acts]  # fmt: skip

    def ends(self) -> None:
        """Close both."""
        for one in self.both:
            one.close()


def _shown(table: Table, rows: Any) -> list[dict[str, Any]]:
    found = [dict(row._mapping) for row in rows]
    return sorted(found, key=lambda row: str([value for name, value in row.items() if not _is_drawn(table, name)]))


def _is_drawn(table: Table, name: str) -> bool:
    return name in BY_CHANCE or (table.name, name) in NAMING


def _is_callback(request: Request) -> bool:
    return "/webhooks/status" in request.url or b"CallbackSource" in request.body


def _fixed(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in BY_CHANCE or name == "id"}


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def _address(place: Place) -> str:
    return f"{BASE}{leg_path_of(place) if isinstance(place, LegPlace) else path_of(place)}{OVERRIDES}"


def pair(folder: Path, pool: ThreadPoolExecutor) -> Pair:
    """Two workers on SQLite, two handlers signed in, nothing rung yet."""
    one = staged(deployment(f"sqlite:///{folder / 'test.db'}", folder / "state"))
    other = build(one.config, one.hand, one.carrier)
    other.upkeep.end()
    wire = Doubling([WsgiTransport(one.application.flask), WsgiTransport(other.flask)], pool)
    gate = Gate(one.application)
    made = Pair(
        one.application, one.carrier, one.hand, one.config, gate, other=other, wire=wire, before=folder / "before.db"
    )
    made.gate = wire  # type: ignore[assignment]  # it carries requests, too
    made.holders = (made.signs_in(HANDLER, "Hanna Handler"), made.signs_in(SECOND, "Hugh Second"))
    _copy(folder / "test.db", made.before)
    return made


Script = Callable[[Pair, int], None]


def compared(here: Pair, script: Script, seed: int) -> Iterator[str]:
    """Play a script clean, then doubled: what differs."""
    here.begins(None, seed)
    script(here, seed)
    rows, asked = here.rows(), here.asked()
    here.begins(Random(f"doubled {seed}"), seed)
    script(here, seed)
    assert here.wire
    yield from here.wire.wrong
    after = here.rows()
    yield from (f"{name} differs" for name in rows if rows[name] != after[name])
    if asked != here.asked():
        yield f"the telephone company was asked {len(here.asked())} times instead of {len(asked)}, or something else"
