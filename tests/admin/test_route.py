"""Who would ring, and why?"""

from tests.admin.desk_client import Holder, codes


def test_a_worker_is_followed_by_manager_team_and_last_resort(admin: Holder) -> None:
    answer = admin.asks("/route?person=w-3f9a2c").get_json()
    assert [rung["step"] for rung in answer["rings"]] == ["worker", "manager", "duty", "last-resort", "last-resort"]
    assert answer["rings"][0]["because"] == "Ring the worker you asked for: the allocated worker."
    assert answer["rings"][-1]["accept"] == "connect"


def test_out_of_hours_only_the_night_team_rings(admin: Holder) -> None:
    answer = admin.asks("/route?line=devon&team=devon-ir-north&at=Fri 16:05").get_json()
    assert [rung["step"] for rung in answer["rings"]] == ["night"]
    assert answer["open"] == {
        "is_open": False, "because": "Outside the hours “office”.", "until": "2026-11-30T09:00:00+00:00",
    }  # fmt: skip


def test_somebody_must_be_asked_for_and_must_exist(admin: Holder) -> None:
    assert codes(admin.asks("/route")) == {"line": "missing"}
    wrong = admin.asks("/route?line=a&team=b&person=c&at=soon")
    assert codes(wrong) == {"line": "unknown", "team": "unknown", "person": "unknown", "at": "moment"}


def test_a_viewer_sees_who_rings_but_no_personal_number(viewer: Holder) -> None:
    rings = viewer.asks("/route?person=w-3f9a2c").get_json()["rings"]
    assert [rung["number"] is None for rung in rings] == [True, True, False, False, False]
