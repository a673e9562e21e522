"""What does a caller hear when a number stands in for the line?"""

from dataclasses import replace

import pytest

from directory.numbers import Number
from ivr.findings import NumberStandsIn
from ivr.lint import findings
from ivr.moment import World
from ivr.override import Override
from ivr.route import default_route
from telephone import Call
from tests.telling import Switchboard, at

NUMBER = Number("+442079460300")


def stood_in(world: World, line: str) -> World:
    """A world in which a number stands in for a line from Wednesday 9:00 until noon."""
    override = Override(line, NUMBER, at("Wed 09:00"), at("Wed 12:00"), "test")
    return replace(world, overrides={line: override})


def ring(world: World, line: str, when: str) -> Call:
    return Switchboard(stood_in(world, line)).ring(line, when)


@pytest.mark.parametrize("line", ["devon", "call-derbyshire", "derby-consultation"])
def test_the_number_rings_before_the_menus_and_999_is_said_before_it(world: World, line: str) -> None:
    call = ring(world, line, "Wed 10:00").hears("9 9 9").rings("020 7946 0300")
    call.answers(presses="1").talks(60).callee_hangs_up()


def test_it_rings_at_any_hour_even_where_nobody_is_printed_for_the_night(world: World) -> None:
    override = Override("derby-consultation", NUMBER, at("Wed 18:00"), at("Wed 23:00"))
    Switchboard(replace(world, overrides={"derby-consultation": override})).ring(
        "derby-consultation", "Wed 20:00"
    ).rings("020 7946 0300")


def test_unanswered_the_call_goes_on_as_planned_and_the_number_is_not_rung_again(world: World) -> None:
    call = ring(world, "devon", "Wed 10:00").rings("020 7946 0300").no_answer().hears("No answer.")
    call.hears("For our safeguarding hub, press 0.")


@pytest.mark.parametrize("when", ["Wed 08:59", "Wed 12:00"])
def test_it_begins_and_ends_to_the_minute(world: World, when: str) -> None:
    call = ring(world, "derby", when)
    assert "020 7946 0300" not in str(call.transcript)


def test_its_mailbox_does_not_take_the_call(world: World) -> None:
    call = ring(world, "devon", "Wed 10:00").rings("020 7946 0300").voicemail()
    call.hears("For our safeguarding hub, press 0.")


def test_whoever_stands_in_is_not_rung_when_they_ring_themselves(world: World) -> None:
    call = Switchboard(stood_in(world, "devon")).ring("devon", "Wed 10:00", NUMBER.e164)
    call.hears("For our safeguarding hub, press 0.")


def test_route_and_findings_tell_of_it(world: World) -> None:
    here = stood_in(world, "devon")
    plan = here.plans.by_digest[here.plans.current["devon"]]
    assert default_route(here, plan, at("Wed 10:00")).ladder.rungs[0].number.number == NUMBER
    assert default_route(here, plan, at("Wed 12:00")).ladder.rungs[0].number.number != NUMBER
    assert [one.sentence for one in findings(here, at("Wed 10:00")) if isinstance(one, NumberStandsIn)] == [
        "On the line Devon social care, 020 7946 0300 rings before anything else until Wed 25 Nov 2026 12:00: "
        "it stands in for everybody."
    ]
