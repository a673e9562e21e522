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
    ("GET", "/admin/sign-in"),
    ("POST", "/admin/sign-in"),
    ("GET", "/admin/sign-in/provider"),
    ("GET", "/admin/sign-in/provider/back"),
})  # fmt: skip
"""What needs neither key nor session."""

ALWAYS: frozenset[Route] = frozenset({
    ("GET", "/admin/account"),
    ("POST", "/admin/account/password"),
    ("POST", "/admin/sign-out"),
    ("POST", "/admin/sign-out-everywhere"),
})  # fmt: skip
"""What somebody may use who still has to change a password that was given to them."""

CONSOLE: Mapping[Route, frozenset[Role]] = {
    ("GET", "/admin"): EVERYBODY,
    ("GET", "/admin/<path:nowhere>"): EVERYBODY,
    ("GET", "/admin/on-duty"): EVERYBODY,
    ("GET", "/admin/search"): EVERYBODY,
    ("GET", "/admin/teams"): EVERYBODY,
    ("GET", "/admin/teams/<slug>"): EVERYBODY,
    ("GET", "/admin/teams/<slug>/duty-numbers/<int:place>/<deed>"): EDITORS,
    ("POST", "/admin/teams/<slug>/duty-numbers/<int:place>/<deed>"): EDITORS,
    ("GET", "/admin/teams/<slug>/duty-numbers/add"): EDITORS,
    ("POST", "/admin/teams/<slug>/duty-numbers/add"): EDITORS,
    ("GET", "/admin/teams/new"): EDITORS,
    ("POST", "/admin/teams/new"): EDITORS,
    ("GET", "/admin/teams/<slug>/edit"): EDITORS,
    ("POST", "/admin/teams/<slug>/edit"): EDITORS,
    ("GET", "/admin/teams/<slug>/remove"): EDITORS,
    ("POST", "/admin/teams/<slug>/remove"): EDITORS,
    ("GET", "/admin/people"): EVERYBODY,
    ("GET", "/admin/people/<slug>"): EVERYBODY,
    ("GET", "/admin/people/new"): EDITORS,
    ("POST", "/admin/people/new"): EDITORS,
    ("GET", "/admin/people/<slug>/edit"): EDITORS,
    ("POST", "/admin/people/<slug>/edit"): EDITORS,
    ("GET", "/admin/people/<slug>/remove"): EDITORS,
    ("POST", "/admin/people/<slug>/remove"): EDITORS,
    ("GET", "/admin/people/<slug>/away"): EDITORS,
    ("POST", "/admin/people/<slug>/away"): EDITORS,
    ("POST", "/admin/people/<slug>/away/<int:place>/remove"): EDITORS,
    ("GET", "/admin/closures"): EVERYBODY,
    ("GET", "/admin/closures/early"): EDITORS,
    ("POST", "/admin/closures/early"): EDITORS,
    ("GET", "/admin/closures/new"): EDITORS,
    ("POST", "/admin/closures/new"): EDITORS,
    ("GET", "/admin/closures/<slug>/remove"): EDITORS,
    ("POST", "/admin/closures/<slug>/remove"): EDITORS,
    ("GET", "/admin/findings"): EVERYBODY,
    ("GET", "/admin/approvals"): AUDITORS,
    ("POST", "/admin/approvals/<slug>/<verdict>"): ADMINS,
    ("GET", "/admin/authorities/<slug>/exceptions"): ADMINS,
    ("POST", "/admin/authorities/<slug>/exceptions"): ADMINS,
    ("GET", "/admin/keys"): ADMINS,
    ("POST", "/admin/keys"): ADMINS,
    ("POST", "/admin/keys/<slug>/revoke"): ADMINS,
    ("GET", "/admin/users"): ADMINS,
    ("POST", "/admin/users"): ADMINS,
    ("POST", "/admin/users/<slug>/<deed>"): ADMINS,
    ("GET", "/admin/imports"): EDITORS,
    ("POST", "/admin/imports"): EDITORS,
    ("POST", "/admin/imports/write"): EDITORS,
    ("GET", "/admin/audit"): AUDITORS,
    ("POST", "/admin/audit/<int:sequence>/undo"): EDITORS,
    ("GET", "/admin/done/<int:sequence>"): EDITORS | AUDITORS,
}
"""The pages under /admin."""

MATRIX: Mapping[Route, frozenset[Role]] = {
    **CONSOLE,
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
    ("GET", "/api/v1/teams/<slug>/rota"): EVERYBODY,
    ("PUT", "/api/v1/teams/<slug>/rota"): EDITORS,
    ("GET", "/api/v1/bank-holidays"): EVERYBODY,
    ("PUT", "/api/v1/bank-holidays"): ADMINS,
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
    ("GET", "/api/v1/findings"): EVERYBODY,
    ("GET", "/api/v1/calls"): TRACERS,
    ("GET", "/api/v1/calls/<sid>"): TRACERS,
    ("GET", "/api/v1/audit"): AUDITORS,
    ("POST", "/api/v1/audit/<sequence>/undo"): EDITORS,
    ("POST", "/api/v1/imports"): EDITORS,
    ("GET", "/api/v1/exports/<kind>.<ending>"): EDITORS,
    ("GET", "/api/v1/authorities"): EVERYBODY,
    ("GET", "/api/v1/authorities/<slug>"): EVERYBODY,
    ("PATCH", "/api/v1/authorities/<slug>"): ADMINS,
    ("GET", "/api/v1/approvals"): AUDITORS,
    ("GET", "/api/v1/approvals/<id>"): AUDITORS,
    ("POST", "/api/v1/approvals/<id>/approve"): ADMINS,
    ("POST", "/api/v1/approvals/<id>/reject"): ADMINS,
    ("GET", "/admin/account"): EVERYBODY,
    ("POST", "/admin/account/password"): EVERYBODY,
    ("POST", "/admin/sign-out"): EVERYBODY,
    ("POST", "/admin/sign-out-everywhere"): EVERYBODY,
}


def may(role: Role, route: Route) -> bool:
    """Whether a role may use a route."""
    return role in MATRIX.get(route, frozenset())
