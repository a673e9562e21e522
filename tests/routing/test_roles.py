"""Who is reached for a named role: its holder, whoever covers, each deputy, the role's own number; and why not the others."""

from dataclasses import replace
from datetime import datetime

from directory.model import Absence, Accept, Authority, Entry, Person, Role, Team
from directory.numbers import Number
from directory.snapshot import Snapshot, written
from routing.ladder import Ladder, Step
from routing.roles import role_ladder
from tests.telling import at

NOW = at("Wed 10:00")
TEAM = Team("mash", "MASH", "cambs")
HOLDER, COVER, FIRST, SECOND, PHONE = (Number(f"+4420794602{place:02}") for place in range(5))
ROLE = Role("tm", "Team Manager", "cambs", "mash", "w-holder", ("w-first", "w-second"), (PHONE,))


def person(slug: str, number: Number | None, *away: Absence) -> Person:
    return Person(slug, slug.title(), "mash", numbers=(number,) if number else (), away=away)


def absent(cover: str | None = None, since: str = "Wed 09:00", until: str = "Wed 12:00") -> Absence:
    return Absence(at(since), at(until), cover)


def reached(role: Role, *people: Entry, when: datetime = NOW) -> Ladder:
    there = Snapshot().changed(1, [written(one) for one in (Authority("cambs", "Cambs"), TEAM, *people)])
    return role_ladder(there, role, when)


def steps(ladder: Ladder) -> list[tuple[Step, str, Number]]:
    return [(rung.step, rung.person, rung.number.number) for rung in ladder.rungs]


EVERYBODY = (person("w-holder", HOLDER), person("w-first", FIRST), person("w-second", SECOND))
DEPUTIES = [(Step.DEPUTY, "w-first", FIRST), (Step.DEPUTY, "w-second", SECOND), (Step.ROLE, "", PHONE)]


def test_whoever_holds_it_comes_first_then_the_deputies_in_order_then_its_own_number() -> None:
    assert steps(reached(ROLE, *EVERYBODY)) == [(Step.HOLDER, "w-holder", HOLDER), *DEPUTIES]


def test_the_deputies_follow_while_the_holder_is_away_without_cover() -> None:
    ladder = reached(ROLE, person("w-holder", HOLDER, absent()), *EVERYBODY[1:])
    assert steps(ladder) == DEPUTIES
    assert [reason.sentence for reason in ladder.rejected] == [
        "Team Manager is away until Wed 25 Nov 2026 12:00; nobody covers at this moment."
    ]


def test_whoever_covers_comes_before_the_deputies() -> None:
    away = person("w-holder", HOLDER, absent("w-cover"))
    ladder = reached(ROLE, away, person("w-cover", COVER), *EVERYBODY[1:])
    assert steps(ladder) == [(Step.HOLDER, "w-cover", COVER), *DEPUTIES]


def test_cover_who_is_away_too_reaches_nobody() -> None:
    away = person("w-holder", HOLDER, absent("w-cover"))
    assert steps(reached(ROLE, away, person("w-cover", COVER, absent()), *EVERYBODY[1:])) == DEPUTIES


def test_an_absence_begins_and_ends_to_the_minute() -> None:
    people = (person("w-holder", HOLDER, absent()), *EVERYBODY[1:])
    firsts = [reached(ROLE, *people, when=at(f"Wed {hour}")).rungs[0].person for hour in ("08:59", "09:00", "12:00")]
    assert firsts == ["w-holder", "w-first", "w-holder"]


def test_a_deputy_who_is_away_is_passed_over_by_place_and_not_by_name() -> None:
    ladder = reached(ROLE, EVERYBODY[0], person("w-first", FIRST, absent()), EVERYBODY[2])
    assert [person for _, person, _ in steps(ladder)] == ["w-holder", "w-second", ""]
    assert [reason.sentence[:31] for reason in ladder.rejected] == ["Deputy 1 for Team Manager is aw"]


def test_a_vacant_role_says_so_and_reaches_its_deputies() -> None:
    ladder = reached(replace(ROLE, holder=None), *EVERYBODY)
    assert steps(ladder) == DEPUTIES
    assert [reason.sentence for reason in ladder.rejected] == ["Nobody holds the role Team Manager."]


def test_a_vacant_role_without_deputy_or_number_reaches_nobody() -> None:
    ladder = reached(Role("tm", "Team Manager", "cambs"))
    assert (ladder.rungs, [reason.code for reason in ladder.rejected]) == ((), ["vacant"])


def test_somebody_unknown_or_without_a_number_is_passed_over() -> None:
    ladder = reached(ROLE, person("w-first", None), EVERYBODY[2])
    assert [person for _, person, _ in steps(ladder)] == ["w-second", ""]
    assert [reason.sentence for reason in ladder.rejected] == [
        "No number is known for Team Manager.", "No number is known for deputy 1 for Team Manager.",
    ]  # fmt: skip


def test_one_number_is_reached_once_and_a_forbidden_one_never() -> None:
    ladder = reached(replace(ROLE, numbers=(HOLDER, Number("+449098790123"))), *EVERYBODY)
    assert [number for _, _, number in steps(ladder)] == [HOLDER, FIRST, SECOND]
    assert [reason.code for reason in ladder.rejected] == ["same-number", "denied"]


def test_a_role_phone_on_an_03_number_connects_and_any_other_wants_a_key() -> None:
    ladder = reached(Role("tm", "Team Manager", "cambs", numbers=(Number("+443456000388"), PHONE)))
    assert [rung.number.accept for rung in ladder.rungs] == [Accept.CONNECT, Accept.KEY]
