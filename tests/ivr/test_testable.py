"""Which duty numbers may be rung for a test, and when: in all of the team's own hours, by day, and never what would not press 1."""

from dataclasses import replace
from datetime import timedelta

import pytest

from directory.model import Accept, Closure, DutyNumber, Effect, LineNumbers, Shift
from directory.numbers import Number
from directory.snapshot import Change, written
from ivr.moment import World
from ivr.testable import (
    ANNOUNCEMENT,
    BY_NIGHT,
    CLOSED,
    CONNECTS,
    DENIED,
    LONGEST_TEST,
    NIGHT,
    NO_LINE,
    NOT_IN_FORCE,
    ON_ROTA,
    OURS,
    Duty,
    duties,
    ends_a_ladder,
    never,
    next_time,
    not_now,
)
from routing.calendar import calendar
from routing.clock import local
from tests.telling import at

PHONE = Number("+442079460311")


def duty(world: World, team: str, place: int = 0) -> Duty:
    here = world.directory.teams[team]
    return Duty(here, here.duty_numbers[place])


def with_team(world: World, slug: str, *numbers: DutyNumber, **more: object) -> World:
    """The world with these duty numbers of a team."""
    team = replace(world.directory.teams[slug], duty_numbers=numbers, **more)  # type: ignore[arg-type]  # its own fields
    return changed(world, written(team))


def changed(world: World, *changes: Change) -> World:
    return replace(world, directory=world.directory.changed(world.directory.version + 1, changes))


def why(world: World, team: str, number: DutyNumber) -> str:
    return never(with_team(world, team, number), duty(with_team(world, team, number), team))


def test_nothing_is_called_that_would_not_press_1(world: World) -> None:
    assert never(world, duty(world, "devon-edt")) == BY_NIGHT
    assert never(world, duty(world, "derby-careline")) == BY_NIGHT
    assert never(world, duty(world, "devon-mash")) == ANNOUNCEMENT
    assert never(world, duty(world, "derby-reception")) == CONNECTS
    assert never(world, duty(world, "devon-ir-north")) == ""


@pytest.mark.parametrize(
    ("number", "because"),
    [
        (DutyNumber(Number("+443451551071")), ANNOUNCEMENT), (DutyNumber(Number("+443456000388")), BY_NIGHT),
        (DutyNumber(PHONE, Accept.CONNECT), CONNECTS), (DutyNumber(Number("+449098790000")), DENIED),
        (DutyNumber(Number("+441332641172")), CONNECTS),
    ],
)  # fmt: skip
def test_a_number_is_judged_by_what_it_is_wherever_it_stands(world: World, number: DutyNumber, because: str) -> None:
    assert why(world, "devon-ir-north", number) == because


def test_our_own_lines_are_never_called_and_without_one_nobody_is(world: World) -> None:
    ours = world.directory.lines["devon"].numbers[0]
    assert why(world, "devon-ir-north", DutyNumber(ours)) == OURS
    numberless = changed(world, written(LineNumbers("devon")))
    assert never(numberless, duty(numberless, "devon-ir-north")) == NO_LINE


def test_a_team_is_called_within_all_of_its_hours_and_never_by_night(world: World) -> None:
    consultation = duty(world, "derby-consultation")
    told = {
        when: not_now(world, consultation, at(when)) for when in ("Wed 09:30", "Wed 10:00", "Wed 15:57", "Wed 15:59")
    }
    assert told == {"Wed 09:30": CLOSED, "Wed 10:00": "", "Wed 15:57": "", "Wed 15:59": CLOSED}
    for when in ("Wed 07:59", "Wed 20:00", "2026-12-25T11:00", "2035-01-03T11:00"):
        assert not_now(world, consultation, at(when)) == NIGHT


def test_an_opening_by_night_opens_nobodys_phone_to_tests_and_a_closure_closes_them(world: World) -> None:
    spans = {
        "night": ("2026-11-25T19:00", "2026-11-26T06:00", Effect.OPEN),
        "away": ("Wed 11:00", "Wed 12:00", Effect.CLOSED),
    }
    entered = [
        Closure(slug, effect, at(since), at(until), "drill", authority="devon")
        for slug, (since, until, effect) in spans.items()
    ]
    there, one = replace(world, calendar=calendar(world.calendar.holidays, entered)), duty(world, "devon-ir-north")
    assert [not_now(there, one, at(when)) for when in ("Wed 19:30", "Wed 22:00", "Wed 11:30")] == ["", NIGHT, CLOSED]


def test_only_what_would_ring_is_called(world: World) -> None:
    now, number = at("Wed 10:00"), DutyNumber(PHONE)
    turns = (Shift(now, now + timedelta(hours=1), Number("+442079460312")),)
    rota = with_team(world, "devon-ir-north", number, rota=turns)
    later = with_team(world, "devon-ir-north", replace(number, since=now + timedelta(hours=1)))
    assert not_now(rota, duty(rota, "devon-ir-north"), now) == ON_ROTA
    assert not_now(later, duty(later, "devon-ir-north"), now) == NOT_IN_FORCE
    for there in (rota, later):
        assert next_time(there, duty(there, "devon-ir-north"), now) == now + timedelta(hours=1)


@pytest.mark.parametrize(
    ("since", "following"),
    [("Wed 10:00", "Wed 10:00"), ("Fri 15:59", "2026-11-30T09:00"), ("2026-12-24T17:00", "2026-12-29T09:00")],
)
def test_the_next_time_is_when_the_team_is_at_work_again(world: World, since: str, following: str) -> None:
    assert next_time(world, duty(world, "devon-ir-north"), at(since)) == at(following)


def test_no_minute_of_two_weeks_of_christmas_is_night_holiday_or_out_of_hours(world: World) -> None:
    """What is allowed is looked at from outside: the printed hours of Devon, and England's bank holidays."""
    one, minute = duty(world, "devon-ir-north"), timedelta(minutes=7)
    moments = (at("2026-12-18T00:00") + minute * count for count in range(14 * 24 * 60 // 7))
    allowed = [local(now) for now in moments if not not_now(world, one, now)]
    assert {f"{now:%a %d}" for now in allowed} == {
        "Fri 18", "Mon 21", "Tue 22", "Wed 23", "Thu 24", "Tue 29", "Wed 30", "Thu 31"
    }  # fmt: skip
    ends = {"Fri": 16}
    assert all(now.hour >= 9 and (now + LONGEST_TEST).hour < ends.get(f"{now:%a}", 17) for now in allowed)


def test_a_team_that_ends_a_ladder_is_known(world: World) -> None:
    ending = {one.team.slug for one in duties(world.directory) if ends_a_ladder(world, one.team)}
    assert "derby-reception" in ending
    assert "devon-ir-north" not in ending
