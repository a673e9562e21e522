"""What do the procedures name without a number? The report, authority by authority, and as a file."""

from itertools import groupby

from flask import Response, url_for

from admin.console.pages import asked, blueprint, page
from admin.gaps import GapFilter, NamedGapOut, gaps, gaps_file
from admin.ports import newest_world

PAGES = {"team": "console.team", "role": "console.named_role"}


@blueprint.get("/gaps")
def gap_report() -> str:
    """The whole report, or one authority's."""
    wanted = _authority()
    found = sorted(gaps(wanted), key=lambda gap: gap.authority_name)
    groups = [(name, list(rows)) for name, rows in groupby(found, key=lambda gap: gap.authority_name)]
    return page("gaps", groups=groups, link=_link, authority=wanted, authorities=_authorities())


@blueprint.get("/gaps.csv")
def gap_file() -> Response:
    """The same as a file."""
    reply: Response = gaps_file(query=GapFilter(authority=_authority()))
    return reply


def _authority() -> str:
    return asked("authority")[:80]


def _authorities() -> list[dict[str, str]]:
    known = sorted(newest_world().directory.authorities.values(), key=lambda one: one.name)
    return [{"value": "", "text": "All authorities"}, *({"value": one.slug, "text": one.name} for one in known)]


def _link(gap: NamedGapOut) -> str:
    return url_for(PAGES[gap.kind], slug=gap.slug) if gap.kind in PAGES else ""
