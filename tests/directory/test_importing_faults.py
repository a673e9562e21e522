"""What can be wrong with a directory file, and is all of it told at once, with its row?"""

import pytest

from directory.problems import WORDS
from tests.directory.files import THERE, faults, people_file, read, teams_file

CELLS = {
    ("team", ""): "missing",
    ("authority", ""): "missing",
    ("authority", "narnia"): "unknown",
    ("accept", "shout"): "choice",
    ("caller_id", "theirs"): "choice",
    ("at_once", "two"): "choice",
    ("line", "D:34"): "choice",
    ("from", "next Friday"): "moment",
    ("until", "2026-13-01"): "moment",
    ("read", "24/11/2026"): "moment",
    ("number", "999"): "number-short-code",
    ("number", "18001 01392 388481"): "number-relay-prefix",
    ("number", "01392 388481 x4050"): "number-has-extension",
    ("number", "p:0000"): "number-characters",
    ("number", "388481"): "number-invalid",
    ("number", "481"): "number-invalid",
    ("number", "0845 601 0000"): "destination-revenue-share",
    ("number", "0909 879 0000"): "destination-premium",
    ("number", "070 1234 5678"): "destination-personal-number",
    ("number", "01534 440000"): "destination-crown-dependency",
    ("number", "+33 1 40 20 50 50"): "destination-abroad",
    ("number", "07600 123456"): "destination-not-allowed",
    ("number", "020 7946 0101"): "loop",
}
PEOPLE = {
    ("name", ""): "missing",
    ("team", ""): "missing",
    ("team", "nowhere"): "unknown",
    ("extension", "1"): "extension",
    ("extension", "1234567"): "extension",
    ("extension", "23x1"): "extension",
    ("accept", "shout"): "choice",
    ("manager", "w-nobody"): "unknown",
    ("numbers", "999"): "number-short-code",
    ("numbers", "020 7946 0201|0909 879 0000"): "destination-premium",
    ("numbers", "020 7946 0101"): "loop",
}


@pytest.mark.parametrize(("cell", "code"), CELLS.items())
def test_a_wrong_cell_of_a_team_is_told_with_its_row_and_column(cell: tuple[str, str], code: str) -> None:
    column, value = cell
    row = {"number": "01392 388481", column: value}
    assert faults(teams_file({}, row)) == [(f"row 3, {column}", code, value)]


@pytest.mark.parametrize(("cell", "code"), PEOPLE.items())
def test_a_wrong_cell_of_a_person_is_told_with_its_row_and_column(cell: tuple[str, str], code: str) -> None:
    column, value = cell
    wrong = value.rpartition("|")[2]
    assert faults(people_file({}, {column: value})) == [(f"row 3, {column}", code, wrong)]


def test_an_extension_without_a_rule_is_refused_rather_than_given_devons_prefix() -> None:
    row = {"authority": "derby", "number": "8481"}
    assert faults(teams_file(row)) == [("row 2, number", "number-no-extension-rule", "8481")]


def test_an_exception_of_one_authority_is_none_of_anothers() -> None:
    assert faults(teams_file({"number": "0845 600 0388"})) == []
    row = {"authority": "derby", "number": "0845 600 0388"}
    assert faults(teams_file(row)) == [("row 2, number", "destination-revenue-share", "0845 600 0388")]


@pytest.mark.parametrize("until", ["2026-11-27T16:00", "2026-11-26T16:00"])
def test_an_end_that_does_not_come_after_the_beginning_is_told(until: str) -> None:
    row = {"number": "8481", "from": "2026-11-27T16:00", "until": until}
    assert faults(teams_file(row)) == [("row 2, until", "order", until)]


def test_cells_beyond_the_heading_are_told_with_their_count() -> None:
    assert faults("authority,team\ndevon,Duty, the old one,really\n") == [("row 2, cells", "width", "2")]


def test_an_unknown_column_is_told_by_its_heading() -> None:
    text = "authority,team,nubmer,fax\ndevon,Duty,8481,1\n"
    assert faults(text) == [("heading", "column", "nubmer"), ("heading", "column", "fax")]


@pytest.mark.parametrize("text", ["", "\n", "\ufeff"])
def test_a_file_without_headings_is_told(text: str) -> None:
    assert ("heading", "missing", "") in faults(text)


def test_all_problems_of_all_rows_come_at_once_and_nothing_changes() -> None:
    rows = [{"number": "8481"}, {"number": "999", "accept": "shout"}, {"authority": "narnia"}, {"team": ""}]
    found = read(teams_file(*rows))
    assert [problem.field for problem in found.problems] == [
        "row 3, number",
        "row 3, accept",
        "row 4, authority",
        "row 5, team",
    ]
    assert found.changes == ()


def test_a_blank_row_keeps_the_rows_below_it_at_their_place() -> None:
    text = teams_file({"number": "8481"}) + "\n" + ",,,\n" + teams_file({"number": "999"}).partition("\n")[2]
    assert faults(text) == [("row 5, number", "number-short-code", "999")]


def test_a_team_slug_of_two_teams_is_told_rather_than_merged_into_one() -> None:
    first, second = {"team": "North", "slug": "duty"}, {"team": "South", "slug": "duty", "number": "4050"}
    assert faults(teams_file(first, second)) == [("row 3, slug", "taken", "duty")]


def test_a_persons_slug_that_stands_twice_is_told_rather_than_overwritten() -> None:
    first, second = {"name": "Rowan Sampleton", "slug": "w-1"}, {"name": "Jory Nonesuch", "slug": "w-1"}
    assert faults(people_file(first, second)) == [("row 3, slug", "taken", "w-1")]


def test_a_cell_too_long_for_the_reader_is_told_and_no_fault_of_ours() -> None:
    assert read("authority,team\ndevon," + "x" * 140_000).problems != ()


def test_a_problem_says_field_value_and_remedy_in_one_sentence() -> None:
    sentences = [problem.sentence for problem in read(teams_file({"number": "0909 879 0000"})).problems]
    assert sentences == ["row 2, number: “0909 879 0000” is a premium-rate number; these are never rung."]
    assert all(words.endswith(".") for words in WORDS.values())


def test_reading_a_file_alters_the_directory_that_it_is_read_onto_in_nothing() -> None:
    before = list(THERE.entries())
    read(teams_file({"slug": "devon-duty", "number": "4050"}))
    assert list(THERE.entries()) == before
