"""How does a conference start, sound and end, and what are its events? (Twilio: voice/twiml/conference)"""

from telephone import Person
from tests.telephone.canned_twiml import LINE
from tests.telephone.exchange.world import CONSULTED, EVENTS, HANDLER, Room, World, dials_room

WAITS = "startConferenceOnEnter='false' waitUrl='/calm' waitMethod='GET'"


def test_one_alone_waits_with_twilios_music() -> None:
    room = Room()
    room.exchange.advance(30)
    assert [heard.text for heard in room.caller.hears_now] == ["[Twilio's hold music]"]
    assert room.events == ["participant-join"]


def test_it_starts_when_two_are_in_it_and_they_hear_each_other() -> None:
    room = Room(WAITS)
    handler = room.joins(HANDLER)
    assert room.events == ["participant-join", "conference-start", "participant-join"]
    assert (room.hears(room.caller), room.hears(handler)) == ([handler], [room.caller])
    assert [heard.kind for heard in room.caller.hears_now] == ["voices"]


def test_it_does_not_start_while_nobody_in_it_starts_it_though_the_api_calls_it_in_progress() -> None:
    room = Room(WAITS)
    other = room.joins(HANDLER, WAITS)
    assert room.listed("/Conferences.json?FriendlyName=room", "conferences")[0]["status"] == "in-progress"
    assert room.hears(room.caller) == room.hears(other) == []
    assert room.events == ["participant-join", "participant-join"]


def test_a_wait_document_does_not_start_again_by_itself() -> None:
    room = Room("waitUrl='/once'", {"/once": "<Response><Say>One moment please</Say></Response>"})
    room.exchange.advance(30)
    assert len(room.asked("/once")) == 1
    assert room.caller.hears_now == ()
    assert room.exchange.longest_silence(room.caller).seconds > 28


def test_after_a_hold_the_wait_document_is_asked_for_anew() -> None:
    room = Room(
        "waitUrl='/once'",
        {"/once": ["<Response><Say>First</Say></Response>", "<Response><Say>Second</Say></Response>"]},
    )
    room.exchange.advance(5)
    room.updates("caller", Hold=True)
    room.exchange.advance(5)
    room.updates("caller", Hold=False)
    room.exchange.advance(5)
    assert len(room.asked("/once")) == 2
    assert room.caller.has_heard("Second")


def test_an_empty_wait_document_is_silence() -> None:
    room = Room("waitUrl=''")
    room.exchange.advance(10)
    assert room.exchange.longest_silence(room.caller).seconds == 10


def test_without_its_wait_document_nobody_gets_in() -> None:
    room = Room("waitUrl='/missing'")
    room.exchange.advance(1)
    assert (room.events, room.told("/out", "DialCallStatus")) == ([], ["failed"])
    assert room.caller.has_heard("Out of the room")


def test_a_verb_that_a_wait_document_may_not_use_is_a_warning() -> None:
    room = Room("waitUrl='/keys'", {"/keys": "<Response><Gather/><Say>Wait</Say></Response>"})
    room.exchange.advance(2)
    assert [warned.code for warned in room.exchange.warnings] == [13238]
    assert room.caller.has_heard("Wait")


def test_who_ends_it_by_leaving_ends_it_for_all() -> None:
    room = Room("endConferenceOnExit='true'")
    handler = room.joins(HANDLER, "participantLabel='handler'")
    room.caller.hangs_up()
    room.exchange.advance(1)
    assert room.events[-3:] == ["participant-leave", "participant-leave", "conference-end"]
    assert room.told("/events", "ReasonParticipantLeft")[-3:-1] == ["participant_hung_up", "moderator_ended_conference"]
    end = room.asked("/events")[-1]
    assert end.parameter("ReasonConferenceEnded") == "participant-with-end-conference-on-exit-left"
    assert end.parameter("ParticipantLabelEndingConference") == "caller"
    assert handler.has_heard("Out of the room")
    assert room.told("/out", "DialCallStatus") == ["answered", "answered"]
    assert room.told("/out", "DialCallSid") == [None, None]


def test_without_an_action_or_another_verb_the_others_are_hung_up() -> None:
    document = "<Response><Dial><Conference endConferenceOnExit='true'>room</Conference></Dial></Response>"
    world = World(document)
    first, second = world.exchange.dial(LINE), world.exchange.dial(LINE, "+442079460998")
    first.hangs_up()
    assert second.is_over


def test_who_does_not_end_it_leaves_the_others_in_it() -> None:
    room = Room()
    handler = room.joins(HANDLER, "endConferenceOnExit='false'")
    third = room.joins(CONSULTED)
    handler.hangs_up()
    room.exchange.advance(1)
    assert room.hears(room.caller) == [third]
    assert room.exchange.rooms[0].status == "in-progress"


def test_the_last_who_leaves_ends_it() -> None:
    room = Room()
    room.caller.hangs_up()
    assert room.events == ["participant-join", "participant-leave", "conference-end"]
    assert room.told("/events", "ReasonConferenceEnded")[-1] == "last-participant-left"


def test_a_name_used_again_is_another_conference() -> None:
    room = Room()
    room.caller.hangs_up()
    room.exchange.dial(LINE)
    first, second = room.exchange.rooms
    assert (first.name, first.status, second.status) == (second.name, "completed", "in-progress")


def test_events_are_numbered_from_one_and_say_who() -> None:
    room = Room()
    handler = room.joins(HANDLER, "participantLabel='handler' muted='true'")
    assert room.told("/events", "SequenceNumber") == ["1", "2", "3"]
    joined = room.asked("/events")[-1]
    assert joined.parameter("CallSid") == handler.sid
    assert joined.parameter("ParticipantLabel") == "handler"
    assert (joined.parameter("Muted"), joined.parameter("Hold")) == ("true", "false")
    assert joined.parameter("From") is None
    assert joined.parameter("FriendlyName") == "room"


def test_the_first_participant_decides_who_is_told_of_what() -> None:
    room = World(dials_room())
    room.exchange.dial(LINE)
    room.exchange.phone(HANDLER).will(Person(after=1))
    room.post(
        "/Calls.json",
        To=HANDLER,
        From=LINE,
        Twiml=dials_room(f"statusCallback='/events' statusCallbackEvent='{EVENTS}'"),
    )
    room.exchange.advance(5)
    assert room.asked("/events") == []


def test_only_the_events_that_were_asked_for_are_told_and_counted() -> None:
    world = World(dials_room("statusCallback='/events' statusCallbackEvent='leave end'"))
    world.exchange.dial(LINE).hangs_up()
    assert world.told("/events", "StatusCallbackEvent") == ["participant-leave", "conference-end"]
    assert world.told("/events", "SequenceNumber") == ["1", "2"]


def test_a_muted_participant_hears_and_is_not_heard() -> None:
    room = Room()
    handler = room.joins(HANDLER, "muted='true'")
    assert (room.hears(room.caller), room.hears(handler)) == ([], [room.caller])


def test_a_label_is_given_once() -> None:
    room = Room()
    other = room.joins(HANDLER, "participantLabel='caller'")
    assert [warned.code for warned in room.exchange.warnings] == [16025]
    assert room.told("/out", "DialCallStatus") == ["failed"]
    assert other.room is None


def test_a_full_conference_takes_nobody() -> None:
    room = Room()
    room.joins(HANDLER)
    room.joins(CONSULTED, "maxParticipants='2'")
    assert [warned.code for warned in room.exchange.warnings] == [16020]


def test_keys_are_heard_by_nobody_inside() -> None:
    room = Room()
    room.joins(HANDLER)
    room.caller.presses("1")
    assert "presses 1 (nobody listens)" in room.caller.told()


def test_star_leaves_it_where_the_dial_says_so() -> None:
    world = World("<Response><Dial action='/out' hangupOnStar='true'><Conference>room</Conference></Dial></Response>")
    caller = world.exchange.dial(LINE)
    world.exchange.advance(3)
    caller.presses("*")
    world.exchange.advance(1)
    assert (world.told("/out", "DialCallStatus"), caller.room) == (["answered"], None)


def test_a_redirect_by_the_api_takes_somebody_out() -> None:
    room = Room()
    handler = room.joins(HANDLER)
    room.post(f"/Calls/{handler.sid}.json", Twiml="<Response><Say>Elsewhere now</Say><Pause length='9'/></Response>")
    room.exchange.advance(2)
    assert (handler.room, handler.has_heard("Elsewhere now"), handler.has_heard("Out of the room")) == (
        None,
        True,
        False,
    )
    assert room.told("/events", "ReasonParticipantLeft")[-1] == "participant_updated_via_api"
    assert len(room.asked("/out")) == 1  # the old Dial's action, whose reply is ignored
