"""What should somebody look at? The findings, the worst first, each with a way to the page that mends it."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from flask import request, url_for

from admin.console.pages import allowed, asked, blueprint, page
from admin.findings import Accepted, FindingQuery, accepted_now, every_finding, findings_soon, silent_now
from admin.ports import newest_world, now
from directory.findings import Severity

LIST = 100
PAGES = {"team": "console.team", "person": "console.person", "role": "console.named_role"}


def how_many() -> int | None:
    """The number of findings; nothing while they are being worked out."""
    world = newest_world()
    found = findings_soon(world, now())
    accepted = accepted_now()
    return None if found is None else sum(one.id not in accepted for one in (*found, *silent_now(world)))


@blueprint.get("/findings")
def findings() -> str:
    """Every finding, or those of one severity or with these words."""
    severity = request.args.get("severity", "")
    query = FindingQuery(
        q=asked("q"),
        severity=Severity(severity) if severity in list(Severity) else None,
        cursor=asked("cursor"),
        limit=LIST,
        accepted=Accepted.YES if asked("accepted") else Accepted.NO,
    )
    if how_many() is None:
        return page("findings", counting=True, q=query.q, severity=severity, severities=list(Severity))
    found: Mapping[str, Any] = every_finding(query=query)
    groups = [(name, list(rows)) for name, rows in groupby(found["items"], key=lambda row: row["severity"])]
    links = {
        row["slug"]: url_for(PAGES[row["kind"]], slug=row["slug"]) for row in found["items"] if row["kind"] in PAGES
    }
    return page(
        "findings",
        counting=False,
        groups=groups,
        links=links,
        q=query.q,
        severity=severity,
        severities=list(Severity),
        next=found["next"],
        accepted=query.accepted is Accepted.YES,
        accepting=allowed("/admin/findings/<id>/accept"),
        how_many=len(accepted_now()),
    )
