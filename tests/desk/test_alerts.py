"""Alerts: heard when a quarter of the time is left, and again until somebody has the task; on both databases."""

from typing import Any

from desk.alarm import EVERY, heard_at
from tests.admin.desk_client import Holder
from tests.desk.wall_clock import WallClock, contact, given, sent, tasks_of
from tests.telling import at


def alerts(by: Holder) -> dict[str, dict[str, Any]]:
    return {alert["kind"]: alert for alert in given(by, "/alerts")["items"]}


def hour(alert: dict[str, Any]) -> str:
    return str(alert["sounds_at"])[11:16]


def test_an_alert_comes_when_a_quarter_of_the_time_is_left(ida: Holder, wall: WallClock) -> None:
    contact(ida)
    wall.passes(hours=17, minutes=59)
    assert alerts(ida) == {}
    wall.passes(minutes=1)
    assert (hour(alerts(ida)["decision"]), alerts(ida)["decision"]["late"]) == ("04:00", False)
    wall.passes(hours=6)
    assert alerts(ida)["decision"]["late"] is True


def test_it_is_heard_again_every_half_hour_until_somebody_has_it(ida: Holder, tom: Holder, wall: WallClock) -> None:
    contact(ida)
    wall.passes(hours=24)
    assert hour(alerts(ida)["decision"]) == "10:00"
    wall.passes(minutes=29)
    assert hour(alerts(ida)["decision"]) == "10:00"
    wall.passes(minutes=1)
    key = alerts(ida)["decision"]["id"]
    assert hour(alerts(ida)["decision"]) == "10:30"
    assert sent(ida, "POST", f"/alerts/{key}/acknowledge", {})["seen_by"].startswith("Ida Officer")
    assert alerts(ida) == {}
    wall.passes(minutes=30)
    assert hour(alerts(tom)["decision"]) == "11:00"
    sent(tom, "POST", f"/alerts/{key}/acknowledge", {"take": True})
    wall.passes(hours=12)
    assert alerts(ida) == {}
    assert given(ida, f"/tasks/{key}")["state"] == "open"


def test_whoever_takes_it_before_its_target_hears_it_once_more_at_the_target(ida: Holder, wall: WallClock) -> None:
    contact(ida)
    wall.passes(hours=20)
    key = alerts(ida)["decision"]["id"]
    sent(ida, "POST", f"/alerts/{key}/acknowledge", {"take": True})
    wall.passes(hours=3, minutes=59)
    assert alerts(ida) == {}
    wall.passes(minutes=1)
    assert hour(alerts(ida)["decision"]) == "10:00"


def test_one_that_has_an_owner_is_quiet_once_they_acknowledge_it_late(ida: Holder, wall: WallClock) -> None:
    record = contact(ida)
    key = tasks_of(ida, record)["decision"]["id"]
    sent(ida, "POST", f"/tasks/{key}/take", {})
    wall.passes(hours=25)
    assert "decision" in alerts(ida)
    sent(ida, "POST", f"/alerts/{key}/acknowledge", {})
    wall.passes(hours=25)
    assert alerts(ida) == {}


def test_what_is_done_is_heard_no_more(ida: Holder, wall: WallClock) -> None:
    contact(ida)
    wall.passes(hours=25)
    key = alerts(ida)["decision"]["id"]
    sent(ida, "POST", f"/tasks/{key}/done", {})
    assert alerts(ida) == {}
    assert ida.sends("POST", f"/alerts/{key}/acknowledge", {}).status_code == 409


def test_an_alert_that_has_not_come_is_not_acknowledged(ida: Holder) -> None:
    key = tasks_of(ida, contact(ida))["decision"]["id"]
    assert ida.sends("POST", f"/alerts/{key}/acknowledge", {}).status_code == 409


def test_what_must_be_done_at_once_is_heard_at_once_and_most_urgent_first(ida: Holder) -> None:
    record = contact(ida, protection_now="yes")
    assert alerts(ida)["team-manager-now"]["about"] == record


def test_alerts_are_asked_for_by_authority(ida: Holder) -> None:
    contact(ida, "cambridgeshire", crime="yes")
    other = contact(ida, "derbyshire", crime="yes")
    assert [alert["about"] for alert in given(ida, "/alerts?authority=derbyshire")["items"]] == [other]


def test_no_half_hour_is_left_out_or_heard_twice() -> None:
    first = at("Wed 10:00")
    heard = [heard_at(first, first + EVERY * tenth / 10) for tenth in range(50)]
    assert sorted(set(heard)) == [first + EVERY * count for count in range(5)]
    assert heard == sorted(heard)
