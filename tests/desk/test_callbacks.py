"""Call-backs over the API: booked by callers and handlers, one list, joined by their like, taken, and ended; on both databases."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from app import Application
from store import tables
from store.keys import Role
from tests.admin.desk_client import Holder, codes, holder
from tests.desk.calling_back import PERSON, books, listed, outcome, projected, reads
from tests.desk.stage import LINE
from tests.desk.wall_clock import WallClock, given, sent, tasks_of
from tests.telling import at

OTHER = "+442079460902"
CALL, SECOND_CALL = "CA" + "1" * 32, "CA" + "2" * 32


def moment(shown: dict[str, object], name: str) -> datetime:
    return datetime.fromisoformat(str(shown[name]))


def test_a_handler_books_one_and_reads_it_as_they_wrote_it(ida: Holder) -> None:
    key = books(ida, about="Wants the plan.", person="Ann Example", urgency="amber")["id"]
    read = reads(ida, key)
    assert (read["words"], read["person"], read["urgency"], read["state"]) == (
        "Wants the plan.",
        "Ann Example",
        "amber",
        "open",
    )
    assert (read["number"]["e164"], read["line"], read["authority"]) == (PERSON, LINE, "derbyshire")
    (in_the_list,) = listed(ida)
    assert in_the_list["id"] == key
    assert "words" not in in_the_list
    assert "Wants the plan" not in str(in_the_list)


def test_both_readings_are_kept_and_the_sooner_is_the_target(ida: Holder, wall: WallClock) -> None:
    wall.is_set("Fri 16:00")
    shown = books(ida, line="derbyshire-consultation", within=24)
    assert [reading["name"] for reading in shown["readings"]] == ["on the clock", "on working time"]
    assert moment(shown, "target") == at("Fri 16:00") + timedelta(hours=24)
    assert moment(shown, "promise") == at("Fri 16:00") + timedelta(hours=72)


def test_a_callers_booking_has_the_same_opaque_id_whoever_reads_it(
    office: Application, ida: Holder, tom: Holder
) -> None:
    projected(office, CALL, PERSON, at("Wed 10:00"))
    (seen,), (again,) = listed(ida), listed(tom)
    assert (seen["id"], len(seen["id"]), seen["booked_by"]) == (again["id"], 16, "the caller")
    assert CALL not in seen["id"]
    assert seen["call"] == CALL


def test_a_booking_that_the_caller_cancels_is_cancelled(office: Application, ida: Holder) -> None:
    projected(office, CALL, PERSON, at("Wed 10:00"))
    (seen,) = listed(ida)
    with office.database.write() as connection:
        connection.execute(update(tables.callback).values(rank=1))
    assert listed(ida) == []
    assert (reads(ida, seen["id"])["state"], reads(ida, seen["id"])["ended_by"]) == ("cancelled", "the caller")


def test_a_booking_that_was_cancelled_before_anybody_saw_it_never_comes(office: Application, ida: Holder) -> None:
    projected(office, CALL, PERSON, at("Wed 10:00"), rank=1)
    assert listed(ida) + listed(ida, "state=cancelled") == []


def test_a_second_booking_of_the_same_number_joins_the_first_and_keeps_the_sooner_time(
    office: Application, ida: Holder
) -> None:
    first = books(ida, within=48)
    projected(office, CALL, PERSON, at("Wed 10:00"))
    joined = books(ida, about="And again.", within=2, urgency="red")
    assert joined["id"] == first["id"]
    assert (joined["urgency"], len(joined["merged"])) == ("red", 1)
    assert moment(joined, "target") == at("Wed 12:00")
    (one,) = listed(ida)
    assert [merged["call"] for merged in one["merged"]].count(CALL) == 1
    (late,) = (merged for merged in one["merged"] if merged["call"] is None)
    assert reads(ida, late["id"])["words"] == "And again."


def test_one_that_others_have_joined_is_made_for_them_though_the_first_caller_cancels(
    office: Application, ida: Holder
) -> None:
    projected(office, CALL, PERSON, at("Wed 10:00"))
    listed(ida)
    projected(office, SECOND_CALL, PERSON, at("Wed 10:01"))
    (first,) = listed(ida)
    with office.database.write() as connection:
        connection.execute(update(tables.callback).where(tables.callback.c.call == CALL).values(rank=1))
    (still,) = listed(ida)
    assert (still["id"], still["state"]) == (first["id"], "open")


def test_of_bookings_that_come_together_the_later_one_of_a_number_joins(office: Application, ida: Holder) -> None:
    """The first of a number stands, whether the desk sees them one by one or all in one look."""
    projected(office, CALL, PERSON, at("Wed 10:00"))
    projected(office, SECOND_CALL, PERSON, at("Wed 10:01"))
    projected(office, "CA" + "3" * 32, OTHER, at("Wed 10:02"))
    alone, first = sorted(listed(ida), key=lambda shown: shown["number"]["e164"] == PERSON)
    assert (alone["number"]["e164"], alone["merged"]) == (OTHER, [])
    assert (first["call"], [joined["call"] for joined in first["merged"]]) == (CALL, [SECOND_CALL])


def test_another_authority_and_another_number_are_not_the_same(ida: Holder) -> None:
    keys = {books(ida)["id"], books(ida, OTHER)["id"], books(ida, line="derby")["id"]}
    assert len(keys) == len(listed(ida)) == 3


def test_once_it_is_done_the_next_booking_stands_alone(ida: Holder) -> None:
    first = books(ida)["id"]
    outcome(ida, first, "reached")
    assert books(ida)["id"] != first


def test_red_comes_first_and_then_the_sooner_due(ida: Holder) -> None:
    books(ida, "+442079460911", within=2)
    books(ida, "+442079460912", within=1)
    books(ida, "+442079460913", within=9, urgency="red")
    assert [one["number"]["e164"][-1] for one in listed(ida)] == ["3", "2", "1"]
    first = given(ida, "/callbacks?limit=1")
    assert [one["number"]["e164"][-1] for one in given(ida, f"/callbacks?cursor={first['next']}")["items"]] == [
        "2",
        "1",
    ]


def test_the_list_is_cut_by_state_time_owner_and_authority(ida: Holder) -> None:
    soon, later = books(ida, within=1)["id"], books(ida, OTHER, line="derby", within=9)["id"]
    sent(ida, "POST", f"/callbacks/{later}/take", {})
    assert [one["id"] for one in listed(ida, "due_before=Wed+12:00")] == [soon]
    assert [one["id"] for one in listed(ida, "owner=me")] == [later]
    assert [one["id"] for one in listed(ida, "authority=derby")] == [later]
    outcome(ida, soon, "cancelled")
    assert [one["id"] for one in listed(ida, "state=cancelled")] == [soon]


def test_what_cannot_be_asked_of_the_list_is_told_at_once(ida: Holder) -> None:
    reply = ida.asks("/callbacks?state=lost&due_before=whenever")
    assert (reply.status_code, set(codes(reply))) == (422, {"state", "due_before"})


def test_every_fault_of_a_booking_is_told_at_once(ida: Holder) -> None:
    wrong = {
        "number": "999",
        "urgency": "blue",
        "line": "nowhere",
        "kind": "odd",
        "call": "not a call",
        "body": "police",
    }
    reply = ida.sends("POST", "/callbacks", wrong)
    assert reply.status_code == 422
    assert set(codes(reply)) == {"number", "urgency", "line", "kind", "call", "body"}
    assert codes(reply)["number"] == "emergency"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("101", "emergency"),
        ("020 7946 0102", "loop"),
        ("09098 790 000", "destination-premium"),
        ("01392 388481", "destination"),
    ],
)
def test_what_is_never_dialled_is_never_booked(ida: Holder, number: str, code: str) -> None:
    assert codes(ida.sends("POST", "/callbacks", {"number": number, "line": LINE})) == {"number": code}


def test_a_colleague_takes_it_only_when_it_is_free(ida: Holder, tom: Holder) -> None:
    key = books(ida)["id"]
    for _ in range(2):
        sent(ida, "POST", f"/callbacks/{key}/take", {})
    sent(tom, "POST", f"/callbacks/{key}/take", {}, 409)
    sent(tom, "POST", f"/callbacks/{key}/release", {}, 409)
    assert sent(ida, "POST", f"/callbacks/{key}/release", {})["owner"] == ""
    assert sent(tom, "POST", f"/callbacks/{key}/take", {})["owner"] != ""


def test_no_answer_and_a_word_left_keep_it_and_the_rest_ends_it(ida: Holder) -> None:
    key = books(ida)["id"]
    for word in ("no-answer", "left-word"):
        assert (outcome(ida, key, word)["state"], listed(ida)[0]["outcome"]) == ("open", word)
    done = outcome(ida, key, "reached", note="Spoke to the mother.")
    assert (done["state"], "Ida Officer" in done["ended_by"]) == ("done", True)
    assert outcome(ida, key, "reached") == done
    assert reads(ida, key)["note"] == "Spoke to the mother."
    outcome(ida, key, "cancelled", 409)
    sent(ida, "POST", f"/callbacks/{key}/take", {}, 409)
    assert codes(ida.sends("POST", f"/callbacks/{key}/outcome", {"outcome": "who knows"})) == {"outcome": "choice"}


def test_what_is_written_is_sealed_and_who_read_it_stands_in_the_trail(office: Application, ida: Holder) -> None:
    key = books(ida, about="A secret matter.", person="Ann Example")["id"]
    outcome(ida, key, "no-answer", note="Nobody was there.")
    reads(ida, key)
    with office.database.read() as connection:
        (kept,) = connection.execute(tables.metadata.tables["call_back"].select()).all()
        here = tables.audit.select().where(tables.audit.c.slug == key)
        trail = connection.execute(here.order_by(tables.audit.c.sequence)).all()
    assert not any(word in str(kept) for word in ("secret", "Ann", "Nobody"))
    assert [row.what for row in trail] == ["book", "outcome", "read"]
    assert not any(word in str(row.after) for row in trail for word in (PERSON, "secret", "Ann", "Nobody"))


def test_nobody_dials_who_is_not_at_the_desk(ida: Holder) -> None:
    key = books(ida)["id"]
    sent(ida, "POST", f"/callbacks/{key}/dial", {}, 409)
    assert reads(ida, key)["state"] == "open"


def test_one_that_is_nearly_late_is_escalated_once(office: Application, ida: Holder, wall: WallClock) -> None:
    key, quick = books(ida, within=4)["id"], books(ida, OTHER, within=1)["id"]
    for minutes, escalated in ((44, set()), (1, {quick}), (179, {quick}), (1, {quick, key})):
        wall.passes(minutes=minutes)
        office.desk.once()
        office.desk.once()
        assert {one["id"] for one in listed(ida, "state=escalated")} == escalated
    assert set(tasks_of(ida, key)) == {"call-back-escalated"}
    assert tasks_of(ida, key)["call-back-escalated"]["role"] == "team-manager"
    assert moment(reads(ida, key), "escalated_at") == at("Wed 13:45")
    outcome(ida, key, "reached")
    assert tasks_of(ida, key) == {}


def test_viewers_see_none_of_it_and_auditors_change_nothing(office: Application, ida: Holder) -> None:
    key = books(ida)["id"]
    viewer, auditor = holder(office, Role.VIEWER), holder(office, Role.AUDITOR)
    assert viewer.asks("/callbacks").status_code == 403
    assert auditor.asks(f"/callbacks/{key}").status_code == 200
    assert auditor.sends("POST", f"/callbacks/{key}/take", {}).status_code == 403


def test_what_is_not_there_is_missing(ida: Holder) -> None:
    for key in ("0" * 16, "nonsense"):
        assert ida.asks(f"/callbacks/{key}").status_code == 404
        assert ida.sends("POST", f"/callbacks/{key}/dial", {}).status_code == 404
