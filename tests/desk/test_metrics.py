"""How do calls, the queue and the call-backs stand in the page of metrics?"""

from datetime import datetime

from app import Application
from store.presence import Status
from telephone import NoAnswer, Person
from tests.admin.desk_client import Holder
from tests.admin.measuring import scraped, value
from tests.desk.calling_back import books
from tests.desk.stage import HANDLER, LINE, Stage
from tests.desk.wall_clock import WallClock

MOBILE, CONSULTATION, LINE_OF_IT = "07812 300329", "+442079460105", "derby-consultation"


def told(stage: Stage, name: str, **labels: str) -> float | None:
    stage.work()
    return value(scraped(stage.application), name, **labels)


def test_a_call_stands_under_way_and_then_with_its_ending(stage: Stage) -> None:
    exchange = stage.plugs_in()
    exchange.phone(MOBILE).will(Person(presses="1", after=4))
    caller = exchange.dial(CONSULTATION)
    exchange.advance(40)
    assert told(stage, "calls", line=LINE_OF_IT, outcome="under-way", window="1h") == 1
    caller.hangs_up()
    exchange.advance(5)
    for outcome, count in (("under-way", 0), ("person", 1)):
        assert told(stage, "calls", line=LINE_OF_IT, outcome=outcome, window="1h") == count
        assert told(stage, "calls", line=LINE_OF_IT, outcome=outcome, window="24h") == count


def test_a_person_is_there_once_key_1_was_pressed_and_not_before(stage: Stage) -> None:
    exchange = stage.plugs_in()
    exchange.phone(MOBILE).will(Person(presses="1", after=4))
    caller = exchange.dial(CONSULTATION)
    exchange.advance(40)
    caller.hangs_up()
    exchange.advance(5)
    ringing, person = (
        told(stage, f"time_to_{what}_seconds", line=LINE_OF_IT, quantile="0.5") or 0 for what in ("ringing", "person")
    )
    assert 3 < ringing < 20
    assert ringing + 4 < person < 40
    assert told(stage, "ladder_depth", line=LINE_OF_IT, quantile="1") == 1


def test_who_waits_for_the_desk_is_told_with_the_longest_wait(stage: Stage, handler: Holder) -> None:
    stage.exchange.phone(HANDLER).will(NoAnswer())
    caller = stage.queued()
    stage.until(lambda: stage.status(handler) is Status.AWAY, 40)
    assert told(stage, "queue_waiting", line=LINE) == 1
    assert 15 <= (told(stage, "queue_longest_wait_seconds", line=LINE) or 0) < 30
    caller.hangs_up()
    stage.exchange.advance(5)
    assert (told(stage, "queue_waiting", line=LINE), told(stage, "queue_longest_wait_seconds", line=LINE)) == (0, 0)


def test_a_call_back_is_open_and_then_late(office: Application, ida: Holder, wall: WallClock) -> None:
    target = datetime.fromisoformat(books(ida)["target"])
    for name, count in (("callbacks_open", 1), ("callbacks_late", 0)):
        assert value(scraped(office), name, line=LINE) == count
    wall.passes(seconds=(target - wall.at).total_seconds() + 1)
    for name in ("callbacks_open", "callbacks_late"):
        assert value(scraped(office), name, line=LINE) == 1
