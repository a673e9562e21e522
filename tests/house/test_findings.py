"""Does the page of findings tell every code with its sentence, and nothing else?"""

import inspect
from types import ModuleType

import pytest

import directory.entry_findings
import ivr.findings
import ivr.proof.findings
import ivr.role_findings
from directory.findings import Finding, Severity
from tests.house.pages import headings, page, section

PARTS = {
    Severity.REFUTED: "Refuted", Severity.SERIOUS: "Serious", Severity.DOUBTFUL: "Doubtful", Severity.NOTE: "Notes",
}  # fmt: skip


def findings(module: ModuleType) -> list[type[Finding]]:
    """The findings that a module defines."""
    classes = [one for _, one in inspect.getmembers(module, inspect.isclass) if one.__module__ == module.__name__]
    return [one for one in classes if issubclass(one, Finding)]


FINDINGS = [*findings(directory.entry_findings), *findings(ivr.findings), *findings(ivr.role_findings),
            *findings(ivr.proof.findings)]  # fmt: skip


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.code)
def test_every_finding_stands_in_its_part_with_its_sentence(finding: type[Finding]) -> None:
    told = section(section(page("findings.md"), PARTS[finding.severity]), finding.code)
    assert f"> {finding.words}" in told.splitlines()


def test_no_finding_is_told_that_is_never_made_and_none_twice() -> None:
    assert sorted(headings(page("findings.md"), 3)) == sorted(finding.code for finding in FINDINGS)
