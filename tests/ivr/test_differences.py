"""Is a difference told as callers would meet it, by team and period, completely and without anybody's own number?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from directory.model import Closure, DutyNumber, Effect, Entry, Shift, Team
from directory.numbers import Number
from directory.snapshot import written
from ivr.choosable import answers, ever
from ivr.compared import compared, side
from ivr.differences import MOST_SENTENCES, Part, differences
from ivr.moment import World
from ivr.plan import Plan
from ivr.reading import plan_from
from ivr.rung_words import rings
from routing.calendar import calendar
from tests.conftest import HOME
from tests.ivr.enriched import enriched
from tests.telling import at

SINCE, UNTIL = at("Wed 10:00"), at("Wed 10:00") + timedelta(days=400)
DEVON = (HOME / "plans" / "devon" / "devon.toml").read_text(encoding="utf-8")
EXETER, NEW = "devon-cf-exeter-1", Number("+442079460301")
Drafted = Callable[..., World]


@pytest.fixture
def drafted(world: World) -> Drafted:
    """Devon's plan with some texts replaced, in force."""

    def made(*pairs: tuple[str, str]) -> World:
        text = DEVON
        for before, after in pairs:
            assert before in text
            text = text.replace(before, after)
        plan = plan_from(text)
        assert isinstance(plan, Plan), plan
        return replace(world, plans=world.plans.with_current(plan))

    return made


def entered(world: World, *entries: Entry) -> World:
    directory = world.directory.changed(world.directory.version + 1, map(written, entries))
    return replace(world, directory=directory, calendar=calendar(world.calendar.holidays, directory.closures.values()))


def told(before: World, after: World, *lines: str) -> list[str]:
    return [one.sentence for one in differences(before, after, lines or ("devon",), SINCE, UNTIL)]


def exeter(world: World) -> Team:
    return world.directory.teams[EXETER]


def test_nothing_is_different_from_itself(world: World) -> None:
    assert differences(world, world, ("devon", "call-derbyshire"), SINCE, SINCE + timedelta(days=40)) == ()


def test_an_earlier_friday_is_told_by_team_and_period(world: World, drafted: Drafted) -> None:
    later = drafted(("Fri 09:00-16:00", "Fri 09:00-17:00"))
    found = told(later, world)
    when = "Friday 16:00–17:00 but not on bank holidays"
    assert found[0] == f"Devon social care, {when}: closed instead of open."
    edt = "Out of Hours Emergency Duty Team (0345 600 0388)"
    assert f"Early Help, {when}: MASH (0345 155 1071) becomes {edt}." in found
    assert any(one.endswith(f"more teams, {when}: their own numbers become {edt}.") for one in found)
    assert len(found) == 4


def test_one_team_that_closes_earlier_is_told_by_its_number(world: World) -> None:
    friday = at("2026-12-04T16:00") - timedelta(hours=1), at("2026-12-04T16:00")
    closed = Closure("early", Effect.CLOSED, *friday, "early", "devon")
    few = replace(world, directory=replace(world.directory, teams={EXETER: exeter(world), **_resorts(world)}))
    found = told(few, entered(few, closed))
    assert (
        "Children & Families Exeter 1 and 3, Friday 4 December 2026 15:00–16:00: 01392 384590 becomes Out of Hours "
        "Emergency Duty Team (0345 600 0388)." in found
    )


def _resorts(world: World) -> dict[str, Team]:
    return {slug: world.directory.teams[slug] for slug in ("devon-mash", "devon-edt")}


def test_another_number_holds_whenever_the_line_is_open(world: World) -> None:
    after = entered(world, replace(exeter(world), duty_numbers=(DutyNumber(NEW),)))
    assert told(world, after) == [
        "Children & Families Exeter 1 and 3, whenever the line is open: 01392 384590 becomes 020 7946 0301."
    ]


def test_another_night_team_is_told_once_for_everybody(world: World) -> None:
    night = replace(world.directory.teams["devon-edt"], duty_numbers=(DutyNumber(NEW),))
    found = told(world, entered(world, night))
    assert (
        "Whoever calls Devon social care, whenever the line is closed: Out of Hours Emergency Duty Team (0345 600 0388) "
        "becomes 020 7946 0301." in found
    )
    assert len(found) == 3


def test_a_dated_number_is_told_with_its_dates(world: World) -> None:
    dated = DutyNumber(NEW, since=at("2026-12-01T09:00"), until=at("2027-03-01T09:00"))
    after = entered(world, replace(exeter(world), duty_numbers=(dated, *exeter(world).duty_numbers)))
    assert told(world, after) == [
        "Children & Families Exeter 1 and 3, Tuesday 1 December 2026 09:00 until Friday 26 February 2027 16:00, while the "
        "line is open: 01392 384590 becomes 020 7946 0301."
    ]


def test_a_worker_on_the_rota_is_told_by_role_and_never_by_number_or_name(world: World) -> None:
    person = world.directory.people["w-3f9a2c"]
    after = entered(
        world, replace(exeter(world), rota=(Shift(at("2026-12-01T09:00"), at("2026-12-08T09:00"), person.slug),))
    )
    found = " ".join(told(world, after))
    assert "01392 384590 becomes the worker on the rota" in found
    assert person.name not in found
    assert not any(number.national in found for number in person.numbers)


def test_menus_and_prompts_are_told_in_words(world: World, drafted: Drafted) -> None:
    after = drafted(('label = "Early Help"', 'label = "help early on"'), ("Which area", "In which area"))
    assert told(world, after) == [
        "Menu “welcome”: choice 4, “Early Help”, is called “help early on”.",
        "Menu “areas”, the words: “In which area is the team in?” instead of “Which area is the team in?”.",
    ]


def test_a_choice_that_is_new_and_one_that_is_gone_are_told(world: World, drafted: Drafted) -> None:
    option = '    { key = "3", label = "a new concern about a child", go = "mash" },\n'
    without = drafted((option, ""))
    assert "Menu “welcome”: choice 3, “a new concern about a child”, is gone." in told(world, without)
    assert "Menu “welcome”: choice 3, “a new concern about a child”, is new." in told(without, world)


def test_a_line_that_comes_or_goes_is_told(world: World) -> None:
    current = {line: digest for line, digest in world.plans.current.items() if line != "devon"}
    without = replace(world, plans=replace(world.plans, current=current))
    assert told(without, world) == ["The line Devon social care is new."]
    assert told(world, without) == ["The line devon has no plan any more."]


def test_no_more_is_told_than_somebody_reads(world: World) -> None:
    """Each team has another number on two days of its own: two differences that are like no other."""
    teams = [team for team in world.directory.teams.values() if team.slug in ever(devon(world))]
    dated = [replace(team, duty_numbers=(*_on_two_days(place), *team.duty_numbers)) for place, team in enumerate(teams)]
    found = differences(world, entered(world, *dated), ("devon",), SINCE, SINCE + timedelta(days=30))
    assert len(found) == MOST_SENTENCES + 1
    assert found[-1].part is Part.MORE
    assert found[-1].sentence.startswith("And ")
    assert found[-1].sentence.endswith("more differences.")


def devon(world: World) -> Plan:
    plan = world.plans.of_line("devon")
    assert plan is not None
    return plan


def _on_two_days(place: int) -> tuple[DutyNumber, ...]:
    starts = (at("2026-11-30T09:00") + timedelta(days=7 * week, minutes=10 * place) for week in range(2))
    return tuple(
        DutyNumber(Number(f"+4420794603{place:02}" if week else f"+4420794602{place:02}"), since=one,
                   until=one + timedelta(minutes=5))
        for week, one in enumerate(starts)
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_a_route_differs_at_a_moment_if_and_only_if_it_is_told(world: World, seed: int) -> None:
    dice = Random(seed)
    before, after = enriched(world, dice), enriched(world, dice)
    plan = before.plans.of_line(dice.choice(["devon", "derby", "call-derbyshire"]))
    assert plan is not None
    until = SINCE + timedelta(days=20)
    found = list(compared(side(before, plan), side(after, plan), SINCE, until).changes())
    for _ in range(40):
        when = SINCE + timedelta(minutes=dice.randrange(20 * 24 * 60))
        one, other = answers(before, plan, when), answers(after, plan, when)
        for team in one:
            covered = any(since <= when < end for change in found if change.team == team for since, end in change.spans)
            assert covered == (rings(one[team]) != rings(other[team])), f"{team}, {when.isoformat()}, seed {seed}"
