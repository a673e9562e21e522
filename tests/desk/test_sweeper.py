"""What if Twilio never tells that a leg is over? Its own record is asked, and nothing stays on the line for ever; on both databases."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from carrier.port import Busy, Gone, Refused, Seen, Unknown
from carrier.unplugged import Unplugged
from cli.told_calls import lines_of
from desk.sweeper import AT_ONCE, GRACE, Sweeper
from ivr.swept import LONGEST_CALL
from store import tables
from store.conversations import At
from store.database import Database
from store.drain import drain
from store.past_calls import past_call, told
from store.presence import Status
from telephone import Fault, Leg, Person, RestFault
from tests.admin.desk_client import Holder
from tests.conftest import WEDNESDAY
from tests.desk.carrying import ExchangeCarrier
from tests.desk.stage import CALLER, HANDLER, NUMBER, Stage
from tests.store.recording import left_behind, of_call, rows, status, step
from tests.telling import at

LATER = GRACE + timedelta(minutes=1)
NUMBERS: dict[str, Any] = {"from": None, "to": None}
BEGAN = step(0, **NUMBERS)
COMPLETED = Seen("completed", at("Wed 10:05"), 300)


class Lost:
    """No status callback arrives."""

    def delays(self) -> tuple[float, ...]:
        return ()


@dataclass
class Book:
    """A carrier of which only records are asked."""

    known: dict[str, Seen | Gone | Refused | Busy | Unknown]
    asked: list[str] = field(default_factory=list)

    def look_up(self, sid: str) -> Seen | Gone | Refused | Busy | Unknown:
        self.asked.append(sid)
        return self.known.get(sid, COMPLETED)


class Carrying(Book, Unplugged):
    """The same as a whole carrier."""

    look_up = Book.look_up  # type: ignore[assignment]  # it says more than one that refuses everything


def swept(stage: Stage, after: timedelta = LATER, carrier: ExchangeCarrier | Unplugged | None = None) -> int:
    here = stage.application
    drain(stage.config.state / "journal", here.database, here.journal.own)
    return Sweeper(carrier or stage.carrier).round(here.database, here.publication.current(), stage.hand.now() + after)


@pytest.fixture
def left(stage: Stage) -> Leg:
    """A caller who hung up in a menu, of which nobody told us."""
    stage.plugs_in(Lost())
    caller = stage.exchange.dial(NUMBER, CALLER)
    stage.until(lambda: caller.is_listened_to)
    stage.exchange.advance(7)
    caller.hangs_up()
    return caller


def test_a_call_whose_end_was_not_told_is_closed_from_twilios_record(stage: Stage, left: Leg) -> None:
    assert swept(stage, GRACE - timedelta(minutes=2)) == 0
    assert rows(stage.application.database, tables.call)[0]["ended_at"] is None
    assert swept(stage) == 1
    (row,) = rows(stage.application.database, tables.call)
    assert (row["sid"], row["ending"]) == (left.sid, "caller-gone")
    assert timedelta(seconds=6) < row["ended_at"] - row["began_at"] < timedelta(seconds=8)
    assert swept(stage) == 0


def test_a_call_that_goes_on_is_left_alone(stage: Stage, handler: Holder) -> None:  # noqa: ARG001  # somebody is there
    caller = stage.talking()
    assert swept(stage) == 0
    assert swept(stage, 2 * LONGEST_CALL) == 0
    assert stage.talk(caller).state is At.TALKING


def test_a_handler_whose_own_end_was_not_told_is_not_kept_from_others(stage: Stage, handler: Holder) -> None:
    stage.plugs_in(Lost())
    stage.exchange.phone(HANDLER).will(Person("1", after=3))
    stage.talking().hangs_up()
    stage.exchange.advance(60)
    assert stage.status(handler) is Status.ON_CALL
    assert swept(stage) > 0
    stage.exchange.settle()
    assert stage.status(handler) is Status.WRAP_UP


def test_it_is_told_how_the_end_is_known(stage: Stage, left: Leg) -> None:
    swept(stage)
    with stage.application.database.read() as connection:
        past = past_call(connection, left.sid)
        assert past
        text = "\n".join(lines_of(told(connection, past)))
    assert "The call was over (completed, " in text
    assert "Twilio did not report this end: it was taken from Twilio's own record of the call." in text


def test_without_a_carrier_it_counts_as_over_when_no_call_lasts_longer(stage: Stage, left: Leg) -> None:
    assert swept(stage, LONGEST_CALL - timedelta(minutes=2), Unplugged()) == 0
    assert swept(stage, LONGEST_CALL, Unplugged()) == 1
    with stage.application.database.read() as connection:
        past = past_call(connection, left.sid)
    assert past
    assert past.records[-1].body["reasons"][0]["code"] == "end-never-reported"


@pytest.mark.usefixtures("left")
def test_a_carrier_that_does_not_answer_is_asked_again_later(stage: Stage) -> None:
    stage.exchange.rest.fails(RestFault(Fault.HUNG, method="GET", times=1))
    assert swept(stage) == 0
    assert swept(stage) == 1


def calls(database: Database, folder: Path, many: int) -> list[str]:
    """Calls that began and of which nothing more was heard."""
    names = [f"CA{number:03}" for number in range(many)]
    began = [of_call(BEGAN, name) for name in names]
    left_behind(folder, began)
    drain(folder, database, None)
    return names


def test_so_many_are_asked_for_in_a_round_and_long_calls_keep_no_other_from_its_turn(stage: Stage) -> None:
    here = stage.application
    names = calls(here.database, stage.config.state / "journal", 3 * AT_ONCE)
    book = Carrying(dict.fromkeys(names[:AT_ONCE], Seen("in-progress")))
    sweeper = Sweeper(book)
    closed = [
        sweeper.round(here.database, here.publication.current(), WEDNESDAY.now() + timedelta(hours=1)) for _ in range(4)
    ]
    assert closed == [0, AT_ONCE, AT_ONCE, 0]
    assert book.asked[: 3 * AT_ONCE] == names
    assert all(one < other for one, other in pairwise(book.asked[: 3 * AT_ONCE]))


@pytest.mark.parametrize("way", [1, -1], ids=["swept first", "told first"])
def test_what_twilio_tells_after_all_stands_and_nothing_goes_back(stage: Stage, way: int) -> None:
    database, folder = stage.application.database, stage.config.state / "journal"
    left_behind(folder, [BEGAN, status("in-progress", 2)])
    drain(folder, database, None)
    book = Carrying({"CAleg": Seen("completed", None, 60)})
    late = [status("completed", 3, seconds=61), status("completed", 9, leg="", rings=None)]

    def swept_then() -> None:
        Sweeper(book).round(database, stage.application.publication.current(), at("Wed 11:00"))

    def told_then() -> None:
        left_behind(folder, late, "late")
        drain(folder, database, None)

    for act in (swept_then, told_then)[::way]:
        act()
    (leg,), (call,) = rows(database, tables.leg), rows(database, tables.call)
    assert (leg["status"], leg["seconds"]) == ("completed", 61)
    assert (call["ended_at"], call["ending"]) == (at("Wed 10:01"), "caller-gone")
