"""What do the tests of the desk play on? The whole application, an emulator of the telephone company, and people at phones."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from app import Application, Config, build, prepare
from ivr.legs import LegStage
from store import conversations, parties, transfers
from store.conversations import Conversation
from store.drain import drain
from store.keys import Role, create, owner
from store.presence import Status, change, one
from store.tables_desk import presence
from telephone import (
    Account,
    Attempt,
    BrokenOff,
    Delivery,
    Exchange,
    Failure,
    InOrder,
    Leg,
    Person,
    Request,
    Response,
    Unheard,
    WsgiTransport,
)  # fmt: skip
from tests.admin.desk_client import Holder, holder
from tests.conftest import TOKEN
from tests.desk.carrying import ExchangeCarrier, Interrupted
from tests.telling import at
from webhooks.links import leg_place_at

BASE = "http://127.0.0.1:8000"
LINE = "call-derbyshire"
NUMBER = "+442079460102"
CALLER = "+442079460999"
HANDLER = "+442079460201"
SECOND = "+442079460202"
TEAM = "derbyshire-safeguarding"
CONSULTED, DEPUTY = "+442079460301", "+442079460302"
ACCOUNT = Account("AC" + "0" * 32, TOKEN)
BEGAN = at("Wed 10:00")
BETWEEN_BEATS = timedelta(seconds=10)


@dataclass
class Hand:
    """A clock that the emulator moves; another emulator goes on from there."""

    began: datetime = BEGAN
    seconds: float = 0.0

    def now(self) -> datetime:
        return self.began + timedelta(seconds=self.seconds)

    def follow(self, seconds: float) -> None:
        self.seconds = seconds

    def begins_again(self) -> None:
        self.began, self.seconds = self.now() + timedelta(seconds=60), 0.0


@dataclass
class Told:
    """Sids that no other emulator of the run gives."""

    run: int
    last: int = 0

    def next(self, prefix: str) -> str:
        self.last += 1
        return f"{prefix}{self.run:08x}{self.last:024x}"


class Gate:
    """The wire to whichever worker answers now; it breaks before the replies to legs of a stage come back."""

    def __init__(self, application: Application) -> None:
        self.breaks_at: LegStage | None = None
        self.send_to(application)

    def send_to(self, application: Application) -> None:
        self._inner = WsgiTransport(application.flask)

    def send(self, request: Request) -> Response:
        reply, place = self._inner.send(request), leg_place_at(urlsplit(request.url).path)
        if place and place.stage is self.breaks_at:
            raise BrokenOff(request.url)
        return reply


@dataclass
class Stage:
    """One deployment with its telephones."""

    application: Application
    carrier: ExchangeCarrier
    hand: Hand
    config: Config
    gate: Gate
    runs: int = 0
    beat: datetime | None = None

    @property
    def exchange(self) -> Exchange:
        assert self.carrier.exchange
        return self.carrier.exchange

    def plugs_in(self, delivery: Delivery | None = None, seed: int = 0) -> Exchange:
        """A fresh emulator, from now on."""
        self.runs += 1
        self.hand.begins_again()
        lines = self.application.publication.current().directory.lines.values()
        exchange = Exchange(
            self.gate, ACCOUNT, f"{BASE}/webhooks/voice", status_url=f"{BASE}/webhooks/status",
            owned=[number.e164 for line in lines for number in line.numbers], follow=self.hand.follow,
            began=self.hand.now(), delivery=delivery or InOrder(), sids=Told(self.runs), seed=seed,
        )  # fmt: skip
        self.carrier.exchange = exchange
        exchange.between(self.work)
        return exchange

    def work(self) -> None:
        """What goes on beside the calls, all of it, now; heartbeats come every ten seconds."""
        here, now = self.application, self.hand.now()
        drain(self.config.state / "journal", here.database, here.journal.own)
        if self.beat is None or now - self.beat >= BETWEEN_BEATS:
            self.beat = now
            with here.database.write() as connection:
                connection.execute(presence.update().values(seen_at=now))
            here.attendance.look(now)
        with suppress(Interrupted):
            here.desk.once()

    def signs_in(self, phone: str = HANDLER, name: str = "Hanna Handler", lines: tuple[str, ...] = (LINE,)) -> Holder:
        """A handler with a key, at the desk and available."""
        with self.application.database.write_in_order() as connection:
            key, secret = create(connection, name, Role.HANDLER, "tests", self.hand.now())
            row = {"who": key.id, "name": name, "phone": phone, "lines": list(lines), "since": self.hand.now()}
            connection.execute(presence.insert().values(**row, status="available", seen_at=self.hand.now()))
        self.beat = None
        self.work()
        return Holder(self.application.flask.test_client(), secret)

    def status(self, by: Holder) -> Status:
        """What a handler is doing."""
        with self.application.database.read() as connection:
            key = owner(connection, by.key, self.hand.now())
            here = one(connection, key.id) if key else None
        assert here
        return here.status

    def key_of(self, by: Holder) -> str:
        """The id by which the desk knows a handler."""
        with self.application.database.read() as connection:
            key = owner(connection, by.key, self.hand.now())
        assert key
        return key.id

    def moves_to(self, other: Application) -> None:
        """This worker stops in the middle of everything; another one goes on."""
        self.application.close()
        other.upkeep.end()
        self.application = other
        self.gate.send_to(other)
        self.beat = None

    def with_key(self, by: Holder) -> Holder:
        """The same handler, at the worker that goes on."""
        return Holder(self.application.flask.test_client(), by.key)

    def dies_after_the_next_ring(self) -> None:
        """The carrier does what it is asked for, and the worker is gone before it notes it."""
        self.carrier.interrupts = True

    def sends_again(self, attempt: Attempt) -> Response | Failure:
        """A webhook that Twilio repeats."""
        return self.gate.send(attempt.request)

    def set_status(self, by: Holder, status: Status) -> None:
        with self.application.database.write() as connection:
            key = owner(connection, by.key, self.hand.now())
            assert key
            change(connection, key.id, frozenset(Status), status, self.hand.now())

    def talk(self, caller: Leg) -> Conversation:
        with self.application.database.read() as connection:
            found = conversations.one(connection, caller.sid)
        assert found
        return found

    def parties(self, caller: Leg) -> tuple[parties.Party, ...]:
        with self.application.database.read() as connection:
            return parties.of_call(connection, caller.sid)

    def transfers(self, call: str) -> tuple[transfers.Transfer, ...]:
        with self.application.database.read() as connection:
            return transfers.of_call(connection, call)

    def available(self) -> None:
        """Every handler, again."""
        with self.application.database.write() as connection:
            connection.execute(presence.update().values(status="available", since=self.hand.now()))

    def queued(self, caller: str = CALLER) -> Leg:
        """A caller in the queue of those with a child at risk."""
        leg = self.exchange.dial(NUMBER, caller)
        self.exchange.until(lambda: leg.is_listened_to, 60)
        leg.presses("1")
        self.exchange.until(lambda: leg.queue is not None or leg.room is not None, 60)
        return leg

    def talking(self) -> Leg:
        """A caller who speaks to a handler."""
        self.exchange.phone(HANDLER).will(Person("1", after=3))
        leg = self.queued()
        self.exchange.until(lambda: self.hears(leg) == {HANDLER}, 60)
        return leg

    def transfer(self, caller: Leg, by: Holder, mode: str = "warm", **to: str) -> dict[str, Any]:
        """A transfer is asked for, and let in."""
        reply = by.sends("POST", f"/calls/{caller.sid}/transfers", {"to": to or {"team": TEAM}, "mode": mode})
        assert reply.status_code == 201, reply.get_json()
        answer: dict[str, Any] = reply.get_json()
        self.exchange.settle()
        return answer

    def state(self, key: str) -> str:
        with self.application.database.read() as connection:
            found = transfers.one(connection, key)
        assert found
        return found.state

    def commands(self, by: Holder, key: str, command: str) -> dict[str, Any]:
        reply = by.sends("POST", f"/transfers/{key}/{command}", {})
        assert reply.status_code == 200, reply.get_json()
        answer: dict[str, Any] = reply.get_json()
        self.exchange.settle()
        return answer

    def hears(self, leg: Leg) -> set[str]:
        """The numbers of those whom a leg hears."""
        return {other.person for other in self.exchange.who_hears(leg)}

    def may_come_to(self, condition: Callable[[], bool], within: float) -> None:
        """Let time pass until something is so, if it ever is."""
        with suppress(Unheard):
            self.exchange.until(condition, within)

    def until(self, condition: Callable[[], bool], within: float = 60.0) -> None:
        self.exchange.until(condition, within)


def staged(config: Config) -> Stage:
    """The application on its database, at ten on a Wednesday, nobody signed in; a team to consult has two numbers."""
    hand, carrier = Hand(), ExchangeCarrier(ACCOUNT)
    prepare(config, hand)
    application = build(config, hand, carrier)
    application.upkeep.end()  # its work is done by the stage, in the emulator's time
    stage = Stage(application, carrier, hand, config, Gate(application))
    stage.plugs_in()
    numbers = [{"number": CONSULTED, "accept": "key"}, {"number": DEPUTY, "accept": "key"}]
    editor = holder(application, Role.EDITOR, "Edith Editor")
    reply = editor.changes("PUT", f"/teams/{TEAM}/duty-numbers", {"duty_numbers": numbers}, seen_at=f"/teams/{TEAM}")
    assert reply.status_code == 200, reply.get_json()
    return stage
