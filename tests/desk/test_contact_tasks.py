"""Tasks that come and go as a contact record is typed, with their clocks; on both databases."""

from typing import Any

from tests.admin.desk_client import Holder
from tests.desk.wall_clock import WallClock, contact, given, sent, tasks_of


def saves(by: Holder, record: str, **fields: Any) -> None:
    sent(by, "PUT", f"/contacts/{record}", {"fields": fields})


def test_a_team_manager_decides_within_a_day_of_the_contact(ida: Holder, wall: WallClock) -> None:
    wall.is_set("Fri 16:05")
    task = tasks_of(ida, contact(ida))["decision"]
    assert (task["role"], task["source"]) == ("team-manager", "C:38")
    assert task["target_at"].startswith("2026-11-28T16:05")
    assert task["promise_at"].startswith("2026-11-30T16:05")


def test_derbyshire_decides_within_one_working_day_and_it_is_endorsed(ida: Holder, wall: WallClock) -> None:
    wall.is_set("Fri 16:05")
    record = contact(ida, "derbyshire")
    task = tasks_of(ida, record)["decision-endorsed"]
    assert (task["target_at"], task["promise_at"]) == (task["target_at"], task["target_at"])
    assert task["target_at"].startswith("2026-11-30T16:05")
    wall.passes(days=2)
    saves(ida, record, outcome="signposting", caller="gp")
    found = tasks_of(ida, record)
    assert set(found) == {"endorsement", "family-notice", "outcome-notice"}
    assert found["endorsement"]["target_at"] == task["target_at"]
    assert given(ida, f"/tasks/{task['id']}")["state"] == "done"


def test_a_field_that_is_corrected_withdraws_its_task_and_brings_it_back(ida: Holder) -> None:
    record = contact(ida, crime="yes")
    key = tasks_of(ida, record)["police"]["id"]
    saves(ida, record, crime="no")
    assert "police" not in tasks_of(ida, record)
    assert given(ida, f"/tasks/{key}")["state"] == "withdrawn"
    saves(ida, record, crime="yes")
    assert tasks_of(ida, record)["police"]["id"] != key


def test_what_is_done_is_not_asked_for_again_by_the_next_save(ida: Holder) -> None:
    record = contact(ida, crime="yes")
    sent(ida, "POST", f"/tasks/{tasks_of(ida, record)['police']['id']}/done", {})
    saves(ida, record, concern="More of it.")
    assert "police" not in tasks_of(ida, record)


def test_consent_is_thought_of_again_until_it_is_given(ida: Holder, wall: WallClock) -> None:
    record = contact(ida, protection_now="yes", consent="not-sought")
    first = tasks_of(ida, record)["consent-again"]
    wall.passes(hours=20)
    sent(ida, "POST", f"/tasks/{first['id']}/done", {})
    second = tasks_of(ida, record)["consent-again"]
    assert second["id"] != first["id"]
    assert second["target_at"].startswith("2026-11-27T06:00")
    saves(ida, record, consent="given")
    assert "consent-again" not in tasks_of(ida, record)
    assert given(ida, f"/tasks/{second['id']}")["state"] == "done"


def test_a_hundred_saves_begin_a_task_once(ida: Holder) -> None:
    record = contact(ida)
    first = tasks_of(ida, record)
    for count in range(20):
        saves(ida, record, concern=f"typed {count}")
    assert tasks_of(ida, record) == first


def test_where_the_authority_is_not_known_no_clock_of_another_runs(ida: Holder) -> None:
    record = contact(ida, "", crime="yes")
    assert set(tasks_of(ida, record)) == {"police"}


def test_a_linked_record_of_the_young_parent_ends_the_task_to_make_one(ida: Holder, tom: Holder) -> None:
    record, own = contact(ida, parent_under_18="yes"), contact(tom)
    assert "second-record" in tasks_of(ida, record)
    sent(ida, "POST", f"/contacts/{record}/links", {"other": own, "as": "same-family"})
    assert "second-record" in tasks_of(ida, record)
    sent(ida, "POST", f"/contacts/{record}/links", {"other": own, "as": "parent-under-18"})
    assert "second-record" not in tasks_of(ida, record)
    saves(ida, record, concern="More.")
    assert "second-record" not in tasks_of(ida, record)
