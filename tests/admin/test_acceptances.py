"""How is a warning accepted for a time, and when does it come back?"""

from typing import Any

import pytest

from app import Application
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.admin.visitor import signed_in

TEAM = "/teams/devon-pt-north"
MOBILE = "code=mobile-only&q=north"
GIVEN = {"until": "2027-01-31T17:00", "why": "the team has been asked"}


def one(who: Holder, query: str) -> dict[str, Any]:
    found = who.asks(f"/findings?{query}").get_json()["items"]
    assert len(found) == 1, found
    return dict(found[0])


def listed(who: Holder, query: str) -> list[str]:
    return [row["slug"] for row in who.asks(f"/findings?{query}").get_json()["items"]]


def test_an_accepted_warning_is_left_out_until_its_end_and_told_on_demand(admin: Holder) -> None:
    found = one(admin, MOBILE)
    assert found["accepted"] is None
    reply = admin.sends("POST", f"/findings/{found['id']}/acceptance", GIVEN)
    assert (reply.status_code, reply.get_json()["accepted"]["why"]) == (201, "the team has been asked")
    assert listed(admin, MOBILE) == []
    assert listed(admin, f"{MOBILE}&accepted=yes") == listed(admin, f"{MOBILE}&accepted=all") == ["devon-pt-north"]
    deed = admin.asks("/audit?limit=1").get_json()["items"][0]
    assert (deed["what"], deed["kind"], deed["why"]) == ("accept", "finding", "the team has been asked")


def test_taken_back_it_is_told_again(admin: Holder) -> None:
    key = one(admin, MOBILE)["id"]
    assert admin.sends("DELETE", f"/findings/{key}/acceptance").status_code == 404
    admin.sends("POST", f"/findings/{key}/acceptance", GIVEN)
    assert admin.sends("DELETE", f"/findings/{key}/acceptance").status_code == 204
    assert listed(admin, MOBILE) == ["devon-pt-north"]


def test_a_warning_that_says_something_else_is_not_accepted(admin: Holder) -> None:
    key = one(admin, MOBILE)["id"]
    admin.sends("POST", f"/findings/{key}/acceptance", GIVEN)
    numbers = [{"number": "07790 770714"}]
    assert admin.changes("PUT", f"{TEAM}/duty-numbers", numbers, seen_at=TEAM).status_code == 200
    assert one(admin, MOBILE)["id"] != key


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"until", "why"}),
        ({"until": "2020-01-01T10:00", "why": "x"}, {"until"}),
        ({"until": "2031-01-01T10:00", "why": "x"}, {"until"}),
        ({"until": "teatime", "why": "x"}, {"until"}),
    ],
)
def test_a_reason_and_an_end_within_a_year_are_asked_for(admin: Holder, body: dict[str, str], wrong: set[str]) -> None:
    reply = admin.sends("POST", f"/findings/{one(admin, MOBILE)['id']}/acceptance", body)
    assert reply.status_code == 422
    assert {error["field"] for error in reply.get_json()["errors"]} == wrong


def test_what_is_refuted_is_never_accepted(admin: Holder) -> None:
    emptied = {"duty_numbers": [], "why": "moved"}
    reply = admin.changes("PUT", "/teams/devon-edt/duty-numbers", emptied, seen_at="/teams/devon-edt")
    assert reply.status_code == 200, reply.get_json()
    found = one(admin, "severity=refuted")
    reply = admin.sends("POST", f"/findings/{found['id']}/acceptance", GIVEN)
    assert (reply.status_code, codes(reply)) == (422, {"severity": "refuted"})


def test_a_finding_that_is_not_there_is_not_accepted(admin: Holder) -> None:
    assert admin.sends("POST", "/findings/nothing/acceptance", GIVEN).status_code == 404


def test_on_the_page_it_is_accepted_by_a_form_and_taken_back_by_a_button(application: Application) -> None:
    admin = signed_in(application, Role.ADMIN)
    key = one(holder(application, Role.ADMIN), MOBILE)["id"]
    assert f"/admin/findings/{key}/accept" in admin.opens("/admin/findings?q=north").get_data(as_text=True)
    refused = admin.sends(f"/admin/findings/{key}/accept", {"until": "", "why": ""})
    assert (refused.status_code, 'href="#why"' in refused.get_data(as_text=True)) == (422, True)
    assert admin.sends(f"/admin/findings/{key}/accept", GIVEN).status_code == 303
    assert "the team has been asked" in admin.opens("/admin/findings?accepted=yes").get_data(as_text=True)
    assert admin.sends(f"/admin/findings/{key}/withdraw", {}).status_code == 303
    assert "No warning is accepted." in admin.opens("/admin/findings?accepted=yes").get_data(as_text=True)
