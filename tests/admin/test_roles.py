"""Is every route in the table of roles, and does every route hold to it?"""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from admin.problems import API
from admin.roles import MATRIX, PUBLIC
from admin.who import Route
from app import Application
from store.accounts import Account, by_id
from store.keys import Role
from tests.admin.desk_client import Holder, holder
from tests.admin.visitor import enters, path_of, person, visitor

IMPLIED = {"HEAD", "OPTIONS"}
API_ROUTES = [route for route in MATRIX if route[1].startswith(API)]
PAGES = [route for route in MATRIX if not route[1].startswith(API)]


def routes_of(flask: Flask) -> Iterator[Route]:
    for rule in flask.url_map.iter_rules():
        yield from ((method, rule.rule) for method in (rule.methods or set()) - IMPLIED)


def path_to(route: Route) -> str:
    return re.sub(r"<[^>]+>", "nobody", re.sub(r"<int:[^>]+>", "1", route[1]))


def knock(caller: Holder, route: Route) -> TestResponse:
    path = path_to(route).removeprefix(API)
    return caller.sends(route[0], path, {} if route[0] not in ("GET", "DELETE") else None)


def knock_at_page(application: Application, account: Account, route: Route) -> TestResponse:
    """As somebody who is signed in, whatever the pages before did to the session."""
    browser = visitor(application)
    with application.database.read() as connection:
        present = by_id(connection, account.id) or account
    enters(browser, present)
    return browser.opens(path_to(route)) if route[0] == "GET" else browser.sends(path_to(route), method=route[0])


def test_every_route_of_the_application_stands_in_the_table(application: Application) -> None:
    assert set(routes_of(application.flask)) == set(MATRIX) | PUBLIC


def test_every_route_of_the_api_refuses_whoever_has_no_key(application: Application) -> None:
    stranger = Holder(application.flask.test_client(), "dl_invented")
    replies = {route: knock(stranger, route) for route in API_ROUTES}
    assert {route: reply.status_code for route, reply in replies.items()} == dict.fromkeys(API_ROUTES, 401)
    assert all(reply.headers["WWW-Authenticate"].startswith("Bearer") for reply in replies.values())


def test_every_page_sends_whoever_is_not_signed_in_to_sign_in(application: Application) -> None:
    for route in PAGES:
        reply = visitor(application).sends(path_to(route), method=route[0])
        assert (reply.status_code, path_of(reply)) == (303, "/admin/sign-in"), route


def test_every_route_of_the_api_refuses_every_role_that_the_table_does_not_name(application: Application) -> None:
    for role in Role:
        caller = holder(application, role)
        for route in API_ROUTES:
            status = knock(caller, route).status_code
            assert (status == 403) is (role not in MATRIX[route]), (role, route, status)


@pytest.mark.long
def test_every_page_refuses_every_role_that_the_table_does_not_name(application: Application) -> None:
    for role in Role:
        account = person(application, role)
        for route in PAGES:
            status = knock_at_page(application, account, route).status_code
            assert (status == 403) is (role not in MATRIX[route]), (role, route, status)


def test_every_form_without_its_token_is_refused(application: Application) -> None:
    account = person(application, Role.ADMIN)
    for route in (route for route in PAGES if route[0] != "GET"):
        browser = visitor(application)
        enters(browser, account)
        assert browser.sends_bare(path_to(route), {}, method=route[0]).status_code == 400, route


def test_a_revoked_key_opens_nothing(application: Application, admin: Holder) -> None:
    made = admin.sends("POST", "/keys", {"name": "a leaver", "role": "editor"}).get_json()
    leaver = Holder(application.flask.test_client(), made["key"])
    assert leaver.asks("/teams").status_code == 200
    assert admin.sends("DELETE", f"/keys/{made['id']}").status_code == 204
    assert leaver.asks("/teams").status_code == 401
