"""The contact record over the API: saved as it is typed, kept, passed on, found again; on both databases."""

from typing import Any

import pytest

from app import Application
from store import tables
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder

CALL = "/calls/CA00000000000000000000000000000001/contact"
ANN = {"name": "Ann Example", "born": "2019-05-31", "gender": "girl"}


@pytest.fixture
def hanna(application: Application) -> Holder:
    return holder(application, Role.HANDLER, "Hanna Handler")


@pytest.fixture
def other(application: Application) -> Holder:
    return holder(application, Role.HANDLER, "Otto Other")


def saves(by: Holder, path: str = CALL, authority: str = "", **fields: Any) -> dict[str, Any]:
    reply = by.sends("PUT", path, {"fields": fields, "authority": authority})
    assert reply.status_code == 200, reply.get_json()
    answer: dict[str, Any] = reply.get_json()
    return answer


def reads(by: Holder, path: str = CALL, **headers: str) -> dict[str, Any]:
    reply = by.asks(path, **headers)
    assert reply.status_code == 200, reply.get_json()
    answer: dict[str, Any] = reply.get_json()
    return answer


def said(saved: dict[str, Any]) -> set[str]:
    return {prompt["code"] for prompt in saved["prompts"]}


def test_what_is_typed_is_saved_field_by_field_and_the_rest_stays(hanna: Holder) -> None:
    first = saves(hanna, concern="Alone since Monday.", children=[ANN])
    second = saves(hanna, concern="Alone since Sunday.", address="1 Drama Road")
    assert (first["version"], second["version"], second["id"]) == (1, 2, first["id"])
    read = reads(hanna)
    assert read["fields"] == {"concern": "Alone since Sunday.", "children": [ANN], "address": "1 Drama Road"}
    assert (read["version"], read["saved_at"]) == (2, second["saved_at"])


def test_an_empty_value_empties_a_field(hanna: Holder) -> None:
    saves(hanna, concern="A mistake.", children=[ANN])
    saves(hanna, concern="", children=[])
    assert reads(hanna)["fields"] == {}


def test_every_fault_is_told_at_once_and_nothing_is_saved(hanna: Holder) -> None:
    wrong = {
        "concern": 7,
        "crime": "perhaps",
        "shoe_size": "9",
        "children": [{"born": "yesterday"}],
        "household": "many",
    }
    reply = hanna.sends("PUT", CALL, {"fields": wrong | {"address": "x" * 20_001}})
    assert reply.status_code == 422
    assert codes(reply) == {
        "fields.concern": "text", "fields.crime": "choice", "fields.shoe_size": "unknown-field",
        "fields.children.0.born": "date", "fields.household": "list", "fields.address": "too-long",
    }  # fmt: skip
    assert hanna.asks(CALL).status_code == 404


def test_nothing_is_no_save(hanna: Holder) -> None:
    assert codes(hanna.sends("PUT", CALL, {})) == {"fields": "missing"}


def test_the_authority_of_a_call_is_that_of_its_line(application: Application, hanna: Holder) -> None:
    with application.database.write() as connection:
        connection.execute(tables.call.insert().values(sid="CA1", line="devon"))
    saves(hanna, "/calls/CA1/contact", attends="mash", authority="derbyshire")
    assert reads(hanna, "/calls/CA1/contact")["authority"] == "devon"
    refused = hanna.sends("PUT", "/calls/CA1/contact", {"fields": {"outcome": "signposting"}})
    assert codes(refused) == {"fields.outcome": "unknown-field"}


def test_a_contact_without_a_call_has_an_address_of_its_own(hanna: Holder) -> None:
    made = hanna.sends("POST", "/contacts", {"fields": {"concern": "By letter."}, "authority": "sheffield"})
    path = f"/contacts/{made.get_json()['id']}"
    assert (made.status_code, made.headers["Location"]) == (201, f"/api/v1{path}")
    saves(hanna, path, caller="school")
    read = reads(hanna, path)
    assert (read["call"], read["fields"]) == (None, {"concern": "By letter.", "caller": "school"})
    assert "enquiry" in said(read)


def test_an_unknown_authority_is_refused(hanna: Holder) -> None:
    reply = hanna.sends("POST", "/contacts", {"fields": {"concern": "?"}, "authority": "atlantis"})
    assert codes(reply) == {"authority": "unknown"}


def test_a_hundred_quick_saves_stand_in_their_order(hanna: Holder) -> None:
    versions = [saves(hanna, concern=f"typed {count}")["version"] for count in range(100)]
    assert versions == list(range(1, 101))
    assert reads(hanna)["fields"]["concern"] == "typed 99"


def test_a_late_save_of_the_same_page_loses_and_that_of_another_page_counts(hanna: Holder) -> None:
    for page, sequence, text in (("p1", 2, "newer"), ("p1", 1, "late"), ("p2", 1, "another page")):
        body = {"fields": {"concern": text}, "page": page, "sequence": sequence}
        assert hanna.sends("PUT", CALL, body).status_code == 200
        expected = "another page" if page == "p2" else "newer"
        assert reads(hanna)["fields"]["concern"] == expected


def test_the_history_says_who_saved_which_fields_and_not_what(
    application: Application, hanna: Holder, other: Holder
) -> None:
    key = saves(hanna, concern="secret words")["id"]
    saves(other, events="more of them", needs="signs")
    auditor = holder(application, Role.AUDITOR)
    history = reads(auditor, f"/contacts/{key}/history")
    assert [(one["version"], one["fields"]) for one in history["items"]] == [(1, ["concern"]), (2, ["events", "needs"])]
    assert [one["who"].split(" (")[0] for one in history["items"]] == ["Hanna Handler", "Otto Other"]
    assert "secret" not in str(history)


def test_whoever_the_call_is_passed_on_to_reads_the_same_record(hanna: Holder, other: Holder) -> None:
    saves(hanna, authority="derbyshire", concern="Alone since Monday.", children=[ANN], protection_now="yes")
    assert reads(other)["fields"]["concern"] == "Alone since Monday."
    text = other.asks(f"{CALL}/hand-over")
    assert text.content_type == "text/plain; charset=utf-8"
    for part in ("Starting Point", "Alone since Monday.", "Ann Example, 2019-05-31, girl", "protection at once"):
        assert part in text.get_data(as_text=True)


def test_a_child_is_found_by_name_and_date_of_birth_however_they_are_written(hanna: Holder) -> None:
    key = saves(hanna, children=[{"name": "Zoë O'Drama", "born": "2015-02-01"}])["id"]
    found = hanna.sends("POST", "/contact-search", {"name": "zoe ODRAMA", "born": "2015-02-01"}).get_json()["items"]
    assert [one["id"] for one in found] == [key]
    assert (
        hanna.sends("POST", "/contact-search", {"name": "Zoë O'Drama", "born": "2015-02-02"}).get_json()["items"] == []
    )
    assert hanna.sends("POST", "/contact-search", {"name": "Zoë"}).status_code == 422
    saves(hanna, children=[])
    assert (
        hanna.sends("POST", "/contact-search", {"name": "Zoë O'Drama", "born": "2015-02-01"}).get_json()["items"] == []
    )


def test_the_record_of_a_young_parent_is_linked_and_taken_by_another_worker(hanna: Holder, other: Holder) -> None:
    child = saves(hanna, authority="cambridgeshire", parent_under_18="yes")
    assert "second-record" in said(child)
    own = hanna.sends("POST", "/contacts", {"fields": {"concern": "the parent"}}).get_json()["id"]
    links = f"/contacts/{child['id']}/links"
    assert hanna.sends("POST", links, {"other": own, "as": "parent-under-18"}).status_code == 409
    theirs = other.sends("POST", "/contacts", {"fields": {"concern": "the parent"}}).get_json()["id"]
    assert hanna.sends("POST", links, {"other": theirs, "as": "parent-under-18"}).status_code == 200
    assert reads(other, f"/contacts/{theirs}")["linked"] == [{"id": child["id"], "why": "parent-under-18"}]
    assert codes(hanna.sends("POST", links, {"other": child["id"], "as": "friend"})) == {
        "other": "unknown",
        "as": "choice",
    }


def test_the_form_is_the_authoritys_own(hanna: Holder) -> None:
    derbyshire = {field["code"] for field in reads(hanna, "/contact-fields?authority=derbyshire")["fields"]}
    assert "outcome" in derbyshire
    assert not {"rating", "attends"} & derbyshire
    assert hanna.asks("/contact-fields?authority=atlantis").status_code == 404


def test_a_record_that_is_not_there_is_404(hanna: Holder) -> None:
    for path in (
        CALL,
        f"{CALL}/hand-over",
        "/contacts/0123456789abcdef",
        "/contacts/none/hand-over",
        "/calls/a.b/contact",
    ):
        assert hanna.asks(path).status_code == 404
    assert hanna.sends("PUT", "/calls/a.b/contact", {"fields": {"concern": "?"}}).status_code == 404
