"""Does a page show every task and alert, and is each taken, acknowledged and done there, without any script? On both databases."""

import re
from typing import Any

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import Visitor, signed_in
from tests.desk.test_hand_backs import ALERT, hands_back
from tests.desk.test_page import reads, text
from tests.desk.test_page_papers import faults, key_of
from tests.desk.wall_clock import WallClock, contact, given, sent, tasks_of

DECIDE = "Decide what response this contact needs."


@pytest.fixture
def hana(office: Application) -> Visitor:
    """A handler with a browser."""
    return signed_in(office, Role.HANDLER, "hana@example.org")


def items(browser: Visitor, path: str = "/desk/tasks") -> str:
    """The list of a page, without the lists to choose from."""
    page = reads(browser, path)
    assert "Narrow the list" in page
    return page.partition("Narrow the list")[2]


def decision(by: Holder) -> dict[str, Any]:
    """The task to decide on a new contact."""
    return tasks_of(by, contact(by, open_case="yes"))["decision"]


def test_every_open_task_is_shown_with_both_clocks_and_where_it_leads(
    hana: Visitor, ida: Holder, wall: WallClock
) -> None:
    assert "No such task is open." in items(hana)
    assert 'href="/desk/tasks"' in hana.opens("/desk").get_data(as_text=True)
    wall.is_set("Wed 17:30")
    task, night = decision(ida), hands_back(ida)["id"]
    shown = items(hana)
    for words in (
        f"{DECIDE} (C:38)",
        "Due Thu 26 Nov 2026 17:30",
        "Fri 27 Nov 2026 09:00",
        "Team manager",
        "(B:63)",
    ):
        assert words in shown, words
    page = hana.opens("/desk/tasks").get_data(as_text=True)
    record = task["about"]
    for href in (f"/desk/records/{record}", f"/desk/messages/hand-backs/{night}",
                 f"/desk/messages/open-cases/new?authority=cambridgeshire&amp;about={record}"):  # fmt: skip
        assert f'href="{href}"' in page, href


def test_the_list_is_narrowed_by_what_the_api_narrows_by(hana: Visitor, ida: Holder, wall: WallClock) -> None:
    wall.is_set("2026-11-24T17:30")
    decision(ida)
    hands_back(ida)
    for path, found in (
        ("kind=hand-back", (False, True)), ("role=team-manager", (True, False)), ("authority=derbyshire", (False, True)),
        ("show=mine", (False, False)), ("show=alerts", (False, False)), ("authority=derby", (False, False)),
    ):  # fmt: skip
        shown = items(hana, f"/desk/tasks?{path}")
        assert (DECIDE in shown, "The night team has acted" in shown) == found, path
    wall.is_set("Wed 17:31")
    assert f"Late {DECIDE}" in items(hana, "/desk/tasks?show=alerts&authority=cambridgeshire")
    assert hana.opens(f"/desk/tasks?cursor=bad!&role={'x' * 90}").status_code == 422


def test_a_task_is_taken_and_done_from_the_list_which_stays_as_it_was_narrowed(hana: Visitor, ida: Holder) -> None:
    key = decision(ida)["id"]
    here = "show=open&kind=decision"
    reply = hana.sends(f"/desk/tasks/{key}?{here}", {"deed": "take"})
    assert (reply.status_code, reply.headers["Location"]) == (303, f"/desk/tasks?{here}")
    shown = items(hana, "/desk/tasks?show=mine")
    assert ("yours" in shown, "I do it" in shown) == (True, False)
    assert hana.sends(f"/desk/tasks/{key}?{here}", {"deed": "done"}).status_code == 303
    assert "No such task is open." in items(hana, f"/desk/tasks?{here}")
    again = hana.sends(f"/desk/tasks/{key}?{here}", {"deed": "done"})
    assert (again.status_code, faults(again)) == (409, ["This task is done already."])
    assert hana.sends(f"/desk/tasks/{key}", {"deed": "burn"}).status_code == 404


def test_a_colleagues_task_can_be_taken_over(hana: Visitor, ida: Holder) -> None:
    key = decision(ida)["id"]
    sent(ida, "POST", f"/tasks/{key}/take", {})
    shown = items(hana)
    assert ("a colleague has it" in shown, "Take it over" in shown) == (True, True)
    assert key_of(hana.sends(f"/desk/tasks/{key}", {"deed": "take"})) == key
    assert "Who has it Yours" in reads(hana, f"/desk/tasks/{key}")


def test_an_alert_is_acknowledged_and_comes_again_unless_somebody_does_it(
    hana: Visitor, ida: Holder, wall: WallClock
) -> None:
    wall.is_set("Wed 18:00")
    alert = sent(ida, "POST", "/staff-alerts", ALERT, 201)["id"]
    key = tasks_of(ida, alert)["late-alert"]["id"]
    alerts = "/desk/tasks?show=alerts"
    page = hana.opens(alerts).get_data(as_text=True)
    assert re.findall(r'name="deed" value="([\w-]+)"', page) == ["take-heard", "heard"]
    assert hana.sends(f"/desk/tasks/{key}?show=alerts", {"deed": "heard"}).headers["Location"] == alerts
    assert "Nothing is late, or nearly." in items(hana, alerts)
    assert "Acknowledged by Test Handler" in reads(hana, f"/desk/tasks/{key}")
    assert hana.sends(f"/desk/tasks/{key}", {"deed": "heard"}).status_code == 409
    wall.passes(minutes=30)
    assert "A late alert" in items(hana, alerts)
    hana.sends(f"/desk/tasks/{key}", {"deed": "take-heard"})
    wall.passes(minutes=60)
    assert "Nothing is late, or nearly." in items(hana, alerts)
    assert "It is done once the message is acknowledged." in reads(hana, f"/desk/tasks/{key}")


def test_what_came_of_a_task_is_noted_on_its_page(hana: Visitor, ida: Holder) -> None:
    key = decision(ida)["id"]
    refused = hana.sends(f"/desk/tasks/{key}", {"deed": "done", "note": "x" * 20_001})
    assert (refused.status_code, [words.partition(":")[0] for words in faults(refused)]) == (422, ["Note"])
    assert "x" * 20_001 in text(refused)
    assert key_of(hana.sends(f"/desk/tasks/{key}", {"deed": "done", "note": "No further action."})) == key
    shown = reads(hana, f"/desk/tasks/{key}")
    assert ("Note No further action." in shown, "It is done" in shown) == (True, False)
    assert given(ida, f"/tasks/{key}")["note"] == "No further action."


def test_tasks_are_for_handlers_and_their_forms_need_a_token(office: Application, hana: Visitor) -> None:
    assert [hana.opens(f"/desk/tasks/{key}").status_code for key in ("a" * 16, "none")] == [404, 404]
    assert hana.sends_bare(f"/desk/tasks/{'a' * 16}", {"deed": "take"}).status_code == 400
    for role in set(Role) - {Role.ADMIN, Role.HANDLER}:
        other = signed_in(office, role)
        assert [other.opens(f"/desk/tasks{at}").status_code for at in ("", f"/{'a' * 16}")] == [403, 403]
