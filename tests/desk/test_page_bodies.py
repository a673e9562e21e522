"""Are the eleven bodies read on a page, and their switchboards entered there by administrators alone? On both databases."""

import re

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder
from tests.admin.visitor import Visitor, path_of, signed_in
from tests.desk.test_page import reads, text
from tests.desk.test_page_papers import faults
from tests.desk.wall_clock import given, sent

BODIES, CAFCASS = "/desk/bodies", "/desk/bodies/cafcass/switchboard"
BOARD = {"number": "020 7946 0710", "why": "Their web page."}


@pytest.fixture
def ada(office: Application) -> Visitor:
    """An administrator with a browser."""
    return signed_in(office, Role.ADMIN, "ada@example.org")


def test_eleven_bodies_stand_there_as_printed_and_none_with_a_number(office: Application) -> None:
    hana = signed_in(office, Role.HANDLER)
    page, shown = hana.opens(BODIES).get_data(as_text=True), reads(hana, BODIES)
    assert re.findall(r'data-label="Source">(C:\d+)<', page) == [f"C:{line}" for line in range(73, 84)]
    assert shown.count("None is printed: waits until an administrator enters it") == 11
    assert "/switchboard" not in page


def test_an_administrator_enters_a_switchboard_and_another_in_its_place(ada: Visitor, ida: Holder) -> None:
    sent(ida, "POST", "/callbacks", {"kind": "check", "body": "cafcass"}, 201)
    assert "Enter it : CAFCASS" in reads(ada, BODIES)
    done = ada.sends(CAFCASS, BOARD)
    assert (done.status_code, path_of(done)) == (303, BODIES)
    shown = reads(ada, BODIES)
    for words in ("CAFCASS C:73 020 7946 0710 Change it", "Wed 25 Nov 2026 10:00 by Test Admin"):
        assert words in shown, words
    (waited,) = given(ida, "/callbacks")["items"]
    assert waited["state"] == "open"
    assert ada.sends(CAFCASS, BOARD | {"number": "020 7946 0711"}).status_code == 303
    assert ("020 7946 0711" in reads(ada, CAFCASS), "020 7946 0710" in reads(ada, BODIES)) == (True, False)
    trail = reads(ada, "/admin/audit?q=cafcass")
    assert trail.count("Their web page.") == 2, trail


def test_everything_wrong_with_a_switchboard_is_said_and_what_was_typed_stays(ada: Visitor) -> None:
    reply = ada.sends(CAFCASS, {"number": "999"})
    said = faults(reply)
    assert [words.partition(":")[0] for words in said] == ["Switchboard", "Where it was found"]
    assert (reply.status_code, 'value="999"' in reply.get_data(as_text=True)) == (422, True)
    assert ada.opens("/desk/bodies/a-school/switchboard").status_code == 404
    assert "There is no" in text(ada.sends("/desk/bodies/a-school/switchboard", BOARD))


def test_handlers_and_auditors_read_and_nobody_else_does_anything(office: Application, ada: Visitor) -> None:
    for role in set(Role) - {Role.ADMIN}:
        other = signed_in(office, role)
        reading = 200 if role in (Role.HANDLER, Role.AUDITOR) else 403
        assert [other.opens(BODIES).status_code, other.opens(CAFCASS).status_code] == [reading, 403]
        assert other.sends(CAFCASS, BOARD).status_code == 403
    assert ada.sends_bare(CAFCASS, BOARD).status_code == 400
