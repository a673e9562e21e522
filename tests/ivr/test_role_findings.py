"""Which named roles are found to be empty, unreached or without a deputy, and is nobody named?"""

from dataclasses import replace

from directory.findings import Finding
from directory.model import Absence, Authority, Entry, Person, Role, Source, Team
from directory.numbers import Number
from directory.snapshot import Snapshot, written
from ivr.role_lint import role_findings
from routing.clock import LONDON
from tests.telling import at

NOW = at("Wed 10:00").astimezone(LONDON)
PHONE = Number("+442079460299")
ROLE = Role("tm", "Team Manager", "devon", "duty", "w-1", ("w-2",))


def worker(slug: str, *away: Absence) -> Person:
    return Person(slug, "Rowan Sampleton", "duty", numbers=(Number(f"+44207946020{slug[-1]}"),), away=away)


def found(*entries: Entry) -> list[Finding]:
    base: tuple[Entry, ...] = (Authority("devon", "Devon"), Team("duty", "Duty", "devon"))
    return list(role_findings(Snapshot().changed(1, [written(one) for one in (*base, *entries)]), NOW))


def codes(*entries: Entry) -> list[str]:
    return [finding.code for finding in found(*entries)]


def away(since: str, until: str) -> Absence:
    return Absence(at(since), at(until))


def test_a_role_with_holder_and_deputy_is_in_order() -> None:
    assert codes(ROLE, worker("w-1"), worker("w-2")) == []


def test_a_vacant_role_is_found_with_its_source_line_and_open_point() -> None:
    source = Source("Procedure", 38, assumed="nobody is named (X31).")
    (finding,) = found(Role("tm", "Team Manager", "devon", source=source))
    assert (finding.code, finding.evidence.source, finding.evidence.points) == (
        "vacant-role", "Procedure, line 38", ("X31",),
    )  # fmt: skip
    assert finding.sentence == "The role Team Manager is vacant: nobody is named (X31)."


def test_a_deputy_or_a_number_alone_keeps_a_role_from_being_called_vacant() -> None:
    vacant = Role("tm", "Team Manager", "devon")
    assert codes(vacant) == ["vacant-role"]
    assert codes(replace(vacant, deputies=("w-2",)), worker("w-2")) == []
    assert codes(replace(vacant, numbers=(PHONE,))) == []


def test_a_holder_without_a_deputy_is_found_unless_the_role_has_a_number() -> None:
    alone = replace(ROLE, deputies=())
    assert codes(alone, worker("w-1")) == ["no-deputy"]
    assert codes(replace(alone, numbers=(PHONE,)), worker("w-1")) == []


def test_a_role_that_reaches_nobody_at_this_moment_is_found() -> None:
    gone = away("Wed 09:00", "Wed 12:00")
    assert codes(ROLE, worker("w-1", gone), worker("w-2")) == []
    assert codes(ROLE, worker("w-1", gone), worker("w-2", gone)) == ["role-unreached", "deputy-away"]


def test_a_deputy_is_told_away_two_weeks_ahead_and_no_more_once_back() -> None:
    assert codes(ROLE, worker("w-1"), worker("w-2", away("2026-12-01T09:00", "2026-12-08T09:00"))) == ["deputy-away"]
    assert codes(ROLE, worker("w-1"), worker("w-2", away("2027-02-01T09:00", "2027-02-08T09:00"))) == []
    assert codes(ROLE, worker("w-1"), worker("w-2", away("2026-01-01T09:00", "2026-01-08T09:00"))) == []


def test_somebody_who_is_not_in_the_directory_is_found() -> None:
    (finding,) = found(ROLE, worker("w-1"))
    assert finding.sentence == "The role Team Manager names w-2, who is not in the directory and is passed over."


def test_a_role_phone_outside_the_policy_is_found() -> None:
    premium = replace(ROLE, numbers=(Number("+449098790123"),))
    assert codes(premium, worker("w-1"), worker("w-2")) == ["outside-policy"]


def test_no_finding_names_a_worker_or_tells_their_number() -> None:
    gone = away("Wed 09:00", "Wed 12:00")
    told = " ".join(
        one.sentence for one in found(replace(ROLE, deputies=("w-2", "w-9")), worker("w-1", gone), worker("w-2", gone))
    )
    assert told
    assert [word for word in ("Rowan", "Sampleton", "7946") if word in told] == []
