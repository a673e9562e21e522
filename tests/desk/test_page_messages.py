"""Can messages, hand-backs and alerts of staff be written, read and acknowledged on pages, without any script? On both databases."""

import re

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import Visitor, path_of, signed_in
from tests.desk.logging_enquiries import readings
from tests.desk.test_hand_backs import ALERT, hands_back
from tests.desk.test_page import reads, text
from tests.desk.test_page_papers import faults, key_of
from tests.desk.wall_clock import WallClock, contact, given, sent, tasks_of

CASES, BACKS, ALERTS = (f"/desk/messages/{shelf}" for shelf in ("open-cases", "hand-backs", "staff-alerts"))
MORNING = f"{BACKS}/morning?authority=derbyshire"


@pytest.fixture
def hana(office: Application) -> Visitor:
    """A handler with a browser."""
    return signed_in(office, Role.HANDLER, "hana@example.org")


def test_a_message_goes_to_three_roles_and_the_list_does_not_say_what(hana: Visitor, ida: Holder) -> None:
    record = contact(ida, open_case="yes")
    page = hana.opens(f"{CASES}/new?authority=cambridgeshire&about={record}").get_data(as_text=True)
    assert (f'value="{record}"' in page, '<option value="cambridgeshire" selected' in page) == (True, True)
    reply = hana.sends(
        f"{CASES}/new", {"authority": "cambridgeshire", "about": record, "text": "Ann Example’s father."}
    )
    assert (reply.status_code, path_of(reply)) == (303, CASES)
    listed = reads(hana, reply.headers["Location"])
    for words in (
        "Social worker",
        "Consultant social worker",
        "Unit coordinator",
        "No time is printed",
        "Only those about",
    ):
        assert words in listed, words
    assert ("Example" in listed, "open-case-message" in tasks_of(ida, record)) == (False, False)
    one = hana.sends(
        f"{CASES}/new", {"authority": "cambridgeshire", "about": record, "text": "More.", "to": "unit-coordinator"}
    )
    assert one.status_code == 303
    assert [row["role"] for row in given(ida, "/messages")["items"]].count("unit-coordinator") == 2


def test_opening_is_noted_and_acknowledging_ends_it_by_name(
    office: Application, hana: Visitor, ida: Holder, wall: WallClock
) -> None:
    wall.is_set("Wed 17:30")
    record = contact(ida, "derbyshire")
    key = hands_back(ida, about=record, call="CA1")["id"]
    shown = reads(hana, f"{BACKS}/{key}")
    for words in ("Unread", "What happened Visited Ann Example.", "What is left to do Ring the school.", "The team that works next",
                  "To be read by Thu 26 Nov 2026 09:00", "It belongs to a contact record and a call ."):  # fmt: skip
        assert words in shown, words
    assert readings(office, key) == ["read message"] * 2
    assert tasks_of(ida, key) != {}
    assert key_of(hana.sends(f"{BACKS}/{key}/acknowledge")) == key
    shown = reads(hana, f"{BACKS}/{key}")
    assert ("Read by Test Handler, Wed 25 Nov 2026 17:30" in shown, "I take over" in shown) == (True, False)
    assert tasks_of(ida, key) == {}
    again = hana.sends(f"{BACKS}/{key}/acknowledge")
    assert (again.status_code, "This is “read” by now" in text(again)) == (409, True)
    assert "None is “unread”." in reads(hana, BACKS)
    assert "Read by Test Handler" in reads(hana, f"{BACKS}?state=read&authority=derbyshire")


def test_the_morning_is_worked_through_entry_by_entry(hana: Visitor, ida: Holder, tom: Holder, wall: WallClock) -> None:
    assert "Ann" not in reads(hana, f"{BACKS}/morning")
    wall.is_set("2026-11-24T22:00")
    hands_back(ida)
    wall.passes(minutes=1)
    hands_back(ida, happened="Rang the ward.", left_to_do="")
    hands_back(ida, authority="derby", happened="Not of this authority.")
    hands_back(tom, about=contact(tom, "derbyshire", staff_family="yes"), happened="A closed matter.")
    wall.is_set("Wed 10:00")
    shown = reads(hana, MORNING)
    for words in (
        "Tue 24 Nov 2026 22:00, Ida Officer Late",
        "Visited Ann Example.",
        "Ring the school.",
        "Rang the ward.",
    ):
        assert words in shown, words
    for words in ("Not of this authority.", "A closed matter."):
        assert words not in shown, words
    page = hana.opens(MORNING).get_data(as_text=True)
    first, *others = re.findall(rf'action="({BACKS}/\w+/acknowledge)"', page)
    assert len(others) == 1
    reply = hana.sends(first, {"then": "morning"})
    assert reply.headers["Location"] == MORNING
    shown = reads(hana, MORNING)
    assert ("Visited Ann Example." in shown, "Rang the ward." in shown) == (False, True)
    assert faults(hana.opens(f"{BACKS}/morning?authority=")) == ["Authority: choose one."]


def test_an_alert_is_passed_on_complete_or_stays_as_it_was_typed(hana: Visitor, ida: Holder, wall: WallClock) -> None:
    reply = hana.sends(f"{ALERTS}/new", {"purpose": "A visit.", "somebody_leaves": "yes", "about": "nobody"})
    assert reply.status_code == 422
    assert [words.partition(":")[0] for words in faults(reply)] == [
        "Authority", "The id of the contact record", "What the night team must know",
        "What is to be done if it does not go as planned (B", "Which manager was consulted", "What that person looks like",
    ]  # fmt: skip
    page = reply.get_data(as_text=True)
    assert ("A visit.</textarea>" in page, 'value="yes" checked' in page) == (True, True)
    assert given(ida, "/staff-alerts")["items"] == []
    wall.is_set("Wed 18:00")
    key = key_of(hana.sends(f"{ALERTS}/new", ALERT))
    shown = reads(hana, f"{ALERTS}/{key}")
    for words in ("Late alert Late Unread", "Out of hours team manager", "A visit at eight.", "Mo Manager"):
        assert words in shown, words
    assert "Late" in reads(hana, ALERTS)


def test_a_closed_record_is_not_written_about_and_nothing_typed_is_lost(hana: Visitor, ida: Holder) -> None:
    record = contact(ida, staff_family="yes")
    typed = {"authority": "cambridgeshire", "about": record, "text": "Typed in vain.", "to": "social-worker"}
    reply = hana.sends(f"{CASES}/new", typed)
    page = reply.get_data(as_text=True)
    assert (reply.status_code, "Typed in vain." in page, 'value="social-worker" checked' in page) == (403, True, True)
    assert [words.partition(":")[0] for words in faults(reply)] == ["The id of the contact record"]
    key = sent(ida, "POST", "/messages", typed | {"to": ["social-worker"]}, 201)["items"][0]["id"]
    assert [hana.opens(f"{CASES}/{key}").status_code, hana.sends(f"{CASES}/{key}/acknowledge").status_code] == [
        403,
        403,
    ]


def test_each_shelf_holds_its_own_and_is_for_handlers(office: Application, hana: Visitor, ida: Holder) -> None:
    night = hands_back(ida)["id"]
    assert [hana.opens(f"{at}/{night}").status_code for at in (CASES, BACKS, ALERTS)] == [404, 200, 404]
    assert hana.sends(f"{ALERTS}/{night}/acknowledge").status_code == 404
    assert [hana.opens(f"/desk/messages/letters{at}").status_code for at in ("", "/new", f"/{night}")] == [404] * 3
    assert hana.sends_bare(f"{BACKS}/{night}/acknowledge", {}).status_code == 400
    assert hana.opens(f"{BACKS}?cursor=bad!&authority={'x' * 90}").status_code == 422
    for role in set(Role) - {Role.ADMIN, Role.HANDLER}:
        other = signed_in(office, role)
        assert [other.opens(at).status_code for at in (BACKS, f"{BACKS}/{night}", f"{BACKS}/new", MORNING)] == [403] * 4
