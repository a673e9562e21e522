"""What deserves a second look? The directory's, the lines' and the calendar's findings, the worst first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from threading import Lock, Thread

from pydantic import BaseModel, Field

from admin.auth import sees_personal_data
from admin.blueprints import resource_api
from admin.body import Text
from admin.listing import Search, document, first_page, matches, opened
from admin.number_schedule import flagged_findings
from admin.ports import desk, newest_world, now
from admin.resting import rest
from admin.shapes import moment_out
from directory.findings import Finding, Severity, Subject
from ivr.lint import findings
from ivr.moment import Keyed, World
from routing.clock import minute_of
from store.acceptances import Acceptance, id_of, in_force

NUMBER = re.compile(r"\+?\d(?:[ ()]*\d){8,}")
HIDDEN = "(a number)"

api = resource_api("findings", "What deserves a second look.")


class Accepted(StrEnum):
    """Whether findings are shown that somebody has accepted for a time."""

    NO = "no"
    YES = "yes"
    ALL = "all"


class FindingQuery(Search):
    """Which findings, and where in the list."""

    severity: Severity | None = None
    code: Text = Field("", description="One code only, such as shared-number.")
    accepted: Accepted = Field(
        Accepted.NO, description="Leave out what somebody has accepted for a time, show that alone, or both."
    )


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


class AcceptedOut(BaseModel):
    """Who has accepted a finding, why, and until when."""

    who: str
    why: str
    until: str


class ListedFinding(FindingOut):
    """A finding by its id; it has another one as soon as it says something else."""

    id: str
    accepted: AcceptedOut | None


class FindingList(BaseModel):
    """A page of findings."""

    items: list[ListedFinding]
    next: str | None


@api.get("/findings", responses={200: FindingList})
def every_finding(query: FindingQuery) -> Mapping[str, object]:
    """Findings, the worst first. Who sees no personal data is shown no numbers."""
    after, accepted = opened(query.cursor), accepted_now()
    found = (one for one in told_at(newest_world(), now()) if one.place > after and _wanted(one, query, accepted))
    cut = first_page(found, lambda one: one.place, query)
    return document([listed(one, accepted).model_dump(mode="json") for one in cut.items], cut.next)


def accepted_now() -> Mapping[str, Acceptance]:
    """What somebody has accepted, by the finding's id."""
    with desk().database.read() as connection:
        return in_force(connection, now())


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding, its sentence, and where it stands in the list."""

    place: str
    sentence: str
    finding: Finding
    id: str


def told_at(world: World, at: datetime) -> tuple[Placed, ...]:
    """Every finding at a moment: those of a world, and the numbers that do not answer their test calls."""
    return tuple(sorted((*findings_at(world, at), *silent_now(world)), key=lambda one: one.place))


def silent_now(world: World) -> tuple[Placed, ...]:
    """The numbers that do not answer their test calls; never kept, since a call changes it."""
    with desk().database.read() as connection:
        return tuple(_as_placed(one, world.keyed) for one in flagged_findings(connection, world))


def present_findings() -> tuple[Finding, ...]:
    """Every finding, the worst first."""
    return tuple(one.finding for one in findings_at(newest_world(), now()))


def findings_at(world: World, at: datetime) -> tuple[Placed, ...]:
    """The findings of a world, computed once an hour, since what will happen is told days before. Whoever asks meanwhile
    waits, since a second computation would only slow the first."""
    with COMPUTING:
        return _placed(world, minute_of(at).replace(minute=0))


COMPUTING = Lock()
PATIENCE_SECONDS = 0.15


def findings_soon(world: World, at: datetime) -> tuple[Placed, ...] | None:
    """The findings, unless they take longer than somebody should wait who asked for something else; then they are worked
    out meanwhile."""
    working = Thread(target=findings_at, args=(world, at), name="findings", daemon=True)
    working.start()
    working.join(PATIENCE_SECONDS)
    return None if working.is_alive() else findings_at(world, at)


@lru_cache(maxsize=1)
def _placed(world: World, hour: datetime) -> tuple[Placed, ...]:
    placed = (_as_placed(one, world.keyed) for one in findings(world, hour, rest))
    return tuple(sorted(placed, key=lambda one: one.place))


def _as_placed(finding: Finding, keyed: Keyed) -> Placed:
    sentence = finding.sentence
    return Placed(_place(finding, sentence, keyed), sentence, finding, id_of(finding, keyed))


def _wanted(one: Placed, query: FindingQuery, accepted: Mapping[str, Acceptance]) -> bool:
    finding, at, read = one.finding, one.finding.at, one.finding.evidence
    if query.accepted is not Accepted.ALL and (one.id in accepted) is not (query.accepted is Accepted.YES):
        return False
    if query.severity not in (None, finding.severity) or query.code not in ("", finding.code):
        return False
    if query.authority not in ("", at.authority):
        return False
    return not query.q or matches(query.q, _seen(one.sentence), finding.code, at.slug, read.source, *read.points)


def _place(finding: Finding, sentence: str, keyed: Keyed) -> str:
    """Where a finding stands in the list. It goes into addresses, so that its words are in it as a keyed hash only."""
    rank, authority, code, slug = finding.rank
    return f"{rank} {authority} {code} {slug} {keyed(sentence)[:10]}"


def listed(one: Placed, accepted: Mapping[str, Acceptance]) -> ListedFinding:
    """A finding with its id, and who has accepted it."""
    by = accepted.get(one.id)
    said = AcceptedOut(who=by.who, why=by.why, until=moment_out(by.until) or "") if by else None
    return ListedFinding(**shown(one.finding).model_dump(), id=one.id, accepted=said)


def shown(finding: Finding) -> FindingOut:
    """A finding as whoever asks may see it."""
    found = finding_out(finding)
    return found.model_copy(update={"sentence": _seen(found.sentence)})


def _seen(sentence: str) -> str:
    return sentence if sees_personal_data() else NUMBER.sub(HIDDEN, sentence)


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
