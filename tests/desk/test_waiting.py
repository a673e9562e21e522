"""Who is next, and for whom?"""

from datetime import datetime, timedelta

from desk.waiting import free_for, in_order
from store.conversations import At, Conversation
from store.presence import Present, Status
from tests.telling import at

NOON = at("Wed 12:00")


def waits(call: str, minutes: int, priority: str = "advice") -> Conversation:
    since = NOON - timedelta(minutes=minutes)
    return Conversation(
        call, "devon", priority, At.WAITING, 3, f"devon.{priority}", {}, (), None, None, relay=False, queued_at=since,
        offered_at=None, answered_at=None, ended_at=None, handler=None, party=None, transfer=None, generation=0,
        moved_at=None, onward=None,
    )  # fmt: skip


def present(who: str, minutes: int, status: Status = Status.AVAILABLE, seen: datetime = NOON) -> Present:
    return Present(who, who, "+442079460201", ("devon",), status, NOON - timedelta(minutes=minutes), seen)


def test_a_risk_is_answered_before_advice_and_then_whoever_waited_longest() -> None:
    ordered = in_order([waits("a", 9), waits("b", 1, "risk"), waits("c", 20), waits("d", 2, "risk")])
    assert [one.call for one in ordered] == ["d", "b", "c", "a"]


def test_the_handler_who_has_been_available_longest_is_rung() -> None:
    late = present("gone", 90, seen=NOON - timedelta(seconds=61))
    handlers = [present("anna", 2), present("bob", 8), present("cleo", 30, Status.WRAP_UP), late]
    assert free_for("devon", handlers, NOON) == handlers[1]
    assert free_for("derby", handlers, NOON) is None
