"""What do dated closures and openings make of the hours, and which one holds where several overlap?"""

from itertools import permutations

import pytest

from directory.model import Effect
from routing.hours import State, verdict
from routing.reasons import Override
from tests.routing.given import ALWAYS, ENGLISH, OFFICE, closing, closure, hours
from tests.telling import at

OPEN, CLOSED = Effect.OPEN, Effect.CLOSED
DAY = ("2026-11-25T09:00", "2026-11-25T17:00")
ALL, AUTHORITY, LINE = (None, None), ("devon", None), ("devon", "devon")


def test_a_closure_closes_from_its_first_minute_until_its_end() -> None:
    training = closing(closure("2026-11-25T12:00", "2026-11-25T14:00"))
    moments = ["Wed 11:59", "Wed 12:00", "Wed 13:59", "Wed 14:00"]
    assert [verdict(OFFICE, at(moment), training).is_open for moment in moments] == [True, False, False, True]


def test_an_opening_opens_a_saturday_and_says_why() -> None:
    weekend = closing(closure("2026-11-28T10:00", "2026-11-28T12:00", OPEN))
    moments = ["Sat 09:59", "Sat 10:00", "Sat 11:59", "Sat 12:00"]
    assert [verdict(OFFICE, at(moment), weekend).is_open for moment in moments] == [False, True, True, False]
    assert verdict(OFFICE, at("Sat 10:00"), weekend).because == Override("open", "all")


def test_an_opening_outweighs_a_bank_holiday() -> None:
    easter = closing(closure("2026-04-06T09:00", "2026-04-06T12:00", OPEN))
    assert verdict(OFFICE, at("2026-04-06T10:00"), easter).is_open
    assert not verdict(OFFICE, at("2026-04-06T12:00"), easter).is_open


def test_a_closure_closes_even_a_line_that_never_closes() -> None:
    fire = closing(closure(*DAY))
    assert verdict(ALWAYS, at("Wed 10:00"), fire).because == Override("closed", "all")
    assert verdict(ALWAYS, at("Wed 18:00"), fire).is_open


def test_a_closure_speaks_only_of_its_line_and_of_its_authority() -> None:
    others = {
        "line": closing(closure(*DAY, line="derby")),
        "authority": closing(closure(*DAY, authority="derby")),
        "both": closing(closure(*DAY, authority="devon", line="derby")),
        "other authority": closing(closure(*DAY, authority="derby", line="devon")),
    }
    assert {name: verdict(OFFICE, at("Wed 10:00"), one).is_open for name, one in others.items()} == dict.fromkeys(
        others, True
    )


@pytest.mark.parametrize(
    ("stronger", "weaker"), [(LINE, AUTHORITY), (LINE, ALL), (AUTHORITY, ALL), ((None, "devon"), AUTHORITY)]
)
@pytest.mark.parametrize("effect", Effect)
def test_a_line_goes_before_an_authority_and_an_authority_before_all(
    stronger: tuple[str | None, str | None], weaker: tuple[str | None, str | None], effect: Effect
) -> None:
    other = CLOSED if effect is OPEN else OPEN
    later = closure("2026-11-25T09:30", "2026-11-25T17:00", other, *weaker)
    for pair in permutations([closure(*DAY, effect, *stronger), later]):
        found = verdict(OFFICE, at("Wed 10:00"), closing(*pair))
        assert found.state is State(effect.value)


@pytest.mark.parametrize("effect", Effect)
def test_of_two_of_the_same_weight_the_one_that_begins_later_holds(effect: Effect) -> None:
    other = CLOSED if effect is OPEN else OPEN
    pair = [closure(*DAY, other), closure("2026-11-25T12:00", "2026-11-25T13:00", effect)]
    for order in permutations(pair):
        found = [
            verdict(OFFICE, at(moment), closing(*order)).state for moment in ("Wed 11:59", "Wed 12:00", "Wed 13:00")
        ]
        assert found == [State(other.value), State(effect.value), State(other.value)]


def test_all_three_weights_at_once_leave_the_line_its_own_word() -> None:
    three = [closure(*DAY, CLOSED), closure(*DAY, CLOSED, "devon"), closure(*DAY, OPEN, "devon", "devon")]
    for order in permutations(three):
        assert verdict(OFFICE, at("Wed 10:00"), closing(*order)).because == Override("open", "devon")


def test_an_authoritys_closure_closes_each_of_its_lines() -> None:
    snow = closing(closure(*DAY, authority="derby"))
    lines = [hours("Mon-Fri 09:00-17:00", authority="derby", line=line) for line in ("derby", "derby-consultation")]
    assert [verdict(line, at("Wed 10:00"), snow).is_open for line in lines] == [False, False]
    assert verdict(OFFICE, at("Wed 10:00"), snow).is_open


def test_without_an_entry_nothing_is_overridden() -> None:
    assert ENGLISH.override("devon", "devon", at("Wed 10:00")) is None


def test_a_closure_over_the_autumn_night_ends_on_the_wall_clock_that_was_entered() -> None:
    night = closing(closure("2026-10-24T17:00", "2026-10-25T09:00"))
    moments = ["2026-10-25T08:59", "2026-10-25T09:00"]
    assert [verdict(ALWAYS, at(moment), night).is_open for moment in moments] == [False, True]
