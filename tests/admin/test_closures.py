"""Closures: a line closes or opens against its weekly rule, and always with an end."""

import pytest

from app import Application
from tests.admin.desk_client import Holder, codes, dials

TODAY = {"effect": "closed", "from": "2026-11-25T09:00", "until": "2026-11-25T12:00", "reason": "Fire drill"}


def test_a_closure_closes_the_line_for_the_next_call(application: Application, editor: Holder) -> None:
    reply = editor.sends("POST", "/closures", {**TODAY, "line": "devon"})
    assert reply.status_code == 201
    line = editor.asks("/lines/devon").get_json()
    assert (line["open_now"], line["because"]) == (False, "Set to closed by an entry: Fire drill.")
    dials(application, "+442079460101").hears("Our offices are closed").rings("0345 600 0388")


def test_a_closure_that_is_removed_opens_the_line_again(editor: Holder) -> None:
    made = editor.sends("POST", "/closures", {**TODAY, "authority": "devon"}).get_json()
    assert editor.sends("DELETE", f"/closures/{made['id']}").status_code == 428
    assert editor.changes("DELETE", f"/closures/{made['id']}").status_code == 204
    assert editor.asks("/lines/devon").get_json()["open_now"] is True


def test_a_closure_says_everything_that_is_wrong_with_it(editor: Holder) -> None:
    body = {"effect": "shut", "from": "2026-12-02", "until": "2026-12-01", "line": "nowhere", "authority": "mars"}
    assert codes(editor.sends("POST", "/closures", body)) == {
        "effect": "choice", "until": "order", "reason": "missing", "line": "unknown", "authority": "unknown",
    }  # fmt: skip


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY",
        "FREQ=DAILY;COUNT=401",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;COUNT=1",
        "every week",
        "FREQ=DAILY;INTERVAL=0;COUNT=1;BYMONTH=2",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=1",
    ],
)
def test_a_recurrence_without_a_near_end_is_refused(editor: Holder, rule: str) -> None:
    assert codes(editor.sends("POST", "/closures", {**TODAY, "rrule": rule})) == {"rrule": "rule"}


def test_a_recurring_closure_holds_each_time(editor: Holder) -> None:
    editor.sends("POST", "/closures", {**TODAY, "line": "devon", "rrule": "FREQ=WEEKLY;COUNT=3"})
    weeks = ("2026-12-02T10:00", "2026-12-09T10:00", "2026-12-16T10:00")
    opens = [editor.asks(f"/route?line=devon&at={at}").get_json()["open"]["is_open"] for at in weeks]
    assert opens == [False, False, True]


def test_a_line_of_another_authority_is_a_mistake(editor: Holder) -> None:
    reply = editor.sends("POST", "/closures", {**TODAY, "line": "devon", "authority": "derby"})
    assert codes(reply) == {"line": "elsewhere"}


def test_closures_are_listed_by_their_beginning(editor: Holder) -> None:
    for day in ("2026-12-25", "2026-12-24"):
        editor.sends("POST", "/closures", {**TODAY, "from": f"{day}T09:00", "until": f"{day}T17:00"})
    begins = [closure["from"][:10] for closure in editor.asks("/closures").get_json()["items"]]
    assert begins == ["2026-12-24", "2026-12-25"]
