"""What the night team hands back in the morning, and the alerts that it is given in the evening; on both databases."""

from typing import Any

import pytest

from tests.admin.desk_client import Holder, codes
from tests.desk.wall_clock import WallClock, contact, given, sent, tasks_of

ALERT = {
    "authority": "derbyshire", "details": "Ann Example, Drama Road.", "purpose": "A visit at eight.",
    "contingency": "Ring the grandmother.", "manager_consulted": "Mo Manager",
}  # fmt: skip


def hands_back(by: Holder, **more: Any) -> dict[str, Any]:
    body = {"authority": "derbyshire", "happened": "Visited Ann Example.", "left_to_do": "Ring the school.", **more}
    return sent(by, "POST", "/hand-backs", body, 201)


@pytest.mark.parametrize(
    ("night", "due"),
    [("Wed 22:00", "2026-11-26T09:00"), ("Fri 23:30", "2026-11-30T09:00"), ("Sat 03:00", "2026-11-30T09:00")],
)
def test_it_is_due_when_the_next_working_day_opens(ida: Holder, wall: WallClock, night: str, due: str) -> None:
    wall.is_set(night)
    assert hands_back(ida)["due_at"].startswith(due)


def test_the_bank_holidays_of_christmas_are_no_working_days(ida: Holder, wall: WallClock) -> None:
    wall.is_set("2026-12-24T20:00")
    assert hands_back(ida)["due_at"].startswith("2026-12-29T09:00")


def test_the_morning_sees_what_waits_and_whoever_takes_over_is_named(ida: Holder, tom: Holder, wall: WallClock) -> None:
    wall.is_set("Wed 22:00")
    record = contact(ida, "derbyshire")
    key = hands_back(ida, about=record, call="CA1")["id"]
    wall.is_set("2026-11-26T09:00")
    listed = given(tom, "/hand-backs?state=unread")["items"]
    assert [(one["id"], one["about"], one["call"]) for one in listed] == [(key, record, "CA1")]
    assert "Example" not in str(listed)
    assert [one["about"] for one in given(tom, "/alerts")["items"] if one["kind"] == "hand-back"] == [key]
    taken = sent(tom, "POST", f"/hand-backs/{key}/acknowledge", {})
    assert taken["parts"] == {"happened": "Visited Ann Example.", "left_to_do": "Ring the school."}
    assert taken["read_by"].startswith("Tom Manager (")
    assert given(tom, "/hand-backs?state=unread")["items"] == []
    assert tasks_of(tom, key) == {}


def test_what_happened_must_be_said(ida: Holder) -> None:
    assert codes(ida.sends("POST", "/hand-backs", {})) == {"authority": "missing", "happened": "missing"}


def test_an_alert_of_the_day_is_read_by_the_night_team(ida: Holder, wall: WallClock) -> None:
    wall.is_set("Wed 16:59")
    made = sent(ida, "POST", "/staff-alerts", ALERT, 201)
    assert (made["kind"], made["role"]) == ("staff-alert", "out-of-hours-team-manager")


@pytest.mark.parametrize("when", ["Wed 17:00", "Sat 12:00", "2026-12-25T12:00"])
def test_a_late_alert_is_heard_until_it_is_acknowledged(ida: Holder, tom: Holder, wall: WallClock, when: str) -> None:
    wall.is_set(when)
    made = sent(ida, "POST", "/staff-alerts", ALERT, 201)
    assert made["kind"] == "late-alert"
    heard = []
    for _ in range(3):
        heard += [one["sounds_at"] for one in given(tom, "/alerts")["items"] if one["about"] == made["id"]]
        wall.passes(minutes=30)
    assert len(set(heard)) == 3
    given(tom, f"/staff-alerts/{made['id']}")
    assert [one["about"] for one in given(tom, "/alerts")["items"]] == [made["id"]]
    sent(tom, "POST", f"/staff-alerts/{made['id']}/acknowledge", {})
    assert given(tom, "/alerts")["items"] == []


def test_an_alert_is_passed_on_complete_or_not_at_all(ida: Holder) -> None:
    reply = ida.sends("POST", "/staff-alerts", {"authority": "derbyshire", "somebody_leaves": True})
    assert codes(reply) == {
        "details": "missing", "purpose": "missing", "contingency": "missing", "manager_consulted": "missing",
        "description": "missing",
    }  # fmt: skip
    assert given(ida, "/staff-alerts")["items"] == []


def test_each_shelf_holds_its_own(ida: Holder) -> None:
    night, alert = hands_back(ida)["id"], sent(ida, "POST", "/staff-alerts", ALERT, 201)["id"]
    for path, own, other in (("hand-backs", night, alert), ("staff-alerts", alert, night), ("messages", "", night)):
        assert [one["id"] for one in given(ida, f"/{path}")["items"]] == ([own] if own else [])
        assert ida.asks(f"/{path}/{other}").status_code == 404
        assert ida.sends("POST", f"/{path}/{other}/acknowledge", {}).status_code == 404
