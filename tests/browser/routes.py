"""Which pages are there? The routes of ``admin.roles`` that show somebody something, or take a form."""

from collections.abc import Iterable

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from admin.handled import PAPER_PAGES
from admin.roles import ALWAYS, CONSOLE, DESK_PAGES, PUBLIC
from tests.browser.areas import AREAS

NO_PAGE = {
    "GET /static/<path:filename>": "a file",
    "GET /council.css": "a style sheet",
    "GET /music/<int:seconds>.wav": "a sound, for Twilio",
    "GET /healthz": "for the balancer",
    "GET /readyz": "for the balancer",
    "GET /metrics": "for Prometheus",
    "GET /api/v1/openapi.json": "for programs",
    "GET /api/v1/docs/assets/<path:filename>": "files of the documentation",
    "GET /admin/on-duty": "the part of the first page that renews itself, seen there",
    "GET /admin/choices/<kind>": "what the pickers ask for as one types, seen there",
    "GET /admin/gaps.csv": "a file",
    "GET /desk/now": "the parts of the desk that renew themselves, seen there",
    "GET /desk/search": "what the desk finds as one types, seen there",
    "GET /desk/calls/<call>/record": "the record that the desk opens with a call, seen there",
    "GET /desk/tone.wav": "a sound",
    "GET /desk/enquiries/report.csv": "a file",
    "GET /admin/teams/<slug>/rota.ics": "a file",
    "GET /admin/sign-in/provider": "leads to the organisation's own pages (tests/admin/test_oidc.py)",
    "GET /admin/sign-in/provider/back": "leads back from there (tests/admin/test_oidc.py)",
    **{one: why for area in AREAS for one, why in area.NO_PAGE.items()},
}
"""What is no page of ours, each with its reason."""

_EVERY = sorted(f"{method} {rule}" for method, rule in {*CONSOLE, *DESK_PAGES, *PAPER_PAGES, *ALWAYS, *PUBLIC})
PAGES = [one for one in _EVERY if one.startswith("GET") and one not in NO_PAGE]
FORMS = [one for one in _EVERY if one.startswith("POST")]

_MAP = Map(
    [Rule(rule, endpoint=f"{method} {rule}", methods=[method]) for method, rule in (one.split() for one in _EVERY)],
    strict_slashes=False,
).bind("localhost")


def route(method: str, path: str) -> str:
    """The route that a path belongs to, as ``GET /admin/teams/<slug>``; empty where there is none."""
    try:
        endpoint, _ = _MAP.match(path, method)
    except HTTPException:
        return ""
    return str(endpoint)


def untold(routes: Iterable[str], told: Iterable[str]) -> list[str]:
    """The routes that nobody tells of."""
    return sorted(set(routes) - set(told))
