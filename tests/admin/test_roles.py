"""Is every route in the table of roles, and does every route hold to it?"""

import re
from collections.abc import Iterator

from flask import Flask
from werkzeug.test import TestResponse

from admin.roles import MATRIX, PUBLIC, Route
from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, holder

IMPLIED = {"HEAD", "OPTIONS"}


def routes_of(flask: Flask) -> Iterator[Route]:
    for rule in flask.url_map.iter_rules():
        yield from ((method, rule.rule) for method in (rule.methods or set()) - IMPLIED)


def knock(caller: Holder, route: Route) -> TestResponse:
    path = re.sub(r"<[^>]+>", "nobody", route[1]).removeprefix("/api/v1")
    return caller.sends(route[0], path, {} if route[0] not in ("GET", "DELETE") else None)


def test_every_route_of_the_application_stands_in_the_table(application: Application) -> None:
    assert set(routes_of(application.flask)) == set(MATRIX) | PUBLIC


def test_every_route_refuses_whoever_has_no_key(application: Application) -> None:
    stranger = Holder(application.flask.test_client(), "dl_invented")
    replies = {route: knock(stranger, route) for route in MATRIX}
    assert {route: reply.status_code for route, reply in replies.items()} == dict.fromkeys(MATRIX, 401)
    assert all(reply.headers["WWW-Authenticate"].startswith("Bearer") for reply in replies.values())


def test_every_route_refuses_every_role_that_the_table_does_not_name(application: Application) -> None:
    for role in Role:
        caller = holder(application, role)
        for route, allowed in MATRIX.items():
            status = knock(caller, route).status_code
            assert (status == 403) is (role not in allowed), (role, route, status)


def test_a_revoked_key_opens_nothing(application: Application, admin: Holder) -> None:
    made = admin.sends("POST", "/keys", {"name": "a leaver", "role": "editor"}).get_json()
    leaver = Holder(application.flask.test_client(), made["key"])
    assert leaver.asks("/teams").status_code == 200
    assert admin.sends("DELETE", f"/keys/{made['id']}").status_code == 204
    assert leaver.asks("/teams").status_code == 401
