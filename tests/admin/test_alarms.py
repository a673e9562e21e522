"""Where is an alarm seen, by whom, and what does acknowledging it change?"""

from typing import Any

import pytest

from app import Application
from ivr.alarms import Alarming, alarm
from store import alarms
from store.keys import Role
from tests.admin.desk_client import CLOCK, Holder, codes
from tests.admin.visitor import signed_in, visitor

LOW = alarm(Alarming.BALANCE_LOW, "", "3.20 GBP are left; the least is 20.")
GIVEN = {"until": "2026-11-26T17:00", "why": "topped up on Thursday"}


def raised(application: Application) -> str:
    """The id of an alarm that lasts, as the worker knows of it, too."""
    with application.database.write() as connection:
        alarms.raised(connection, [LOW], CLOCK.now())
        key = alarms.standing(connection)[0].id
    looks(application)
    return key


def looks(application: Application) -> None:
    application.flask.extensions["desk"].alarms.look(CLOCK.now())


def items(who: Holder, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = who.asks(f"/alarms{query}").get_json()["items"]
    return found


def ready(application: Application) -> dict[str, Any]:
    found: dict[str, Any] = application.flask.test_client().get("/readyz").get_json()
    return found


def test_where_nothing_is_amiss_every_list_is_empty(application: Application, admin: Holder) -> None:
    assert (items(admin), items(admin, "?state=over")) == ([], [])
    page = signed_in(application, Role.VIEWER).opens("/admin/alarms").get_data(as_text=True)
    assert "Nothing is amiss that we know of." in page
    assert "What is amiss" not in visitor(application).opens("/").get_data(as_text=True)


def test_an_alarm_is_told_everywhere_and_its_sum_only_to_those_who_see_to_it(
    application: Application, admin: Holder, viewer: Holder
) -> None:
    raised(application)
    assert [(one["code"], one["detail"]) for one in items(admin)] == [("balance-low", LOW.detail)]
    assert items(viewer)[0]["detail"] == ""
    assert ready(application) == {"status": "degraded", "because": [LOW.words]}
    public = visitor(application).opens("/").get_data(as_text=True)
    assert "telephone account" in public
    assert "3.20" not in public
    assert "3.20" in signed_in(application, Role.ADMIN).opens("/admin/alarms").get_data(as_text=True)


def test_acknowledged_it_stays_in_the_list_and_degrades_nothing(application: Application, admin: Holder) -> None:
    key = raised(application)
    reply = admin.sends("POST", f"/alarms/{key}/acknowledge", GIVEN)
    assert (reply.status_code, reply.get_json()["why"]) == (200, "topped up on Thursday")
    looks(application)
    assert ready(application) == {"status": "ready", "because": [], "acknowledged": [LOW.words]}
    assert items(admin)[0]["acknowledged_by"].startswith("Ada Admin")
    deed = admin.asks("/audit?limit=1").get_json()["items"][0]
    assert (deed["what"], deed["kind"], deed["why"]) == ("acknowledge", "alarm", "topped up on Thursday")


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"until", "why"}),
        ({"until": "2020-01-01T10:00", "why": "x"}, {"until"}),
        ({"until": "2027-01-01T10:00", "why": "x"}, {"until"}),
        ({"until": "teatime", "why": "x"}, {"until"}),
    ],
)
def test_a_reason_and_an_end_within_a_month_are_asked_for(
    application: Application, admin: Holder, body: dict[str, str], wrong: set[str]
) -> None:
    reply = admin.sends("POST", f"/alarms/{raised(application)}/acknowledge", body)
    assert (reply.status_code, set(codes(reply))) == (422, wrong)


def test_one_that_is_over_cannot_be_acknowledged_and_stands_among_those_that_are(
    application: Application, admin: Holder
) -> None:
    key = raised(application)
    with application.database.write() as connection:
        alarms.settled(connection, (Alarming.BALANCE_LOW,), (), CLOCK.now())
    assert admin.sends("POST", f"/alarms/{key}/acknowledge", GIVEN).status_code == 404
    assert [one["id"] for one in items(admin, "?state=over")] == [key]
    assert items(admin) == []


def test_a_trouble_of_this_machine_is_told_before_the_database_knows(application: Application, admin: Holder) -> None:
    poison = application.upkeep._journals / "poison"  # where the test's deployment keeps it
    poison.mkdir(parents=True)
    (poison / "one").write_bytes(b"x")
    assert ready(application)["status"] == "degraded"
    assert [one["code"] for one in items(admin)] == ["poison"]
    assert "Records that could not be read" in visitor(application).opens("/").get_data(as_text=True)


def test_on_the_page_it_is_acknowledged_by_a_form(application: Application) -> None:
    key, ada = raised(application), signed_in(application, Role.ADMIN)
    assert f"/admin/alarms/{key}/acknowledge" in ada.opens("/admin/alarms").get_data(as_text=True)
    refused = ada.sends(f"/admin/alarms/{key}/acknowledge", {"until": "", "why": ""})
    assert (refused.status_code, 'href="#why"' in refused.get_data(as_text=True)) == (422, True)
    assert ada.sends(f"/admin/alarms/{key}/acknowledge", GIVEN).status_code == 303
    assert "topped up on Thursday" in ada.opens("/admin/alarms").get_data(as_text=True)
    assert ada.opens("/admin/alarms/nothing/acknowledge").status_code == 404
