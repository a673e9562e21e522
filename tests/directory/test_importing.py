"""How is a directory file read?"""

from datetime import UTC, date, datetime

import pytest

from directory.importing import slug_of
from directory.model import Accept, CallerId, DutyNumber, Person, Source, Team
from directory.numbers import Number
from directory.snapshot import Change, Kind
from tests.directory.files import people_file, read, teams_file, teams_of

DUTY = Number("+441392388481")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_what_a_spreadsheet_saves_is_read(delimiter: str, mark: str, ending: str) -> None:
    text = mark + teams_file({"number": "8481"}, delimiter=delimiter).replace("\n", ending)
    assert teams_of(text) == [Team("devon-team", "Team", "devon", duty_numbers=(DutyNumber(DUTY),))]


def test_headings_are_read_in_any_order_and_case() -> None:
    assert teams_of("TEAM, Authority ,Number\nTeam,devon,8481\n") == [
        Team("devon-team", "Team", "devon", duty_numbers=(DutyNumber(DUTY),))
    ]


@pytest.mark.parametrize(
    ("lost", "e164"),
    [
        ("7790770713", "+447790770713"),
        ("1392388481", "+441392388481"),
        ("3451551071", "+443451551071"),
        ("2079460301", "+442079460301"),
    ],
)
def test_a_zero_that_a_spreadsheet_lost_is_put_back(lost: str, e164: str) -> None:
    assert [duty.number for team in teams_of(teams_file({"number": lost})) for duty in team.duty_numbers] == [
        Number(e164)
    ]


def test_every_column_of_a_team_is_read() -> None:
    row = {
        "area": "Exeter", "service": "Assessment", "slug": "duty", "aliases": "Front | Duty Team", "number": "8481", "accept": "CONNECT",
        "caller_id": "ours", "at_once": "2", "from": "2026-11-27T16:00", "until": "2026-11-30T09:00+00:00", "note": "weekend",
        "source": "Devon", "line": "34", "read": "2026-11-24", "assumed": "hours",
    }  # fmt: skip
    source = Source("Devon", 34, date(2026, 11, 24), "hours")
    since, until = datetime(2026, 11, 27, 16, tzinfo=UTC), datetime(2026, 11, 30, 9, tzinfo=UTC)
    duty = DutyNumber(DUTY, Accept.CONNECT, since, until, "weekend", CallerId.OURS, 2, source)
    assert teams_of(teams_file(row)) == [
        Team("duty", "Team", "devon", "Exeter", "Assessment", ("Front", "Duty Team"), (duty,), source)
    ]


def test_a_moment_without_an_offset_is_one_of_the_wall_clock_in_england() -> None:
    [team] = teams_of(teams_file({"number": "8481", "from": "2026-07-01T09:00"}))
    assert team.duty_numbers[0].since == datetime(2026, 7, 1, 8, tzinfo=UTC)


def test_a_number_that_says_nothing_else_wants_a_key_and_shows_the_caller() -> None:
    [team] = teams_of(teams_file({"number": "8481"}))
    assert (team.duty_numbers[0].accept, team.duty_numbers[0].caller_id) == (Accept.KEY, CallerId.CALLER)


def test_a_team_with_two_numbers_over_two_rows_keeps_both_in_order() -> None:
    rows = [{"team": "Exeter 4", "number": number} for number in ("07812106279", "07581156261")]
    [team] = teams_of(teams_file(*rows))
    assert [duty.number.e164 for duty in team.duty_numbers] == ["+447812106279", "+447581156261"]


def test_rows_of_one_team_need_not_stand_together() -> None:
    rows = [{"team": "A", "number": "8481"}, {"team": "B"}, {"team": "A", "number": "4050"}]
    assert [(team.slug, len(team.duty_numbers)) for team in teams_of(teams_file(*rows))] == [
        ("devon-a", 2),
        ("devon-b", 0),
    ]


def test_a_team_without_a_number_is_a_gap_and_no_error() -> None:
    assert teams_of(teams_file({})) == [Team("devon-team", "Team", "devon")]


def test_a_comma_inside_quotation_marks_belongs_to_the_cell() -> None:
    assert teams_of('authority,team\ndevon,"Children, Families"\n') == [
        Team("devon-children-families", "Children, Families", "devon")
    ]


def test_what_is_there_already_is_no_change() -> None:
    row = {"slug": "devon-duty", "team": "Duty", "number": "01392 388481", "accept": "connect"}
    assert read(teams_file(row)) == read(teams_file(row).replace("01392 388481", "8481"))
    assert read(teams_file(row)).changes == ()


def test_a_corrected_number_is_the_only_change() -> None:
    same = {"slug": "devon-duty", "team": "Duty", "accept": "connect"}
    [change] = read(teams_file({**same, "number": "4050"})).changes
    assert isinstance(change.entry, Team)
    assert (change.kind, change.slug) == (Kind.TEAM, "devon-duty")
    assert [duty.number.e164 for duty in change.entry.duty_numbers] == ["+441392384050"]


def test_every_column_of_a_person_is_read() -> None:
    row = {"slug": "w-2", "extension": "0427", "numbers": "020 7946 0202 | 0203", "accept": "connect", "manager": "w-1"}
    numbers = (Number("+442079460202"), Number("+441392380203"))
    person = Person("w-2", "Tamsin Mockford", "devon-duty", "0427", numbers, Accept.CONNECT, "w-1")
    assert read(people_file(row)).changes == (Change(Kind.PERSON, "w-2", person),)


def test_a_new_person_gets_an_opaque_slug_and_a_known_one_keeps_theirs() -> None:
    assert [change.slug for change in read(people_file({})).changes] == ["w-new"]
    assert [change.slug for change in read(people_file({"name": "Rowan Sampleton"})).changes] == ["w-1"]


def test_a_manager_may_stand_further_down_in_the_same_file() -> None:
    rows = [{"slug": "w-2", "manager": "w-3"}, {"slug": "w-3", "name": "Piers Example-Hart"}]
    assert read(people_file(*rows)).problems == ()


def test_a_slug_is_made_of_the_printed_name() -> None:
    assert slug_of("devon", "Children & Families North 1") == "devon-children-families-north-1"
