"""What the outcomes of test calls say of a number: flagged after two failures in a row, engaged is none, and when it is due again."""

from datetime import timedelta

from routing.periods import Period
from store.number_outcomes import CONFIRMED, ENGAGED, NO_ANSWER, NO_KEY, NOT_PLACED, UNHEARD, again_at, judged
from store.number_tests import Standing
from tests.telling import at

NOW = at("Wed 10:00")
WEEK = Period(days=7)
HOUR = timedelta(hours=1)


def after(*outcomes: str) -> Standing:
    found = Standing("+442079460311", NOW)
    for outcome in outcomes:
        found = judged(found, outcome, NOW)
    return found


def pause(*outcomes: str) -> timedelta:
    return again_at(after(*outcomes), WEEK) - NOW


def test_two_failures_in_a_row_flag_a_number_and_one_confirmation_clears_it() -> None:
    assert [bool(after(*told).flagged_at) for told in ((NO_KEY,), (NO_KEY, NO_ANSWER), (NO_KEY, CONFIRMED, NO_KEY))] == [
        False, True, False
    ]  # fmt: skip
    assert after(NO_KEY, NO_KEY, CONFIRMED).flagged_at is None


def test_what_nobody_heard_says_nothing_of_the_number() -> None:
    assert after(NO_KEY, UNHEARD, NOT_PLACED).failures == 1
    assert bool(after(NO_KEY, NOT_PLACED, NO_KEY).flagged_at)


def test_engaged_is_no_failure_until_the_third_time() -> None:
    told = [after(*[ENGAGED] * times) for times in range(1, 7)]
    assert [one.failures for one in told] == [0, 0, 1, 1, 1, 2]
    assert bool(told[-1].flagged_at)


def test_it_is_called_again_later_and_later() -> None:
    assert [pause(*[NO_KEY] * times) for times in (1, 2, 3, 4)] == [HOUR, 4 * HOUR, 24 * HOUR, 24 * HOUR]
    assert [pause(ENGAGED), pause(ENGAGED, ENGAGED), pause(*[ENGAGED] * 3)] == [HOUR, 4 * HOUR, HOUR]
    assert [pause(NOT_PLACED), pause(CONFIRMED)] == [HOUR, timedelta(days=7)]
