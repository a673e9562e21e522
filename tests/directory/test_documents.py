"""Does every entry come back from JSON as it went in?"""

import json
from datetime import UTC, datetime

from hypothesis import example, given

from directory.documents import change_document, change_from, document, entry_from
from directory.model import (
    Absence,
    Accept,
    Authority,
    CallerId,
    Closure,
    DutyNumber,
    Effect,
    Entry,
    LineNumbers,
    Person,
    Role,
    Source,
    Team,
)
from directory.numbers import Number
from directory.snapshot import KINDS, Change, Kind, Snapshot, written
from ivr.moment import World
from tests.directory.entries import AUTHORITIES, CLOSURES, ENTRIES, LINES, PEOPLE, ROLES, TEAMS
from tests.telling import at

DUTY = Number("+442079460301")


def through_json(entry: Entry) -> Entry:
    return entry_from(KINDS[type(entry)], json.loads(json.dumps(document(entry))))


@given(AUTHORITIES)
def test_an_authority_comes_back_the_same(entry: Authority) -> None:
    assert through_json(entry) == entry


@given(TEAMS)
@example(Team("duty", "Duty", "devon", source=Source("", assumed="nothing is printed")))
@example(Team("duty", "Duty", "devon", duty_numbers=(DutyNumber(DUTY, at_once=0),)))
def test_a_team_comes_back_the_same(entry: Team) -> None:
    assert through_json(entry) == entry


@given(PEOPLE)
def test_a_person_comes_back_the_same(entry: Person) -> None:
    assert through_json(entry) == entry


@given(ROLES)
@example(Role("tm", "Team Manager", "devon", source=Source("", assumed="nobody is named")))
def test_a_role_comes_back_the_same(entry: Role) -> None:
    assert through_json(entry) == entry


@given(CLOSURES)
def test_a_closure_comes_back_the_same(entry: Closure) -> None:
    assert through_json(entry) == entry


@given(LINES)
def test_a_line_comes_back_the_same(entry: LineNumbers) -> None:
    assert through_json(entry) == entry


@given(ENTRIES)
def test_a_change_comes_back_the_same_written_or_removed(entry: Entry) -> None:
    for change in (written(entry), Change(KINDS[type(entry)], entry.slug, None)):
        assert change_from(json.loads(json.dumps(change_document(change)))) == change


def test_what_stands_at_its_default_is_left_out() -> None:
    assert document(Team("duty", "Duty", "devon")) == {"slug": "duty", "name": "Duty", "authority": "devon"}
    assert document(LineNumbers("devon")) == {"slug": "devon", "numbers": []}


def test_a_duty_number_is_written_with_every_field_that_was_given() -> None:
    duty = DutyNumber(
        DUTY, Accept.CONNECT, at("Mon 09:00"), at("Fri 16:00"), "cover", CallerId.OURS, 2, Source("D", 34)
    )
    assert document(Team("duty", "Duty", "devon", duty_numbers=(duty,)))["duty_numbers"] == [
        {
            "number": "+442079460301",
            "accept": "connect",
            "since": "2026-11-23T09:00:00+00:00",
            "until": "2026-11-27T16:00:00+00:00",
            "note": "cover",
            "caller_id": "ours",
            "at_once": 2,
            "source": {"document": "D", "line": 34},
        }
    ]


def test_a_moment_of_summer_time_is_written_in_utc() -> None:
    gap = Absence(at("2026-07-01T09:00"), at("2026-07-02T09:00"))
    written_gap = document(Person("w", "W", "duty", away=(gap,)))["away"][0]
    assert written_gap == {"since": "2026-07-01T08:00:00+00:00", "until": "2026-07-02T08:00:00+00:00"}


def test_the_effect_of_a_closure_is_never_turned_round() -> None:
    until = datetime(2026, 12, 24, tzinfo=UTC)
    for effect in Effect:
        back = through_json(Closure("c", effect, at("Mon 09:00"), until, "training"))
        assert isinstance(back, Closure)
        assert back.effect is effect


def test_the_whole_bundled_directory_comes_back_the_same(world: World) -> None:
    entries = list(world.directory.entries())
    again = Snapshot().changed(1, [written(through_json(entry)) for entry in entries])
    assert list(again.entries()) == entries
    assert {KINDS[type(entry)] for entry in entries} == set(Kind) - {Kind.CLOSURE, Kind.HOLIDAYS}
