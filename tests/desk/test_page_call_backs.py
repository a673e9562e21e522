"""Can a handler find, book, take, dial and end call-backs on pages, without any script, and read what came of each attempt?"""

import pytest

from app import Application
from store.keys import Role
from telephone import Person, Request, Response, Unreachable
from tests.admin.desk_client import Holder, holder
from tests.admin.visitor import Visitor, signed_in
from tests.desk.calling_back import PERSON, books, legs_to
from tests.desk.logging_enquiries import readings
from tests.desk.stage import HANDLER, Gate, Stage
from tests.desk.test_page import at_the_desk, reads, talking, text
from tests.desk.test_page_papers import faults, key_of
from tests.desk.wall_clock import given, sent

NUMBER = "020 7946 0901"
BOOKED = {
    "kind": "plain", "number": NUMBER, "person": "Hetty Visitor", "about": "She remembers more.\r\nCall soon.",
    "line": "call-derbyshire", "within": "30", "urgency": "red",
}  # fmt: skip
THERE = Person("1", after=3, talks=20)


class Deaf(Gate):
    """A wire on which nothing is heard of the end of a call that a document dialled."""

    def send(self, request: Request) -> Response:
        if request.url.partition("#")[0].endswith("/r0"):
            raise Unreachable("lost")
        return super().send(request)


@pytest.fixture
def hana(office: Application) -> Visitor:
    """A handler with a browser."""
    return signed_in(office, Role.HANDLER, "hana@example.org")


def test_call_backs_are_listed_by_state_and_nobody_is_named(hana: Visitor, ida: Holder) -> None:
    assert "Nobody is to be called back." in reads(hana, "/desk/call-backs")
    assert 'href="/desk/call-backs"' in hana.opens("/desk").get_data(as_text=True)
    books(ida, urgency="red", person="Hetty Visitor", about="She remembers more.")
    done = books(ida, "020 7946 0902")["id"]
    sent(ida, "POST", f"/callbacks/{done}/outcome", {"outcome": "cancelled"})
    sent(ida, "POST", "/callbacks", {"kind": "check", "body": "cafcass"}, 201)
    page = reads(hana, "/desk/call-backs")
    for words in (
        f"Thu 26 Nov 2026 10:00 {NUMBER} Call Derbyshire Not yet Nobody Red Open",
        "CAFCASS",
        "Waits for a switchboard",
    ):
        assert words in page, words
    assert ("0902" in page, "Hetty" in page, "remembers" in page) == (False, False, False)
    assert page.index("0901") < page.index("CAFCASS")
    waiting = reads(hana, "/desk/call-backs?state=waiting-for-switchboard")
    assert ("CAFCASS" in waiting, "0901" in waiting) == (True, False)
    assert "020 7946 0902" in reads(hana, "/desk/call-backs?state=cancelled")
    assert "None is “done”." in reads(hana, "/desk/call-backs?state=done")


def test_one_is_booked_and_shows_each_reading_of_its_deadline_the_sooner_first(
    office: Application, hana: Visitor, ida: Holder
) -> None:
    key = key_of(hana.sends("/desk/call-backs/new", BOOKED | {"line": "derbyshire-consultation", "within": "72"}))
    page = reads(hana, f"/desk/call-backs/{key}")
    for words in ("Call back by Sat 28 Nov 2026 10:00 Red Open", "Sat 28 Nov 2026 10:00 on the clock Mon 30 Nov 2026",
                  "on working time, promised", "Hetty Visitor",
                  "She remembers more. Call soon.", NUMBER, "It was not tried yet."):  # fmt: skip
        assert words in page, words
    assert given(ida, f"/callbacks/{key}")["words"] == "She remembers more.\nCall soon."
    assert readings(office, key) == ["read"] * 2
    assert key_of(hana.sends("/desk/call-backs/new", BOOKED | {"about": "Again."})) == key
    assert "Booked again" in reads(hana, f"/desk/call-backs/{key}")


def test_everything_wrong_is_said_at_its_field_and_what_was_typed_stays(hana: Visitor) -> None:
    reply = hana.sends(
        "/desk/call-backs/new", {"kind": "plain", "about": "A long text.", "within": "soon", "body": "cafcass"}
    )
    assert reply.status_code == 422
    assert [words.partition(":")[0] for words in faults(reply)] == [
        "Number", "Which body", "Authority", "Within how many hours", "How urgent",
    ]  # fmt: skip
    assert "Within how many hours: write whole hours, from 1 to 336." in faults(reply)
    shown = reply.get_data(as_text=True)
    assert all(typed in shown for typed in ("A long text.", 'value="soon"', '<option value="cafcass" selected'))
    check = hana.sends("/desk/call-backs/new", {"kind": "check", "urgency": "normal", "number": NUMBER})
    assert [words.partition(":")[0] for words in faults(check)] == ["Number", "Which body"]


def test_one_is_taken_released_noted_and_ended_only_while_that_is_possible(hana: Visitor, office: Application) -> None:
    path = f"/desk/call-backs/{key_of(hana.sends('/desk/call-backs/new', BOOKED))}"
    assert hana.sends(f"{path}/take").status_code == 303
    mine = reads(hana, path)
    assert ("Who has it You" in mine, "Take it" in mine, "Release it" in mine) == (True, False, True)
    other = signed_in(office, Role.HANDLER, "other@example.org")
    theirs = reads(other, path)
    assert ("Who has it A colleague" in theirs, "Release it" in theirs, "have it dialled" in theirs) == (
        True,
        False,
        False,
    )
    assert "only they can release it" in text(other.sends(f"{path}/release"))
    assert hana.sends(f"{path}/release").status_code == 303
    assert "sign in at the desk with a phone" in reads(hana, path)
    assert hana.sends(f"{path}/dial").status_code == 409
    reply = hana.sends(f"{path}/outcome", {"note": "With her sister."})
    assert faults(reply) == ["What came of it: choose one."]
    assert ">With her sister.</textarea>" in reply.get_data(as_text=True)
    assert hana.sends(f"{path}/outcome", {"outcome": "left-word", "note": "With her sister."}).status_code == 303
    assert "Note With her sister. What came of it Left word" in reads(hana, path)
    assert hana.sends(f"{path}/outcome", {"outcome": "cancelled"}).status_code == 303
    over = reads(hana, path)
    assert ("Cancelled Ended" in over, "Say what came of it" in over) == (True, False)
    late = hana.sends(f"{path}/take")
    assert (late.status_code, "is cancelled already" in text(late)) == (409, True)
    assert hana.sends(f"{path}/burn").status_code == 404


def test_they_are_for_handlers_and_their_forms_need_a_token(office: Application, hana: Visitor) -> None:
    for role in set(Role) - {Role.ADMIN, Role.HANDLER}:
        other = signed_in(office, role)
        assert [other.opens(f"/desk/call-backs{at}").status_code for at in ("", "/new", f"/{'a' * 16}")] == [403] * 3
    assert hana.sends_bare("/desk/call-backs/new", {}).status_code == 400
    assert hana.opens("/desk/call-backs/none").status_code == 404


def test_one_belongs_to_the_call_that_its_handler_is_in_and_who_is_in_no_call_may_search(stage: Stage) -> None:
    browser, sid = talking(stage)
    assert f'value="{sid}"' in browser.opens("/desk/call-backs/new").get_data(as_text=True)
    key = key_of(browser.sends("/desk/call-backs/new", BOOKED | {"call": sid}))
    assert given(holder(stage.application, Role.HANDLER), f"/callbacks/{key}")["call"] == sid
    alone = signed_in(stage.application, Role.HANDLER, "alone@example.org")
    found = reads(alone, "/desk?q=safeguarding")
    assert ("found." in found, "Hand over" in found) == (True, False)


def test_on_the_desk_ones_own_is_released_or_ended_with_a_note(stage: Stage) -> None:
    by = holder(stage.application, Role.HANDLER, "Colin Colleague")
    key = books(by)["id"]
    browser = at_the_desk(stage)
    path = f"/desk/callbacks/{key}"
    assert "Outcome with a note" not in reads(browser)
    browser.sends(f"{path}/take")
    assert f'href="/desk/call-backs/{key}"' in browser.opens("/desk").get_data(as_text=True)
    refused = browser.sends(f"{path}/outcome", {"outcome": "sold", f"note-{key}": "x" * 20_001})
    shown = refused.get_data(as_text=True)
    assert (refused.status_code, f'href="#note-{key}">Note: ' in shown, "x" * 20_001 in shown) == (422, True, True)
    told = {"outcome": "left-word", f"note-{key}": "With her sister.", "note-another": "Another."}
    assert browser.sends(f"{path}/outcome", told).status_code == 303
    assert given(by, f"/callbacks/{key}")["note"] == "With her sister."
    assert browser.sends(f"{path}/release").status_code == 303
    assert "; yours" not in reads(browser)


@pytest.mark.parametrize(
    ("answers", "is_deaf", "words"),
    [
        (False, False, "given up: the handler hung up before anybody was heard to answer"),
        (True, False, "answered, 8 seconds"),
        (False, True, "given up: the handler hung up before anybody was heard to answer"),
        (True, True, "picked up; how long they spoke was not told"),
    ],
)
def test_what_is_known_is_told_of_an_attempt_in_which_the_handler_hung_up_first(
    stage: Stage, *, answers: bool, is_deaf: bool, words: str
) -> None:
    if is_deaf:
        stage.gate = Deaf(stage.application)
        stage.plugs_in()
    browser = at_the_desk(stage)
    key = key_of(browser.sends("/desk/call-backs/new", BOOKED))
    stage.exchange.phone(HANDLER).will(THERE)
    if answers:
        stage.exchange.phone(PERSON).will(Person("", after=2, talks=30))
    assert browser.sends(f"/desk/call-backs/{key}/dial").status_code == 303
    stage.until(lambda: bool(legs_to(stage, PERSON)), 30)
    (mine,), (theirs,) = legs_to(stage, HANDLER), legs_to(stage, PERSON)
    if answers:
        stage.until(lambda: stage.hears(theirs) == {HANDLER}, 30)
    stage.exchange.advance(5)
    mine.hangs_up()
    stage.until(lambda: all(leg.is_over for leg in stage.exchange.legs), 30)
    stage.exchange.settle()
    page = reads(browser, f"/desk/call-backs/{key}")
    assert words in page
    assert "Test Handler: nothing was told" not in page
