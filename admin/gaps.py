"""What do the procedures name without a number? The gap report, by authority, drawn from the findings."""

from collections.abc import Iterator, Mapping

from flask import Response
from pydantic import BaseModel, Field

from admin.blueprints import resource_api
from admin.body import Strict, Text
from admin.findings import present_findings, shown
from admin.listing import Search, document, matches, page
from admin.ports import desk, newest_world, now
from directory.entry_findings import NoNumber, NumberingGap
from directory.exporting import csv_text, harmless
from directory.findings import Finding, Subject, listed
from ivr.findings import NightGap, NoNight
from ivr.role_findings import VacantRole
from routing.clock import local

GAPS: tuple[type[Finding], ...] = (NoNight, NightGap, NoNumber, NumberingGap, VacantRole)
"""The findings which say that something is named and nobody can be rung there."""

COLUMNS = ("authority", "what", "kind", "slug", "gap", "sentence", "source", "points")
CSV = {"description": "The file.", "content": {"text/csv": {"schema": {"type": "string"}}}}

api = resource_api("gaps", "What the procedures name without a number.")


class GapFilter(Strict):
    """Whose gaps."""

    authority: Text = Field("", description="The slug of an authority.")


class NamedGapOut(BaseModel):
    """Something that a procedure names, and for which nobody can be rung."""

    authority: str
    authority_name: str
    what: str = Field(examples=["MASH Navigator"])
    kind: Subject
    slug: str = Field(description="The entry to which a number is to be given.")
    gap: str = Field(description="The finding's code.", examples=["vacant-role"])
    sentence: str
    source: str = Field(
        description="Where it is named; empty where no procedure names it.",
        examples=["Contacts and Referrals (Cambridgeshire), line 111"],
    )
    points: list[str] = Field(description="Open points of the sources.", examples=[["X31"]])


class NamedGapList(BaseModel):
    """A page of gaps."""

    items: list[NamedGapOut]
    next: str | None


@api.get("/gaps", responses={200: NamedGapList})
def every_gap(query: Search) -> Mapping[str, object]:
    """Gaps, authority by authority."""
    found = (one for one in gaps(query.authority) if matches(query.q, one.what, one.sentence, one.slug, *one.points))
    cut = page(found, _place, query)
    return document([one.model_dump(mode="json") for one in cut.items], cut.next)


@api.get("/gaps.csv", responses={200: CSV})
def gaps_file(query: GapFilter) -> Response:
    """The whole report as a file, harmless in a spreadsheet."""
    rows = ([*(getattr(one, column) for column in COLUMNS[:-1]), ", ".join(one.points)]
            for one in sorted(gaps(query.authority), key=_place))  # fmt: skip
    text = csv_text(harmless(COLUMNS, (tuple(map(str, row)) for row in rows)))
    reply = Response(text, content_type="text/csv; charset=utf-8")
    reply.headers["Content-Disposition"] = f'attachment; filename="gaps-{local(now()).date()}.csv"'
    return reply


def gaps(authority: str) -> Iterator[NamedGapOut]:
    """The gaps of an authority, or of all, as whoever asks may see them."""
    for finding in present_findings():
        if isinstance(finding, GAPS) and authority in ("", finding.at.authority):
            yield _gap(finding)


def _gap(finding: Finding) -> NamedGapOut:
    at, seen = finding.at, shown(finding)
    owner = newest_world().directory.authorities.get(at.authority)
    return NamedGapOut(
        authority=at.authority,
        authority_name=owner.name if owner else at.authority,
        what=_what(finding),
        kind=at.kind,
        slug=at.slug,
        gap=seen.code,
        sentence=seen.sentence,
        source=seen.source,
        points=seen.points,
    )


def _what(finding: Finding) -> str:
    match finding:
        case NumberingGap():
            return listed(list(finding.missing))
        case NoNight() | NightGap():
            return f"The night of {finding.at.name}"
        case _:
            return finding.at.name


def _place(gap: NamedGapOut) -> str:
    """Where a gap stands in the report; its words are in a cursor as a keyed hash only."""
    order = [one.code for one in GAPS].index(gap.gap)
    return f"{gap.authority} {order} {gap.slug} {desk().keyed(gap.sentence)[:10]}"
