"""Which single teams are found, and which are in order?"""

from dataclasses import replace
from datetime import date, datetime

import pytest

from directory.lint import lint
from directory.model import Accept, DutyNumber, Shift
from directory.numbers import Number
from directory.snapshot import Snapshot, written
from tests.directory.linted import ANOTHER, DEVON, LANDLINE, MOBILE, NOW, codes, read_at, sentences, team
from tests.telling import at


def dated(number: Number, since: str = "", until: str = "") -> DutyNumber:
    return DutyNumber(number, since=at(since) if since else None, until=at(until) if until else None)


def test_a_team_with_a_landline_is_in_order() -> None:
    assert codes(team("duty", LANDLINE)) == []


def test_a_team_without_a_number_is_found_and_says_why() -> None:
    assert sentences(team("duty")) == {"no-number": "Duty has no duty number: none was entered."}
    told = replace(team("duty"), source=read_at(75, assumed="no number is printed (X15)."))
    assert sentences(told) == {"no-number": "Duty has no duty number: no number is printed (X15)."}


def test_a_team_whose_last_number_ended_has_none() -> None:
    told = sentences(team("duty", dated(LANDLINE, until="2026-11-01T09:00")))
    assert told == {"no-number": "Duty has no duty number: the last one ended on Sun 1 Nov 2026 09:00."}


def test_a_dated_number_that_is_about_to_end_without_a_successor_is_found() -> None:
    told = sentences(team("duty", dated(LANDLINE, until="2026-12-01T17:00")))
    assert told == {
        "duty-gap": "Duty has no number in force from Tue 1 Dec 2026 17:00 until further notice; enter who follows."
    }


def test_a_gap_says_until_when_it_lasts() -> None:
    told = sentences(team("duty", dated(LANDLINE, until="2026-12-01T17:00"), dated(ANOTHER, since="2026-12-02T09:00")))
    assert "from Tue 1 Dec 2026 17:00 until Wed 2 Dec 2026 09:00" in told["duty-gap"]


def test_a_number_that_is_not_in_force_yet_leaves_a_gap_now() -> None:
    told = sentences(team("duty", dated(LANDLINE, since="2027-03-01T09:00")))
    assert "from Wed 25 Nov 2026 10:00 until Mon 1 Mar 2027 09:00" in told["duty-gap"]


@pytest.mark.parametrize(
    "duties",
    [
        (dated(LANDLINE, until="2026-12-01T17:00"), dated(ANOTHER, since="2026-12-01T17:00")),
        (dated(LANDLINE, until="2026-12-01T17:00"), dated(ANOTHER)),
        (dated(LANDLINE, until="2027-06-01T17:00"),),
    ],
    ids=["followed at once", "above a standing number", "long before it ends"],
)
def test_a_dated_number_with_a_successor_or_far_from_its_end_is_in_order(duties: tuple[DutyNumber, ...]) -> None:
    assert codes(team("duty", *duties)) == []


def test_a_rota_alone_leaves_its_gaps_to_nobody() -> None:
    turn = Shift(at("2026-11-20T17:00"), at("2026-11-27T17:00"), LANDLINE)
    alone = replace(team("duty"), rota=(turn,))
    assert sentences(alone) == {"no-number": "Duty has no duty number: there is a rota, whose gaps fall to nobody."}
    assert codes(replace(team("duty", LANDLINE), rota=(turn,))) == []


def test_a_rota_fills_the_gap_of_a_dated_number() -> None:
    ends = team("duty", dated(LANDLINE, until="2026-12-01T17:00"), dated(ANOTHER, since="2026-12-02T09:00"))
    turn = Shift(at("2026-12-01T09:00"), at("2026-12-02T12:00"), ANOTHER)
    assert codes(replace(ends, rota=(turn,))) == []


def test_a_turn_of_somebody_who_is_not_in_the_directory_is_found_until_it_is_over() -> None:
    past = Shift(at("2026-11-13T17:00"), at("2026-11-20T17:00"), "w-left")
    turn = Shift(at("2026-11-20T17:00"), at("2026-11-27T17:00"), "w-gone")
    told = sentences(replace(team("duty", LANDLINE), rota=(past, turn)))
    assert told["unknown-on-rota"].startswith("The rota of Duty names w-gone, who is not in the directory;")


def test_a_mobile_as_the_only_number_is_found_and_a_landline_beside_it_settles_it() -> None:
    assert codes(team("duty", MOBILE)) == ["mobile-only"]
    assert codes(team("duty", MOBILE, LANDLINE)) == []


def test_a_mobile_that_connects_without_a_key_is_found() -> None:
    assert codes(team("duty", LANDLINE, DutyNumber(MOBILE, Accept.CONNECT))) == ["mobile-connects"]


def test_a_team_that_is_printed_in_two_rows_with_two_numbers_is_found() -> None:
    rows = [DutyNumber(LANDLINE, source=read_at(59)), DutyNumber(ANOTHER, source=read_at(60))]
    assert sentences(team("duty", *rows)) == {
        "team-twice": "Duty is printed 2 times, with 01392 388481 and 01392 386961; ask the team in which order they should ring."
    }
    ranked = [replace(row, source=None) for row in rows]
    assert codes(team("duty", *ranked)) == []


@pytest.mark.parametrize(
    ("e164", "words"),
    [("+448456000388", "an 084 or 087 number"), ("+449098790123", "premium-rate"), ("+441534888888", "Jersey")],
)
def test_a_number_outside_the_policy_is_found(e164: str, words: str) -> None:
    told = sentences(team("duty", LANDLINE, Number(e164)))
    assert words in told["outside-policy"]


def test_a_number_that_the_authority_excepts_is_in_order() -> None:
    excepted = replace(DEVON, exceptions=(("+448456000388", "an old line"),))
    assert codes(excepted, team("duty", LANDLINE, Number("+448456000388"))) == []


def test_an_assumption_that_several_numbers_share_is_told_once() -> None:
    rows = [DutyNumber(one, source=read_at(59, assumed="ranked as printed (X3)")) for one in (LANDLINE, ANOTHER)]
    assert sentences(team("duty", *rows)) == {"assumed": "Duty: assumed, ranked as printed (X3)."}


def test_a_source_that_nobody_compared_for_a_year_is_found_once() -> None:
    old = replace(read_at(1), read=date(2025, 11, 1))
    teams = [
        team("one", DutyNumber(LANDLINE, source=old)),
        team("two", DutyNumber(ANOTHER, source=replace(old, read=date(2024, 1, 1)))),
    ]
    assert sentences(*teams) == {
        "old-reading": "Protocol was last compared with the directory of Devon on 1 November 2025; compare it again."
    }
    assert codes(team("new", DutyNumber(LANDLINE, source=read_at(1))), *teams) == ["shared-number"]


def test_the_worst_is_told_first() -> None:
    assert codes(team("b", MOBILE), team("a")) == ["no-number", "mobile-only"]


def test_an_empty_directory_has_no_findings() -> None:
    assert lint(Snapshot(), NOW) == ()


def test_the_same_directory_has_the_same_findings_on_either_clock() -> None:
    utc: datetime = at("Wed 10:00")
    there = Snapshot().changed(1, [written(DEVON), written(team("duty", dated(LANDLINE, until="2026-12-01T17:00")))])
    assert [one.code for one in lint(there, utc)] == [one.code for one in lint(there, NOW)]
