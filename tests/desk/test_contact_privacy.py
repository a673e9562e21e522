"""Who reads a contact record, what the database and the audit trail hold of it; on both databases."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app import Application
from store import contacts, tables
from store.every_table import metadata
from store.keys import Role
from tests.admin.desk_client import Holder, holder
from tests.desk.test_contacts import ANN, CALL, reads, said, saves

CANARY = "canary words that nobody may find"
NAMED = {"anonymous": "yes", "referrer_name": "Rita Referrer", "referrer_contact": "020 7946 0777"}


@pytest.fixture
def hanna(application: Application) -> Holder:
    return holder(application, Role.HANDLER, "Hanna Handler")


@pytest.fixture
def other(application: Application) -> Holder:
    return holder(application, Role.HANDLER, "Otto Other")


def id_of(application: Application, name: str) -> str:
    with application.database.read() as connection:
        found = connection.scalar(select(tables.key.c.id).where(tables.key.c.name == name))
    assert found
    return str(found)


def trail(application: Application, key: str) -> list[Any]:
    with application.database.read() as connection:
        chosen = select(tables.audit).where(tables.audit.c.slug == key).order_by(tables.audit.c.sequence)
        return list(connection.execute(chosen))


def everything(application: Application) -> str:
    """Every value of every table."""
    with application.database.read() as connection:
        return "\n".join(str(row) for table in metadata.tables.values() for row in connection.execute(select(table)))


def test_nothing_personal_stands_unsealed_in_the_database(application: Application, hanna: Holder) -> None:
    child = {"name": "Cora Canary", "born": "2014-03-02", "gender": "girl"}
    saves(hanna, concern=CANARY, children=[child], **NAMED)
    reads(hanna, X_Reason="a look")
    assert hanna.asks(f"{CALL}/hand-over").status_code == 200
    held = everything(application)
    for personal in (CANARY, "Cora", "2014-03-02", "Rita", "7946 0777"):
        assert personal not in held
    if application.database.is_sqlite:
        assert b"concern" in _file(application), "the file that is looked at is the right one"
        assert CANARY.encode() not in _file(application)


def _file(application: Application) -> bytes:
    path = application.database.engine.url.database
    assert path
    return Path(path).read_bytes() + Path(f"{path}-wal").read_bytes()


def test_every_reading_and_every_save_stands_in_the_trail_without_what_was_written(
    application: Application, hanna: Holder, other: Holder
) -> None:
    key = saves(hanna, concern=CANARY)["id"]
    reads(other)
    other.asks(f"{CALL}/hand-over")
    rows = trail(application, key)
    assert [(row.kind, row.what) for row in rows] == [
        ("contact", "save"),
        ("reading", "read"),
        ("reading", "read as hand-over"),
    ]
    assert rows[0].after == {"version": 1, "fields": ["concern"], "authority": ""}
    assert all(row.who.startswith("Otto Other (") for row in rows[1:])


def test_a_lock_lets_in_those_who_are_named_and_nobody_else(
    application: Application, hanna: Holder, other: Holder
) -> None:
    key = saves(hanna, concern="delicate")["id"]
    admin = holder(application, Role.ADMIN, "Ada Admin")
    access = {"allowed": [id_of(application, "Otto Other")], "why": "delicate"}
    assert hanna.changes("PUT", f"/contacts/{key}/access", access).status_code == 200
    assert (reads(hanna)["locked"], reads(other)["locked"]) == (True, True)
    for path in (CALL, f"{CALL}/hand-over", f"/contacts/{key}", f"/contacts/{key}/hand-over"):
        refused = admin.asks(path)
        assert refused.status_code == 403
        assert "open only to those who are named" in refused.get_json()["detail"]
    assert admin.sends("PUT", CALL, {"fields": {"concern": "mine now"}}).status_code == 403
    assert admin.sends("PUT", f"/contacts/{key}/access", {"allowed": [], "why": "me too"}).status_code == 403


def test_a_record_is_kept_from_somebody_who_is_of_the_family(
    application: Application, hanna: Holder, other: Holder
) -> None:
    key = saves(hanna, children=[ANN])["id"]
    path = f"/contacts/{key}/access"
    otto = id_of(application, "Otto Other")
    seen = hanna.asks(path).headers["ETag"]
    assert hanna.sends("PUT", path, {"blocked": [otto], "why": "their own child"}, If_Match=seen).status_code == 200
    again = hanna.sends("PUT", path, {"why": "an old page would open it again"}, If_Match=seen)
    assert (again.status_code, hanna.asks(path).get_json()["blocked"]) == (412, [otto])
    assert "closed to you" in other.asks(CALL).get_json()["detail"]
    child = {"name": ANN["name"], "born": ANN["born"]}
    assert other.sends("POST", "/contact-search", child).get_json()["items"] == []
    third = holder(application, Role.HANDLER, "Theo Third")
    assert third.asks(CALL).status_code == 200
    assert len(third.sends("POST", "/contact-search", child).get_json()["items"]) == 1
    hanna_id = id_of(application, "Hanna Handler")
    wrong = hanna.changes("PUT", path, {"allowed": [otto], "blocked": [otto, hanna_id]})
    assert {error["code"] for error in wrong.get_json()["errors"]} == {"missing", "yourself", "both-ways"}
    nobody = hanna.changes("PUT", path, {"blocked": ["0tto"], "why": "a slip of the pen"}).get_json()
    assert "nobody has the id “0tto”" in nobody["errors"][0]["message"]


def test_the_record_of_a_colleagues_family_closes_itself(hanna: Holder, other: Holder) -> None:
    saved = saves(hanna, staff_family="yes")
    assert saved["locked"]
    assert "head-of-service" in said(saved)
    assert other.asks(CALL).status_code == 403
    saves(hanna, staff_family="no")
    assert other.asks(CALL).status_code == 403, "a typed field opens nothing"
    assert hanna.asks(CALL).status_code == 200


def test_who_asks_not_to_be_named_is_named_only_to_those_entitled_and_with_a_reason(
    application: Application, hanna: Holder, other: Holder
) -> None:
    key = saves(hanna, concern="noise at night", **NAMED)["id"]
    for reader, headers in ((other, {"X_Reason": "curious"}), (hanna, {})):
        read = reads(reader, **headers)
        assert read["fields"] == {"concern": "noise at night", "anonymous": "yes"}
        assert read["hidden"] == ["referrer_name", "referrer_contact"]
    assert reads(hanna, X_Reason="to call back")["fields"]["referrer_name"] == "Rita Referrer"
    last = trail(application, key)[-1]
    assert (last.what, last.why) == ("read with the caller's name", "to call back")
    text_of_it = hanna.asks(f"{CALL}/hand-over", X_Reason="to call back").get_data(as_text=True)
    assert "Rita" not in text_of_it
    assert "asks not to be named" in text_of_it


def test_the_list_of_calls_does_not_give_an_anonymous_caller_away(application: Application, hanna: Holder) -> None:
    with application.database.write() as connection:
        for sid in ("CA1", "CA2"):
            connection.execute(tables.call.insert().values(sid=sid, line="devon", caller="+442079460777"))
    saves(hanna, "/calls/CA1/contact", anonymous="yes")
    shown = {call["sid"]: call["caller"] for call in hanna.asks("/calls").get_json()["items"]}
    assert shown["CA1"] is None
    assert shown["CA2"]["e164"] == "+442079460777"
    assert [call["sid"] for call in hanna.asks("/calls?q=2079460777").get_json()["items"]] == ["CA2"]
    assert hanna.asks("/calls/CA1").get_json()["caller"] is None


def test_roles_without_casework_see_none(application: Application, hanna: Holder) -> None:
    key = saves(hanna, concern="x")["id"]
    for role in (Role.EDITOR, Role.AUDITOR, Role.VIEWER):
        reader = holder(application, role)
        assert {reader.asks(path).status_code for path in (CALL, f"{CALL}/hand-over", f"/contacts/{key}")} == {403}


def test_a_record_under_a_secret_that_is_gone_is_refused_in_words(application: Application, hanna: Holder) -> None:
    saves(hanna, concern="x")
    with application.database.write() as connection:
        known = contacts.of_call(connection, CALL.split("/")[2])
        assert known
        connection.execute(metadata.tables["contact_field"].update().values(sealed="AAAA"))
    refused = hanna.asks(CALL)
    assert (refused.status_code, "secret" in refused.get_json()["detail"]) == (409, True)
