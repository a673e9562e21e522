"""Who is rung now, and who next?"""

from dataclasses import replace

import pytest

from directory.model import Absence, Accept, Authority, DutyNumber, Person, Team
from directory.numbers import ExtensionRule, Number
from directory.snapshot import Snapshot, written
from ivr.moment import World
from routing.hours import State
from routing.ladder import Circumstances, Fallbacks, Ladder, Step, Wanted, ladder, numbers_of
from routing.reasons import Away, Next, NoNumber, NotConfirmed, SameNumber, Tried
from tests.telling import at

NOW = at("Wed 10:00")
FIRST, SECOND, THIRD, NIGHT = (Number(f"+44207946030{digit}") for digit in range(1, 5))
DEVON = Authority("devon", "Devon", ExtensionRule(4, "0139238"))
DUTY = Team("duty", "Duty", "devon", duty_numbers=(DutyNumber(FIRST), DutyNumber(SECOND)))
RESORT = Team("mash", "MASH", "devon", duty_numbers=(DutyNumber(THIRD, Accept.CONNECT),))
EDT = Team("edt", "EDT", "devon", duty_numbers=(DutyNumber(NIGHT, Accept.CONNECT),))
FALLBACKS = Fallbacks((RESORT, EDT), EDT)
WORKER = Person("w-1", "Rowan Sampleton", "duty", "2301")
HERE = Snapshot().changed(1, [written(entry) for entry in (DEVON, DUTY, RESORT, EDT, WORKER)])


def climbed(
    wanted: Wanted, state: State = State.OPEN, when: str = "Wed 10:00", fallbacks: Fallbacks = FALLBACKS
) -> Ladder:
    return ladder(HERE, wanted, fallbacks, Circumstances(at(when), state))


def numbers(found: Ladder) -> list[str]:
    return [rung.number.number.e164 for rung in found.rungs]


def test_a_team_is_followed_by_mash_and_then_edt() -> None:
    found = climbed(Wanted(DUTY))
    assert numbers(found) == [FIRST.e164, SECOND.e164, THIRD.e164, NIGHT.e164]
    assert [rung.step for rung in found.rungs] == [Step.DUTY, Step.DUTY, Step.LAST_RESORT, Step.LAST_RESORT]


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(DUTY), Wanted(DUTY, WORKER), Wanted(RESORT)])
def test_when_the_line_is_closed_the_night_team_alone_is_rung(wanted: Wanted) -> None:
    found = climbed(wanted, State.CLOSED)
    assert [(rung.step, rung.number.number) for rung in found.rungs] == [(Step.NIGHT, NIGHT)]


def test_when_the_line_is_closed_and_has_no_night_nobody_is_rung() -> None:
    found = climbed(Wanted(DUTY, WORKER), State.CLOSED, fallbacks=Fallbacks((RESORT, EDT), None))
    assert found.rungs == ()


def test_mash_asked_for_by_name_is_not_rung_twice() -> None:
    assert numbers(climbed(Wanted(RESORT))) == [THIRD.e164, NIGHT.e164]


def test_nobody_in_particular_leads_to_the_last_resort() -> None:
    assert numbers(climbed(Wanted())) == [THIRD.e164, NIGHT.e164]


def test_a_worker_without_numbers_is_rung_on_the_extension_under_the_authoritys_rule() -> None:
    assert numbers_of(WORKER, HERE) == (Number("+441392382301"),)
    assert numbers(climbed(Wanted(None, WORKER)))[0] == "+441392382301"


def test_a_workers_numbers_ring_rather_than_the_extension_that_callers_key() -> None:
    mobile = replace(WORKER, numbers=(SECOND,))
    assert numbers_of(mobile, HERE) == (SECOND,)


def test_an_extension_without_a_rule_rings_nothing() -> None:
    elsewhere = HERE.changed(2, [written(Authority("devon", "Devon"))])
    assert numbers_of(WORKER, elsewhere) == ()


def test_an_absence_counts_from_its_first_minute_until_its_end() -> None:
    away = replace(WORKER, away=(Absence(at("Wed 09:00"), at("Wed 12:00")),))
    firsts = {
        when: climbed(Wanted(None, away), when=when).rungs[0].step for when in ("Wed 09:00", "Wed 11:59", "Wed 12:00")
    }
    assert firsts == {"Wed 09:00": Step.LAST_RESORT, "Wed 11:59": Step.LAST_RESORT, "Wed 12:00": Step.WORKER}


def test_a_cover_who_is_away_too_is_not_rung() -> None:
    gap = Absence(at("Mon 09:00"), at("Fri 17:00"))
    cover = Person("w-2", "Cover", "duty", numbers=(SECOND,), away=(gap,))
    away = replace(WORKER, away=(replace(gap, cover="w-2"),))
    directory = HERE.changed(2, [written(cover), written(away)])
    found = ladder(directory, Wanted(None, away), FALLBACKS, Circumstances(NOW, State.OPEN))
    assert SECOND.e164 not in numbers(found)
    assert found.rejected[0] == Away("the worker you asked for", at("Fri 17:00"), "nobody covers at this moment")


def test_a_manager_who_covers_for_the_worker_is_rung_once() -> None:
    boss = Person("w-2", "Boss", "duty", numbers=(SECOND,))
    away = replace(WORKER, manager="w-2", away=(Absence(at("Mon 09:00"), at("Fri 17:00"), "w-2"),))
    directory = HERE.changed(2, [written(boss), written(away)])
    found = ladder(directory, Wanted(None, away), FALLBACKS, Circumstances(NOW, State.OPEN))
    assert numbers(found) == [SECOND.e164, THIRD.e164, NIGHT.e164]
    assert isinstance(found.rejected[-1], SameNumber)


@pytest.mark.parametrize(
    ("when", "rung"), [("Wed 08:59", False), ("Wed 09:00", True), ("Wed 11:59", True), ("Wed 12:00", False)]
)
def test_a_dated_number_rings_from_its_first_minute_until_its_end(when: str, rung: bool) -> None:
    dated = replace(DUTY, duty_numbers=(DutyNumber(FIRST, since=at("Wed 09:00"), until=at("Wed 12:00")),))
    found = climbed(Wanted(dated), when=when)
    assert (FIRST.e164 in numbers(found)) is rung
    assert {reason.code for reason in found.rejected} == (set() if rung else {"not-in-force"})


def test_exeter_4_keeps_its_two_numbers_in_the_printed_order(world: World) -> None:
    teams = world.directory.teams
    fallbacks = Fallbacks((teams["devon-mash"], teams["devon-edt"]), teams["devon-edt"])
    now = Circumstances(NOW, State.OPEN)
    found = ladder(world.directory, Wanted(teams["devon-cf-exeter-4"]), fallbacks, now)
    assert numbers(found) == ["+447812106279", "+447581156261", "+443451551071", "+443456000388"]


def test_the_caller_who_is_the_first_of_exeter_4_reaches_the_second(world: World) -> None:
    teams = world.directory.teams
    now = Circumstances(NOW, State.OPEN, frozenset({"+447812106279"}))
    found = ladder(world.directory, Wanted(teams["devon-cf-exeter-4"]), Fallbacks((), None), now)
    assert numbers(found) == ["+447581156261"]
    assert [reason.code for reason in found.rejected] == ["own-number"]


def test_the_next_rung_is_the_first_that_was_not_tried() -> None:
    found = climbed(Wanted(DUTY))
    rung, reasons = found.after(lambda number: number == FIRST)
    assert rung is not None
    assert rung.number.number == SECOND
    assert reasons == (Tried("Duty"), Next("Duty", Step.DUTY))


def test_the_last_rung_says_that_it_connects_on_answer() -> None:
    found = climbed(Wanted(DUTY))
    rung, reasons = found.after(lambda number: number != NIGHT)
    assert rung == found.rungs[-1]
    assert reasons[-1] == NotConfirmed("EDT")


def test_the_last_rung_connects_although_its_number_asks_for_a_key() -> None:
    alone = climbed(Wanted(DUTY), fallbacks=Fallbacks((), None))
    assert [rung.number.accept for rung in alone.rungs] == [Accept.KEY, Accept.KEY]
    assert [alone.accept(rung) for rung in alone.rungs] == [Accept.KEY, Accept.CONNECT]


def test_a_number_that_connects_on_answer_is_told_so_wherever_it_stands() -> None:
    found = climbed(Wanted(DUTY))
    rung, reasons = found.after(lambda number: number in (FIRST, SECOND))
    assert rung is not None
    assert rung.who == "MASH" != found.rungs[-1].who
    assert reasons[-1] == NotConfirmed("MASH")
    assert not any(isinstance(reason, NotConfirmed) for reason in found.after(lambda _: False)[1])


def test_cover_that_is_there_is_told() -> None:
    cover = Person("w-2", "Cover", "duty", numbers=(SECOND,))
    away = replace(WORKER, away=(Absence(at("Mon 09:00"), at("Fri 17:00"), "w-2"),))
    directory = HERE.changed(2, [written(cover), written(away)])
    found = ladder(directory, Wanted(None, away), FALLBACKS, Circumstances(NOW, State.OPEN))
    assert found.rejected[0] == Away("the worker you asked for", at("Fri 17:00"), "a colleague covers")


def test_when_everybody_was_tried_nobody_is_next() -> None:
    rung, reasons = climbed(Wanted(DUTY)).after(lambda _: True)
    assert rung is None
    assert reasons == (Tried("Duty"), Tried("Duty"), Tried("MASH"), Tried("EDT"))


def test_a_corrected_number_rings_although_its_team_was_tried() -> None:
    corrected = replace(DUTY, duty_numbers=(DutyNumber(Number("+442079460399")),))
    rung, _ = climbed(Wanted(corrected)).after(lambda number: number in (FIRST, SECOND))
    assert rung is not None
    assert rung.number.number.e164 == "+442079460399"


def test_a_team_without_a_number_is_told_and_passed_over() -> None:
    found = climbed(Wanted(Team("early-help", "Early Help", "devon")))
    assert found.rejected == (NoNumber("Early Help"),)
    assert found.rungs[0].step is Step.LAST_RESORT


def test_an_084_number_rings_only_where_an_authority_names_it() -> None:
    old = replace(DUTY, duty_numbers=(DutyNumber(Number("+448456000388")),))
    named = HERE.changed(2, [written(replace(DEVON, exceptions=(("+448456000388", "diverted"),)))])
    now = Circumstances(NOW, State.OPEN)
    refused, rung = (ladder(directory, Wanted(old), Fallbacks((), None), now) for directory in (HERE, named))
    assert [reason.code for reason in refused.rejected] == ["denied"]
    assert numbers(rung) == ["+448456000388"]
