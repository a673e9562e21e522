"""Consultations: kept apart, passed with their form, advised, and made a referral after all; on both databases."""

from typing import Any

from app import Application
from store import tables, tables_contacts, tables_papers
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.wall_clock import given, sent, tasks_of

ANN = {"name": "Ann Example", "born": "2019-05-31"}
ASKED = {
    "authority": "cambridgeshire", "professional": "Perry Teacher", "agency": "Drama School", "reached_by": "020 7946 0555",
    "children": [ANN], "question": "Is this for you?",
}  # fmt: skip


def asked(by: Holder, **more: Any) -> dict[str, Any]:
    return sent(by, "POST", "/consultations", {**ASKED, **more}, 201)


def test_a_consultation_makes_no_contact_record_and_the_caller_is_told_what_is_kept(
    office: Application, ida: Holder
) -> None:
    made = asked(ida)
    assert (made["state"], made["about"], made["children"][0]["name"]) == ("open", "", "Ann Example")
    assert "confidential list" in made["say"][0]["words"]
    with office.database.read() as connection:
        assert connection.execute(tables_contacts.contact.select()).all() == []
    found = ida.sends("POST", "/contact-search", {"name": ANN["name"], "born": ANN["born"]})
    assert found.get_json()["items"] == []


def test_the_form_goes_to_whoever_advises_and_may_go_to_the_other(ida: Holder) -> None:
    key = asked(ida)["id"]
    sent(ida, "POST", f"/consultations/{key}/pass", {"to": "mash-navigator"})
    assert tasks_of(ida, key)["consultation-navigator"]["role"] == "mash-navigator"
    sent(ida, "POST", f"/consultations/{key}/pass", {"to": "early-help-area-manager"})
    assert set(tasks_of(ida, key)) == {"consultation-early-help"}
    assert codes(ida.sends("POST", f"/consultations/{key}/pass", {"to": "a friend"})) == {"to": "choice"}


def test_what_was_advised_is_written_down_and_the_form_is_filed(ida: Holder, tom: Holder) -> None:
    key = asked(ida)["id"]
    sent(ida, "POST", f"/consultations/{key}/pass", {"to": "mash-navigator"})
    done = sent(
        tom, "POST", f"/consultations/{key}/advice", {"advice": "Speak to the mother.", "advised_by": "Nav Igator"}
    )
    assert (done["state"], done["advice"], done["advised_by"]) == ("advised", "Speak to the mother.", "Nav Igator")
    assert set(tasks_of(ida, key)) == {"consultation-filing"}
    again = {"advice": "Or not.", "advised_by": "Nav Igator"}
    assert tom.sends("POST", f"/consultations/{key}/advice", again).status_code == 409
    assert codes(tom.sends("POST", f"/consultations/{key}/advice", {})) == {
        "advice": "missing",
        "advised_by": "missing",
    }


def test_it_becomes_a_referral_with_everything_that_is_known(ida: Holder) -> None:
    key = asked(ida)["id"]
    sent(ida, "POST", f"/consultations/{key}/advice", {"advice": "Refer her.", "advised_by": "Nav Igator"})
    done = sent(ida, "POST", f"/consultations/{key}/referral", {})
    assert done["state"] == "referred"
    fields = given(ida, f"/contacts/{done['about']}")["fields"]
    assert fields["children"] == [{**ANN, "gender": ""}]
    assert (fields["concern"], fields["referrer_name"]) == ("Is this for you?\n\nRefer her.", "Perry Teacher")
    assert "decision" in tasks_of(ida, done["about"])
    assert ida.sends("POST", f"/consultations/{key}/referral", {}).status_code == 409


def test_the_record_of_the_call_is_filled_where_it_is_empty_and_nothing_is_overwritten(ida: Holder) -> None:
    sent(ida, "PUT", "/calls/CA7/contact", {"fields": {"concern": "As it was typed."}, "authority": "cambridgeshire"})
    key = asked(ida, call="CA7")["id"]
    done = sent(ida, "POST", f"/consultations/{key}/referral", {})
    fields = given(ida, "/calls/CA7/contact")["fields"]
    assert given(ida, "/calls/CA7/contact")["id"] == done["about"]
    assert (fields["concern"], fields["referrer_name"]) == ("As it was typed.", "Perry Teacher")


def test_what_was_said_is_sealed_and_every_reading_noted(office: Application, ida: Holder, tom: Holder) -> None:
    key = asked(ida)["id"]
    given(tom, f"/consultations/{key}")
    assert "Example" not in str(given(tom, "/consultations"))
    with office.database.read() as connection:
        kept = connection.execute(tables_papers.consultation.select()).all()
        trail = connection.execute(tables.audit.select().order_by(tables.audit.c.sequence)).all()
    assert not [name for name in ("Example", "Perry", "Drama") if name in str([tuple(row) for row in (*kept, *trail)])]
    readers = [row.who.split(" (")[0] for row in trail if (row.kind, row.slug) == ("reading", key)]
    assert readers == ["Ida Officer", "Tom Manager"]


def test_only_those_read_them_who_answer_calls(office: Application, ida: Holder) -> None:
    key = asked(ida)["id"]
    for role in (Role.AUDITOR, Role.VIEWER, Role.EDITOR):
        assert holder(office, role).asks(f"/consultations/{key}").status_code == 403
    assert holder(office, Role.ADMIN).asks(f"/consultations/{key}").status_code == 200


def test_every_fault_is_told_at_once(ida: Holder) -> None:
    reply = ida.sends("POST", "/consultations", {"children": [{"born": "yesterday"}, {}]})
    assert codes(reply) == {
        "authority": "missing", "professional": "missing", "question": "missing", "children.0.born": "date",
        "children.1.name": "missing",
    }  # fmt: skip
    assert given(ida, "/consultations")["items"] == []


def test_lists_are_cut_and_asked_by_state(ida: Holder) -> None:
    keys = [asked(ida)["id"] for _ in range(3)]
    sent(ida, "POST", f"/consultations/{keys[1]}/referral", {})
    first = given(ida, "/consultations?limit=2")
    rest = given(ida, f"/consultations?limit=2&cursor={first['next']}")
    assert {one["id"] for one in first["items"] + rest["items"]} == set(keys)
    assert [one["id"] for one in given(ida, "/consultations?state=referred")["items"]] == [keys[1]]
    assert ida.asks("/consultations/none").status_code == 404
