"""What may the REST API do to people in a conference? (Twilio: voice/api/conference-participant-resource)"""

from telephone import NoAnswer, Person, Voicemail
from tests.telephone.canned_twiml import HOST, LINE
from tests.telephone.exchange.world import CONSULTED, HANDLER, THIRD, Room

HOLD = f"{HOST}/calm"


def test_hold_isolates_both_ways_and_plays_the_hold_document_again_and_again() -> None:
    room = Room()
    handler = room.joins(HANDLER)
    assert room.updates("caller", Hold=True, HoldUrl=HOLD)["hold"] is True
    room.exchange.advance(15)
    assert room.hears(room.caller) == room.hears(handler) == []
    assert room.caller.is_held
    assert [each.request.method for each in room.asked("/calm")] == ["GET"] * 5
    assert room.exchange.longest_silence(room.caller).seconds == 2.0  # the pause between two pleas
    assert room.events[-1] == "participant-hold"


def test_unhold_stops_the_hold_document_at_once() -> None:
    room = Room()
    handler = room.joins(HANDLER)
    room.updates("caller", Hold=True, HoldUrl=HOLD)
    room.exchange.advance(4)
    room.updates("caller", Hold=False)
    room.exchange.advance(10)
    assert room.hears(room.caller) == [handler]
    assert len(room.asked("/calm")) == 2
    assert room.events[-1] == "participant-unhold"


def test_hold_without_a_document_is_twilios_music() -> None:
    room = Room()
    room.joins(HANDLER)
    room.updates("caller", Hold=True)
    room.exchange.advance(60)
    assert [heard.kind for heard in room.caller.hears_now] == ["music"]


def test_a_hold_document_that_cannot_be_had_is_silence() -> None:
    room = Room()
    room.joins(HANDLER)
    room.updates("caller", Hold=True, HoldUrl=f"{HOST}/missing")
    room.exchange.advance(20)
    assert room.exchange.longest_silence(room.caller).seconds == 20


def test_hold_is_independent_of_mute() -> None:
    room = Room()
    room.joins(HANDLER)
    room.updates("caller", Muted=True)
    room.updates("caller", Hold=True)
    body = room.updates("caller", Hold=False)
    assert (body["muted"], body["hold"]) == (True, False)


def test_mute_is_told_and_unmute_too() -> None:
    room = Room()
    handler = room.joins(HANDLER)
    room.updates("caller", Muted=True)
    assert room.hears(handler) == []
    room.updates("caller", Muted=False)
    room.exchange.settle()
    assert room.hears(handler) == [room.caller]
    assert room.events[-2:] == ["participant-mute", "participant-unmute"]


def test_the_hold_of_somebody_who_has_gone_is_not_found() -> None:
    room = Room()
    room.joins(HANDLER)
    room.caller.hangs_up()
    path = f"/Conferences/{room.sid}/Participants/caller.json"
    assert room.refusal(path, Hold=True) == (404, 20404)


def test_whose_leaving_ends_it_can_be_changed() -> None:
    room = Room("endConferenceOnExit='true'")
    handler = room.joins(HANDLER)
    room.updates("caller", EndConferenceOnExit=False)
    room.updates(handler.sid, EndConferenceOnExit=True)
    assert (
        room.listed(f"/Conferences/{room.sid}/Participants.json", "participants")[0]["end_conference_on_exit"] is False
    )
    third = room.joins(CONSULTED)
    room.caller.hangs_up()
    assert room.hears(third) == [handler]
    handler.hangs_up()
    room.exchange.advance(1)
    assert third.has_heard("Out of the room")
    assert room.events.count("participant-modify") == 2


def test_a_participant_who_is_removed_goes_on_behind_the_dial() -> None:
    room = Room()
    handler = room.joins(HANDLER, "participantLabel='handler'")
    assert room.rest("DELETE", f"/Conferences/{room.sid}/Participants/handler.json") == (204, {})
    room.exchange.advance(2)
    assert (handler.room, handler.has_heard("Out of the room")) == (None, True)
    assert room.told("/events", "ReasonParticipantLeft")[-1] == "participant_updated_via_api"


def test_removing_one_whose_leaving_ends_it_ends_it() -> None:
    room = Room("endConferenceOnExit='true'")
    room.joins(HANDLER)
    room.rest("DELETE", f"/Conferences/{room.sid}/Participants/caller.json")
    room.exchange.settle()
    reason = room.told("/events", "ReasonConferenceEnded")[-1]
    assert reason == "participant-with-end-conference-on-exit-kicked"


def test_an_announcement_is_heard_by_one_alone() -> None:
    room = Room(documents={"/news": "<Response><Say>They did not answer</Say></Response>"})
    handler = room.joins(HANDLER)
    room.updates(handler.sid, AnnounceUrl=f"{HOST}/news")
    room.exchange.advance(5)
    assert (handler.has_heard("They did not answer"), room.caller.has_heard("They did not answer")) == (True, False)
    assert room.hears(handler) == [room.caller]
    assert room.events[-1] == "announcement-end"


def test_an_announcement_to_all_is_heard_by_all() -> None:
    room = Room(documents={"/news": "<Response><Say>One minute left</Say></Response>"})
    handler = room.joins(HANDLER)
    room.post(f"/Conferences/{room.sid}.json", AnnounceUrl=f"{HOST}/news")
    room.exchange.advance(3)
    assert room.caller.has_heard("One minute left")
    assert handler.has_heard("One minute left")


def test_an_announcement_that_cannot_be_had_is_told() -> None:
    room = Room()
    room.updates("caller", AnnounceUrl=f"{HOST}/missing")
    room.exchange.settle()
    assert room.events[-1] == "announcement-fail"


def test_the_api_ends_a_conference_for_all() -> None:
    room = Room()
    handler = room.joins(HANDLER)
    assert room.post(f"/Conferences/{room.sid}.json", Status="completed")["status"] == "completed"
    room.exchange.advance(1)
    assert room.told("/events", "ReasonConferenceEnded")[-1] == "conference-ended-via-api"
    assert room.told("/events", "ReasonParticipantLeft")[-2] == "conference_ended_via_api"
    assert handler.has_heard("Out of the room")
    assert room.listed(f"/Conferences/{room.sid}/Participants.json", "participants") == []
    assert room.refusal(f"/Conferences/{room.sid}.json", Status="completed") == (404, 20404)


def test_a_participant_that_is_created_joins_the_moment_anything_answers() -> None:
    room = Room()
    room.exchange.phone(THIRD).will(Voicemail(after=2))
    path = f"/Conferences/{room.sid}/Participants.json"
    body = room.post(path, To=THIRD, From=LINE, Label="invitee", EndConferenceOnExit=False)
    assert (body["status"], body["label"]) == ("queued", "invitee")
    room.exchange.advance(4)
    assert [leg.called for leg in room.hears(room.caller)] == [THIRD]  # the mailbox speaks into the room
    assert len(room.listed(path, "participants")) == 2


def test_a_participant_by_name_makes_the_conference() -> None:
    room = Room()
    room.exchange.phone(HANDLER).will(Person(after=1))
    room.post("/Conferences/other/Participants.json", To=HANDLER, From=LINE)
    statuses = [room.exchange.rooms[1].status]
    room.exchange.advance(2)
    assert [*statuses, room.exchange.rooms[1].status] == ["init", "in-progress"]
    assert room.refusal("/Conferences/CF404/Participants.json", To=HANDLER, From=LINE) == (404, 20404)


def test_an_invited_person_who_does_not_answer_is_told_to_the_callback() -> None:
    room = Room()
    room.exchange.phone(THIRD).will(NoAnswer())
    room.post("/Conferences/room/Participants.json", To=THIRD, From=LINE, Timeout=10, StatusCallback=f"{HOST}/status")
    room.exchange.advance(20)
    assert room.told("/status", "CallStatus") == ["no-answer"]


def test_participants_are_found_by_call_and_label_and_filtered() -> None:
    room = Room()
    handler = room.joins(HANDLER)
    room.updates("caller", Hold=True)
    path = f"/Conferences/{room.sid}/Participants"
    assert room.rest("GET", f"{path}/caller.json")[1]["call_sid"] == room.caller.sid
    assert room.rest("GET", f"{path}/{handler.sid}.json")[1]["label"] is None
    assert [each["label"] for each in room.listed(f"{path}.json?Hold=true", "participants")] == ["caller"]
    assert room.rest("GET", f"{path}/nobody.json")[1]["code"] == 20404
