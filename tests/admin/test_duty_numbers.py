"""Duty numbers: written whole, in order, and rung by the next call."""

from app import Application
from tests.admin.desk_client import Holder, codes, dials

TEAM, NUMBERS = "/teams/devon-ir-north", "/teams/devon-ir-north/duty-numbers"
DEVON = "+442079460101"


def test_a_corrected_number_rings_on_the_very_next_call(application: Application, editor: Holder) -> None:
    reply = editor.changes("PUT", NUMBERS, [{"number": "4050"}], seen_at=TEAM)
    assert (reply.status_code, reply.headers["ETag"]) == (200, '"v2"')
    rings = [rung["number"]["national"] for rung in reply.get_json()["next_call"]["rings"]]
    assert rings[0] == "01392 384050"
    dials(application, DEVON).presses("2").presses("1").presses("1").rings("01392 384050")


def test_03_numbers_connect_and_all_others_ask_for_a_key(editor: Holder) -> None:
    given = [{"number": "8481"}, {"number": "0345 155 1071"}, {"number": "07790 770713", "accept": "connect"}]
    reply = editor.changes("PUT", NUMBERS, given, seen_at=TEAM).get_json()
    assert [duty["accept"] for duty in reply["duty_numbers"]] == ["key", "connect", "connect"]


def test_a_number_rings_from_and_until_its_dates(editor: Holder) -> None:
    given = [{"number": "4050", "from": "2026-11-27T09:00"}, {"number": "8481", "until": "2026-11-27T09:00"}]
    reply = editor.changes("PUT", NUMBERS, {"duty_numbers": given, "why": "a new rota"}, seen_at=TEAM)
    assert reply.get_json()["duty_numbers"][0]["from"] == "2026-11-27T09:00:00+00:00"
    by_day = [editor.asks(f"/route?team=devon-ir-north&at={day} 10:00").get_json() for day in ("Wed", "Fri")]
    assert [answer["rings"][0]["number"]["extension"] for answer in by_day] == ["8481", "4050"]


def test_a_list_with_faults_changes_nothing(editor: Holder) -> None:
    given = [{"number": "020 7946 0101"}, {"number": "8481", "from": "2026-11-27", "until": "2026-11-26"}]
    reply = editor.changes("PUT", NUMBERS, given, seen_at=TEAM)
    assert codes(reply) == {"duty_numbers.0.number": "loop", "duty_numbers.1.until": "order"}
    assert editor.asks(TEAM).get_json()["version"] == 1


def test_a_stale_list_changes_nothing(editor: Holder) -> None:
    assert editor.sends("PUT", NUMBERS, [], If_Match='"v7"').status_code == 412
    assert editor.sends("PUT", NUMBERS, []).status_code == 428
    assert editor.asks(TEAM).get_json()["duty_numbers"][0]["number"]["extension"] == "8481"


def test_no_number_at_all_is_allowed_and_said(editor: Holder) -> None:
    reply = editor.changes("PUT", NUMBERS, [], seen_at=TEAM).get_json()
    assert reply["next_call"]["rejected"][0]["code"] == "no-number"
