"""What does a change make of the directory?"""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from directory.model import Authority, DutyNumber, Entry, LineNumbers, Person, Team
from directory.numbers import ExtensionRule, Number
from directory.snapshot import KINDS, Change, Kind, Snapshot, written
from tests.directory.entries import ENTRIES

OLD, NEW, MOBILE = Number("+442079460101"), Number("+442079460109"), Number("+442079460201")
DEVON = Authority("devon", "Devon", ExtensionRule(4, "0139238"))
DUTY = Team("duty", "Duty", "devon")
ROWAN = Person("w-1", "Rowan Sampleton", "duty", "2301", (MOBILE,))
LINE = LineNumbers("devon", (OLD,))


def snapshot(*entries: Entry, version: int = 1) -> Snapshot:
    return Snapshot().changed(version, [written(entry) for entry in entries])


FIRST = snapshot(DEVON, DUTY, ROWAN, LINE)


def test_a_change_makes_the_next_version_and_leaves_the_old_one_untouched() -> None:
    second = FIRST.changed(2, [written(Team("duty", "Duty renamed", "devon"))])
    assert (FIRST.version, second.version) == (1, 2)
    assert FIRST.teams["duty"].name == "Duty"
    assert second.teams["duty"].name == "Duty renamed"


def test_groups_that_do_not_change_are_shared_rather_than_copied() -> None:
    second = FIRST.changed(2, [written(Team("other", "Other", "devon"))])
    assert second.people is FIRST.people
    assert second.lines is FIRST.lines
    assert second.teams is not FIRST.teams


def test_a_line_is_found_by_the_number_it_answers_now_and_not_by_its_last_one() -> None:
    second = FIRST.changed(2, [written(LineNumbers("devon", (NEW,)))])
    assert FIRST.line_answering == {OLD.e164: "devon"}
    assert second.line_answering == {NEW.e164: "devon"}


def test_a_person_is_found_by_extension_and_staff_by_their_number() -> None:
    assert FIRST.person_keyed("devon", "2301") == ROWAN
    assert FIRST.staff == {("devon", MOBILE.e164): "w-1"}
    assert FIRST.person_keyed("derby", "2301") is None
    assert FIRST.person_keyed("devon", "9999") is None


def test_a_new_extension_is_found_at_once_and_the_old_one_no_longer() -> None:
    second = FIRST.changed(2, [written(Person("w-1", "Rowan Sampleton", "duty", "2302", (NEW,)))])
    assert second.person_keyed("devon", "2301") is None
    assert second.keyed == {("devon", "2302"): "w-1"}
    assert second.staff == {("devon", NEW.e164): "w-1"}


def test_a_team_that_moves_to_another_authority_takes_its_people_with_it() -> None:
    second = FIRST.changed(2, [written(Team("duty", "Duty", "derby"))])
    assert second.keyed == {("derby", "2301"): "w-1"}
    assert second.staff == {("derby", MOBILE.e164): "w-1"}


def test_a_removal_takes_the_entry_and_its_index_away() -> None:
    gone = FIRST.changed(2, [Change(Kind.PERSON, "w-1", None), Change(Kind.LINE, "devon", None)])
    assert (dict(gone.people), dict(gone.lines)) == ({}, {})
    assert (dict(gone.keyed), dict(gone.staff), dict(gone.line_answering)) == ({}, {}, {})
    assert FIRST.people == {"w-1": ROWAN}
    assert gone.teams == {"duty": DUTY}


def test_a_person_without_a_team_is_kept_but_nobody_reaches_them_by_extension() -> None:
    orphaned = FIRST.changed(2, [Change(Kind.TEAM, "duty", None)])
    assert orphaned.people["w-1"] == ROWAN
    assert orphaned.person_keyed("devon", "2301") is None


def test_removing_what_is_not_there_changes_nothing() -> None:
    again = FIRST.changed(2, [Change(Kind.TEAM, "nobody", None)])
    assert again.teams == FIRST.teams


def test_the_last_of_several_changes_of_one_entry_holds() -> None:
    twice = FIRST.changed(2, [Change(Kind.TEAM, "duty", None), written(Team("duty", "Again", "devon"))])
    assert twice.teams["duty"].name == "Again"


def test_the_epoch_is_kept() -> None:
    assert Snapshot(epoch="e1").changed(1, [written(DUTY)]).epoch == "e1"


def test_a_team_of_an_unknown_authority_still_has_one_without_a_rule() -> None:
    assert FIRST.authority_of(DUTY) == DEVON
    assert FIRST.authority_of(Team("x", "X", "gone")) == Authority("gone", "gone")


def test_entries_follow_those_that_they_refer_to() -> None:
    kinds = [KINDS[type(entry)] for entry in FIRST.entries()]
    assert kinds == [Kind.AUTHORITY, Kind.TEAM, Kind.PERSON, Kind.LINE]


@given(st.lists(ENTRIES, max_size=12), st.lists(ENTRIES, max_size=6))
def test_indexes_after_changes_are_those_of_a_directory_built_anew(before: list[Entry], later: list[Entry]) -> None:
    stepwise = snapshot(*before).changed(2, [written(entry) for entry in later])
    anew = snapshot(*stepwise.entries())
    assert indexes(stepwise) == indexes(anew)
    assert indexes(snapshot(*before)) == indexes(snapshot(*snapshot(*before).entries()))


def indexes(found: Snapshot) -> tuple[Mapping[str, str], set[tuple[str, str]], set[tuple[str, str]]]:
    """The keys of shared extensions and numbers; which of two people wins them depends on the order, as it may."""
    return found.line_answering, set(found.keyed), set(found.staff)


def test_what_the_policy_allows_by_name_is_allowed_to_its_authority_alone() -> None:
    named = Authority("derby", "Derby", None, (("+448456000388", "old EDT number, diverted"),))
    second = FIRST.changed(2, [written(named)])
    assert second.excepted == {"devon": frozenset(), "derby": frozenset({"+448456000388"})}
    assert "derby" not in second.changed(3, [Change(Kind.AUTHORITY, "derby", None)]).excepted
    assert "derby" not in FIRST.excepted


def test_how_many_calls_a_number_takes_at_once_is_indexed() -> None:
    busy = Team("duty", "Duty", "devon", duty_numbers=(DutyNumber(NEW, at_once=2), DutyNumber(MOBILE)))
    second = FIRST.changed(2, [written(busy)])
    assert second.limits == {NEW.e164: 2}
    assert second.changed(3, [written(DUTY)]).limits == {}
