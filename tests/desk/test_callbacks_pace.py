"""Three hundred call-backs: at most one new call a second, the most urgent first, and none late that nobody has heard of."""

from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise

from app import Application, Config, build
from store import callbacks
from store.callbacks import Stand
from telephone import Person
from tests.admin.desk_client import Holder
from tests.desk.calling_back import began_at, books, dials, legs_to, listed, outcome, projected, reads
from tests.desk.stage import Stage
from tests.desk.wall_clock import WallClock, given, sent
from tests.telling import at

MANY, BY_PHONE, DESKS = 300, 12, 6
FOUR_MINUTES = timedelta(minutes=4)


def number(place: int) -> str:
    return f"+442079460{400 + place}"


def phone(place: int) -> str:
    return f"+4420794602{place:02d}"


def test_three_hundred_are_done_or_escalated_in_time_and_calls_begin_a_second_apart(stage: Stage) -> None:
    handlers = [stage.signs_in(phone(place), f"Handler {place}") for place in range(DESKS)]
    for place in range(DESKS):
        stage.exchange.phone(phone(place)).will(Person("1", after=2, talks=3))
    booked = stage.hand.now()
    for place in range(MANY):
        stage.exchange.phone(number(place)).will(Person("", after=2))
        projected(stage.application, f"CA{place:032x}", number(place), booked, target=booked + FOUR_MINUTES)
    assert len(listed(handlers[0])) == MANY
    for batch in range(BY_PHONE // DESKS):
        taken = [one["id"] for one in listed(handlers[0])[:DESKS]]
        for by, key in zip(handlers, taken, strict=True):
            dials(stage, by, key)
        stage.until(partial(nobody_dials, stage), 120)
        for by, key in zip(handlers, taken, strict=True):
            outcome(by, key, "reached")
        stage.available()
        assert len(listed(handlers[0], "state=done")) == (batch + 1) * DESKS
    starts = began_at(stage)
    assert len(starts) == 2 * BY_PHONE
    assert all(later - sooner >= 1 for sooner, later in pairwise(starts))
    assert Counter(leg.called for leg in stage.exchange.legs).most_common(1)[0][1] == BY_PHONE // DESKS
    assert not stage.exchange.rung_twice_at_once()
    stage.exchange.advance((booked + FOUR_MINUTES - stage.hand.now()).total_seconds())
    late = listed(handlers[0], "state=escalated")
    assert len(late) + BY_PHONE == MANY
    assert all(datetime.fromisoformat(one["escalated_at"]) < booked + FOUR_MINUTES for one in late)


def test_three_hundred_that_nobody_makes_are_each_escalated_once_before_they_are_late(
    office: Application, ida: Holder, wall: WallClock
) -> None:
    for place in range(MANY):
        projected(office, f"CA{place:032x}", number(place), at("Wed 10:00"))
    for one in listed(ida)[::10]:
        outcome(ida, one["id"], "reached")
    wall.passes(hours=23, minutes=44)
    office.desk.once()
    assert listed(ida, "state=escalated") == []
    for _ in range(8):
        wall.passes(seconds=5)
        office.desk.once()
    wall.passes(minutes=1)
    for _ in range(8):
        wall.passes(seconds=5)
        office.desk.once()
    late = listed(ida, "state=escalated")
    assert (len(late), len(listed(ida, "state=done")), listed(ida, "state=open")) == (270, 30, [])
    assert all(datetime.fromisoformat(one["escalated_at"]) < datetime.fromisoformat(one["target"]) for one in late)
    tasks = Counter(task["about"] for task in all_tasks(ida))
    assert (len(tasks), set(tasks.values())) == (270, {1})


def nobody_dials(stage: Stage) -> bool:
    with stage.application.database.read() as connection:
        return not callbacks.those(connection, (Stand.DIALLING,))


def all_tasks(by: Holder) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    cursor: str | None = ""
    while cursor is not None:
        shown = given(by, f"/tasks?limit=200&kind=call-back-escalated&cursor={cursor}")
        found, cursor = [*found, *shown["items"]], shown["next"]
    return found


def test_the_most_urgent_is_dialled_first_and_the_others_are_told_their_place(stage: Stage) -> None:
    handlers = [stage.signs_in(phone(place), f"Handler {place}") for place in range(4)]
    asked = [("normal", 9), ("normal", 2), ("red", 30), ("amber", 1)]
    keys = [books(handlers[0], number(n), urgency=how, within=hours)["id"] for n, (how, hours) in enumerate(asked)]
    shown = [sent(by, "POST", f"/callbacks/{key}/dial", {}) for by, key in zip(handlers, keys, strict=True)]
    assert [one["position"] for one in shown] == [1, 1, 1, 2]
    stage.exchange.advance(8)
    first = sorted(range(4), key=lambda place: stage.exchange.legs.index(legs_to(stage, phone(place))[0]))
    assert first == [2, 3, 1, 0]
    assert reads(handlers[0], keys[0])["position"] is None


def test_two_workers_together_begin_one_call_a_second(stage: Stage, config: Config) -> None:
    other = build(config, stage.hand, stage.carrier)
    other.upkeep.end()
    stage.exchange.between(other.desk.once)
    handlers = [stage.signs_in(phone(place), f"Handler {place}") for place in range(4)]
    for place, by in enumerate(handlers):
        stage.exchange.phone(phone(place)).will(Person("1", after=2, talks=3))
        stage.exchange.phone(number(place)).will(Person("", after=2))
        dials(stage, by, books(by, number(place))["id"])
    stage.exchange.advance(40)
    starts = began_at(stage)
    assert len(starts) == 8
    assert all(later - sooner >= 1 for sooner, later in pairwise(starts))
    other.close()


def test_one_that_is_followed_by_two_workers_is_one(
    office: Application, config: Config, ida: Holder, wall: WallClock
) -> None:
    other = build(config, wall)
    projected(office, "CA" + "7" * 32, number(7), at("Wed 10:00") - timedelta(hours=1))
    for worker in (office, other, office):
        wall.passes(seconds=5)
        worker.desk.once()
    assert len(listed(ida)) == 1
    other.close()
