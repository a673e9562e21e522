"""Call-backs that check who has asked: only to the known switchboard of one of eleven bodies, and who verified is kept (C:85)."""

import pytest

from app import Application
from desk.bodies import BODIES
from store import tables
from store.keys import Role
from telephone import Person
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.calling_back import dials, legs_to, outcome, reads
from tests.desk.stage import HANDLER, Stage
from tests.desk.wall_clock import given, sent

BOARD = "+442079460950"
CHECK = {"kind": "check", "body": "cafcass"}


def enters(application: Application, code: str = "cafcass", number: str = BOARD) -> None:
    admin = holder(application, Role.ADMIN, "Ada Admin")
    sent(admin, "PUT", f"/bodies/{code}/switchboard", {"number": number, "why": "their letterhead"})


def test_eleven_bodies_are_listed_and_none_has_a_number_of_its_own(ida: Holder) -> None:
    items = given(ida, "/bodies")["items"]
    assert [one["source"] for one in items] == [f"C:{line}" for line in range(73, 84)]
    assert {one["code"] for one in items} == set(BODIES)
    assert {one["switchboard"] for one in items} == {None}


def test_a_check_waits_until_an_admin_enters_the_switchboard(office: Application, ida: Holder) -> None:
    made = sent(ida, "POST", "/callbacks", CHECK, 201)
    assert (made["state"], made["number"], made["authority"]) == ("waiting-for-switchboard", None, "cambridgeshire")
    refused = ida.sends("POST", f"/callbacks/{made['id']}/dial", {})
    assert refused.status_code == 409
    enters(office, "police")
    assert reads(ida, made["id"])["state"] == "waiting-for-switchboard"
    enters(office)
    assert (reads(ida, made["id"])["state"], reads(ida, made["id"])["number"]["e164"]) == ("open", BOARD)
    assert sent(ida, "POST", "/callbacks", CHECK, 201)["state"] == "open"


def test_a_number_that_whoever_asks_has_given_is_refused_and_it_says_why(ida: Holder) -> None:
    reply = ida.sends("POST", "/callbacks", {**CHECK, "number": "020 7946 0999"})
    assert codes(reply) == {"number": "given"}
    assert "known switchboard" in reply.get_json()["errors"][0]["message"]


@pytest.mark.parametrize("body", ["school", "gp", ""])
def test_who_is_not_on_the_list_is_not_checked(ida: Holder, body: str) -> None:
    assert codes(ida.sends("POST", "/callbacks", {**CHECK, "body": body})) == {"body": "not-on-the-list"}


def test_entering_a_switchboard_is_for_admins_with_a_reason_and_stands_in_the_trail(
    office: Application, ida: Holder
) -> None:
    admin, path = holder(office, Role.ADMIN, "Ada Admin"), "/bodies/cafcass/switchboard"
    assert ida.sends("PUT", path, {"number": BOARD, "why": "?"}).status_code == 403
    assert set(codes(admin.sends("PUT", path, {"number": "999"}))) == {"number", "why"}
    assert codes(admin.sends("PUT", path, {"number": "020 7946 0102", "why": "?"})) == {"number": "loop"}
    assert admin.sends("PUT", "/bodies/school/switchboard", {"number": BOARD, "why": "?"}).status_code == 404
    enters(office)
    enters(office, number="+442079460951")
    with office.database.read() as connection:
        entered = tables.audit.select().where(tables.audit.c.what == "switchboard")
        trail = connection.execute(entered.order_by(tables.audit.c.sequence)).all()
    assert [(row.before, row.after["number"], row.why) for row in trail] == [
        (None, BOARD, "their letterhead"), ({"number": BOARD}, "+442079460951", "their letterhead"),
    ]  # fmt: skip


def test_only_an_answered_call_to_the_switchboard_verifies_and_who_did_it_is_kept(
    stage: Stage, handler: Holder
) -> None:
    enters(stage.application)
    key = sent(handler, "POST", "/callbacks", CHECK, 201)["id"]
    outcome(handler, key, "verified", 409)
    stage.exchange.phone(HANDLER).will(Person("1", after=2, talks=5))
    stage.exchange.phone(BOARD).will(Person("", after=2))
    dials(stage, handler, key)
    stage.until(lambda: reads(handler, key)["attempts"][0]["outcome"] == "answered", 60)
    assert legs_to(stage, HANDLER)[0].has_heard(
        "Press 1 to accept: a call back to a switchboard, to check who has asked"
    )
    assert legs_to(stage, BOARD)[0].has_heard("This is Cambridgeshire children's social care, returning your call.")
    shown = outcome(handler, key, "verified")
    assert (shown["state"], "Hanna Handler" in shown["verified_by"]) == ("done", True)
    assert shown["verified_at"]


def test_a_plain_call_back_is_not_verified(ida: Holder) -> None:
    made = sent(ida, "POST", "/callbacks", {"number": "020 7946 0901", "line": "derby"}, 201)
    assert codes(ida.sends("POST", f"/callbacks/{made['id']}/outcome", {"outcome": "verified"})) == {
        "outcome": "not-a-check"
    }
