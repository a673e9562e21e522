"""CETR requests over the API: by class and clock, answered by template, sealed, with a task that is late when they are."""

from typing import Any

import pytest
from sqlalchemy import select

from app import Application
from store.every_table import metadata
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.logging_enquiries import ANN, readings
from tests.desk.wall_clock import WallClock, given, sent, tasks_of

WORKER = {"name": "Wanda Worker", "office_number": "8481", "mobile": "07790 770713", "email": "wanda@example.org"}
MANAGER = {"name": "Max Manager", "office_number": "020 7946 0301"}
OPEN = {"open": True, "system": "eclipse", "worker": WORKER, "manager": MANAGER, "team": "Children & Families North 1"}
ASKER = {"name": "Cara Commissioner", "organisation": "CCG", "contact": "cara@example.org"}


def asks(by: Holder, reply: str = "same-day", **more: Any) -> dict[str, Any]:
    body = {"class": reply, "requester": ASKER, "child": ANN, "details": "A review on Friday."}
    return sent(by, "POST", "/cetr-requests", body | more, 201)


def due(request: dict[str, Any]) -> tuple[str, str]:
    return request["due"]["target"], request["due"]["promise"]


@pytest.mark.parametrize(
    ("when", "reply", "target", "promise"),
    [
        ("Wed 10:00", "same-day", "2026-11-25T17:00:00+00:00", "2026-11-25T17:00:00+00:00"),
        ("Wed 16:00", "same-day", "2026-11-26T17:00:00+00:00", "2026-11-26T17:00:00+00:00"),
        ("Fri 10:00", "same-day", "2026-11-27T16:00:00+00:00", "2026-11-30T17:00:00+00:00"),
        ("Wed 10:00", "next-day", "2026-11-26T17:00:00+00:00", "2026-11-26T17:00:00+00:00"),
    ],
)
def test_a_request_is_due_by_its_class_under_both_readings(
    ida: Holder, wall: WallClock, when: str, reply: str, target: str, promise: str
) -> None:
    wall.is_set(when)
    made = asks(ida, reply)
    assert (made["class"], made["stated"], made["origin"], due(made)) == (reply, True, "desk", (target, promise))
    task = tasks_of(ida, made["id"])["cetr-reply"]
    assert (task["target_at"], task["promise_at"], task["late"]) == (target, promise, False)


def test_a_request_that_is_not_answered_is_a_late_task_with_an_alert(ida: Holder, wall: WallClock) -> None:
    made = asks(ida)
    assert given(ida, "/alerts")["items"] == []
    wall.is_set("Wed 17:00")
    assert [alert["about"] for alert in given(ida, "/alerts")["items"]] == [made["id"]]
    assert tasks_of(ida, made["id"])["cetr-reply"]["late"]
    assert [one["late"] for one in given(ida, "/cetr-requests")["items"]] == [True]


def test_the_time_of_receipt_counts_and_may_not_be_still_to_come(ida: Holder) -> None:
    assert due(asks(ida, received="2026-11-24T15:59"))[0] == "2026-11-24T17:00:00+00:00"
    assert codes(
        ida.sends("POST", "/cetr-requests", {"class": "same-day", "details": "?", "received": "Thu 9:00"})
    ) == {"received": "ahead"}


def test_a_mailed_request_is_kept_as_it_is_and_the_sooner_class_is_told(ida: Holder) -> None:
    text = "Subject: a child of ours\n\nPlease tell us who works with Ann Example."
    made = sent(ida, "POST", "/cetr-mail", {"text": text}, 201)
    assert (made["class"], made["stated"], made["origin"], made["details"]) == ("same-day", False, "mail", text)
    assert "names no class" in made["told"]
    stated = sent(ida, "POST", "/cetr-mail", {"text": "CETR next day response\nAnn Example"}, 201)
    assert (stated["class"], stated["stated"]) == ("next-day", True)
    assert codes(ida.sends("POST", "/cetr-mail", {})) == {"text": "missing"}


def test_an_open_child_is_answered_with_worker_manager_and_team(ida: Holder) -> None:
    made = asks(ida)
    answered = sent(ida, "POST", f"/cetr-requests/{made['id']}/answer", OPEN)
    for part in (
        "Eclipse: the child or young person is open.", "Allocated worker: Wanda Worker", "01392 388481", "07790 770713",
        "wanda@example.org", "Manager: Max Manager", "020 7946 0301", "Team: Children & Families North 1",
    ):  # fmt: skip
        assert part in answered["reply"]
    assert "Ann Example" not in answered["reply"]
    assert (answered["state"], answered["late"]) == ("answered", False)
    assert answered["answered_by"].startswith("Ida Officer (")
    assert tasks_of(ida, made["id"]) == {}
    assert ida.sends("POST", f"/cetr-requests/{made['id']}/answer", {"open": False}).status_code == 409


def test_a_child_who_is_not_open_is_referred_to_mash_by_day_and_night(ida: Holder) -> None:
    answered = sent(ida, "POST", f"/cetr-requests/{asks(ida)['id']}/answer", {"open": False})
    for part in ("not open", "MASH: 0345 155 1071", "www.devon.gov.uk", "Outside office hours: 0345 600 0388"):
        assert part in answered["reply"]


def test_every_fault_is_told_at_once(ida: Holder) -> None:
    wrong = {"class": "soon", "authority": "derby", "child": {"name": "Ann", "born": "May"}, "details": 7}
    assert codes(ida.sends("POST", "/cetr-requests", wrong)) == {
        "class": "choice", "authority": "no-classes", "child.born": "date", "details": "text",
    }  # fmt: skip
    assert codes(ida.sends("POST", "/cetr-requests", {"class": "next-day"})) == {"details": "missing"}
    path = f"/cetr-requests/{asks(ida)['id']}/answer"
    assert codes(ida.sends("POST", path, {})) == {"open": "missing"}
    assert codes(ida.sends("POST", path, {"open": False, "team": "North"})) == {"open": "not-open"}
    bad = {"open": True, "worker": {"name": "Wanda", "mobile": "999", "email": "wanda"}}
    assert codes(ida.sends("POST", path, bad)) == {
        "system": "choice", "manager.name": "missing", "team": "missing", "worker.mobile": "number-short-code",
        "worker.email": "email",
    }  # fmt: skip
    assert given(ida, path.removesuffix("/answer"))["state"] == "open"


def test_requests_are_sealed_read_only_by_handlers_and_every_reading_is_noted(office: Application, ida: Holder) -> None:
    made = asks(ida, child={"name": "Cora Canary", "born": "2014-03-02"})
    sent(ida, "POST", f"/cetr-requests/{made['id']}/answer", OPEN)
    assert given(ida, f"/cetr-requests/{made['id']}")["requester"] == ASKER
    assert readings(office, made["id"]) == ["read cetr"]
    with office.database.read() as connection:
        held = str([list(connection.execute(select(table))) for table in metadata.tables.values()])
    for personal in ("Canary", "2014-03-02", "Cara", "Wanda", "wanda@"):
        assert personal not in held
    auditor = holder(office, Role.AUDITOR)
    assert "child" not in given(auditor, "/cetr-requests?q=same")["items"][0]
    assert auditor.asks(f"/cetr-requests/{made['id']}").status_code == 403
    assert ida.asks("/cetr-requests/none").status_code == 404


def test_open_requests_stand_first_the_soonest_due_before_the_others(ida: Holder) -> None:
    later, sooner, done = asks(ida, "next-day")["id"], asks(ida)["id"], asks(ida)["id"]
    sent(ida, "POST", f"/cetr-requests/{done}/answer", {"open": False})
    assert [one["id"] for one in given(ida, "/cetr-requests")["items"]] == [sooner, later, done]
    assert [one["id"] for one in given(ida, "/cetr-requests?state=answered")["items"]] == [done]
