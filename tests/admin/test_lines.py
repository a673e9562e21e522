"""Lines: whether they are open, and which numbers they answer."""

from app import Application
from tests.admin.desk_client import Holder, codes, dials


def test_a_line_says_whether_it_is_open_until_when_and_because_of_what(viewer: Holder) -> None:
    line = viewer.asks("/lines/devon").get_json()
    assert line["open_now"] is True
    assert line["until"] == "2026-11-25T17:00:00+00:00"
    assert line["because"] == "Within the hours “office”."
    assert [number["national"] for number in line["numbers"]] == ["020 7946 0101"]
    assert line["version"] == 1


def test_lines_are_found_by_number_and_by_authority(viewer: Holder) -> None:
    by_number = viewer.asks("/lines?q=020 7946 0104").get_json()["items"]
    by_authority = viewer.asks("/lines?authority=derby").get_json()["items"]
    assert [line["slug"] for line in by_number] == ["derby"]
    assert [line["slug"] for line in by_authority] == ["derby", "derby-consultation"]


def test_a_new_number_of_a_line_is_answered_at_once(application: Application, admin: Holder) -> None:
    numbers = {"numbers": ["020 7946 0101", "020 7946 0181"], "why": "a second number for partners"}
    reply = admin.changes("PUT", "/lines/devon/numbers", numbers, seen_at="/lines/devon")
    assert (reply.status_code, reply.headers["ETag"]) == (200, '"v2"')
    dials(application, "+442079460181").hears("Devon Children's Social Care")


def test_a_number_belongs_to_one_line_only(admin: Holder) -> None:
    numbers = {"numbers": ["020 7946 0104", "0345 155 1071", "12"]}
    reply = admin.changes("PUT", "/lines/devon/numbers", numbers, seen_at="/lines/devon")
    assert reply.status_code == 422
    assert codes(reply) == {"numbers.0": "taken", "numbers.1": "referred", "numbers.2": "number-invalid"}


def test_a_stranger_to_the_version_changes_nothing(admin: Holder) -> None:
    assert admin.sends("PUT", "/lines/devon/numbers", {"numbers": []}).status_code == 428
    assert admin.sends("PUT", "/lines/devon/numbers", {"numbers": []}, If_Match='"v9"').status_code == 412
    assert admin.asks("/lines/devon").get_json()["version"] == 1
