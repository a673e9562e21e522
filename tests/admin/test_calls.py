"""Calls: newest first, and the trace of each."""

import time

from sqlalchemy import insert

from app import Application
from store import tables
from tests.admin.desk_client import Holder, dials

DEVON = "+442079460101"


def drained(caller: Holder, count: int) -> list[dict[str, object]]:
    """The calls, once the journal has reached the database."""
    for _ in range(100):
        items: list[dict[str, object]] = caller.asks("/calls").get_json()["items"]
        if len(items) >= count and all(item["ended_at"] for item in items):
            return items
        time.sleep(0.05)
    raise AssertionError(items)


def test_a_call_is_traced_from_line_to_ending(application: Application, admin: Holder) -> None:
    dials(application, DEVON).presses("2").presses("1").presses("1").rings("01392 388481").answers(presses="1").talks(
        60
    ).callee_hangs_up()
    [call] = drained(admin, 1)
    assert (call["line"], call["ending"]) == ("devon", "person")
    traced = admin.asks(f"/calls/{call['sid']}").get_json()
    assert traced["caller"]["e164"] == "+442079460999"
    steps = [event for event in traced["events"] if event["kind"] == "step"]
    assert {"welcome", "areas", "north", "ir-north"} <= {event["node"] for event in steps}
    assert any(reason["code"] == "next" for event in steps for reason in event["reasons"])


def test_a_viewer_sees_no_callers_number(application: Application, admin: Holder, viewer: Holder) -> None:
    dials(application, DEVON).hangs_up()
    [call] = drained(admin, 1)
    assert viewer.asks(f"/calls/{call['sid']}").get_json()["caller"] is None
    assert viewer.asks("/calls?q=020 7946 0999").get_json()["items"] == []
    assert len(admin.asks("/calls?q=020 7946 0999").get_json()["items"]) == 1


def test_calls_are_found_by_line_and_authority(application: Application, admin: Holder) -> None:
    dials(application, DEVON).hangs_up()
    drained(admin, 1)
    queries = ("line=devon", "authority=devon", "line=derby", "authority=derby", "line=devon&authority=derby")
    assert [len(admin.asks(f"/calls?{query}").get_json()["items"]) for query in queries] == [1, 1, 0, 0, 0]


def test_a_call_that_never_was_is_not_found(admin: Holder) -> None:
    assert admin.asks("/calls/CA000").status_code == 404
    assert admin.asks("/calls/%00").status_code == 404


def test_legs_come_by_their_sids_and_call_backs_as_they_were_booked(application: Application, admin: Holder) -> None:
    legs = [{"call": "CA1", "sid": f"CA9{place}", "number": None, "rank": 1, "status": "completed"} for place in "3142"]
    booked = [{"call": "CA1", "node": node, "hop": hop} for node, hop in (("b", 7), ("a", 9), ("c", 3))]
    with application.database.write() as connection:
        connection.execute(insert(tables.call), {"sid": "CA1", "line": "devon"})
        for table, rows in ((tables.leg, legs), (tables.callback, booked)):
            for row in rows:
                connection.execute(insert(table), row)
    call = admin.asks("/calls/CA1").get_json()
    assert [leg["sid"] for leg in call["legs"]] == ["CA91", "CA92", "CA93", "CA94"]
    assert [one["node"] for one in call["callbacks"]] == ["c", "b", "a"]
