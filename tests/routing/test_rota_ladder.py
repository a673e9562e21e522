"""Does whoever is on the rota ring first, and do dates hold to the minute, both clock changes included?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import Absence, Accept, Authority, DutyNumber, Entry, Person, Shift, Team
from directory.numbers import Number
from directory.snapshot import Snapshot, written
from ivr.timeline import first, timeline
from routing.hours import State
from routing.ladder import Circumstances, Fallbacks, Ladder, Step, Wanted, ladder
from routing.reasons import Next, OnRota, RotaGap
from tests.routing.given import minutes
from tests.telling import at

STANDING, MOBILE, COVER, PHONE = (Number(f"+44207946030{digit}") for digit in range(1, 5))
HOLDER = Person("w-1", "Rowan Sampleton", "duty", numbers=(MOBILE,))
DEPUTY = Person("w-2", "Ash Example", "duty", numbers=(COVER,), accept=Accept.CONNECT)
WEEK = Shift(at("2026-11-20T17:00"), at("Fri 17:00"), "w-1")
DUTY = Team("duty", "Duty", "devon", duty_numbers=(DutyNumber(STANDING),), rota=(WEEK,))
RESORT = Team("mash", "MASH", "devon", duty_numbers=(DutyNumber(PHONE, Accept.CONNECT),))
HERE: list[Entry] = [Authority("devon", "Devon"), DUTY, RESORT, HOLDER, DEPUTY]
FORWARD, BACK = datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)
"""The moments at which England's clock changes."""

NEAR = timedelta(hours=3)


def climbed(team: Team, when: datetime, *others: Entry, state: State = State.OPEN) -> Ladder:
    directory = Snapshot().changed(1, [written(one) for one in (*HERE, team, *others)])
    return ladder(directory, Wanted(team), Fallbacks((RESORT,), team), Circumstances(when, state))


def numbers(found: Ladder) -> list[Number]:
    return [rung.number.number for rung in found.rungs]


def test_whoever_is_on_the_rota_rings_before_the_standing_number() -> None:
    found = climbed(DUTY, at("Wed 10:00"))
    assert numbers(found) == [MOBILE, STANDING, PHONE]
    assert found.rungs[0].because == (Next("Duty", Step.DUTY), OnRota("Duty", at("Fri 17:00")))
    assert [(rung.who, rung.is_personal) for rung in found.rungs] == [("Duty", True), ("Duty", False), ("MASH", False)]


def test_the_trace_says_that_it_was_the_rota_and_names_nobody() -> None:
    _, reasons = climbed(DUTY, at("Wed 10:00")).after(lambda _: False)
    sentence = "By its rota, Duty is answered by whoever holds duty until Fri 27 Nov 2026 17:00."
    assert sentence in [reason.sentence for reason in reasons]
    assert "Rowan" not in str(reasons)


def test_a_gap_falls_to_the_standing_number() -> None:
    found = climbed(DUTY, at("Fri 17:00"))
    assert numbers(found) == [STANDING, PHONE]
    assert found.rejected == (RotaGap("Duty"),)


def test_the_hand_over_is_at_its_minute() -> None:
    after = Shift(at("Fri 17:00"), at("2026-12-04T17:00"), PHONE)
    both = replace(DUTY, rota=(WEEK, after))
    assert [numbers(climbed(both, at(when)))[0] for when in ("Fri 16:59", "Fri 17:00")] == [MOBILE, PHONE]


@pytest.mark.parametrize(("cover", "firsts"), [("w-2", [COVER, STANDING]), (None, [STANDING]), ("w-9", [STANDING])])
def test_somebody_on_the_rota_who_is_away_is_covered_or_passed_over(cover: str | None, firsts: list[Number]) -> None:
    away = replace(HOLDER, away=(Absence(at("Mon 09:00"), at("Thu 09:00"), cover),))
    found = climbed(DUTY, at("Wed 10:00"), away)
    assert numbers(found) == [*firsts, PHONE]
    assert found.rejected[0].code == "away"


def test_somebody_on_the_rota_who_is_gone_or_has_no_number_is_passed_over() -> None:
    gone = replace(DUTY, rota=(replace(WEEK, who="w-9"),))
    assert numbers(climbed(gone, at("Wed 10:00"))) == [STANDING, PHONE]
    silent = climbed(DUTY, at("Wed 10:00"), replace(HOLDER, numbers=()))
    assert (numbers(silent), silent.rejected[0].sentence) == (
        [STANDING, PHONE], "No number is known for whoever holds duty for Duty.",
    )  # fmt: skip


def test_a_number_on_the_rota_that_the_team_has_is_answered_as_there() -> None:
    phone = replace(DUTY, duty_numbers=(DutyNumber(STANDING, Accept.CONNECT),), rota=(replace(WEEK, who=STANDING),))
    found = climbed(phone, at("Wed 10:00"))
    assert (numbers(found), found.rungs[0].number.accept) == ([STANDING, PHONE], Accept.CONNECT)
    assert found.rejected[-1].code == "same-number"


def test_a_team_with_a_rota_and_no_standing_number_is_found_only_while_it_is_somebodys_turn() -> None:
    alone = replace(DUTY, duty_numbers=())
    assert numbers(climbed(alone, at("Wed 10:00"))) == [MOBILE, PHONE]
    assert [reason.code for reason in climbed(alone, at("2026-12-09T10:00")).rejected] == ["rota-gap", "no-number"]


def test_the_night_team_has_a_rota_too() -> None:
    found = climbed(DUTY, at("Wed 10:00"), state=State.CLOSED)
    assert [(rung.step, rung.number.number) for rung in found.rungs] == [(Step.NIGHT, MOBILE), (Step.NIGHT, STANDING)]


def test_the_timeline_tells_who_rings_first_from_when_to_when() -> None:
    away = replace(HOLDER, away=(Absence(at("Tue 09:00"), at("Wed 09:00"), "w-2"),))
    directory = Snapshot().changed(1, [written(one) for one in (*HERE, away)])
    found = timeline(directory, DUTY, at("Mon 00:00"), at("2026-11-30T00:00"))
    assert [(one.since, one.rung and one.rung.number.number) for one in found] == [
        (at("Mon 00:00"), MOBILE), (at("Tue 09:00"), COVER), (at("Wed 09:00"), MOBILE), (at("Fri 17:00"), STANDING),
    ]  # fmt: skip
    assert [one.until for one in found] == [*(one.since for one in found[1:]), at("2026-11-30T00:00")]


def test_the_timeline_of_a_team_without_a_number_is_empty_of_phones() -> None:
    nobody = Team("nobody", "Nobody", "devon")
    (stretch,) = timeline(Snapshot().changed(1, [written(nobody)]), nobody, at("Mon 09:00"), at("Tue 09:00"))
    assert (stretch.since, stretch.until, stretch.rung) == (at("Mon 09:00"), at("Tue 09:00"), None)


CHANGES = st.sampled_from([FORWARD, BACK])
OFFSETS = st.integers(-170, 170).map(lambda count: timedelta(minutes=count))
SPANS = st.tuples(OFFSETS, st.integers(1, 300).map(lambda count: timedelta(minutes=count)))


@given(CHANGES, SPANS, OFFSETS)
def test_a_dated_number_holds_to_the_minute_across_both_clock_changes(
    change: datetime, span: tuple[timedelta, timedelta], moment: timedelta
) -> None:
    since, until, now = change + span[0], change + span[0] + span[1], change + moment
    dated = Team("t", "T", "devon", duty_numbers=(DutyNumber(STANDING, since=since, until=until),))
    assert (STANDING in numbers(climbed(dated, now))) is (since <= now < until)


@given(CHANGES, st.lists(SPANS, min_size=1, max_size=4))
def test_a_rota_holds_at_every_minute_across_both_clock_changes_and_the_timeline_says_the_same(
    change: datetime, spans: list[tuple[timedelta, timedelta]]
) -> None:
    turns = [Shift(change + begin, change + begin + length, STANDING) for begin, length in spans]
    team = Team("t", "T", "devon", duty_numbers=(DutyNumber(MOBILE),), rota=tuple(turns))
    directory = Snapshot().changed(1, [written(team)])
    told = timeline(directory, team, change - NEAR, change + NEAR)
    for moment in list(minutes(change - NEAR, change + NEAR))[::17]:
        rung = first(directory, team, moment)
        expected = STANDING if any(turn.since <= moment < turn.until for turn in turns) else MOBILE
        assert rung is not None
        assert rung.number.number == expected
        assert [one.rung for one in told if one.since <= moment < one.until] == [rung]
