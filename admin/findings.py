"""What deserves a second look? The directory's, the lines' and the calendar's findings, the worst first."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from pydantic import BaseModel, Field

from admin.auth import sees_personal_data
from admin.blueprints import resource_api
from admin.body import Text
from admin.listing import Search, document, matches, page
from admin.ports import desk, newest_world, now
from directory.findings import Finding, Severity, Subject
from ivr.lint import findings
from ivr.moment import World
from routing.clock import minute_of

NUMBER = re.compile(r"\+?\d(?:[ ()]*\d){8,}")
HIDDEN = "(a number)"

api = resource_api("findings", "What deserves a second look.")


class FindingQuery(Search):
    """Which findings, and where in the list."""

    severity: Severity | None = None
    code: Text = Field("", description="One code only, such as shared-number.")


class FindingOut(BaseModel):
    """A finding."""

    code: str = Field(examples=["shared-number"])
    severity: Severity
    kind: Subject
    slug: str
    authority: str = Field(description="Empty where it concerns all.")
    sentence: str
    source: str = Field(
        description="Where the value was read.", examples=["Joint Agreement Protocol, CETR (Devon), line 24"]
    )
    points: list[str] = Field(description="Open points of the sources.", examples=[["X4"]])


class FindingList(BaseModel):
    """A page of findings."""

    items: list[FindingOut]
    next: str | None


@api.get("/findings", responses={200: FindingList})
def every_finding(query: FindingQuery) -> Mapping[str, object]:
    """Findings, the worst first. Who sees no personal data is shown no numbers."""
    found = (one for one in present_findings() if _wanted(one, query))
    cut = page(found, _place, query)
    return document([shown(one).model_dump(mode="json") for one in cut.items], cut.next)


def present_findings() -> tuple[Finding, ...]:
    """Every finding, the worst first; computed once for a world and an hour, since what will happen is told days before."""
    return _at(newest_world(), minute_of(now()).replace(minute=0))


@lru_cache(maxsize=1)
def _at(world: World, hour: datetime) -> tuple[Finding, ...]:
    return findings(world, hour)


def _wanted(finding: Finding, query: FindingQuery) -> bool:
    at = finding.at
    if query.severity not in (None, finding.severity) or query.code not in ("", finding.code):
        return False
    if query.authority not in ("", at.authority):
        return False
    if not query.q:
        return True
    seen = shown(finding)
    return matches(query.q, seen.sentence, seen.code, seen.slug, seen.source, *seen.points)


def _place(finding: Finding) -> str:
    """Where a finding stands in the list. It goes into addresses, so that its words are in it as a keyed hash only."""
    rank, authority, code, slug = finding.rank
    return f"{rank} {authority} {code} {slug} {desk().keyed(finding.sentence)[:10]}"


def shown(finding: Finding) -> FindingOut:
    """A finding as whoever asks may see it."""
    found = finding_out(finding)
    if sees_personal_data():
        return found
    return found.model_copy(update={"sentence": NUMBER.sub(HIDDEN, found.sentence)})


def finding_out(finding: Finding) -> FindingOut:
    """A finding as it is answered, numbers and all."""
    at, read = finding.at, finding.evidence
    return FindingOut(
        code=finding.code,
        severity=finding.severity,
        kind=at.kind,
        slug=at.slug,
        authority=at.authority,
        sentence=finding.sentence,
        source=read.source,
        points=list(read.points),
    )
