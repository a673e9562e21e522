"""Rotas: whoever holds duty rings first, a gap falls to the standing number, and a calendar file reads the same both ways."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from app import Application
from tests.admin.desk_client import Holder, codes, dials

TEAM, ROTA = "/teams/devon-ir-north", "/teams/devon-ir-north/rota"
DEVON = "+442079460101"
NOW = {"from": "2026-11-20T17:00", "until": "2026-11-27T17:00"}
NEXT = {"from": "2026-11-27T17:00", "until": "2026-12-04T17:00"}
ROWAN = "w-3f9a2c"
FILE = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
DTSTART;TZID=Europe/London:20261120T170000
DTEND;TZID=Europe/London:20261127T170000
SUMMARY:Duty: Rowan Sampleton
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/London:20261127T170000
DTEND;TZID=Europe/London:20261204T170000
SUMMARY:020 7946 0301
END:VEVENT
END:VCALENDAR
"""


def sends_calendar(holder: Holder, text: str, **query: str) -> TestResponse:
    headers = {
        "Authorization": f"Bearer {holder.key}",
        "If-Match": holder.asks(TEAM).headers["ETag"],
        "Content-Type": "text/calendar",
    }
    return holder.client.put(f"/api/v1{ROTA}", data=text.encode(), headers=headers, query_string=query)


def rings(holder: Holder, at: str) -> list[Any]:
    answer = holder.asks(f"/route?team=devon-ir-north&at={at}").get_json()
    return [rung["number"]["national"] for rung in answer["rings"]]


def test_whoever_is_on_the_rota_rings_on_the_very_next_call(application: Application, editor: Holder) -> None:
    reply = editor.changes("PUT", ROTA, [{**NOW, "number": "020 7946 0301"}], seen_at=TEAM)
    assert (reply.status_code, reply.headers["ETag"], reply.get_json()["written"]) == (200, '"v2"', True)
    assert reply.get_json()["next_call"]["rings"][0]["number"]["national"] == "020 7946 0301"
    assert "By its rota" in reply.get_json()["next_call"]["rings"][0]["because"]
    dials(application, DEVON).presses("2").presses("1").presses("1").rings("020 7946 0301").no_answer().rings(
        "01392 388481"
    )


def test_the_hand_over_is_at_17_on_friday_and_a_gap_falls_to_the_standing_number(editor: Holder) -> None:
    shifts = [{**NOW, "number": "020 7946 0301"}, {**NEXT, "person": ROWAN}]
    editor.changes("PUT", ROTA, {"shifts": shifts, "why": "the winter rota"}, seen_at=TEAM)
    answer = editor.asks(f"{ROTA}?from=2026-11-26T09:00&until=2026-12-07T09:00").get_json()
    told = [(one["from"][:16], one["number"]["national"]) for one in answer["timeline"]]
    assert told == [
        ("2026-11-26T09:00", "020 7946 0301"),
        ("2026-11-27T17:00", "020 7946 0201"),
        ("2026-12-04T17:00", "01392 388481"),
    ]
    assert answer["gaps"] == [{"from": "2026-12-04T17:00:00+00:00", "until": "2026-12-07T09:00:00+00:00"}]
    assert rings(editor, "2026-12-02T10:00")[:2] == ["020 7946 0201", "01392 388481"]
    late = editor.asks("/route?team=devon-ir-north&at=2026-12-07T10:00").get_json()
    assert late["rejected"][0]["code"] == "rota-gap"


def test_a_calendar_file_becomes_the_rota_and_comes_back_the_same(editor: Holder) -> None:
    reply = sends_calendar(editor, FILE)
    assert (reply.status_code, reply.get_json()["version"]) == (200, 2)
    shifts = editor.asks(ROTA).get_json()["shifts"]
    assert [(one["person"], one["name"]) for one in shifts] == [(ROWAN, "Rowan Sampleton"), (None, None)]
    exported = editor.asks(ROTA, Accept="text/calendar")
    assert exported.content_type.startswith("text/calendar")
    again = sends_calendar(editor, exported.get_data(as_text=True), dry_run="true").get_json()
    assert (again["added"], again["removed"]) == ([], [])


def test_a_dry_run_tells_what_would_change_and_changes_nothing(editor: Holder) -> None:
    reply = sends_calendar(editor, FILE, dry_run="true").get_json()
    assert (reply["written"], len(reply["added"]), reply["version"]) == (False, 2, 1)
    assert reply["next_call"]["rings"][0]["number"]["national"] == "020 7946 0201"
    assert editor.asks(ROTA).get_json()["shifts"] == []
    assert editor.sends("PUT", f"{ROTA}?dry_run=true", []).status_code == 200


def test_days_without_a_time_are_handed_over_when_the_sender_says(editor: Holder) -> None:
    days = FILE.replace(";TZID=Europe/London", ";VALUE=DATE").replace("T170000", "")
    sends_calendar(editor, days, handover="17:00")
    assert editor.asks(ROTA).get_json()["shifts"][0]["until"] == "2026-11-27T17:00:00+00:00"
    assert codes(sends_calendar(editor, days, handover="teatime")) == {"handover": "hour"}


def test_every_problem_of_a_calendar_file_is_told_at_once_with_event_and_line(editor: Holder) -> None:
    broken = FILE.replace("Rowan Sampleton", "Nobody Known").replace("020 7946 0301", "999").replace("261204", "261104")
    assert codes(sends_calendar(editor, broken)) == {
        "event 1 (line 6), SUMMARY": "holder",
        "event 2 (line 11), SUMMARY": "number-short-code",
        "event 2 (line 10), DTEND": "order",
    }
    assert codes(sends_calendar(editor, "hello")) == {"file": "calendar"}
    assert editor.asks(TEAM).get_json()["version"] == 1


def test_every_problem_of_a_list_is_told_at_once(editor: Holder) -> None:
    given = [
        {"from": NOW["until"], "until": NOW["from"], "person": "w-nobody"},
        {**NOW, "number": "020 7946 0101"},
        {**NOW, "number": "8481", "person": ROWAN},
        {"number": "8481"},
    ]
    assert codes(editor.changes("PUT", ROTA, given, seen_at=TEAM)) == {
        "shifts.0.until": "order",
        "shifts.0.person": "unknown",
        "shifts.1.number": "loop",
        "shifts.2.person": "one-of-two",
        "shifts.3.from": "missing",
        "shifts.3.until": "missing",
    }


def test_a_stale_rota_changes_nothing(editor: Holder) -> None:
    assert editor.sends("PUT", ROTA, [], If_Match='"v7"').status_code == 412
    assert editor.sends("PUT", ROTA, []).status_code == 428
    assert editor.sends("PUT", "/teams/nowhere/rota", [], If_Match='"v1"').status_code == 404
    assert editor.asks("/teams/nowhere/rota").status_code == 404


def test_somebody_on_a_rota_cannot_be_removed(editor: Holder) -> None:
    editor.changes("PUT", ROTA, [{**NOW, "person": ROWAN}], seen_at=TEAM)
    reply = editor.changes("DELETE", f"/people/{ROWAN}")
    assert reply.status_code == 409
    assert "devon-ir-north" in reply.get_data(as_text=True)


def test_viewers_see_turns_without_names_mobiles_and_notes(editor: Holder, viewer: Holder) -> None:
    given = [{**NOW, "person": ROWAN, "note": "till the baby comes"}, {**NEXT, "number": "07790 770713"}]
    editor.changes("PUT", ROTA, given, seen_at=TEAM)
    replies = [viewer.asks(ROTA), viewer.asks(ROTA, Accept="text/calendar"), viewer.asks("/route?team=devon-ir-north")]
    for reply in replies:
        text = reply.get_data(as_text=True)
        assert [secret for secret in ("Rowan", "baby", "7790", "79460201", "7946 0201") if secret in text] == []


@pytest.mark.parametrize("span", ["from=2026-12-01&until=2026-11-01", "until=2029-01-01", "until=2026-01-01"])
def test_a_time_that_is_too_long_or_turned_round_is_refused(editor: Holder, span: str) -> None:
    assert "until" in codes(editor.asks(f"{ROTA}?{span}"))


def test_a_changed_number_keeps_the_rota(editor: Holder) -> None:
    editor.changes("PUT", ROTA, [{**NOW, "person": ROWAN}], seen_at=TEAM)
    editor.changes("PUT", f"{TEAM}/duty-numbers", [{"number": "4050"}], seen_at=TEAM)
    assert len(editor.asks(ROTA).get_json()["shifts"]) == 1
    assert rings(editor, "2026-11-25T10:00")[:2] == ["020 7946 0201", "01392 384050"]
