"""Exceptions from the policy take two persons, a reason, and less than a week."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app import Application, Config, build
from routing.clock import FixedClock
from store import tables
from store.keys import Role
from tests.admin.desk_client import CLOCK, Holder, codes, holder
from tests.store.recording import rows

DEVON, NUMBER = "/authorities/devon", "0844 496 0000"
WANTED = {"exceptions": [{"number": NUMBER, "reason": "the printed line"}], "why": "X99 was answered"}
TEAM = {"name": "Printed", "authority": "devon", "duty_numbers": [{"number": NUMBER}]}


@pytest.fixture
def second(application: Application) -> Holder:
    return holder(application, Role.ADMIN, "Sam Second")


def asked(admin: Holder) -> str:
    reply = admin.changes("PATCH", DEVON, WANTED)
    assert reply.status_code == 202, reply.get_data(as_text=True)
    assert reply.headers["Location"].endswith(reply.get_json()["id"])
    return f"/approvals/{reply.get_json()['id']}"


def test_nothing_is_written_before_another_admin_approves(admin: Holder, second: Holder) -> None:
    asking = asked(admin)
    assert admin.asks(DEVON).get_json()["exceptions"] == []
    assert codes(admin.sends("POST", "/teams", TEAM)) == {"duty_numbers.0.number": "destination-revenue-share"}
    decided = second.sends("POST", f"{asking}/approve", {}).get_json()
    assert (decided["state"], decided["decided_by"].split(" (")[0]) == ("approved", "Sam Second")
    assert admin.asks(DEVON).get_json()["exceptions"][0]["number"]["e164"] == "+448444960000"
    assert admin.sends("POST", "/teams", TEAM).status_code == 201


def test_the_trail_names_both_and_the_reason(application: Application, admin: Holder, second: Holder) -> None:
    second.sends("POST", f"{asked(admin)}/approve", {"why": "I called them"})
    deeds = rows(application.database, tables.audit)[-3:]
    assert [(deed["what"], deed["kind"]) for deed in deeds] == [
        ("ask", "approval"), ("approve", "approval"), ("change", "authority"),
    ]  # fmt: skip
    assert deeds[2]["who"].startswith("Sam Second (")
    assert deeds[2]["why"].startswith("X99 was answered (asked for by Ada Admin (")
    assert deeds[1]["why"] == "I called them"


def test_whoever_asks_cannot_approve_but_can_take_it_back(admin: Holder) -> None:
    asking = asked(admin)
    assert admin.sends("POST", f"{asking}/approve", {}).status_code == 403
    assert codes(admin.sends("POST", f"{asking}/reject", {})) == {"why": "why-missing"}
    assert admin.sends("POST", f"{asking}/reject", {"why": "a mistake"}).get_json()["state"] == "rejected"
    assert admin.sends("POST", f"{asking}/reject", {"why": "again"}).status_code == 409


def test_a_key_or_account_that_the_asker_has_made_or_changed_is_no_second_person(
    application: Application, admin: Holder
) -> None:
    asking = asked(admin)
    made = admin.sends("POST", "/keys", {"name": "Sam Second", "role": "admin"}).get_json()
    by_key = Holder(application.flask.test_client(), made["key"])
    assert by_key.sends("POST", f"{asking}/approve", {}).status_code == 403
    assert admin.asks(asking).get_json()["state"] == "waiting"


def test_a_key_that_the_asker_made_long_ago_is_a_colleagues(admin: Holder, config: Config) -> None:
    made = admin.sends("POST", "/keys", {"name": "Sam Second", "role": "admin"}).get_json()
    late = build(replace(config, state=config.state / "late"), FixedClock(CLOCK.now() + timedelta(days=8)))
    try:
        first, second = (Holder(late.flask.test_client(), key) for key in (admin.key, made["key"]))
        assert second.sends("POST", f"{asked(first)}/approve", {}).status_code == 200
    finally:
        late.close()


def test_of_two_who_approve_one_is_told_that_it_is_done(admin: Holder, second: Holder) -> None:
    asking = asked(admin)
    assert second.sends("POST", f"{asking}/approve", {}).status_code == 200
    assert second.sends("POST", f"{asking}/approve", {}).status_code == 409


def test_what_was_asked_on_an_older_version_is_not_approved(admin: Holder, second: Holder) -> None:
    first, later = asked(admin), asked(admin)
    second.sends("POST", f"{first}/approve", {})
    assert second.sends("POST", f"{later}/approve", {}).status_code == 409
    assert second.asks(later).get_json()["state"] == "waiting"


def test_after_a_week_nobody_can_approve(admin: Holder, config: Config) -> None:
    asking = asked(admin)
    late = build(replace(config, state=config.state / "late"), FixedClock(CLOCK.now() + timedelta(days=7)))
    try:
        second = holder(late, Role.ADMIN, "Sam Second")
        assert second.asks(asking).get_json()["state"] == "expired"
        assert second.sends("POST", f"{asking}/approve", {}).status_code == 409
    finally:
        late.close()


def test_every_fault_of_what_is_asked_is_told_at_once(admin: Holder) -> None:
    given = [{"number": "0909 879 0000", "reason": "r"}, {"number": "8481", "reason": "r"}, {"number": "999"}]
    assert codes(admin.changes("PATCH", DEVON, {"exceptions": given})) == {
        "why": "why-missing",
        "exceptions.0.number": "destination-premium",
        "exceptions.1.number": "needless",
        "exceptions.2.number": "number-short-code",
        "exceptions.2.reason": "missing",
    }


def test_an_exception_that_a_team_still_needs_stays(admin: Holder, second: Holder) -> None:
    second.sends("POST", f"{asked(admin)}/approve", {})
    admin.sends("POST", "/teams", TEAM)
    reply = admin.changes("PATCH", DEVON, {"exceptions": [], "why": "tidying"})
    assert codes(reply) == {"exceptions": "referred"}


def test_a_version_that_is_stale_or_missing_is_refused(admin: Holder) -> None:
    assert admin.sends("PATCH", DEVON, WANTED).status_code == 428
    assert admin.sends("PATCH", DEVON, WANTED, If_Match='"v9"').status_code == 412


def test_approvals_are_listed_by_state_and_authority(admin: Holder) -> None:
    asking = asked(admin)
    waiting = admin.asks("/approvals?state=waiting&authority=devon").get_json()["items"]
    assert [f"/approvals/{one['id']}" for one in waiting] == [asking]
    assert admin.asks("/approvals?state=approved").get_json()["items"] == []
    assert admin.asks("/approvals?authority=derby").get_json()["items"] == []
