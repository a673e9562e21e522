"""What does the screen on the wall say, to whom, and what never? Numbers that follow the calls, 304 while nothing changes, no person."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import insert, text

from routing.days import day_of
from store.keys import Role
from store.presence import Status
from store.tables_reports import report_count
from telephone import NoAnswer
from tests.admin.visitor import Visitor, path_of, signed_in, visitor
from tests.desk.stage import CALLER, HANDLER, Stage

PAGE, NOW = "/wallboard", "/wallboard/now"


def card(browser: Visitor, line: str = "Call Derbyshire") -> str:
    """What is told of one line."""
    shown = browser.opens(NOW).get_data(as_text=True)
    cards = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in shown.split("<li class")]
    return next(one for one in cards if line in one)


def test_it_counts_calls_those_who_wait_and_those_who_answer(stage: Stage) -> None:
    browser = signed_in(stage.application, Role.VIEWER)
    assert "In calls 0 Waiting 0 At the desk 0" in card(browser)
    handler = stage.signs_in()
    assert "At the desk 1 0 on a call, 0 resting" in card(browser)
    stage.exchange.phone(HANDLER).will(NoAnswer())
    caller = stage.queued()
    assert "In calls 1 Waiting" in card(browser)
    stage.until(lambda: stage.status(handler) is Status.AWAY, 40)
    assert "Waiting 1 less than a minute; nobody is available At the desk 0 0 on a call, 1 resting" in card(browser)
    caller.hangs_up()
    stage.exchange.advance(2)
    assert "In calls 0 Waiting 0" in card(browser)


@pytest.mark.parametrize("role", Role)
def test_every_role_may_look_and_nobody_else(stage: Stage, role: Role) -> None:
    assert signed_in(stage.application, role).opens(PAGE).status_code == 200
    assert path_of(visitor(stage.application).opens(PAGE)) == "/admin/sign-in"


def test_whoever_has_it_hears_304_until_something_changes(stage: Stage) -> None:
    browser = signed_in(stage.application, Role.VIEWER)
    mark = browser.opens(NOW).headers["ETag"]
    again = browser.client.get(NOW, headers={"If-None-Match": mark})
    assert (again.status_code, again.data) == (304, b"")
    stage.signs_in()
    assert browser.client.get(NOW, headers={"If-None-Match": mark}).status_code == 200


def test_no_person_stands_on_it(stage: Stage) -> None:
    browser = signed_in(stage.application, Role.ADMIN)
    stage.signs_in()
    stage.queued()
    shown = browser.opens(PAGE).get_data(as_text=True)
    directory = stage.application.publication.current().directory
    assert directory.people
    for name in ("Hanna Handler", CALLER, HANDLER, *(one.name for one in directory.people.values())):
        assert name not in shown


def test_today_is_told_as_the_reports_round_it(stage: Stage) -> None:
    browser = signed_in(stage.application, Role.VIEWER)
    assert "Today: fewer than 5 answered, fewer than 5 abandoned On duty" in card(browser)
    row = {"day": day_of(stage.hand.now()), "line": "call-derbyshire", "hour": 10, "who": ""}
    counts = [("person", 0, 23), ("caller-gone", 0, 6), ("to-person", 12, 20), ("to-person", 40, 3)]
    with stage.application.database.write() as connection:
        for measure, value, count in counts:
            connection.execute(insert(report_count).values(**row, measure=measure, value=value, count=count))
    words = "Today: 25 answered, 5 abandoned; half of those who reached a person did within 12 s"
    assert words in card(browser)


@pytest.fixture
def tableless(stage: Stage) -> Iterator[Stage]:
    """A database that lacks a table, as before a migration, and has it again for whoever comes next."""
    _renamed(stage, "conversation", "conversation_away")
    yield stage
    _renamed(stage, "conversation_away", "conversation")


def _renamed(stage: Stage, was: str, to: str) -> None:
    with stage.application.database.write() as connection:
        connection.execute(text(f"ALTER TABLE {was} RENAME TO {to}"))


def test_without_a_database_it_shows_the_lines_and_says_so(tableless: Stage) -> None:
    browser = signed_in(tableless.application, Role.VIEWER)
    shown = browser.opens(NOW).get_data(as_text=True)
    assert "The database does not answer" in shown
    assert "Call Derbyshire" in shown
    assert "In calls" not in shown
