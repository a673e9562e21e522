"""Does a real test call that arrives count as one, and as nothing else? And what is told where it does not?"""

import time
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app import Application
from carrier.account import Account
from carrier.listening import TwilioListening
from carrier.port import Busy, Done, Refused, Result, Unknown
from directory.numbers import Number
from ivr.alarms import Alarming
from ivr.moment import World
from store import tables
from store.database import Database
from store.watched import State
from telephone import Account as Caller
from telephone import Telephone, WsgiTransport
from tests.carrier.stand_in import SILENCE, answering
from tests.conftest import TOKEN
from tests.desk.wall_clock import WallClock
from tests.telling import at
from tests.watch.looked import looks, standing, states
from watch.arrivals import KIND, Arrivals

NOW = at("Wed 10:00")


@dataclass
class Company:
    """Places every call, or does what it was told to."""

    result: Result = field(default_factory=lambda: Done("CA1"))
    asked: list[tuple[str, str, int]] = field(default_factory=list)

    def listen(self, to: Number, caller_id: Number, seconds: int) -> Result:
        self.asked.append((to.e164, caller_id.e164, seconds))
        return self.result


def one_line(world: World) -> World:
    plan = world.plans.of_line("devon")
    assert plan
    return replace(world, plans=replace(world.plans, current={"devon": plan.digest}))


def test_each_line_is_rung_once_by_another_number_of_ours(database: Database, world: World) -> None:
    company = Company()
    Arrivals(company).place(database, world, NOW)
    assert len(company.asked) == len(world.plans.current)
    for to, caller, seconds in company.asked:
        assert {to, caller} <= set(world.directory.line_answering)
        assert (to != caller, seconds < 10) == (True, True)


def test_a_call_that_arrives_rings_nobody_is_well_and_is_taken_out_of_the_calls(
    office: Application, wall: WallClock
) -> None:
    devon, company = one_line(office.publication.current()), Company()
    real = Arrivals(company)
    real.place(office.database, devon, wall.now())
    to, caller, _ = company.asked[0]
    wall.passes(seconds=4)
    heard = telephone(office).dial(to, caller).hears("9 9 9").hangs_up()
    assert all("<Dial" not in str(one.answer) for one in heard.exchanges)
    until = time.monotonic() + 10
    while kept(office.database) != (1, True) and time.monotonic() < until:
        time.sleep(0.05)
    assert kept(office.database) == (1, True)
    wall.passes(seconds=60)
    real.judge(office.database, devon, wall.now())
    assert states(office.database, KIND) == {"devon": State.UNDER_WAY}
    wall.passes(seconds=30)
    real.judge(office.database, devon, wall.now())
    assert (states(office.database, KIND), kept(office.database)) == ({"devon": State.WELL}, (0, False))
    assert standing(office.database) == []


def test_one_that_does_not_arrive_is_an_alarm_until_one_does(database: Database, world: World) -> None:
    real, devon = Arrivals(Company()), one_line(world)
    real.place(database, devon, NOW)
    real.judge(database, devon, NOW + timedelta(seconds=95))
    assert standing(database) == [(Alarming.ARRIVAL_MISSING, "devon")]
    real.judge(database, devon, NOW + timedelta(seconds=155))
    assert len(standing(database)) == 1


@pytest.mark.parametrize(
    ("result", "state", "alarms"),
    [(Busy(), State.UNKNOWN, 0), (Unknown(), State.UNKNOWN, 0), (Refused(21210, "Not ours."), State.AMISS, 1)],
)
def test_what_was_not_placed_is_not_waited_for(
    database: Database, world: World, result: Result, state: State, alarms: int
) -> None:
    real, devon = Arrivals(Company(result)), one_line(world)
    real.place(database, devon, NOW)
    real.judge(database, devon, NOW + timedelta(seconds=95))
    assert (states(database, KIND), len(standing(database))) == ({"devon": state}, alarms)


def test_a_deployment_with_one_number_cannot_ring_itself(database: Database, world: World) -> None:
    company, lines = Company(), world.directory.lines
    alone = replace(
        world.directory, lines={"devon": lines["devon"]}, line_answering={lines["devon"].numbers[0].e164: "devon"}
    )
    Arrivals(company).place(database, replace(one_line(world), directory=alone), NOW)
    assert (company.asked, looks(database, KIND)) == ([], {})


def test_the_call_is_asked_for_with_its_own_twiml_and_no_webhook_and_never_twice() -> None:
    for answers, result in (
        ([(201, '{"sid": "CA7"}')], Done("CA7")),
        ([(500, "?")], Unknown()),
        ([SILENCE], Unknown()),
    ):
        with answering(*answers) as server:
            twilio = TwilioListening(Account("AC1", ("a" * 32,), server.url), 0.5)
            assert twilio.listen(Number("+442079460101"), Number("+442079460102"), 8) == result
            assert [(method, path) for method, path, _ in server.asked] == [
                ("POST", "/2010-04-01/Accounts/AC1/Calls.json")
            ]
            twilio.close()


def test_what_is_never_dialled_is_not_asked_for() -> None:
    with answering() as server:
        twilio = TwilioListening(Account("AC1", ("a" * 32,), server.url), 0.5)
        result = twilio.listen(Number("+449061234567"), Number("+442079460102"), 8)
        assert (isinstance(result, Refused), server.asked) == (True, [])
        twilio.close()


def telephone(office: Application) -> Telephone:
    base = "http://127.0.0.1:8000/webhooks"
    account = Caller("AC" + "0" * 32, TOKEN)
    return Telephone(WsgiTransport(office.flask), account, f"{base}/voice", status_url=f"{base}/status")


def kept(database: Database) -> tuple[int, bool]:
    """Calls, and whether there is any event."""
    with database.read() as connection:
        calls, events = (
            connection.scalar(select(func.count()).select_from(one)) for one in (tables.call, tables.event)
        )
    return calls or 0, bool(events)
