"""Is every change of who rings told beforehand, with its cause, and is nobody's name or own number in it?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import icalendar
import pytest

from directory.model import Absence, Closure, DutyNumber, Effect, Entry, Shift, Team
from directory.numbers import Number
from directory.snapshot import written
from ivr.causes import Cause, RouteChange
from ivr.changes import Scheduled, changes, changes_of_lines
from ivr.changes_ics import ics_of_changes
from ivr.moment import World
from ivr.override import Override
from ivr.plan import Plan
from ivr.reading import plan_from
from ivr.rung_words import rings
from routing.calendar import Calendar, calendar
from routing.hours import State, verdict
from routing.ladder import Circumstances, Fallbacks, Ladder, Wanted, ladder
from tests.conftest import HOME
from tests.ivr.enriched import BEGINS, enriched
from tests.telling import at

SINCE = at("Wed 10:00")
EXETER, NEW = "devon-cf-exeter-1", Number("+442079460301")
WORKER, MANAGER = "w-3f9a2c", "w-b81d07"
HOURS = (Cause.BANK_HOLIDAY, Cause.CLOSURE, Cause.OPENING)


def entered(world: World, *entries: Entry) -> World:
    directory = world.directory.changed(world.directory.version + 1, map(written, entries))
    return replace(world, directory=directory, calendar=calendar(world.calendar.holidays, directory.closures.values()))


def plan_of(world: World, line: str = "devon") -> Plan:
    plan = world.plans.of_line(line)
    assert plan is not None
    return plan


def found(world: World, cause: Cause, days: int = 30) -> list[RouteChange]:
    every = changes(world, plan_of(world), SINCE, SINCE + timedelta(days=days))
    return [one for one in every if one.cause is cause]


def with_exeter(world: World, **fields: object) -> World:
    return entered(world, replace(world.directory.teams[EXETER], **fields))  # type: ignore[arg-type]  # fields of a team


def test_the_ordinary_week_is_told_once_and_first(world: World) -> None:
    quiet = changes(world, plan_of(world), SINCE, SINCE + timedelta(days=14))
    assert [one.sentence for one in quiet if one.cause is not Cause.ABSENCE] == [
        "Devon social care is open Monday to Thursday 09:00–17:00, Friday 09:00–16:00. At other times callers reach Out of "
        "Hours Emergency Duty Team (0345 600 0388)."
    ]


def test_a_bank_holiday_is_told_with_whom_callers_reach(world: World) -> None:
    christmas, boxing = found(world, Cause.BANK_HOLIDAY, 34)
    assert christmas.sentence == (
        "Friday 25 December 2026 09:00–16:00: Devon social care is closed, as it is a bank holiday (Christmas Day); callers "
        "reach Out of Hours Emergency Duty Team (0345 600 0388)."
    )
    assert [rung.who for rung in christmas.before] != [rung.who for rung in christmas.after]
    assert boxing.until == at("2026-12-28T17:00")


def test_an_unusual_time_is_told_whole_although_the_list_begins_or_ends_in_it(world: World) -> None:
    closed = Closure("c", Effect.CLOSED, at("Tue 12:00"), at("Thu 12:00"), "flood", "devon")
    told = found(entered(world, closed), Cause.CLOSURE)
    assert [(one.at, one.until) for one in told] == [
        (at("Wed 09:00"), at("Wed 17:00")),
        (at("Thu 09:00"), at("Thu 12:00")),
    ]


def test_closure_and_opening_are_told_with_their_reason(world: World) -> None:
    closed = Closure("a", Effect.CLOSED, at("2026-12-03T11:00"), at("2026-12-03T15:00"), "training", "devon")
    opened = Closure("b", Effect.OPEN, at("2026-12-05T09:00"), at("2026-12-05T12:00"), "open Saturday", None, "devon")
    here = entered(world, closed, opened)
    assert (
        "closed, as somebody entered it (training); callers reach Out of Hours"
        in found(here, Cause.CLOSURE)[0].sentence
    )
    assert "open, as somebody entered it (open Saturday)" in found(here, Cause.OPENING)[0].sentence


def test_a_hand_over_of_the_rota_is_told_by_role(world: World) -> None:
    middle, end = at("2026-12-08T09:00"), at("2026-12-15T09:00")
    rota = (Shift(at("2026-12-01T09:00"), middle, WORKER), Shift(middle, end, MANAGER))
    told = found(with_exeter(world, rota=rota), Cause.ROTA)
    assert [one.what.removeprefix("Children & Families Exeter 1 and 3: ") for one in told] == [
        "01392 384590 becomes the worker on the rota (by its rota).",
        "the worker on the rota becomes another worker (by its rota).",
        "the worker on the rota becomes 01392 384590 (by its rota).",
    ]
    assert [one.until for one in told] == [middle, end, None]
    here = world.directory.people
    words = " ".join(one.sentence for one in told)
    assert not any(here[slug].name in words for slug in (WORKER, MANAGER))


def test_a_dated_number_is_told_when_it_begins_and_when_it_ends(world: World) -> None:
    dated = DutyNumber(NEW, since=at("2026-12-01T09:00"), until=at("2026-12-08T09:00"))
    numbers = (dated, *world.directory.teams[EXETER].duty_numbers)
    begins, ends = found(with_exeter(world, duty_numbers=numbers), Cause.NUMBER)
    assert "01392 384590 becomes 020 7946 0301" in begins.sentence
    assert "020 7946 0301 becomes 01392 384590" in ends.sentence
    assert begins.sentence.startswith("Tuesday 1 December 2026 09:00, Children & Families Exeter 1 and 3: ")


def test_workers_who_are_away_are_counted_by_team_and_never_named(world: World) -> None:
    person = world.directory.people[WORKER]
    away = replace(person, away=(Absence(at("2026-12-01T09:00"), at("2026-12-04T17:00"), MANAGER),))
    told = [one for one in found(entered(world, away), Cause.ABSENCE) if one.at >= at("2026-12-01T09:00")]
    assert told[0].what == "Children & Families North 1 to 4: 1 worker is away, covered by a colleague."
    assert any(one.what.endswith("1 worker is back.") for one in told)
    assert person.name not in " ".join(one.sentence for one in told)


def test_a_number_that_stands_in_is_told(world: World) -> None:
    standing = Override("devon", NEW, at("Thu 09:00"), at("Thu 12:00"), "a manager", "flood")
    begins, ends = found(replace(world, overrides={"devon": standing}), Cause.STAND_IN)
    assert (
        "a number stands in for Devon social care; callers reach whoever stands in (020 7946 0301)" in begins.sentence
    )
    assert (begins.until, ends.until) == (at("Thu 12:00"), None)
    assert "no number stands in any more for Devon social care" in ends.sentence


@pytest.mark.parametrize(
    ("morning", "words"),
    [("2027-03-28T01:00", "go forward from 01:00 to 02:00"), ("2027-10-31T02:00", "go back from 02:00 to 01:00")],
)
def test_the_morning_on_which_the_clocks_change_is_told_with_what_it_means(
    world: World, morning: str, words: str
) -> None:
    told = found(world, Cause.CLOCKS, 400)
    one = next(one for one in told if words in one.sentence)
    assert len(told) == 2
    assert one.at == datetime.fromisoformat(morning[:10]).replace(hour=1, tzinfo=UTC)
    assert "by the clock on the wall" in one.sentence


def test_a_plan_to_come_is_told_with_what_it_changes(world: World) -> None:
    text = (HOME / "plans" / "devon" / "devon.toml").read_text(encoding="utf-8")
    later = plan_from(text.replace("Fri 09:00-16:00", "Fri 09:00-17:00"))
    assert isinstance(later, Plan)
    until = SINCE + timedelta(days=30)
    told = changes(world, plan_of(world), SINCE, until, [Scheduled(at("2026-12-05T00:00"), later)])
    one = next(one for one in told if one.cause is Cause.PLAN)
    assert "Devon social care, Friday 16:00–17:00 but not on bank holidays: open instead of closed." in one.sentence


def test_what_is_the_same_on_several_lines_is_told_once(world: World) -> None:
    plans = [plan_of(world), plan_of(world, "derby"), plan_of(world, "call-derbyshire")]
    told = changes_of_lines(world, plans, SINCE, SINCE + timedelta(days=130))
    clocks = [one for one in told if one.cause is Cause.CLOCKS]
    assert [one.lines for one in clocks] == [("devon", "derby", "call-derbyshire")]
    assert [one.cause for one in told[:3]] == [Cause.ORDINARY] * 3


def test_the_calendar_file_reads_back_and_its_events_keep_their_marks(world: World) -> None:
    told = changes(world, plan_of(world), SINCE, SINCE + timedelta(days=130))
    once, again = (icalendar.Calendar.from_ical(ics_of_changes(told)).walk("VEVENT") for _ in range(2))
    assert len(once) == len(told) - 1, "the ordinary week is no event"
    marks = [str(event["UID"]) for event in once]
    assert marks == [str(event["UID"]) for event in again]
    assert len(set(marks)) == len(marks)
    christmas = next(event for event in once if "Christmas" in str(event["SUMMARY"]))
    assert (christmas.decoded("DTSTART"), christmas.decoded("DTEND")) == (
        at("2026-12-25T09:00"),
        at("2026-12-25T16:00"),
    )
    assert str(christmas["TRANSP"]) == "TRANSPARENT"


def own(world: World, team: Team, when: datetime) -> Ladder:
    return ladder(world.directory, Wanted(team), Fallbacks((), None), Circumstances(when, State.OPEN))


@pytest.mark.parametrize("seed", range(3))
def test_between_two_changes_that_are_told_nothing_changes_but_the_ordinary_week(world: World, seed: int) -> None:
    dice, usual = Random(seed), Calendar()
    busy = enriched(world, dice)
    plan, until = plan_of(busy, dice.choice(["devon", "derby"])), BEGINS + timedelta(days=30)
    told = changes(busy, plan, BEGINS, until)
    for _ in range(40):
        when = BEGINS + timedelta(minutes=dice.randrange(30 * 24 * 60))
        departs = verdict(plan.day, when, busy.calendar).state is not verdict(plan.day, when, usual).state
        assert departs == any(one.at <= when < one.until for one in told if one.cause in HOURS and one.until), (
            f"hours, {when.isoformat()}, seed {seed}"
        )
        for team in (busy.directory.teams[slug] for slug in plan.teams):
            standing = max((one.at for one in told if team.slug in one.teams and one.at <= when), default=BEGINS)
            assert rings(own(busy, team, when)) == rings(own(busy, team, standing)), f"{team.slug}, {when.isoformat()}"
