"""Whose turn is it, when is it nobody's, and what does a new rota change?"""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from directory.model import Authority, Person, Shift, Team
from directory.numbers import ExtensionRule, Number
from directory.rota import Gap, Rota, difference, gaps, holding, in_order, on_rota_of, reachable
from directory.snapshot import Snapshot, written
from tests.telling import at

FIRST, SECOND = Number("+442079460301"), Number("+442079460302")
WEEK = Shift(at("Fri 17:00"), at("2026-12-04T17:00"), FIRST)
SWAP = Shift(at("2026-12-01T09:00"), at("2026-12-02T09:00"), SECOND)
MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001  # Hypothesis adds the zone
SHIFTS = st.builds(
    lambda since, hours, who: Shift(since, since + timedelta(hours=hours), who),
    MOMENTS,
    st.integers(1, 200),
    st.sampled_from([FIRST, SECOND, "w-1"]),
)
ROTAS = st.lists(SHIFTS, max_size=8).map(in_order)
BEGIN, END = datetime(2026, 10, 25, tzinfo=UTC), datetime(2026, 12, 20, tzinfo=UTC)


def test_a_turn_begins_with_its_first_minute_and_ends_before_its_last() -> None:
    found = {
        when: holding((WEEK,), at(when)) for when in ("Fri 16:59", "Fri 17:00", "2026-12-04T16:59", "2026-12-04T17:00")
    }
    assert [bool(turns) for turns in found.values()] == [False, True, True, False]


def test_a_swap_for_a_day_stands_on_top_of_the_weeks_turn() -> None:
    assert [shift.who for shift in holding((WEEK, SWAP), at("2026-12-01T12:00"))] == [SECOND, FIRST]


def test_the_gaps_are_told_between_two_moments() -> None:
    assert gaps((WEEK,), at("Fri 09:00"), at("2026-12-05T17:00")) == (
        Gap(at("Fri 09:00"), at("Fri 17:00")),
        Gap(at("2026-12-04T17:00"), at("2026-12-05T17:00")),
    )
    assert gaps((), at("Mon 09:00"), at("Mon 10:00")) == (Gap(at("Mon 09:00"), at("Mon 10:00")),)


@given(ROTAS, MOMENTS)
def test_at_every_moment_somebody_holds_duty_or_it_is_a_gap(rota: Rota, moment: datetime) -> None:
    in_gap = any(gap.since <= moment < gap.until for gap in gaps(rota, BEGIN, END))
    assert bool(holding(rota, moment)) is not in_gap


@given(ROTAS, ROTAS)
def test_what_is_added_and_taken_away_makes_the_new_rota_of_the_old_one(before: Rota, after: Rota) -> None:
    changed = difference(before, after)
    assert in_order([*(shift for shift in before if shift not in changed.removed), *changed.added]) == after
    assert difference(after, after) == difference((), ())


def test_somebody_is_reachable_on_a_number_or_on_an_extension_under_a_rule() -> None:
    devon, duty = Authority("devon", "Devon", ExtensionRule(4, "0139238")), Team("duty", "Duty", "devon")
    here = Snapshot().changed(1, [written(devon), written(duty)])
    mobile, desk, nothing = (
        Person("w-1", "A", "duty", numbers=(FIRST,)),
        Person("w-2", "B", "duty", "2301"),
        Person("w-3", "C", "duty"),
    )
    assert [reachable(person, here) for person in (mobile, desk, nothing)] == [True, True, False]
    elsewhere = here.changed(2, [written(Authority("devon", "Devon"))])
    assert not reachable(desk, elsewhere)


def test_the_rotas_of_a_person_are_found() -> None:
    duty = Team("duty", "Duty", "devon", rota=(Shift(at("Mon 09:00"), at("Tue 09:00"), "w-1"),))
    here = Snapshot().changed(1, [written(duty), written(Team("other", "Other", "devon"))])
    assert on_rota_of("w-1", here) == (duty,)
    assert on_rota_of("w-2", here) == ()
