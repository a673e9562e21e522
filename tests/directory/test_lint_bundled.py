"""Do the bundled lines give the findings that follow from their sources, by name, in words for an admin?"""

import re

import pytest

from directory.findings import Finding
from ivr.lint import findings
from tests.directory.findings_told import GOLDEN, bundled, findings_told
from tests.telling import at

EXPECTED = [
    ("X1", "missing-zero", "devon-mash"),
    ("X2", "odd-grouping", "devon-edt"),
    ("X3", "team-twice", "devon-cf-exeter-4"),
    ("X4", "shared-number", "devon-cf-exeter-4"),
    ("X5", "numbering-gap", "devon-pt-exeter-1"),
    ("X15", "no-number", "devon-early-help"),
    ("X21", "mobile-only", "devon-pt-north"),
    ("X21", "mobile-only", "devon-cf-exeter-2"),
    ("X21", "mobile-only", "devon-cf-exeter-4"),
    ("X21", "mobile-only", "devon-pt-exeter-1"),
    ("X22", "neighbours", "devon-cf-exeter-1"),
    ("X22", "neighbours", "devon-ir-mid-east"),
    ("X28", "no-number", "sheffield-area-team"),
    ("X31", "no-number", "cambridgeshire-ifd"),
    ("X31", "no-number", "cambridgeshire-mash"),
    ("X31", "no-number", "cambridgeshire-early-help-hub"),
    ("X31", "no-number", "cambridgeshire-edt"),
    ("X31", "no-number", "cambridgeshire-unit"),
    ("X31", "no-number", "cambridgeshire-legal"),
    ("X31", "no-number", "cambridgeshire-data-protection"),
    ("X31", "no-number", "cambridgeshire-business-support"),
    ("X31", "no-number", "cambridgeshire-pqa"),
    ("X31", "no-number", "cambridgeshire-district"),
    ("X15", "vacant-role", "devon-duty-manager"),
    ("X31", "vacant-role", "cambridgeshire-team-manager"),
    ("X31", "vacant-role", "cambridgeshire-mash-navigator"),
    ("X43", "no-number", "derby-initial-response"),
    ("X43", "no-number", "derby-domestic-abuse-triage"),
    ("X43", "no-number", "derby-assessment-1"),
    ("X43", "no-number", "derby-assessment-2"),
    ("X43", "no-number", "derby-assessment-3"),
    ("X43", "assumed", "derby-reception"),
    ("X44", "mobile-only", "derby-consultation"),
    ("X52", "night-gap", "call-derbyshire"),
    ("X54", "no-number", "derbyshire-escalation"),
]
SHARED = {
    "01392 388646": 4, "01392 384121": 4, "01392 386961": 2, "01392 385198": 2, "01392 384590": 2, "01392 386183": 2,
    "07581 156261": 2,
}  # fmt: skip
FOUND = findings(bundled(), at("Wed 10:00"))


def of(code: str) -> list[Finding]:
    return [finding for finding in FOUND if finding.code == code]


@pytest.mark.parametrize(("point", "code", "slug"), EXPECTED)
def test_every_open_point_about_numbers_is_found_by_its_name(point: str, code: str, slug: str) -> None:
    assert [point in finding.evidence.points for finding in of(code) if finding.at.slug == slug] == [True]


def test_a_rule_does_not_claim_an_open_point_that_another_rule_was_made_for() -> None:
    points = {finding.code: finding.evidence.points for finding in FOUND if finding.at.slug == "devon-cf-exeter-4"}
    assert points == {"mobile-only": ("X21",), "shared-number": ("X4",), "team-twice": ("X3",), "assumed": ("X3",)}


def test_every_number_that_several_teams_share_is_named_with_its_teams() -> None:
    told = {finding.sentence[:12]: finding.sentence for finding in of("shared-number")}
    assert told.keys() == SHARED.keys()
    assert [number for number, many in SHARED.items() if f"of {many} teams" not in told[number]] == []


def test_the_only_neighbours_are_the_two_pairs_of_the_source() -> None:
    pairs = {
        tuple(word.rstrip(";") for word in finding.sentence.split() if word.startswith("384"))
        for finding in of("neighbours")
    }
    assert pairs == {("384590", "384591"), ("384179", "384180")}


def test_every_team_without_a_number_is_found() -> None:
    silent = {team.slug for team in bundled().directory.teams.values() if not team.duty_numbers}
    assert {finding.at.slug for finding in of("no-number")} == silent


def test_every_role_that_a_source_names_is_found_vacant_with_the_line_that_names_it() -> None:
    roles = bundled().directory.roles.values()
    assert {finding.at.slug for finding in of("vacant-role")} == {role.slug for role in roles}
    assert [
        finding.at.slug for finding in of("vacant-role") if not re.search(r", line \d+$", finding.evidence.source)
    ] == []


def test_the_sources_that_were_reviewed_years_ago_are_found() -> None:
    assert {finding.at.slug for finding in of("old-source")} == {
        "sheffield-cpet", "cambridgeshire-ifd", "call-derbyshire", "derbyshire-consultation",
    }  # fmt: skip


def test_nothing_that_the_bundled_lines_promise_is_refuted() -> None:
    assert [finding.sentence for finding in FOUND if finding.severity == "refuted"] == []


def test_the_findings_read_as_an_admin_was_shown_them() -> None:
    assert findings_told() == GOLDEN.read_text(encoding="utf-8")
