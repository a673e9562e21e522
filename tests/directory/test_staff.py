"""Does whose extension and number it is depend on how the directory came to be? It must not: workers get there in different ways."""

from hypothesis import given
from hypothesis import strategies as st

from directory.model import Authority, Entry, Listing, Person, Team
from directory.numbers import Number
from directory.snapshot import Change, Kind, Snapshot, written

AUTHORITIES = [Authority("devon", "Devon"), Authority("derby", "Derby")]
PEOPLE, TEAMS = st.sampled_from(["a", "b", "c"]), st.sampled_from(["duty", "mash"])
NUMBERS = st.lists(st.sampled_from([Number("+442079460101"), Number("+442079460102")]), max_size=2, unique=True)
ENTRIES: st.SearchStrategy[Entry] = st.builds(Team, TEAMS, st.just("Team"), st.sampled_from(["devon", "derby"])) | st.builds(
    Person, PEOPLE, st.just("Rowan"), TEAMS, st.none() | st.sampled_from(["2301", "2302"]), NUMBERS.map(tuple),
    listed=st.sampled_from(Listing),
)  # fmt: skip
GONE = st.builds(Change, st.just(Kind.PERSON), PEOPLE, st.none()) | st.builds(
    Change, st.just(Kind.TEAM), TEAMS, st.none()
)
VERSIONS = st.lists(st.lists(ENTRIES.map(written) | GONE, max_size=4), max_size=6)


@given(VERSIONS)
def test_after_any_changes_it_is_what_it_would_be_if_all_had_been_entered_at_once(versions: list[list[Change]]) -> None:
    directory = Snapshot().changed(1, map(written, AUTHORITIES))
    for at, changes in enumerate(versions):
        directory = directory.changed(at, changes)
        at_once = Snapshot().changed(at, map(written, directory.entries()))
        assert (directory.keyed, directory.staff) == (at_once.keyed, at_once.staff)
        assert directory.naming == at_once.naming == _named(directory)


def _named(directory: Snapshot) -> set[str]:
    listed = (one for one in directory.people.values() if one.listed is Listing.LISTED)
    return {directory.teams[one.team].authority for one in listed if one.team in directory.teams}


@given(VERSIONS)
def test_everybody_with_a_team_is_found_or_somebody_else_of_the_authority_with_the_same_mark(
    versions: list[list[Change]],
) -> None:
    directory = Snapshot()
    for at, changes in enumerate(versions):
        directory = directory.changed(at, changes)
    found = [one for one in directory.people.values() if one.team in directory.teams]
    numbers = {(directory.teams[one.team].authority, number.e164) for one in found for number in one.numbers}
    assert directory.staff.keys() == numbers
    assert all(directory.people[slug].team in directory.teams for slug in directory.staff.values())


def test_of_two_with_the_same_number_the_other_is_known_by_it_when_one_gives_it_up() -> None:
    first, second = (Person(slug, "Rowan", "duty", None, (Number("+442079460101"),)) for slug in "ab")
    key, team = ("devon", "+442079460101"), Team("duty", "Duty", "devon")
    directory = Snapshot().changed(1, [*map(written, AUTHORITIES), written(team), written(second), written(first)])
    assert directory.staff[key] == "b"
    assert directory.changed(2, [Change(Kind.PERSON, "b", None)]).staff[key] == "a"
