"""Are call-backs that are due and alerts shown on /desk, and can a handler do them there?"""

import re
from datetime import timedelta
from typing import Any

from store import tasks
from store.audit import Deed
from store.keys import Role
from store.tasks import Task
from telephone import Person
from tests.admin.desk_client import holder
from tests.admin.visitor import signed_in
from tests.desk.stage import HANDLER, LINE, Stage
from tests.desk.test_page import SCRIPT, at_the_desk, reads, text

NUMBER = "020 7946 0777"


def booked(stage: Stage, **more: Any) -> str:
    """A call-back that a colleague has booked."""
    by = holder(stage.application, Role.HANDLER, "Colin Colleague")
    reply = by.sends("POST", "/callbacks", {"number": NUMBER, "about": "a sealed matter", "line": LINE, **more})
    assert reply.status_code == 201, reply.get_json()
    return str(reply.get_json()["id"])


def alerted(stage: Stage) -> str:
    """A decision that should have been made."""
    now = stage.hand.now()
    task = Task("a" * 16, "decision", "cambridgeshire", "contact", "b" * 16, "team-manager", now - timedelta(hours=25),
                now - timedelta(hours=1), now, sounds_at=now - timedelta(hours=6))  # fmt: skip
    with stage.application.database.write_in_order() as connection:
        tasks.add(connection, task, Deed("tests", "", "", "", None, None), now)
    return task.id


def test_call_backs_are_shown_the_most_urgent_first_without_what_is_sealed(stage: Stage) -> None:
    booked(stage)
    red = booked(stage, number="020 7946 0778", urgency="red")
    browser = at_the_desk(stage)
    shown = reads(browser)
    assert "To call back (2)" in shown
    assert shown.index("020 7946 0778") < shown.index(NUMBER)
    assert "sealed" not in shown
    page = browser.opens("/desk").get_data(as_text=True)
    assert re.findall(r'id="dial-(\w+)"[^>]*data-key="K"', page) == [red]


def test_a_call_back_is_dialled_from_the_page_and_its_outcome_told(stage: Stage) -> None:
    key = booked(stage)
    browser = at_the_desk(stage)
    stage.exchange.phone(HANDLER).will(Person("1", after=3))
    stage.exchange.phone("+442079460777").will(Person("", after=3, talks=4))
    assert browser.sends(f"/desk/callbacks/{key}/dial").status_code == 303
    stage.until(lambda: stage.exchange.phone(HANDLER).is_ringing, 30)
    assert "Being dialled" in reads(browser)
    stage.until(lambda: bool(stage.exchange.phone("+442079460777").calls), 30)
    stage.exchange.advance(20)
    assert "tried 1 time, last: answered" in reads(browser)
    assert browser.sends(f"/desk/callbacks/{key}/outcome", {"outcome": "reached"}).status_code == 303
    assert "Nobody is to be called back." in reads(browser)


def test_whoever_takes_a_call_back_has_it_and_colleagues_are_told(stage: Stage) -> None:
    key = booked(stage)
    browser = at_the_desk(stage)
    assert browser.sends(f"/desk/callbacks/{key}/take").status_code == 303
    assert "; yours" in reads(browser)
    other = signed_in(stage.application, Role.HANDLER, "other@example.org")
    assert "a colleague has it" in reads(other)
    refused = other.sends(f"/desk/callbacks/{key}/take")
    assert (refused.status_code, "A colleague has this call back" in text(refused)) == (409, True)
    wrong = browser.sends(f"/desk/callbacks/{key}/outcome", {"outcome": "sold"})
    assert (wrong.status_code, "use one of reached" in text(wrong)) == (422, True)
    assert browser.sends(f"/desk/callbacks/{key}/burn").status_code == 404


def test_an_alert_is_announced_taken_and_done(stage: Stage) -> None:
    key = alerted(stage)
    browser = at_the_desk(stage)
    parts = browser.opens("/desk/now", **SCRIPT).get_data(as_text=True)
    assert re.search(rf'data-news="{key}-\d\d:\d\d" data-say="Alert: Decide what response this contact needs.', parts)
    assert "Late Decide what response this contact needs." in text(browser.opens("/desk"))
    assert browser.sends(f"/desk/tasks/{key}/take").status_code == 303
    shown = reads(browser)
    assert ("; yours" in shown, "I do it" in shown) == (True, False)
    assert browser.sends(f"/desk/tasks/{key}/done").status_code == 303
    assert "Nothing is late." in reads(browser)
    again = browser.sends(f"/desk/tasks/{key}/done")
    assert (again.status_code, "This task is done already." in text(again)) == (409, True)
    assert browser.sends(f"/desk/tasks/{key}/burn").status_code == 404
