"""Numbers really answer: test calls by the telephone, confirmed by key 1 alone, once each, in hours, and what follows from them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete

from app import Config, build
from desk.number_calls import place
from store import callback_attempts, keys, parties, tables, tables_desk
from store.callback_attempts import Attempt, Goes
from store.database import Transaction, insert_new
from store.number_outcomes import CONFIRMED, ENGAGED, NO_ANSWER, NO_KEY, NOT_PLACED, UNREACHABLE
from store.parties import Party, Role
from store.tables_callbacks import call_back_attempt
from telephone import Busy, Fails, Fault, NoAnswer, Person, Persona, RestFault, Voicemail
from tests.admin.desk_client import holder
from tests.desk.stage import CONSULTED, DEPUTY, HANDLER, NUMBER, TEAM, Stage
from tests.desk.testing_numbers import WORDS, NumbersUnderTest
from tests.telling import at

CALLS = r"/Calls\.json$"
THERE = Person("1", after=3)
HOUR = timedelta(hours=1)
THIRD = "+442079460303"
PERSONAS: tuple[tuple[Persona, str], ...] = (
    (Voicemail(), NO_KEY), (Person("2", after=2), NO_KEY), (NoAnswer(), NO_ANSWER), (Fails(), UNREACHABLE),
)  # fmt: skip


@pytest.fixture
def tested(stage: Stage) -> NumbersUnderTest:
    made = NumbersUnderTest(stage)
    made.wants()
    return made


def test_nobody_is_called_before_an_admin_wants_it_and_who_confirms_is_left_for_a_week(stage: Stage) -> None:
    tested = NumbersUnderTest(stage)
    assert tested.places() is False
    tested.wants()
    assert tested.rings(THERE) == CONFIRMED
    (leg,) = tested.legs()
    assert leg.has_heard(WORDS)
    assert leg.has_heard("Thank you. Goodbye.")
    assert (leg.caller, tested.due_in()) == (NUMBER, timedelta(days=7))
    assert tested.places() is False
    assert stage.exchange.warnings == ()


def test_whatever_is_not_key_1_has_failed_and_an_engaged_line_has_not(tested: NumbersUnderTest) -> None:
    for failures, (persona, outcome) in enumerate(PERSONAS, 1):
        assert tested.rings(persona) == outcome
        assert tested.standing().failures == failures
        tested.later(hours=1)
    assert tested.rings(Busy()) == ENGAGED
    assert tested.standing().failures == len(PERSONAS)


def test_a_number_that_fails_twice_is_flagged_told_to_its_managers_once_and_comes_back(
    tested: NumbersUnderTest,
) -> None:
    pauses = []
    for failures in (1, 2, 3):
        assert tested.rings(Fails()) == UNREACHABLE
        assert bool(tested.standing().flagged_at) is (failures >= 2)
        pauses.append(tested.due_in())
        tested.later(hours=1)
    assert pauses == [HOUR, 4 * HOUR, 24 * HOUR]
    (alert,) = tested.alerts()
    assert (alert.about, alert.role, alert.sounds_at) == (TEAM, "team-manager", alert.made_at)
    assert tested.ladder() == [CONSULTED, DEPUTY]
    assert tested.rings(THERE) == CONFIRMED
    assert (tested.alerts(), tested.standing().flagged_at) == ([], None)


def test_where_the_team_allows_it_a_flagged_number_rings_behind_the_next_until_it_answers(
    tested: NumbersUnderTest,
) -> None:
    tested.wants(moves=True)
    tested.has(CONSULTED, DEPUTY, THIRD)
    for _ in range(3):
        tested.rings(Fails())
        tested.later(hours=1)
    assert tested.ladder() == [DEPUTY, CONSULTED, THIRD]
    assert tested.rings(THERE) == CONFIRMED
    assert tested.ladder() == [CONSULTED, DEPUTY, THIRD]
    trail = holder(tested.stage.application, keys.Role.AUDITOR).asks("/audit?limit=50").get_json()["items"]
    deeds = [(one["kind"], one["slug"], one["what"]) for one in trail if one["who"] == "number test"]
    assert deeds == [("team", TEAM, "change")] * 2


def test_a_number_that_is_the_last_or_would_become_the_last_of_a_ladder_is_not_moved(tested: NumbersUnderTest) -> None:
    """The last phone of a ladder connects whatever answers, a mailbox too (ruling 2)."""
    tested.wants(moves=True)
    for number in (DEPUTY, CONSULTED):
        for _ in range(2):
            tested.rings(Fails(), number)
            tested.later(minutes=10)
        assert tested.standing(number).flagged_at
        assert tested.ladder() == [CONSULTED, DEPUTY]


def test_nobody_is_called_outside_hours_at_night_on_a_bank_holiday_or_within_a_closure(
    tested: NumbersUnderTest,
) -> None:
    days = ("2026-12-25T11:00", "2026-12-28T11:00", "2027-03-29T11:00")
    for when in ("Wed 08:30", "Wed 16:59", "Wed 17:00", "Wed 02:00", "Sat 11:00", *days):
        tested.is_set(when)
        assert tested.places() is False, when
    closed = {"effect": "closed", "from": "2026-11-25T09:30", "until": "2026-11-25T12:00", "authority": "derbyshire"}
    admin = holder(tested.stage.application, keys.Role.ADMIN)
    assert admin.sends("POST", "/closures", {**closed, "reason": "training", "why": "training"}).status_code == 201
    tested.is_set("Wed 10:00")
    assert tested.places() is False
    tested.is_set("Wed 12:00")
    assert tested.places() is True


def test_by_itself_each_number_is_called_at_most_one_a_minute_in_all(tested: NumbersUnderTest) -> None:
    for number in (CONSULTED, DEPUTY):
        tested.stage.exchange.phone(number).will(THERE)
    tested.stage.until(lambda: tested.is_over(CONSULTED) and tested.is_over(DEPUTY), 400)
    first, second = sorted(one.asked_at for one in (*tested.history(), *tested.history(DEPUTY)))
    assert at("Wed 10:00") < first <= second - timedelta(minutes=1)


def test_of_two_workers_at_the_same_moment_one_places_a_call(tested: NumbersUnderTest, config: Config) -> None:
    other, now = build(config, tested.stage.hand, tested.stage.carrier), tested.stage.hand.now()
    try:
        with ThreadPoolExecutor(2) as pool:
            both = [(one.database, one.publication.publish()) for one in (tested.stage.application, other)]
            placed = list(pool.map(lambda one: place(one[0], one[1], now), both))
        assert sorted(placed) == [False, True]
        tested.stage.exchange.between(other.desk.once)
        tested.stage.exchange.advance(20)
        assert len(tested.legs()) + len(tested.legs(DEPUTY)) == 1
    finally:
        other.close()


def test_no_fault_of_the_telephone_company_rings_twice_or_counts_against_the_number(tested: NumbersUnderTest) -> None:
    """429, 5xx, reset, hung, and accepted with its reply lost (B16)."""
    came_to = {}
    for fault in Fault:
        tested.stage.exchange.rest.fails(RestFault(fault, "POST", CALLS))
        came_to[fault] = tested.rings(THERE)
        assert len(tested.legs()) == (came_to[fault] == CONFIRMED), fault
        tested.later(hours=0.5)
    assert set(came_to.values()) <= {CONFIRMED, NOT_PLACED}
    assert came_to[Fault.LOST_REPLY] == CONFIRMED
    assert tested.standing().failures == 0


def test_a_worker_that_dies_while_asking_is_followed_by_one_that_looks_first(tested: NumbersUnderTest) -> None:
    tested.stage.dies_after_the_next_ring()
    tested.rings(Person("1", after=12))
    assert len(tested.legs()) == 1


def test_a_number_that_rings_for_somebody_or_is_spoken_on_is_left_in_peace(tested: NumbersUnderTest) -> None:
    for use in USES:
        tested.others_rest(CONSULTED)
        with tested.stage.application.database.write() as connection:
            use(connection, tested.stage.hand.now())
        assert tested.places() is False, use
        with tested.stage.application.database.write() as connection:
            for table in (tables_desk.party, call_back_attempt, tables.call, tables.leg):
                connection.execute(delete(table))
        assert tested.places() is True, use
        with tested.stage.application.database.write() as connection:
            connection.execute(delete(tables_desk.party))
        tested.later(minutes=2)


def at_the_desk(connection: Transaction, now: datetime) -> None:
    parties.add(connection, Party("p" * 16, "CA9", Role.CONSULTED, "x", CONSULTED, NUMBER, now))


def called_back(connection: Transaction, now: datetime) -> None:
    to = Attempt("a" * 16, "c", "w", "h", HANDLER, NUMBER, now, Goes.DIALLED, CONSULTED, now)
    callback_attempts.add(connection, to)


def on_a_ladder(connection: Transaction, now: datetime) -> None:
    insert_new(connection, tables.call, [{"sid": "CA1", "rank": 0, "began_at": now, "caller": HANDLER}])
    insert_new(
        connection, tables.leg, [{"call": "CA1", "sid": "CA2", "number": CONSULTED, "rank": 2, "status": "ringing"}]
    )


def as_a_caller(connection: Transaction, now: datetime) -> None:
    insert_new(connection, tables.call, [{"sid": "CA1", "rank": 0, "began_at": now, "caller": CONSULTED}])


USES = (at_the_desk, called_back, on_a_ladder, as_a_caller)
