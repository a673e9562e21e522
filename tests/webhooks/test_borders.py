"""Are the fields of a form those that were signed, or was a border between two of them moved?"""

from urllib.parse import urlencode

import pytest

from ivr.moment import World
from ivr.position import Stage
from rehearsal.staging import Memory
from tests.webhooks.knocking import SID, asked, fields, knock, opened, place
from webhooks.borders import WORDS, as_signed
from webhooks.guard import Guard, joined
from webhooks.links import path_of
from webhooks.reading import Form, form_from

CHILD, PARENT = "CA" + "a" * 32, "CA" + "b" * 32
Pairs = list[tuple[str, str]]
SENT: Pairs = [
    ("AccountSid", "AC" + "0" * 32), ("CallSid", CHILD), ("CallStatus", "in-progress"), ("Digits", "12"), ("FinishedOnKey", "#"),
    ("ParentCallSid", PARENT), ("QueueTime", "120"), ("SequenceNumber", "21"), ("To", "+442079460101"), ("ToCity", ""),
]  # fmt: skip


def moved(**others: str | None) -> Pairs:
    """The form with other values for these names, none of some, and new ones, all in order."""
    return sorted([(name, value) for name, value in (dict(SENT) | others).items() if value is not None])


MOVED = {
    "a call that is none": moved(CallSid=None, CallSi=f"d{CHILD}"),
    "a longer call": moved(CallSid=f"{CHILD}CallStatusin-progress", CallStatus=None),
    "the call that it belongs to": [
        ("AccountSid", f"{SENT[0][1]}CallSid{CHILD}CallStatusin-progressDigits12FinishedOnKey#Parent"), ("CallSid", PARENT), *SENT[6:],
    ],
    "a name that swallows the call": moved(CallSid=None, CallSidC=CHILD[1:]),
    "a child without its parent": moved(ParentCallSid=None, ParentCallSidC=PARENT[1:]),
    "another status": moved(CallStatus="in-progressDigits12", Digits=None),
    "no status": moved(CallStatus=None, CallStatusi="n-progress"),
    "a shorter wait": [*moved(QueueTime="12"), ("0", "")],
    "no wait": moved(QueueTime=None, QueueTim="e120"),
    "another number in order": moved(SequenceNumber="21To+442079460101", To=None),
    "a name with a number": moved(SequenceNumber=None, SequenceNumber2="1"),
    "nobody dialled": moved(To=None, T="o+442079460101"),
    "fewer keys": moved(Digits=None, Digits1="2"),
    "behind an empty field": moved(To=None, SequenceNumberTo="+442079460101"),
    "a parent behind an empty field": moved(ParentCallSid=None, OfParentCallSid=PARENT),
    "no key at the end": moved(FinishedOnKey=None, FinishedOnKe="y#"),
}  # fmt: skip


def form(pairs: Pairs) -> Form:
    """A form of these fields, as it is read from a body."""
    return form_from(urlencode(pairs).encode())


def test_a_form_as_twilio_sends_it_is_as_signed() -> None:
    for sent in (form(SENT), form([])):
        assert as_signed(sent, joined(sent.pairs)) is sent


@pytest.mark.parametrize("what", MOVED)
def test_a_border_that_was_moved_is_noticed_or_changes_nothing(what: str) -> None:
    found = as_signed(form(MOVED[what]), joined(SENT))
    assert found is None or all(found.value(name) == value for name, value in SENT if name.endswith(WORDS))


def test_a_value_that_swallows_the_next_field_is_cut_where_that_begins() -> None:
    swallowed = [*SENT[:3], ("Digits", "12Direction4"), *SENT[4:]]
    found = as_signed(form(swallowed), joined(swallowed))
    assert found is not None
    assert (found.value("Digits"), found.value("CallSid")) == ("12", CHILD)


@pytest.mark.parametrize(
    "odd",
    [
        {"Digits": "1A2", "Direction": "inbound"}, {"MaxQueueTime": "30"}, {"AvgQueueTime": "11"}, {"CallStatusReason": "busy"},
        {"To": "client:x"},
        {"CallSidEndingConference": CHILD}, {"DequeingCallSid": PARENT}, {"CallSid": "CA1"}, {"CallStatus": ""}, {"Digits": ""},
        {"TransportedTo": "+442079460102"}, {"Unheard": "of CallSid"}, {"QueueTime": "-1"}, {"CallToken": "{}"},
    ],
)  # fmt: skip
def test_what_twilio_may_come_to_send_is_as_signed(odd: dict[str, str]) -> None:
    sent = form(list((dict(SENT) | odd).items()))
    assert as_signed(sent, joined(sent.pairs)) is not None


@pytest.mark.parametrize(
    ("longer", "value", "word"),
    [("ParticipantCallStatus", "completed", "CallStatus"), ("DequeuedCallQueueTime", "30", "QueueTime")],
)
def test_a_longer_name_that_twilio_sends_alone_is_as_signed(longer: str, value: str, word: str) -> None:
    sent = form([*((name, said) for name, said in SENT if name != word), (longer, value)])
    assert as_signed(sent, joined(sent.pairs)) is sent


def test_a_request_that_is_sent_again_with_moved_borders_is_refused_and_leaves_nothing(world: World) -> None:
    memory, target = Memory(world), path_of(place(world, "welcome", Stage.KEYS))
    sent = sorted(fields(world, Digits="3"))
    signature = Guard(["a-token-for-the-door-only"], "http://door.invalid").signature(target, sent)
    again = [("CallSi", f"d{SID}") if name == "CallSid" else (name, value) for name, value in sent]
    assert joined(again) == joined(sent)
    reply = asked(opened(memory), target, urlencode(again).encode(), HTTP_X_TWILIO_SIGNATURE=signature)
    assert (reply.status, memory.records, memory.faults) == (403, [], [])
    assert knock(opened(memory), target, sent).status == 200


def test_keys_end_where_something_else_begins(world: World) -> None:
    target = path_of(place(world, "welcome", Stage.KEYS))
    whole, cut = (knock(opened(Memory(world)), target, fields(world, Digits=keys)) for keys in ("3", "3Direction1"))
    assert whole == cut
