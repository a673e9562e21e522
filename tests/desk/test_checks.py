"""Basic checks: only the bodies of the list, only four facts, only once it is established who asks; on both databases."""

from typing import Any

import pytest

from app import Application
from desk.bodies import BODIES
from store import tables, tables_contacts, tables_papers
from store.callbacks import CallBack, Sort, add
from tests.admin.desk_client import Holder, codes
from tests.desk.wall_clock import WallClock, given, sent, tasks_of

ANN = {"name": "Ann Example", "born": "2019-05-31"}
ASKED = {
    "authority": "cambridgeshire", "body": "cafcass", "enquirer": "Cass Officer", "involvement": "A report for the court.",
    "children": [ANN],
}  # fmt: skip
TOLD = {"known": "yes", "case": "open", "worker": "W Orker", "manager": "M Anager", "siblings": [{"case": "closed"}]}


def asked(by: Holder, **more: Any) -> str:
    return str(sent(by, "POST", "/checks", {**ASKED, **more}, 201)["id"])


def test_a_check_is_no_contact(office: Application, ida: Holder) -> None:
    key = asked(ida)
    assert given(ida, "/checks")["items"][0]["body"] == "CAFCASS"
    assert set(tasks_of(ida, key)) == {"basic-check"}
    with office.database.read() as connection:
        assert connection.execute(tables_contacts.contact.select()).all() == []


@pytest.mark.parametrize("body", ["school", "gp", "", "another"])
def test_schools_gps_and_others_are_not_on_the_list_and_the_remedy_is_told(ida: Holder, body: str) -> None:
    reply = ida.sends("POST", "/checks", {**ASKED, "body": body})
    assert codes(reply) == {"body": "not-on-the-list"}
    assert "kindly" in reply.get_json()["errors"][0]["message"]


def test_eleven_bodies_may_ask(ida: Holder) -> None:
    assert len(BODIES) == 11
    for code in BODIES:
        asked(ida, body=code)


def test_nothing_is_told_before_it_is_established_who_asks(ida: Holder) -> None:
    key = asked(ida)
    assert ida.sends("POST", f"/checks/{key}/answer", TOLD).status_code == 409
    done = sent(ida, "POST", f"/checks/{key}/established", {"how": "identity"})
    assert (done["state"], done["established_by"].split(" (")[0]) == ("established", "Ida Officer")
    told = sent(ida, "POST", f"/checks/{key}/answer", TOLD)
    assert (told["state"], told["answer"]) == ("answered", TOLD)
    assert tasks_of(ida, key) == {}
    assert ida.sends("POST", f"/checks/{key}/answer", TOLD).status_code == 409


def test_in_doubt_only_a_call_back_will_do(ida: Holder) -> None:
    key = asked(ida, in_doubt=True)
    assert codes(ida.sends("POST", f"/checks/{key}/established", {"how": "identity"})) == {"how": "in-doubt"}
    assert codes(ida.sends("POST", f"/checks/{key}/established", {"how": "call-back"})) == {"callback": "not-verified"}
    assert codes(ida.sends("POST", f"/checks/{key}/established", {"how": "by eye"})) == {"how": "choice"}
    assert given(ida, f"/checks/{key}")["state"] == "asked"


def test_the_call_back_must_be_a_verified_one_to_the_body_that_asks(
    office: Application, ida: Holder, wall: WallClock
) -> None:
    key = asked(ida, in_doubt=True)
    calls = {"a" * 16: ("cafcass", None), "b" * 16: ("police", wall.now()), "c" * 16: ("cafcass", wall.now())}
    with office.database.write() as connection:
        for one, (body, verified) in calls.items():
            made = CallBack(
                one, "cambridgeshire", "", None, wall.now(), "tests", wall.now(), wall.now(), [], wall.now(),
                kind=Sort.CHECK, body=body, verified_at=verified,
            )  # fmt: skip
            add(connection, made)
    for one in ("a" * 16, "b" * 16, "d" * 16, "none"):
        reply = ida.sends("POST", f"/checks/{key}/established", {"how": "call-back", "callback": one})
        assert codes(reply) == {"callback": "not-verified"}
    done = sent(ida, "POST", f"/checks/{key}/established", {"how": "call-back", "callback": "c" * 16})
    assert (done["state"], done["how"], done["callback"]) == ("established", "call-back", "c" * 16)


def test_who_cannot_be_established_is_told_nothing(ida: Holder) -> None:
    key = asked(ida, in_doubt=True)
    assert sent(ida, "POST", f"/checks/{key}/established", {"how": "not-established"})["state"] == "refused"
    assert ida.sends("POST", f"/checks/{key}/answer", TOLD).status_code == 409
    assert tasks_of(ida, key) == {}


@pytest.mark.parametrize("more", [{"address": "1 Drama Road"}, {"siblings": [{"case": "open", "name": "Ben Example"}]}])
def test_there_is_no_room_for_a_fifth_fact(ida: Holder, more: dict[str, Any]) -> None:
    key = asked(ida)
    sent(ida, "POST", f"/checks/{key}/established", {"how": "identity"})
    reply = ida.sends("POST", f"/checks/{key}/answer", {**TOLD, **more})
    assert set(codes(reply).values()) == {"unknown-field"}
    assert given(ida, f"/checks/{key}")["answer"] is None


def test_whoever_wants_to_know_more_writes_to_us(ida: Holder) -> None:
    key = asked(ida)
    sent(ida, "POST", f"/checks/{key}/established", {"how": "identity"})
    sent(ida, "POST", f"/checks/{key}/answer", {"known": "no", "more_wanted": True})
    assert set(tasks_of(ida, key)) == {"written-request"}


def test_of_a_child_who_is_not_known_nothing_else_is_told(ida: Holder) -> None:
    key = asked(ida)
    sent(ida, "POST", f"/checks/{key}/established", {"how": "identity"})
    wrong = {"known": "no", "case": "open", "worker": "W", "manager": "M", "siblings": [{"case": "ajar"}]}
    assert codes(ida.sends("POST", f"/checks/{key}/answer", wrong)) == {
        "case": "not-known", "worker": "not-known", "manager": "not-known", "siblings.0.case": "choice",
    }  # fmt: skip
    assert codes(ida.sends("POST", f"/checks/{key}/answer", {"known": "perhaps", "case": "ajar"})) == {
        "known": "choice", "case": "choice",
    }  # fmt: skip


def test_every_fault_is_told_at_once(ida: Holder) -> None:
    assert codes(ida.sends("POST", "/checks", {})) == {
        "authority": "missing", "body": "not-on-the-list", "enquirer": "missing", "involvement": "missing",
        "children": "missing",
    }  # fmt: skip
    assert given(ida, "/checks")["items"] == []
    assert ida.asks("/checks/none").status_code == 404


def test_who_asked_and_about_whom_is_sealed_and_every_reading_noted(
    office: Application, ida: Holder, tom: Holder
) -> None:
    key = asked(ida)
    given(tom, f"/checks/{key}")
    assert "Example" not in str(given(tom, "/checks?state=asked"))
    with office.database.read() as connection:
        kept = connection.execute(tables_papers.basic_check.select()).all()
        trail = connection.execute(tables.audit.select()).all()
    assert not [name for name in ("Example", "Cass") if name in str([tuple(row)[:8] for row in (*kept, *trail)])]
    assert "Tom Manager" in [row.who.split(" (")[0] for row in trail if (row.kind, row.slug) == ("reading", key)]
