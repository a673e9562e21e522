"""Blue, Green, Amber, Red: what a Team Manager's rating makes of a contact, and which clocks it starts; on both databases."""

from typing import Any

import pytest

from app import Application
from store import tables, tables_papers
from store.callbacks import ACTIVE, CallBack, add, those
from store.keys import Role
from store.presence import Status
from telephone import Leg, Person
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.stage import HANDLER, Stage
from tests.desk.wall_clock import WallClock, contact, given, sent, tasks_of

RATIONALE = "Ann Example was seen with a bruise."


FRONT_DOOR = "+442079460107"


def rates(by: Holder, record: str, rating: str, **more: Any) -> dict[str, Any]:
    body = {"rating": rating, "decided_by": "Tom Manager", "rationale": RATIONALE, **more}
    return sent(by, "PUT", f"/contacts/{record}/rating", body)


def clocks(answer: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {one["kind"]: (one["target_at"][5:16], one["promise_at"][5:16]) for one in answer["clocks"]}


def test_amber_runs_four_hours_from_the_contact_and_promises_a_day(ida: Holder, tom: Holder, wall: WallClock) -> None:
    record = contact(ida)
    wall.passes(hours=3)
    answer = rates(tom, record, "amber")
    assert answer["status"] == "referral"
    assert clocks(answer) == {
        "amber-action": ("11-25T14:00", "11-26T10:00"),
        "amber-partners": ("11-25T14:00", "11-26T10:00"),
    }


def test_red_runs_four_hours_from_the_contact_and_is_urgent(ida: Holder, tom: Holder, wall: WallClock) -> None:
    wall.is_set("Fri 16:30")
    record = contact(ida)
    answer = rates(tom, record, "red")
    assert clocks(answer)["red-action"][0] == "11-27T20:30"
    assert {task["urgency"] for task in tasks_of(ida, record).values()} == {"red"}
    other = contact(ida, "derbyshire", crime="yes")
    assert given(ida, "/tasks")["items"][0]["about"] == record
    assert other in {task["about"] for task in given(ida, "/tasks")["items"]}


def test_the_team_managers_rating_is_the_decision(ida: Holder, tom: Holder) -> None:
    record = contact(ida, protection_now="yes")
    assert {"decision", "team-manager-now"} <= set(tasks_of(ida, record))
    rates(tom, record, "amber")
    assert not {"decision", "team-manager-now"} & set(tasks_of(ida, record))
    sent(ida, "PUT", f"/contacts/{record}", {"fields": {"concern": "More."}})
    assert "team-manager-now" not in tasks_of(ida, record)


def test_an_information_officers_first_rating_decides_nothing(ida: Holder) -> None:
    record = contact(ida, rating="green")
    assert "decision" in tasks_of(ida, record)
    assert given(ida, f"/contacts/{record}/rating")["status"] == "contact"


def test_another_rating_stops_the_clocks_of_the_first_and_both_stand_in_the_history(ida: Holder, tom: Holder) -> None:
    record = contact(ida)
    rates(tom, record, "red")
    answer = rates(tom, record, "green", rationale="It was an old bruise.")
    assert [(one["rating"], one["status"], one["rationale"]) for one in answer["items"]] == [
        ("red", "referral", RATIONALE), ("green", "early-help", "It was an old bruise."),
    ]  # fmt: skip
    assert [one["kind"] for one in answer["clocks"]] == ["early-help"]
    assert {task["urgency"] for task in tasks_of(ida, record).values()} == {"normal"}
    assert [one["decided_by"] for one in given(ida, f"/contacts/{record}/rating")["items"]] == ["Tom Manager"] * 2


def test_blue_is_information_and_starts_no_clock(ida: Holder, tom: Holder) -> None:
    answer = rates(tom, contact(ida), "blue")
    assert (answer["status"], answer["clocks"]) == ("information", [])


def test_a_red_case_may_go_straight_to_the_unit(ida: Holder, tom: Holder) -> None:
    record = contact(ida)
    assert [one["kind"] for one in rates(tom, record, "red", to_unit=True)["clocks"]] == ["unit-hand-over"]
    assert "red-action" not in tasks_of(ida, record)


def test_the_rating_stands_on_the_record_for_whoever_it_is_passed_on_to(ida: Holder, tom: Holder) -> None:
    record = contact(ida, concern="Alone.")
    rates(tom, record, "amber")
    assert given(ida, f"/contacts/{record}")["fields"]["rating"] == "amber"
    assert "Amber" in ida.asks(f"/contacts/{record}/hand-over").get_data(as_text=True)


def test_every_fault_is_told_at_once_and_nothing_is_rated(ida: Holder) -> None:
    record = contact(ida)
    reply = ida.sends("PUT", f"/contacts/{record}/rating", {"rating": "purple", "to_unit": True})
    assert codes(reply) == {
        "rating": "choice", "decided_by": "missing", "rationale": "missing", "to_unit": "not-red",
    }  # fmt: skip
    assert given(ida, f"/contacts/{record}/rating")["items"] == []


def test_only_cambridgeshire_rates(ida: Holder) -> None:
    body = {"rating": "red", "decided_by": "A Manager", "rationale": "why"}
    for authority in ("derbyshire", ""):
        assert ida.sends("PUT", f"/contacts/{contact(ida, authority)}/rating", body).status_code == 409


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_closed_record_is_neither_rated_nor_is_its_rating_read(method: str, ida: Holder, tom: Holder) -> None:
    record = contact(ida, staff_family="yes")
    body = {"rating": "red", "decided_by": "A Manager", "rationale": "why"} if method == "PUT" else None
    assert tom.sends(method, f"/contacts/{record}/rating", body).status_code == 403
    assert ida.sends(method, "/contacts/0123456789abcdef/rating", body).status_code == 404


def test_the_rationale_is_sealed_and_its_reading_noted(office: Application, ida: Holder, tom: Holder) -> None:
    record = contact(ida)
    rates(tom, record, "amber")
    given(ida, f"/contacts/{record}/rating")
    with office.database.read() as connection:
        kept = connection.execute(tables_papers.rating.select()).all()
        trail = connection.execute(tables.audit.select()).all()
    assert "Example" not in str([tuple(row) for row in kept]) + str([tuple(row) for row in trail])
    readings = [row for row in trail if (row.kind, row.what) == ("reading", "read ratings")]
    assert [row.slug for row in readings] == [record]
    assert holder(office, Role.AUDITOR).asks(f"/contacts/{record}/rating").status_code == 403


def test_call_backs_of_the_same_call_are_as_urgent_as_its_contact(
    office: Application, ida: Holder, tom: Holder, wall: WallClock
) -> None:
    sent(ida, "PUT", "/calls/CA7/contact", {"fields": {"concern": "?"}, "authority": "cambridgeshire"})
    record = given(ida, "/calls/CA7/contact")["id"]
    with office.database.write() as connection:
        for key, call, number in (("a" * 16, "CA7", "+442079460901"), ("b" * 16, "CA8", "+442079460902")):
            add(connection, CallBack(
                key, "cambridgeshire", "", number, wall.now(), "tests", wall.now(), wall.now(), [], wall.now(), call=call,
            ))  # fmt: skip
    rates(tom, record, "red")
    with office.database.read() as connection:
        found = {one.call: one.urgency for one in those(connection, ACTIVE)}
    assert found == {"CA7": 2, "CA8": 0}


def waits(stage: Stage, leg: Leg) -> None:
    """For somebody who answers checks."""
    for key in "31":
        stage.until(lambda: leg.is_listened_to)
        leg.presses(key)
    stage.until(lambda: leg.queue is not None)


def test_a_caller_whose_contact_is_rated_red_goes_before_those_who_waited_longer(stage: Stage) -> None:
    officer = stage.signs_in(lines=("cambridgeshire-ifd",))
    stage.set_status(officer, Status.WRAP_UP)
    first, second = (stage.exchange.dial(FRONT_DOOR, caller) for caller in ("+442079460901", "+442079460902"))
    for leg in (first, second):
        waits(stage, leg)
    stage.exchange.advance(1)
    waiting = [one["call"] for one in given(officer, "/desk/queue")["items"]]
    assert waiting == [first.sid, second.sid]
    sent(
        officer, "PUT", f"/calls/{second.sid}/contact", {"fields": {"concern": "Alone."}, "authority": "cambridgeshire"}
    )
    rates(officer, given(officer, f"/calls/{second.sid}/contact")["id"], "red")
    stage.set_status(officer, Status.AVAILABLE)
    stage.exchange.phone(HANDLER).will(Person("1", after=2))
    stage.until(lambda: stage.hears(second) == {HANDLER})
    assert not stage.hears(first)
