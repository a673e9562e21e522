"""Who may do what? One table of routes and roles. What does not stand in it nobody may do; a test holds it to the app's routes."""

from collections.abc import Mapping

from store.keys import Role

Route = tuple[str, str]
"""Method and rule, as Flask writes them."""

EVERYBODY: frozenset[Role] = frozenset(Role)
ADMINS = frozenset({Role.ADMIN})
EDITORS = ADMINS | {Role.EDITOR}
TRACERS = frozenset({Role.ADMIN, Role.HANDLER, Role.AUDITOR, Role.VIEWER})
AUDITORS = ADMINS | {Role.AUDITOR}

PUBLIC: frozenset[Route] = frozenset({
    ("GET", "/"),
    ("GET", "/static/<path:filename>"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/v1/docs"),
    ("GET", "/api/v1/docs/assets/<path:filename>"),
})  # fmt: skip
"""What needs no key."""

MATRIX: Mapping[Route, frozenset[Role]] = {
    ("GET", "/api/v1/lines"): EVERYBODY,
    ("GET", "/api/v1/lines/<slug>"): EVERYBODY,
    ("PUT", "/api/v1/lines/<slug>/numbers"): ADMINS,
    ("GET", "/api/v1/keys"): ADMINS,
    ("POST", "/api/v1/keys"): ADMINS,
    ("DELETE", "/api/v1/keys/<id>"): ADMINS,
    ("GET", "/api/v1/teams"): EVERYBODY,
    ("POST", "/api/v1/teams"): EDITORS,
    ("GET", "/api/v1/teams/<slug>"): EVERYBODY,
    ("PATCH", "/api/v1/teams/<slug>"): EDITORS,
    ("DELETE", "/api/v1/teams/<slug>"): EDITORS,
    ("PUT", "/api/v1/teams/<slug>/duty-numbers"): EDITORS,
    ("GET", "/api/v1/people"): EVERYBODY,
    ("POST", "/api/v1/people"): EDITORS,
    ("GET", "/api/v1/people/<slug>"): EVERYBODY,
    ("PATCH", "/api/v1/people/<slug>"): EDITORS,
    ("DELETE", "/api/v1/people/<slug>"): EDITORS,
    ("GET", "/api/v1/closures"): EVERYBODY,
    ("POST", "/api/v1/closures"): EDITORS,
    ("GET", "/api/v1/closures/<id>"): EVERYBODY,
    ("DELETE", "/api/v1/closures/<id>"): EDITORS,
    ("GET", "/api/v1/route"): EVERYBODY,
    ("GET", "/api/v1/calls"): TRACERS,
    ("GET", "/api/v1/calls/<sid>"): TRACERS,
    ("GET", "/api/v1/audit"): AUDITORS,
}


def may(role: Role, route: Route) -> bool:
    """Whether a role may use a route."""
    return role in MATRIX.get(route, frozenset())
