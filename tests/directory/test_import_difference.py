"""What does a file change, in words, and when is somebody asked twice?"""

from directory.difference import Caution, Difference, cautions, difference
from directory.files import table_in
from directory.importing import Import, Rest, read_table
from directory.model import Authority, DutyNumber, Entry, Person, Team
from directory.numbers import Number
from directory.snapshot import Kind, Snapshot, written
from tests.directory.files import BORDER

DUTY = DutyNumber(Number("+442079460201"))


def directory(*entries: Entry) -> Snapshot:
    return Snapshot().changed(1, [written(entry) for entry in (Authority("devon", "Devon"), *entries)])


TEAMS = [Team(f"team-{place}", f"Team {place}", "devon", "North", duty_numbers=(DUTY,)) for place in range(20)]
THERE = directory(*TEAMS)


def read(text: str, there: Snapshot = THERE, rest: Rest = Rest.STAYS) -> tuple[Import, Difference, list[Caution]]:
    found = read_table(table_in(text.encode()), there, BORDER, rest)
    made = difference(found, there)
    return found, made, list(cautions(made, found.kind, there))


def rows(count: int, area: str) -> str:
    lines = (f"devon,Team {place},team-{place},{area}" for place in range(count))
    return "\n".join(["authority,team,slug,area", *lines])


def test_a_change_is_told_with_before_and_after() -> None:
    _, made, _ = read("authority,team,slug,number\ndevon,Team 1,team-1,020 7946 0202\n")
    assert [one.sentence for one in made.every] == [
        "change team team-1 (Team 1): duty_numbers “020 7946 0201, key” becomes “020 7946 0202, key”"
    ]


def test_adds_removals_and_what_stays_are_counted() -> None:
    _, made, _ = read("authority,team,slug\ndevon,Team 1,team-1\ndevon,New,new\n", rest=Rest.GOES)
    assert (len(made.adds), len(made.changes), len(made.removals), made.same) == (1, 0, 19, 1)
    assert made.adds[0].sentence == "add team new (New): name “New”; authority “devon”"
    assert made.removals[0].sentence == "remove team team-0 (Team 0)"


def test_more_than_a_tenth_is_asked_about_and_a_tenth_is_not() -> None:
    assert read(rows(2, "South"))[2] == []
    [caution] = read(rows(3, "South"))[2]
    assert (caution.doubt, caution.sentence) == (
        "many", "3 of 20 entries would change or go, which is more than a tenth.",
    )  # fmt: skip


def test_removals_count_and_adds_do_not() -> None:
    assert [one.doubt for one in read(rows(17, "North"), rest=Rest.GOES)[2]] == ["many"]
    added = "\n".join(f"devon,New {place}" for place in range(50))
    assert read("authority,team\n" + added)[2] == []


def test_a_field_that_is_emptied_is_asked_about_by_name() -> None:
    [caution] = read(rows(1, ""))[2]
    assert (caution.doubt, caution.sentence) == ("emptied", "team team-0 (Team 0) would have nothing left as area.")


def test_an_empty_file_that_replaces_empties_everything_and_is_asked_about() -> None:
    found, made, asked = read("authority,team\n", rest=Rest.GOES)
    assert (len(found.changes), len(made.removals), [one.doubt for one in asked]) == (20, 20, ["many"])


def test_sound_rows_are_shown_beside_those_with_problems_and_none_may_be_written() -> None:
    text = "authority,team,slug,number\ndevon,Team 1,team-1,020 7946 0202\ndevon,Team 2,team-2,999\n"
    found, made, _ = read(text)
    assert (found.changes, [one.slug for one in made.changes]) == ((), ["team-1"])
    assert [problem.field for problem in found.problems] == ["row 3, number"]


def test_nobody_is_taken_away_who_is_still_named() -> None:
    people = Person("w-1", "Rowan Sampleton", "team-1", manager="w-2"), Person("w-2", "Piers Example-Hart", "team-1")
    there = directory(*TEAMS, *people)
    gone = read_table(table_in(b"team,slug,name,manager\nteam-1,w-1,Rowan Sampleton,w-2\n"), there, BORDER, Rest.GOES)
    assert [problem.sentence for problem in gone.problems] == [
        "person w-2: “person w-1” still refers to it; change that first."
    ]
    teams = read("authority,team,slug\ndevon,Team 2,team-2\n", there, Rest.GOES)[0]
    assert {problem.field for problem in teams.problems} == {"team team-1"}


def test_two_people_of_an_authority_do_not_share_an_extension() -> None:
    there = directory(*TEAMS, Person("w-1", "Rowan Sampleton", "team-1", "2301"))
    head = "team,slug,name,extension\n"
    for row in ("team-2,w-2,Jory Nonesuch,2301\n", "team-1,w-2,A,4000\nteam-2,w-3,B,4000\n"):
        found = read_table(table_in((head + row).encode()), there, BORDER)
        assert {problem.code.value for problem in found.problems} == {"taken"}
    swapped = "team-1,w-1,Rowan Sampleton,2302\nteam-1,w-2,Jory Nonesuch,2301\n"
    assert read_table(table_in((head + swapped).encode()), there, BORDER).problems == ()


def test_nobody_leads_back_to_themselves() -> None:
    head = "team,slug,name,manager,away\n"
    circle = head + "team-1,w-1,A,w-2,\nteam-1,w-2,B,w-1,\n"
    assert [problem.field for problem in read(circle)[0].problems] == ["row 2, manager", "row 3, manager"]
    own = head + "team-1,w-1,A,w-1,2026-12-01/2026-12-02/w-1\n"
    assert [problem.field for problem in read(own)[0].problems] == ["row 2, manager", "row 2, away"]
    assert read(own)[0].kind is Kind.PERSON
