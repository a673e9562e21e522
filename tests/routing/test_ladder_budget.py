"""Does every ladder reach its end within 150 seconds, and who is left out to make it so?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.model import Accept, Authority, DutyNumber, Entry, Person, Team
from directory.numbers import Number
from directory.snapshot import Snapshot, written
from routing.hours import State
from routing.ladder import Circumstances, Fallbacks, Ladder, Step, Wanted, ladder, seconds
from tests.telling import at

KEY, CONNECT = 4 + 15 + 5 + 8, 4 + 15 + 5
BUDGET = 150
ACCEPTS = st.sampled_from(Accept)
GROUPS = st.lists(st.lists(ACCEPTS, max_size=6), min_size=5, max_size=5)


def drama(start: int, accepts: list[Accept]) -> tuple[DutyNumber, ...]:
    return tuple(DutyNumber(Number(f"+44207946{start + at_:04}"), accept) for at_, accept in enumerate(accepts))


def climbed(groups: list[list[Accept]]) -> tuple[Ladder, list[Number]]:
    """A ladder of worker, manager, duty and two last resorts, and every number that asked for a place, in order."""
    numbers = [drama(start, accepts) for start, accepts in zip(range(100, 600, 100), groups, strict=True)]
    duty, *resorts = (Team(f"t{at_}", f"Team {at_}", "devon", duty_numbers=own) for at_, own in enumerate(numbers[2:]))
    worker, manager = (
        Person(slug, slug, "t0", numbers=tuple(own.number for own in numbers[at_]))
        for at_, slug in enumerate(("w", "m"))
    )
    worker = replace(worker, manager="m")
    entries: list[Entry] = [Authority("devon", "Devon"), duty, *resorts, worker, manager]
    directory = Snapshot().changed(1, [written(entry) for entry in entries])
    now = Circumstances(at("Wed 10:00"), State.OPEN)
    found = ladder(directory, Wanted(duty, worker), Fallbacks(tuple(resorts), None), now)
    return found, [own.number for group in numbers for own in group]


def longest(found: Ladder) -> int:
    """Announcement 4, ringing 15, Twilio's 5, and a whisper of 8 before a key; the last rung connects on answer."""
    lengths = [KEY if rung.number.accept is Accept.KEY else CONNECT for rung in found.rungs]
    return sum([*lengths[:-1], CONNECT]) if lengths else 0


@given(GROUPS)
def test_no_ladder_keeps_a_caller_longer_than_150_seconds(groups: list[list[Accept]]) -> None:
    found, _ = climbed(groups)
    assert longest(found) <= BUDGET
    assert seconds(list(found.rungs)) == longest(found)


@given(GROUPS)
def test_the_first_and_the_last_rung_are_kept_and_the_order_stays(groups: list[list[Accept]]) -> None:
    found, asked = climbed(groups)
    kept = [rung.number.number for rung in found.rungs]
    assert kept == [number for number in asked if number in kept]
    assert kept[:1] + kept[-1:] == asked[:1] + asked[-1:]


@given(GROUPS)
def test_whoever_is_left_out_for_time_is_told(groups: list[list[Accept]]) -> None:
    found, asked = climbed(groups)
    assert [reason.code for reason in found.rejected].count("no-time") == len(asked) - len(found.rungs)


@given(GROUPS)
def test_nobody_is_left_out_while_there_is_time(groups: list[list[Accept]]) -> None:
    found, asked = climbed(groups)
    if len(found.rungs) < len(asked):
        assert longest(found) + KEY > BUDGET


@given(GROUPS)
def test_a_second_number_is_left_out_before_anybodys_first(groups: list[list[Accept]]) -> None:
    found, _ = climbed(groups)
    whos = [rung.who for rung in found.rungs[:-1]]
    silent = {
        reason.sentence.partition(" is left out")[0].lower() for reason in found.rejected if reason.code == "no-time"
    }
    gone = silent - {rung.who.lower() for rung in found.rungs}
    assert not gone or len(set(whos)) == len(whos)


@pytest.mark.parametrize(("keys", "rungs"), [(1, 1), (2, 2), (4, 4), (5, 4), (9, 4)])
def test_four_keyed_rungs_fit_and_a_fifth_does_not(keys: int, rungs: int) -> None:
    found, asked = climbed([[], [], [Accept.KEY] * keys, [], []])
    assert (len(found.rungs), len(asked)) == (rungs, keys)


def test_a_ladder_of_one_is_never_cut() -> None:
    found, _ = climbed([[], [], [Accept.KEY], [], []])
    assert [rung.step for rung in found.rungs] == [Step.DUTY]
    assert longest(found) == CONNECT


def test_an_empty_ladder_takes_no_time() -> None:
    found, _ = climbed([[], [], [], [], []])
    assert (found.rungs, seconds([])) == ((), 0)
