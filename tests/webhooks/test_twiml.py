"""Is each reply written as the TwiML that Twilio understands?"""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.numbers import Number
from ivr.position import Position, Stage
from ivr.replies import Connect, HangUp, Listen, Reply, Ring, Say
from ivr.speech import speakable
from telephone.document import Document
from telephone.document import read as as_twilio_reads
from webhooks.twiml import TooLongError, Writer

HERE = "https://calls.example.org/webhooks/voice"
HEAD = '<?xml version="1.0" encoding="UTF-8"?><Response>'
SAY = '<Say language="en-GB" voice="Polly.Amy-Neural">'
RETRIES = "#ct=2000&amp;rt=5000&amp;rc=2&amp;rp=ct,rt,5xx"
VOICE = "/webhooks/voice/1/0123456789ab/devon"
MENU = Position("0123456789ab", "devon", "welcome", Stage.KEYS, hop=3, tries=1, back=(2,))
LEG = Position("0123456789ab", "devon", "mash", Stage.LEG, hop=4, tried=("abcd", "e-_f"))
WHISPER = Position("0123456789ab", "devon", "mash", Stage.WHISPER, hop=4, tried=("abcd", "e-_f"))
DUTY, OURS = Number("+441392388481"), Number("+442079460101")
MENU_URL = f"{VOICE}/welcome/k3?x=1&amp;b=2{RETRIES}"
GATHER = '<Gather input="dtmf" numDigits="1" finishOnKey="" timeout="10" actionOnEmptyResult="true" method="POST"'
NUMBER = (
    f'statusCallback="/webhooks/status{RETRIES}" statusCallbackEvent="initiated ringing answered completed">'
    "+441392388481</Number></Dial>"
)


def golden(*replies: Reply) -> str:
    """What stands between the head and the end."""
    written = Writer("").document(replies).decode()
    assert written.startswith(HEAD)
    assert written.endswith("</Response>")
    return written.removeprefix(HEAD).removesuffix("</Response>")


def test_say() -> None:
    assert golden(Say('R&D <North>, "one"')) == f'{SAY}R&amp;D &lt;North&gt;, "one"</Say>'


def test_hang_up() -> None:
    assert golden(Say("Goodbye."), HangUp()) == f"{SAY}Goodbye.</Say><Hangup/>"


def test_connect_is_an_empty_document() -> None:
    assert golden(Connect()) == ""


def test_listen_for_one_key() -> None:
    assert golden(Listen("Press 1.", MENU)) == (
        f'{GATHER} action="{MENU_URL}">{SAY}Press 1.</Say></Gather><Redirect method="POST">{MENU_URL}</Redirect>'
    )


def test_listen_for_an_extension() -> None:
    expected = GATHER.replace('numDigits="1" finishOnKey=""', 'numDigits="4" finishOnKey="#"')
    assert golden(Listen("Key it.", MENU, keys=4)).startswith(f'{expected} action="{MENU_URL}">')


def test_listen_for_any_number_of_keys_ended_by_hash() -> None:
    expected = GATHER.replace('numDigits="1" finishOnKey=""', 'finishOnKey="#"').replace('"10"', '"7"')
    assert golden(Listen("Key it.", MENU, keys=None, seconds=7)).startswith(f'{expected} action="{MENU_URL}">')


def test_ring_with_a_whisper_and_our_number() -> None:
    tail = f"4?t=abcde-_f{RETRIES}"
    assert golden(Say("Calling MASH."), Ring(DUTY, LEG, WHISPER, OURS, 15)) == (
        f'{SAY}Calling MASH.</Say><Dial timeout="15" method="POST" action="{VOICE}/mash/d{tail}" callerId="+442079460101">'
        f'<Number url="{VOICE}/mash/w{tail}" method="POST" {NUMBER}'
    )


def test_ring_without_a_whisper_and_with_the_callers_number() -> None:
    assert golden(Ring(DUTY, LEG, None, None, 15)) == (
        f'<Dial timeout="15" method="POST" action="{VOICE}/mash/d4?t=abcde-_f{RETRIES}"><Number {NUMBER}'
    )


def test_a_whisper_ends_in_a_hang_up_and_never_in_a_connection() -> None:
    listen = Listen("Please press 1.", WHISPER, seconds=3)
    assert golden(listen, HangUp()).endswith("</Say></Gather><Hangup/>")


def test_every_link_leads_back_below_the_public_path() -> None:
    written = Writer("/ivr").document([Say("x"), Ring(DUTY, LEG, WHISPER, None, 15)]).decode()
    written += Writer("/ivr").document([Listen("x", MENU)]).decode()
    assert re.findall(r"[^\"<>]*/webhooks/[a-z]+", written) == [
        "/ivr/webhooks/voice", "/ivr/webhooks/voice", "/ivr/webhooks/status", "/ivr/webhooks/voice", "/ivr/webhooks/voice",
    ]  # fmt: skip


def test_a_document_that_twilio_would_refuse_is_never_written() -> None:
    assert len(Writer("").document([Say("x" * 59_000)])) < 60_000
    with pytest.raises(TooLongError):
        Writer("").document([Say("é" * 30_001)])


texts = st.text(
    st.characters() | st.sampled_from("\x00\x0b\x1b\ufffe\uffff\ud800\udfff\r\n\t]>&<\"'\x7f\x85\u2028"), max_size=40
)
listens = st.builds(
    Listen, texts, st.sampled_from([MENU, LEG]), keys=st.sampled_from([None, 1, 4]), seconds=st.integers(1, 60)
)
rings = st.builds(
    Ring,
    st.just(DUTY),
    st.just(LEG),
    st.sampled_from([None, WHISPER]),
    st.sampled_from([None, OURS]),
    st.integers(5, 60),
)
documents = st.one_of(
    listens.map(lambda one: [one]),
    listens.map(lambda one: [one, HangUp()]),
    st.tuples(texts.map(Say), rings).map(list),
    texts.map(lambda text: [Say(text), HangUp()]),
)


@settings(max_examples=400, deadline=None, database=None)
@given(documents)
def test_whatever_the_words_twilio_reads_the_document_without_a_warning(replies: list[Reply]) -> None:
    found = as_twilio_reads(Writer("").document(replies), HERE)
    assert isinstance(found, Document)
    assert found.warnings == ()


@settings(max_examples=400, deadline=None, database=None)
@given(texts)
def test_the_words_arrive_as_written_without_what_xml_forbids(text: str) -> None:
    root = ET.fromstring(Writer("").document([Say(text)]))  # noqa: S314 - our own document
    normal = speakable(text).replace("\r\n", "\n").replace("\r", "\n")
    assert (root[0].text or "") == normal


@settings(max_examples=200, deadline=None, database=None)
@given(documents)
def test_a_caller_who_presses_nothing_is_never_dropped_by_a_gather(replies: list[Reply]) -> None:
    root = ET.fromstring(Writer("").document(replies))  # noqa: S314 - our own document
    for at, verb in enumerate(root):
        if verb.tag == "Gather":
            assert [after.tag for after in root[at + 1 :]] in (["Redirect"], ["Hangup"])
            assert verb.get("action")
        if verb.tag == "Dial":
            assert verb.get("action")
            assert root[at + 1 :] == []
