"""Who changes a number that rings at night says why."""

from tests.admin.desk_client import Holder, codes

NIGHT, DAY = "/teams/devon-edt", "/teams/devon-ir-north"
NUMBERS = [{"number": "020 7946 0300"}]


def test_a_night_number_is_not_changed_without_a_reason(editor: Holder) -> None:
    for method, path, body in (
        ("PUT", f"{NIGHT}/duty-numbers", NUMBERS),
        ("PATCH", NIGHT, {"duty_numbers": NUMBERS}),
    ):
        assert codes(editor.changes(method, path, body, seen_at=NIGHT)) == {"why": "why-missing"}
    assert editor.asks(NIGHT).get_json()["version"] == 1


def test_a_reason_in_the_body_or_in_the_header_is_enough(editor: Holder) -> None:
    body = {"duty_numbers": NUMBERS, "why": "they moved"}
    assert editor.changes("PUT", f"{NIGHT}/duty-numbers", body, seen_at=NIGHT).status_code == 200
    tag = editor.asks(NIGHT).headers["ETag"]
    reply = editor.sends("PUT", f"{NIGHT}/duty-numbers", [], If_Match=tag, X_Reason="closed for good")
    assert reply.status_code == 200


def test_other_fields_of_a_night_team_and_other_teams_need_none(editor: Holder) -> None:
    assert editor.changes("PATCH", NIGHT, {"area": "Everywhere"}).status_code == 200
    assert editor.changes("PUT", f"{DAY}/duty-numbers", NUMBERS, seen_at=DAY).status_code == 200
