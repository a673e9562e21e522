"""Can a handler take down checks and consultations on pages, establish who asks, and answer or refer? On both databases."""

import pytest

from app import Application
from store import callbacks
from store.keys import Role
from telephone import Person
from tests.admin.desk_client import Holder, codes, holder
from tests.admin.visitor import Visitor, person, signed_in
from tests.desk.logging_enquiries import ANN, enquires, readings
from tests.desk.stage import HANDLER, Stage
from tests.desk.test_page import at_the_desk, reads, talking, text
from tests.desk.test_page_papers import faults, key_of
from tests.desk.wall_clock import WallClock, given, sent, tasks_of


@pytest.fixture
def hana(office: Application) -> Visitor:
    """A handler with a browser."""
    return signed_in(office, Role.HANDLER, "hana@example.org")


CHECK = {
    "authority": "cambridgeshire", "body": "cafcass", "enquirer": "Cass Officer", "involvement": "A report for the court.",
    "children.0.name": ANN["name"], "children.0.born": ANN["born"],
}  # fmt: skip


def test_a_check_is_taken_down_established_and_answered_with_four_facts(
    office: Application, hana: Visitor, ida: Holder
) -> None:
    assert "No check was asked for." in reads(hana, "/desk/checks")
    key = key_of(hana.sends("/desk/checks/new", CHECK))
    path = f"/desk/checks/{key}"
    listed = reads(hana, "/desk/checks")
    assert ("CAFCASS Test Handler Asked" in listed, "Cass" in listed) == (True, False)
    assert "Note what was told" not in reads(hana, path)
    assert faults(hana.sends(f"{path}/established")) == ["How it was established: choose one."]
    assert key_of(hana.sends(f"{path}/established", {"how": "identity"})) == key
    assert faults(hana.sends(f"{path}/answer", {"worker": "W Orker"})) == ["Whether the child is known: choose one."]
    more = hana.sends(f"{path}/answer", {"known": "yes", "siblings.0.case": "closed", "step": "another"})
    assert 'name="siblings.1.case"' in more.get_data(as_text=True)
    told = {"known": "yes", "case": "open", "worker": "W Orker", "siblings.2.case": "closed", "more_wanted": "yes"}
    assert key_of(hana.sends(f"{path}/answer", told)) == key
    shown = reads(hana, path)
    for words in (
        "Answered",
        "Test Handler: It is clear who they are",
        "Worker W Orker",
        "The case Open",
        "cases closed",
    ):
        assert words in shown, words
    assert set(tasks_of(ida, key)) == {"written-request"}
    assert readings(office, key)


def test_whoever_is_not_on_the_list_is_refused_in_words(hana: Visitor) -> None:
    reply = hana.sends("/desk/checks/new", CHECK | {"body": "", "enquirer": "", "in_doubt": "yes"})
    said = faults(reply)
    assert said[0].startswith(
        "Which body they are from: choose one; nobody else is answered, and schools and GPs are not"
    )
    assert said[1].startswith("Full name of whoever asks: ")
    assert 'id="in_doubt" value="yes" checked' in reply.get_data(as_text=True)
    key = key_of(hana.sends("/desk/checks/new", CHECK))
    assert key_of(hana.sends(f"/desk/checks/{key}/established", {"how": "not-established"})) == key
    late = hana.sends(f"/desk/checks/{key}/answer", {"known": "yes"})
    assert (late.status_code, "This is “refused” by now" in text(late)) == (409, True)
    assert hana.sends(f"/desk/checks/{key}/burn").status_code == 404


def test_in_doubt_the_switchboard_is_called_back_and_verifies_who_asks(stage: Stage) -> None:
    admin = holder(stage.application, Role.ADMIN, "Ada Admin")
    board = {"number": "020 7946 0710", "why": "their web page"}
    assert admin.sends("PUT", "/bodies/cafcass/switchboard", board).status_code == 200
    browser = at_the_desk(stage)
    path = f"/desk/checks/{key_of(browser.sends('/desk/checks/new', CHECK | {'in_doubt': 'yes'}))}"
    assert ("It is clear who they are" in reads(browser, path), "Book a call back" in reads(browser, path)) == (
        False,
        True,
    )
    assert browser.sends(f"{path}/call-back").status_code == 303
    (back,) = given(admin, "/callbacks")["items"]
    assert "A call back is booked. Dial it from its page" in reads(browser, path)
    early = browser.sends(f"{path}/verified")
    assert (early.status_code, "Nobody at the switchboard has answered yet" in text(early)) == (409, True)
    stage.exchange.phone(HANDLER).will(Person("1", after=3))
    stage.exchange.phone("+442079460710").will(Person("", after=3, talks=4))
    assert browser.sends(f"/desk/callbacks/{back['id']}/dial").status_code == 303
    stage.until(lambda: bool(stage.exchange.phone("+442079460710").calls), 30)
    stage.exchange.advance(20)
    assert "It was dialled: answered." in reads(browser, path)
    assert "Their switchboard has verified who asks" in reads(browser, path)
    assert "It was them 020 7946 0710" in reads(browser)
    assert "It was them: their switchboard" in reads(browser, f"/desk/call-backs/{back['id']}")
    assert browser.sends(f"/desk/callbacks/{back['id']}/outcome", {"outcome": "verified"}).status_code == 303
    assert "It is established by this call back" in reads(browser, path)
    assert browser.sends(f"{path}/verified").status_code == 303
    assert "By a call back to their switchboard" in reads(browser, path)


def test_a_check_is_established_by_its_own_call_back_and_by_no_other(
    office: Application, hana: Visitor, ida: Holder, wall: WallClock
) -> None:
    one, other = (key_of(hana.sends("/desk/checks/new", CHECK | {"in_doubt": "yes"})) for _ in range(2))
    assert hana.sends(f"/desk/checks/{one}/call-back").status_code == 303
    back = given(ida, f"/checks/{one}")["callback"]
    assert given(ida, f"/callbacks/{back}")["check"] == one
    assert f'href="/desk/checks/{one}"' in hana.opens(f"/desk/call-backs/{back}").get_data(as_text=True)
    assert back not in hana.opens(f"/desk/checks/{other}").get_data(as_text=True)
    again = hana.sends(f"/desk/checks/{one}/call-back")
    assert (again.status_code, "is booked for this check already" in text(again)) == (409, True)
    with office.database.write() as connection:
        callbacks.change(
            connection, back, state="done", outcome="verified", verified_at=wall.now(), verified_by="A Colleague (x)"
        )
    by_it = {"how": "call-back", "callback": back}
    assert codes(ida.sends("POST", f"/checks/{other}/established", by_it)) == {"callback": "not-verified"}
    assert "A Colleague, Wed 25 Nov 2026 10:00" in reads(hana, f"/desk/checks/{one}")
    assert hana.sends(f"/desk/checks/{one}/verified").status_code == 303
    assert given(ida, f"/checks/{one}")["callback"] == back


def test_another_call_back_is_booked_once_the_first_has_come_to_nothing(hana: Visitor, ida: Holder) -> None:
    key = key_of(hana.sends("/desk/checks/new", CHECK))
    path = f"/desk/checks/{key}"
    none = hana.sends(f"{path}/verified")
    assert (none.status_code, "No call back is booked" in text(none)) == (409, True)
    hana.sends(f"{path}/call-back")
    first = given(ida, f"/checks/{key}")["callback"]
    hana.sends(f"/desk/callbacks/{first}/outcome", {"outcome": "wrong-number"})
    assert "came to nothing" in reads(hana, path)
    assert "Book another call back" in reads(hana, path)
    assert hana.sends(f"{path}/call-back").status_code == 303
    assert given(ida, f"/checks/{key}")["callback"] != first


def test_who_asked_is_not_established_anew_once_an_enquiry_is_referred_or_answered(ida: Holder) -> None:
    referred, answered = (f"/enquiries/{enquires(ida, ANN)['id']}" for _ in range(2))
    how = {"how": "Rang the ward."}
    contact = sent(ida, "POST", f"{referred}/referral", {}, 201)["contact"]
    sent(ida, "POST", f"{answered}/verification", how)
    sent(ida, "POST", f"{answered}/answer", {"answer": "No."})
    assert contact in sent(ida, "POST", f"{referred}/verification", how, 409)["detail"]
    assert "answered already" in sent(ida, "POST", f"{answered}/verification", how, 409)["detail"]
    assert [given(ida, path)["state"] for path in (referred, answered)] == ["referred", "answered"]


CONSULTS = {
    "authority": "cambridgeshire", "professional": "Petra Head", "agency": "A school", "reached_by": "020 7946 0641",
    "children.0.name": ANN["name"], "children.0.born": ANN["born"], "question": "Is this for Early Help?",
}  # fmt: skip


def test_a_consultation_is_passed_on_and_advised(office: Application, hana: Visitor, ida: Holder) -> None:
    assert "No consultation was asked for." in reads(hana, "/desk/consultations")
    key = key_of(hana.sends("/desk/consultations/new", CONSULTS))
    path = f"/desk/consultations/{key}"
    for words in ("This does not go on social care records.", "Petra Head", "Is this for Early Help?", "Ann Example"):
        assert words in reads(hana, path), words
    assert faults(hana.sends(f"{path}/pass")) == ["Who advises: choose one."]
    assert key_of(hana.sends(f"{path}/pass", {"to": "mash-navigator"})) == key
    assert "consultation-navigator" in tasks_of(ida, key)
    listed = reads(hana, "/desk/consultations?state=with-adviser")
    assert ("MASH navigator Test Handler With the adviser" in listed, "Petra" in listed) == (True, False)
    reply = hana.sends(f"{path}/advice", {"advice": "Yes."})
    assert [words.partition(":")[0] for words in faults(reply)] == ["Who advised it"]
    assert ">Yes.</textarea>" in reply.get_data(as_text=True)
    assert key_of(hana.sends(f"{path}/advice", {"advice": "Yes.", "advised_by": "Nav Igator"})) == key
    assert "What was advised Yes." in reads(hana, path)
    assert readings(office, key)


def test_a_consultation_becomes_a_referral(hana: Visitor, ida: Holder) -> None:
    reply = hana.sends("/desk/consultations/new", {"professional": "Petra Head"})
    assert [words.partition(":")[0] for words in faults(reply)] == ["Authority", "What they ask"]
    key = key_of(hana.sends("/desk/consultations/new", CONSULTS))
    path = f"/desk/consultations/{key}"
    assert key_of(hana.sends(f"{path}/referral")) == key
    record = given(ida, f"/consultations/{key}")["about"]
    assert f"contact record {record}" in reads(hana, path)
    again = hana.sends(f"{path}/referral")
    assert (again.status_code, "This is “referred” by now" in text(again)) == (409, True)
    assert hana.sends(f"{path}/burn").status_code == 404


def test_a_consultation_about_a_locked_record_is_closed_to_others(
    office: Application, hana: Visitor, ida: Holder
) -> None:
    key = key_of(hana.sends("/desk/consultations/new", CONSULTS))
    hana.sends(f"/desk/consultations/{key}/referral")
    record = given(ida, f"/consultations/{key}")["about"]
    access = {"allowed": [person(office, Role.HANDLER, "named@example.org").id], "why": "a colleague's child"}
    locked = ida.changes("PUT", f"/contacts/{record}/access", access)
    assert locked.status_code == 200, locked.get_json()
    shown = hana.opens(f"/desk/consultations/{key}")
    assert (shown.status_code, "open only to those who are named" in text(shown)) == (403, True)


def test_a_paper_belongs_to_the_call_that_its_handler_is_in(stage: Stage) -> None:
    browser, sid = talking(stage)
    page = browser.opens("/desk/consultations/new").get_data(as_text=True)
    assert f'value="{sid}"' in page
    key = key_of(browser.sends("/desk/consultations/new", CONSULTS | {"call": sid}))
    assert given(holder(stage.application, Role.HANDLER), f"/consultations/{key}")["call"] == sid
