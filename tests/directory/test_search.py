"""Which entries are found by some words? Exactly those that a look at every single one finds."""

from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from admin.listing import matches
from directory.model import Authority, DutyNumber, Entry, Person, Team
from directory.numbers import ExtensionRule, Number
from directory.search import (
    OFFICES,
    PEOPLE,
    SHELF,
    TEAMS,
    WORKPLACES,
    Finder,
    office_texts,
    person_texts,
    team_texts,
    tokens,
    workplace_texts,
)
from directory.snapshot import Change, Kind, Snapshot, written
from tests.directory import entries

LANDLINE, MOBILE = Number("+441392388481"), Number("+447700900123")
DEVON = Authority("devon", "Devon", ExtensionRule(4, "0139238"))
DUTY = Team(
    "duty",
    "Référence Team",
    "devon",
    aliases=("Out of hours",),
    duty_numbers=tuple(map(DutyNumber, (LANDLINE, MOBILE))),
)
ROWAN = Person("w-1", "Rowan Sampleton", "duty", "2301", (MOBILE,))

AUTHORITIES = st.sampled_from([DEVON, replace(DEVON, extensions=None), replace(DEVON, slug="derby")])
SLUGS = st.sampled_from(["a", "ab-1", "w-2"])
NAMES = st.sampled_from(["Ab Ö", "ÅB", "Straße 1", "ıſ ﬁn", "a_b"]) | entries.NAMES
NUMBERS = st.lists(st.sampled_from([LANDLINE, MOBILE]) | entries.NUMBERS, max_size=2).map(tuple)
TEAMS_DRAWN = st.builds(
    Team, SLUGS, NAMES, st.sampled_from(["devon", "derby"]), aliases=st.lists(NAMES, max_size=1).map(tuple),
    duty_numbers=NUMBERS.map(lambda numbers: tuple(map(DutyNumber, numbers))),
)  # fmt: skip
PEOPLE_DRAWN = st.builds(Person, SLUGS, NAMES, SLUGS, st.none() | st.sampled_from(["23", "2301"]), NUMBERS)
GONE = st.builds(Change, st.sampled_from([Kind.TEAM, Kind.PERSON]), SLUGS, st.none())
ENTRIES_DRAWN: st.SearchStrategy[Entry] = AUTHORITIES | TEAMS_DRAWN | PEOPLE_DRAWN
VERSIONS = st.lists(st.lists(ENTRIES_DRAWN.map(written) | GONE, max_size=4), min_size=1, max_size=5)
WORDS = st.lists(
    st.sampled_from(["a", "AB", "ab-1", "0", "01392 388481", "8481", "+44", "7700", "07700900", "strasse", "w", "--"])
    | entries.WORDS, max_size=3,
).map(" ".join)  # fmt: skip


def found(finder: Finder[Person] | Finder[Team], words: str, directory: Snapshot) -> list[str]:
    return [one.slug for one in finder.found(words, directory)]


def looked_through(words: str, directory: Snapshot) -> Iterator[list[str]]:
    """The same by looking at every entry: for each sight, in the order of ``FINDERS``."""
    people, teams = directory.people.values(), directory.teams.values()
    yield sorted(one.slug for one in people if matches(words, *person_texts(one, directory)))
    yield sorted(one.slug for one in people if matches(words, *workplace_texts(one, directory)))
    yield sorted(one.slug for one in teams if matches(words, *team_texts(one, directory)))
    yield sorted(one.slug for one in teams if matches(words, *office_texts(one, directory)))


FINDERS: tuple[Finder[Person] | Finder[Team], ...] = (PEOPLE, WORKPLACES, TEAMS, OFFICES)


def directory_of(*all_of_them: Entry) -> Snapshot:
    return Snapshot().changed(1, map(written, all_of_them))


@given(VERSIONS, WORDS)
def test_what_is_found_is_what_a_look_at_every_entry_finds_at_every_version(
    versions: list[list[Change]], words: str
) -> None:
    directory = Snapshot()
    for at, changes in enumerate(versions):
        directory = directory.changed(at, changes)
        assert [found(finder, words, directory) for finder in FINDERS] == list(looked_through(words, directory))


def belonging(finder: Finder[Person] | Finder[Team], words: str, directory: Snapshot, authority: str) -> list[str]:
    """Everybody who is found, and then only those of an authority, one by one."""

    def authority_of(one: Person | Team) -> str | None:
        team = directory.teams.get(one.team) if isinstance(one, Person) else one
        return team.authority if team else None

    return [one.slug for one in finder.found(words, directory) if authority_of(one) == authority]


@given(VERSIONS, WORDS, SLUGS)
def test_what_is_found_of_an_authority_is_what_is_found_and_belongs_to_it(
    versions: list[list[Change]], words: str, after: str
) -> None:
    directory = Snapshot()
    for at, changes in enumerate(versions):
        directory = directory.changed(at, changes)
        for finder, authority in product(FINDERS, ("devon", "derby", "dev")):
            beyond = [slug for slug in belonging(finder, words, directory, authority) if slug > after]
            assert [one.slug for one in finder.found(words, directory, after, authority)] == beyond


@given(st.lists(ENTRIES_DRAWN | entries.ENTRIES, max_size=6), st.data())
def test_every_beginning_of_every_word_finds_its_entry(drawn: list[Entry], data: st.DataObject) -> None:
    directory = directory_of(*drawn)
    for person in directory.people.values():
        word = data.draw(st.sampled_from(sorted({"w", *tokens(person.name), *tokens(person.slug)})))
        beginning = word[: data.draw(st.integers(1, len(word)))]
        assert (person.slug in found(PEOPLE, beginning, directory)) == matches(
            beginning, *person_texts(person, directory)
        )


def test_words_count_in_any_order_without_accents_and_numbers_in_any_spelling() -> None:
    directory = directory_of(DEVON, DUTY, ROWAN)
    queries = ("sample rowan", "ROWAN", "2301", "07700 900123", "07700900123", "+447700900123", "+44 7700 900123")
    assert [words for words in queries if found(PEOPLE, words, directory) != ["w-1"]] == []
    spelt = ("reference", "hours out", "01392388481", "8481", "+44 1392 388481")
    assert [words for words in spelt if found(TEAMS, words, directory) != ["duty"]] == []


def test_who_sees_no_personal_data_finds_nobody_by_name_number_or_extension_and_no_team_by_a_mobile() -> None:
    directory = directory_of(DEVON, DUTY, ROWAN)
    personal = ("rowan", "2301", "07700 900123", "07700900123", "+447700900123", "7700")
    assert [words for words in personal if found(WORKPLACES, words, directory)] == []
    assert found(WORKPLACES, "w-1 duty", directory) == ["w-1"]
    assert [words for words in personal if found(OFFICES, words, directory)] == []
    assert found(OFFICES, "01392 388481", directory) == ["duty"]


def test_a_new_rule_for_extensions_counts_for_teams_that_did_not_change() -> None:
    directory = directory_of(replace(DEVON, extensions=None), DUTY)
    assert found(TEAMS, "8481", directory) == []
    assert found(TEAMS, "8481", directory.changed(2, [written(DEVON)])) == ["duty"]


MANY = [Person(f"w-{at:04}", f"Old {at}", "duty") for at in range(5 * SHELF)]
EVERYBODY = directory_of(DUTY, *MANY)


def test_few_changes_and_many_are_found_alike_and_what_is_gone_is_not() -> None:
    directory = directory_of(DUTY, *MANY)
    for changed in (1, SHELF, 2 * SHELF + 1, len(MANY)):
        later = directory.changed(2, [written(replace(one, name="Renamed")) for one in MANY[:changed]])
        there = len(found(PEOPLE, "renamed", later)), len(found(PEOPLE, "old", later))
        assert there == (changed, len(MANY) - changed)
        gone = later.changed(3, [Change(Kind.PERSON, "w-0000", None)])
        assert "w-0000" not in found(PEOPLE, "renamed", gone)
        assert len(found(PEOPLE, "old", directory)) == len(MANY)


def test_many_who_come_or_go_at_any_place_are_found_in_the_order_of_their_slugs() -> None:
    directory = directory_of(DUTY, *MANY[::2])
    for few in (MANY[1:2], MANY[-1:], MANY[1::2]):
        more = directory.changed(2, map(written, few))
        assert found(PEOPLE, "old", more) == found(PEOPLE, "", more) == sorted(more.people)
        fewer = more.changed(3, [Change(Kind.PERSON, one.slug, None) for one in MANY[: 3 * SHELF]])
        assert found(PEOPLE, "old", fewer) == sorted(fewer.people)


SCATTERED = directory_of(
    DUTY,
    *(replace(DUTY, slug=f"t-{at}", authority="derby" if at % 7 == 0 else "devon") for at in range(40)),
    *(replace(one, team=f"t-{at % 41}" if at < 2 * SHELF else "duty") for at, one in enumerate(MANY)),
)
"""Those of one authority stand among others on the first shelves; on the last ones there is nobody; some have no team."""


@given(WORDS, st.sampled_from(["devon", "derby", "nowhere"]), st.integers(0, 40))
def test_those_who_stand_scattered_are_found_as_before_and_after_their_team_moves_or_goes(
    words: str, authority: str, moved: int
) -> None:
    team = SCATTERED.teams[f"t-{moved % 40}"]
    change = Change(Kind.TEAM, team.slug, None) if moved % 2 else written(replace(team, authority="nowhere"))
    for directory in (SCATTERED, SCATTERED.changed(2, [change])):
        there = [one.slug for one in PEOPLE.found(words, directory, authority=authority)]
        assert there == belonging(PEOPLE, words, directory, authority)


@given(WORDS, st.sampled_from(["", "v", "w-0000", "w-0600", "w-0600x", "w-2499", "x"]))
def test_a_page_goes_on_beyond_any_slug(words: str, after: str) -> None:
    beyond = [slug for slug in found(PEOPLE, words, EVERYBODY) if slug > after]
    assert [one.slug for one in PEOPLE.found(words, EVERYBODY, after)] == beyond


def test_a_change_makes_one_shelf_anew_however_many_people_there_are() -> None:
    made: list[None] = []
    directory = directory_of(DUTY, *MANY)
    PEOPLE.ready(directory)
    for change in (written(replace(MANY[700], name="Renamed")), written(Person("w-9", "New", "duty"))):
        directory = directory.changed(2, [change])
        PEOPLE.ready(directory, between=lambda: made.append(None))
    assert len(made) == 2


def test_threads_that_look_through_different_versions_each_find_their_own() -> None:
    old = directory_of(ROWAN)
    new = old.changed(2, [written(replace(ROWAN, name="Hazel Sampleton"))])

    def both(_: int) -> Collection[list[str]]:
        return found(PEOPLE, "rowan", old), found(PEOPLE, "rowan", new), found(PEOPLE, "hazel", new)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(both, range(200))) == [(["w-1"], [], ["w-1"])] * 200
