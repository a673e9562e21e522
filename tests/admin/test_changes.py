"""What changes soon, by the API?"""

import icalendar
import pytest

from tests.admin.desk_client import Holder, codes

TRAINING = {
    "effect": "closed",
    "from": "2026-12-03T11:00",
    "until": "2026-12-03T15:00",
    "reason": "Training",
    "line": "devon",
}
MOBILE = "07790 770713"
"""A duty mobile that Devon prints (D:39)."""
DATED = {"duty_numbers": [{"number": MOBILE, "from": "2026-12-07T09:00"}, {"number": "01392 388481"}]}


def test_every_coming_change_is_listed_with_its_cause(admin: Holder) -> None:
    assert admin.sends("POST", "/closures", TRAINING).status_code == 201
    answer = admin.asks("/changes?line=devon").get_json()
    assert answer["next"] is None
    closed = next(one for one in answer["items"] if one["cause"] == "closure")
    assert (closed["at"], closed["until"]) == ("2026-12-03T11:00:00+00:00", "2026-12-03T15:00:00+00:00")
    assert closed["lines"] == ["devon"]
    assert "as somebody entered it (Training)" in closed["sentence"]
    assert closed["after"][0]["who"] == "Out of Hours Emergency Duty Team"
    assert closed["after"][0]["number"]["national"] == "0345 600 0388"


def test_one_team_is_told_what_concerns_it(admin: Holder) -> None:
    assert (
        admin.changes("PUT", "/teams/devon-ir-north/duty-numbers", DATED, seen_at="/teams/devon-ir-north").status_code
        == 200
    )
    items = admin.asks("/changes?team=devon-ir-north").get_json()["items"]
    assert [one["teams"] for one in items if one["teams"]] == [["devon-ir-north"]]
    assert not any(one["teams"] for one in admin.asks("/changes?team=devon-ir-south").get_json()["items"])


def test_a_viewer_reads_no_mobile_in_list_or_file(admin: Holder, viewer: Holder) -> None:
    admin.changes("PUT", "/teams/devon-ir-north/duty-numbers", DATED, seen_at="/teams/devon-ir-north")
    for path in ("/changes?line=devon", "/changes.ics?line=devon"):
        assert MOBILE in admin.asks(path).get_data(as_text=True).replace("\r\n ", "")
        told = viewer.asks(path).get_data(as_text=True).replace("\r\n ", "")
        assert "a mobile" in told
        assert MOBILE not in told
        assert MOBILE.replace(" ", "")[1:] not in told


def test_the_file_is_a_calendar(viewer: Holder) -> None:
    reply = viewer.asks("/changes.ics?authority=devon&days=60")
    assert reply.content_type == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(reply.get_data(as_text=True)).walk("VEVENT")
    assert any("Christmas Day" in str(event["SUMMARY"]) for event in events)


def test_what_is_asked_for_must_exist(admin: Holder) -> None:
    wrong = admin.asks("/changes?line=a&team=b&authority=c")
    assert codes(wrong) == {"line": "unknown", "team": "unknown", "authority": "unknown"}
    assert admin.asks("/changes?days=0").status_code == 422


@pytest.mark.parametrize("path", ["/changes", "/changes.ics"])
def test_nobody_asks_without_a_key(admin: Holder, path: str) -> None:
    assert Holder(admin.client, "none").asks(path).status_code == 401
