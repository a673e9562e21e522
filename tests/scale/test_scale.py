"""Does a county of 100,000 people and 2,000 teams change anything for whoever works with the directory?

Every page of the console and every list of the API through the shipped server, on each database.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from time import sleep
from urllib.parse import quote

import pytest

from app import Config
from store.keys import Role
from tests.scale.addresses import called, pages, published
from tests.scale.figures import Figure, above, asked, bare, figure, table
from tests.scale.served import Line, served

pytestmark = [pytest.mark.scale, pytest.mark.timeout(900)]

PAGE, CHANGE, SEARCH, PROOF, BACK = 0.3, 1.0, 0.02, 10.0, 5.0
"""Seconds: a list or page, a change with its publication, a search through the API or in the list of people; a plan's publication,
which is proved first, and a call as a test, for which the directory is made as it was."""

LISTS = (
    "/people", "/people?authority=devon", "/people?authority=derby", "/people/w-050000", "/people?limit=200", "/teams",
    "/teams?authority=devon", "/teams?q=locality 77", "/people?q=chloe invently 501", "/people?q=07700 050123", "/people?q=w",
    "/people?q=0", "/people?q=ada bram", "/people?q=0&authority=derby", "/people?q=zzzz", "/teams?q=0", "/lines", "/closures",
    "/keys", "/users", "/roles", "/gaps", "/findings", "/findings?q=locality 77", "/findings?severity=note", "/audit",
    "/audit?authority=devon", "/audit?q=w-050000", "/approvals", "/authorities", "/calls", "/bank-holidays",
    "/route?team=devon-scale-0007", "/teams/devon-scale-0007/rota", "/plans", "/plans/devon", "/drafts", "/changes",
    "/changes?line=devon&days=90", "/directory/versions",
)  # fmt: skip
TEAM, PERSON = "/teams/devon-scale-0001", "/people/w-050000"
SETTLES = 6.0
"""Seconds: a worker has put the words in order long before."""
SEARCHES = ("/admin/search?q=", "/admin/people?q=", "/admin/teams?q=", "/admin/findings?q=", "/admin/audit?q=",
            "/admin/choices/people?q=")  # fmt: skip
WORDS = ("0", "w", "chloe invently", "zzzz")
WHOSE = ("", "&authority=devon", "&authority=derby")
"""Everybody, nearly everybody, and hardly anybody: whoever matches is then somebody else's."""


@pytest.mark.usefixtures("settled")
def test_every_page_every_list_and_every_change_is_quick(config: Config) -> None:
    with served(config, workers=1) as server:
        browser, program, nobody = server.browser(), server.program(), bare(server.anybody())
        changes, plan = [_numbered(program), _named(program)], published(program)
        shown = [asked(browser, path) for path in (*pages(program, called(server, program)), *_searches())]
        lists = [asked(program, f"/api/v1{path}") for path in LISTS]
    table(f"pages, {config.database_url[:10]}", shown, nobody)
    table(f"lists, {config.database_url[:10]}", lists, nobody)
    table(f"changes with their publication, {config.database_url[:10]}", [*changes, plan], nobody)
    assert [one for one in above([*shown, *lists], PAGE) if not one.what.endswith("/golden")] == []
    assert above(shown, BACK) == []
    assert above(changes, CHANGE) == []
    assert above([plan], PROOF) == []


@pytest.mark.usefixtures("settled")
def test_a_search_is_as_quick_for_an_authority_with_hardly_anybody(config: Config) -> None:
    with served(config, workers=1) as server:
        sleep(SETTLES)
        browser, program, nobody = server.browser(), server.program(), bare(server.anybody())
        limited = server.program(Role.EDITOR, ("derby",))
        found = [asked(program, f"/api/v1{path}") for path in _found()]
        own = [
            replace(one, what=f"limited: {one.what}") for one in (asked(limited, f"/api/v1{path}") for path in _found())
        ]
        pages = [asked(browser, f"/admin/people?q={quote(words)}") for words in WORDS]
    table(f"searches, {config.database_url[:10]}", [*found, *own, *pages], nobody)
    assert above([*found, *own, *pages], SEARCH) == []


def _found() -> Iterator[str]:
    yield from (f"/{what}?q={quote(words)}{whose}" for what, words, whose in product(("people", "teams"), WORDS, WHOSE))


def _searches() -> Iterator[str]:
    yield from (f"{search}{quote(words)}" for search in SEARCHES for words in WORDS)


def _numbered(program: Line) -> Figure:
    """The same team on one number after another."""
    bodies = [[{"number": f"020 7946 0{last}"}] for last in range(300, 310)]
    return figure("PUT duty numbers", list(_changed(program, "PUT", TEAM, f"{TEAM}/duty-numbers", bodies)))


def _named(program: Line) -> Figure:
    """The same person under one name after another."""
    bodies = [{"name": f"Name {last}"} for last in range(10)]
    return figure("PATCH person", list(_changed(program, "PATCH", PERSON, PERSON, bodies)))


def _changed(program: Line, method: str, seen: str, path: str, bodies: Sequence[object]) -> Iterator[float]:
    for body in bodies:
        version = program.asks("GET", f"/api/v1{seen}").headers["ETag"]
        reply = program.asks(method, f"/api/v1{path}", json.dumps(body), If_Match=version)
        assert reply.status == 200, reply.text
        yield reply.seconds
