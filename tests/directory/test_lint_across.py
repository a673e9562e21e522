"""Which teams are found beside each other: by number, by spelling, by name?"""

import pytest

from directory.likeness import grouped_oddly, lacks_zero, missing, neighbours
from directory.model import DutyNumber
from directory.numbers import Number, number_from
from tests.directory.linted import ANOTHER, LANDLINE, codes, linted, read_at, sentences, team


def number(text: str) -> Number:
    found = number_from(text)
    assert isinstance(found, Number)
    return found


def test_a_number_of_several_teams_is_found_once_with_all_of_them() -> None:
    told = sentences(team("a", LANDLINE), team("b", LANDLINE, ANOTHER), team("c", LANDLINE))
    assert told["shared-number"].startswith("01392 388481 is the number of 3 teams: A, B and C;")


def test_a_number_that_a_team_has_at_two_times_is_not_shared() -> None:
    assert codes(team("a", LANDLINE, LANDLINE)) == []


@pytest.mark.parametrize("other", ["01392 388482", "01392 388480", "01392 388491", "01392 388418", "01392 384881"])
def test_the_next_number_and_one_wrong_or_exchanged_digit_are_neighbours(other: str) -> None:
    told = sentences(team("a", LANDLINE), team("b", number(other)))
    assert "is easily taken for" in told["neighbours"]
    assert {"01392 388481", other} <= {told["neighbours"][at : at + 12] for at in range(len(told["neighbours"]))}


@pytest.mark.parametrize("other", ["01392 388592", "01392 381848", "01393 388481"])
def test_two_wrong_digits_are_no_neighbours(other: str) -> None:
    assert codes(team("a", LANDLINE), team("b", Number("+44" + other.replace(" ", "")[1:]))) == []


def test_a_teams_own_numbers_may_be_as_like_as_they_please() -> None:
    assert codes(team("a", LANDLINE, number("01392 388482"))) == []


def test_many_neighbours_are_told_in_one_sentence() -> None:
    others = [team(f"team-{at}", number(f"01392 38848{at}")) for at in range(8)]
    told = [finding.sentence for finding in linted(*others) if finding.code == "neighbours"]
    assert len(told) == 7
    assert "and 3 more" in told[0]


def test_a_neighbour_of_a_neighbour_is_found_from_both_sides() -> None:
    assert "4180" in set(neighbours("4179"))
    assert "4179" in set(neighbours("4180"))
    assert "9999" in set(neighbours("9998"))
    assert all(len(text) == 4 for text in neighbours("9999"))


@pytest.mark.parametrize(
    ("printed", "finding"),
    [
        ("345 155 1071", "missing-zero"),
        ("3451551071", "missing-zero"),
        ("03451 551 071", "odd-grouping"),
        ("0345 1551 071", "odd-grouping"),
        ("0345 155 1071", None),
        ("03451551071", None),
        ("0345 155 10 71", None),
        ("(0345) 155-1071", None),
        ("", None),
    ],
)
def test_a_number_is_judged_as_it_was_printed(printed: str, finding: str | None) -> None:
    duty = DutyNumber(number("0345 155 1071"), source=read_at(24, printed))
    assert codes(team("mash", duty)) == ([finding] if finding else [])


def test_what_is_printed_of_another_number_is_no_finding() -> None:
    assert not lacks_zero("345 155 1072", number("0345 155 1071"))
    assert not grouped_oddly("0345 1551 072", number("0345 155 1071"))


def test_two_teams_of_one_name_are_found() -> None:
    told = sentences(team("a", LANDLINE, name="Duty"), team("b", ANOTHER, name="duty"))
    assert told == {"name-twice": "2 teams are called Duty; a caller cannot tell them apart, so rename or join them."}


def test_a_gap_in_a_numbering_is_found_at_its_last_team() -> None:
    told = linted(team("a", LANDLINE, name="Exeter 1"), team("b", ANOTHER, name="Exeter 3"))
    assert [(one.at.slug, one.sentence) for one in told] == [
        ("b", "There is Exeter 3 and no Exeter 2; ask whether a team is missing.")
    ]


@pytest.mark.parametrize(
    ("there", "lacking"),
    [({1}, (2,)), ({1, 2}, ()), ({2}, (1,)), ({1, 2, 4}, (3,)), ({17}, ()), ({1, 2, 3, 4}, ()), (set(), ())],
)
def test_a_numbering_lacks_what_lies_below_its_end(there: set[int], lacking: tuple[int, ...]) -> None:
    assert missing(there) == lacking
