"""Do the bundled files hold every number of the sources, and does each value say where it was read?"""

import csv
import tomllib
from datetime import date
from pathlib import Path

import pytest

from directory.model import Accept, DutyNumber
from directory.snapshot import Snapshot
from ivr.moment import World

PLANS = Path(__file__).parents[2] / "plans"
READ = date(2026, 11, 24)
Printed = tuple[str, str, str, int]
DEVON: list[Printed] = [
    ("Initial Response North", "8481", "+441392388481", 34),
    ("Children & Families North 1", "8646", "+441392388646", 35),
    ("Children & Families North 2", "8646", "+441392388646", 36),
    ("Children & Families North 3", "8646", "+441392388646", 37),
    ("Children & Families North 4", "8646", "+441392388646", 38),
    ("Permanency & Transition North", "07790770713", "+447790770713", 39),
    ("Initial Response South", "4050", "+441392384050", 41),
    ("Children & Families South 1", "6961", "+441392386961", 42),
    ("Children & Families South 2", "6961", "+441392386961", 43),
    ("Children & Families South 3", "5198", "+441392385198", 44),
    ("Children & Families South 4", "5198", "+441392385198", 45),
    ("Permanency & Transition South", "4797", "+441392384797", 46),
    ("Initial Response Mid & East", "4179", "+441392384179", 48),
    ("Children & Families Mid & East 1", "4121", "+441392384121", 49),
    ("Children & Families Mid & East 2", "4121", "+441392384121", 50),
    ("Children & Families Mid & East 3", "4121", "+441392384121", 51),
    ("Children & Families Mid & East 4", "4121", "+441392384121", 52),
    ("Permanency & Transition Mid & East", "4134", "+441392384134", 53),
    ("Initial Response Exeter", "4591", "+441392384591", 55),
    ("Children & Families Exeter 1", "4590", "+441392384590", 56),
    ("Children & Families Exeter 2", "07792226135", "+447792226135", 57),
    ("Children & Families Exeter 3", "4590", "+441392384590", 58),
    ("Children & Families Exeter 4", "07812106279", "+447812106279", 59),
    ("Children & Families Exeter 4", "07581156261", "+447581156261", 60),
    ("Permanency & Transition Exeter 1", "07581156261", "+447581156261", 61),
    ("DCS North Devon", "4180", "+441392384180", 65),
    ("DCS South", "1270", "+441392381270", 66),
    ("DCS Exeter", "6183", "+441392386183", 67),
    ("DCS East and Mid Devon", "6183", "+441392386183", 68),
    ("DCS Support and Advice", "5276", "+441392385276", 69),
]
OTHERS: list[tuple[str, Printed]] = [
    ("devon", ("MASH", "345 155 1071", "+443451551071", 24)),
    ("devon", ("Out of Hours Emergency Duty Team", "0345 6000 388", "+443456000388", 79)),
    ("sheffield", ("Child Protection Enquiry Team", "0114 273 4925", "+441142734925", 54)),
    ("derby", ("Careline", "01332 956606", "+441332956606", 13)),
    ("derby", ("Reception Service", "01332 641172", "+441332641172", 50)),
    ("derby", ("Professionals Consultation", "07812 300329", "+447812300329", 52)),
]
LINES = {
    "devon": "+442079460101", "call-derbyshire": "+442079460102", "derbyshire-consultation": "+442079460103",
    "derby": "+442079460104", "derby-consultation": "+442079460105", "sheffield-cpet": "+442079460106",
    "cambridgeshire-ifd": "+442079460107",
}  # fmt: skip
ROWS = [*(("devon", printed) for printed in DEVON), *OTHERS]
OWN_LINES = ("+441629532600", "+441629535353")
AUTHORITIES = ("cambridgeshire", "derby", "derbyshire", "devon", "sheffield")


def duties(directory: Snapshot, authority: str) -> list[tuple[str, DutyNumber]]:
    return [
        (team.name, duty)
        for team in directory.teams.values()
        if team.authority == authority
        for duty in team.duty_numbers
    ]


def rows_of(authority: str) -> list[dict[str, str]]:
    with (PLANS / authority / "teams.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_thirty_rows_of_devon_with_nineteen_distinct_numbers_are_written_out_here() -> None:
    assert len(DEVON) == 30
    assert len({e164 for _, _, e164, _ in DEVON}) == 19


@pytest.mark.parametrize(("authority", "printed"), ROWS)
def test_every_printed_number_is_bundled_as_printed_and_read_as_this_number(
    world: World, authority: str, printed: Printed
) -> None:
    name, text, e164, line = printed
    assert (name, text, str(line)) in {(row["team"], row["number"], row["line"]) for row in rows_of(authority)}
    found = {
        (team, duty.number.e164, duty.source.line if duty.source else None)
        for team, duty in duties(world.directory, authority)
    }
    assert (name, e164, line) in found


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_no_number_is_bundled_that_no_source_prints(world: World, authority: str) -> None:
    printed = sorted((name, e164) for council, (name, _, e164, _) in ROWS if council == authority)
    assert sorted((name, duty.number.e164) for name, duty in duties(world.directory, authority)) == printed


def test_exeter_4_keeps_its_two_numbers_in_the_printed_order(world: World) -> None:
    numbers = [duty.number.e164 for duty in world.directory.teams["devon-cf-exeter-4"].duty_numbers]
    assert numbers == ["+447812106279", "+447581156261"]


def test_early_help_has_no_number_and_says_so(world: World) -> None:
    team = world.directory.teams["devon-early-help"]
    assert (team.duty_numbers, team.source.line if team.source else None) == ((), 75)
    assert team.source is not None
    assert "X15" in team.source.assumed


@pytest.mark.parametrize("e164", OWN_LINES)
def test_the_two_numbers_that_are_our_own_lines_are_never_a_destination(world: World, e164: str) -> None:
    everywhere = {duty.number.e164 for authority in AUTHORITIES for _, duty in duties(world.directory, authority)}
    assert e164 not in everywhere


def test_every_bundled_line_answers_its_own_drama_number(world: World) -> None:
    assert {line.slug: [number.e164 for number in line.numbers] for line in world.directory.lines.values()} == {
        line: [e164] for line, e164 in LINES.items()
    }


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_row_names_its_document_its_line_and_the_day_it_was_read(world: World, authority: str) -> None:
    for team in (team for team in world.directory.teams.values() if team.authority == authority):
        for source in (team.source, *(duty.source for duty in team.duty_numbers)):
            assert source is not None, team.slug
            assert source.document
            assert source.line, team.slug
            assert source.read == READ


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_role_names_its_document_and_line_and_nobody(world: World, authority: str) -> None:
    for role in (role for role in world.directory.roles.values() if role.authority == authority):
        assert (role.holder, role.deputies, role.numbers) == (None, (), ()), role.slug
        assert role.source is not None
        assert (role.source.read, bool(role.source.document), bool(role.source.line)) == (READ, True, True), role.slug
        assert role.source.assumed, role.slug


def test_a_team_without_a_number_says_what_was_assumed(world: World) -> None:
    silent = [team for team in world.directory.teams.values() if not team.duty_numbers]
    assert silent
    assert [team.slug for team in silent if team.source is None or not team.source.assumed] == []


def test_mobiles_and_direct_numbers_want_a_key_while_public_lines_connect(world: World) -> None:
    public = {"devon-mash", "devon-edt", "sheffield-cpet", "derby-careline", "derby-reception"}
    for team in world.directory.teams.values():
        expected = Accept.CONNECT if team.slug in public else Accept.KEY
        assert {duty.accept for duty in team.duty_numbers} <= {expected}, team.slug


def test_only_devon_has_a_rule_for_extensions(world: World) -> None:
    rules = {authority.slug: authority.extensions for authority in world.directory.authorities.values()}
    assert sorted(rules) == sorted(AUTHORITIES)
    assert {slug for slug, rule in rules.items() if rule} == {"devon"}
    table = tomllib.loads((PLANS / "devon" / "authority.toml").read_text(encoding="utf-8"))
    assert table["extensions"] == {"digits": 4, "prefix": "0139238", "source": "D:30"}


@pytest.mark.parametrize("authority", AUTHORITIES)
def test_every_table_of_hours_says_where_it_was_read_or_what_was_assumed(authority: str) -> None:
    for path in (path for path in (PLANS / authority).glob("*.toml") if path.name != "authority.toml"):
        for name, hours in tomllib.loads(path.read_text(encoding="utf-8"))["hours"].items():
            assert hours.get("source") or hours.get("assumed"), f"{path.name}: {name}"


def test_invented_people_have_drama_numbers_only(world: World) -> None:
    numbers = [number.e164 for person in world.directory.people.values() for number in person.numbers]
    assert numbers
    assert [e164 for e164 in numbers if not e164.startswith("+4420794602")] == []
