"""Is a reply what a caller must hear first?"""

import pytest

from watch.heard import NO_DANGER, NOT_ITS_OPENING, NOT_TWIML, SILENT, amiss
from webhooks.last_resort import SAFE
from webhooks.twiml import say, whole

OPENING = "Devon & Torbay. If a child is in danger now, hang up and dial 9 9 9."
WELL = whole(f"{say(OPENING + ' Press 1.')}<Hangup/>")


def test_the_lines_own_opening_is_well_wherever_it_stands_in_the_document() -> None:
    gathered = whole(f'<Gather input="dtmf">{say(OPENING)}</Gather>')
    assert [amiss(one, OPENING) for one in (WELL, gathered)] == ["", ""]


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", NOT_TWIML),
        (b"<html><body>Bad gateway</body>", NOT_TWIML),
        (b"<html><body>Welcome</body></html>", NOT_TWIML),
        (WELL[:-3], NOT_TWIML),
        (b'<!DOCTYPE x [<!ENTITY a "9 9 9">]><Response><Say>&a;</Say></Response>', NOT_TWIML),
        (WELL.ljust(70_000), NOT_TWIML),
        (b"<Response><Hangup/></Response>", SILENT),
        (b"<Response><Say> </Say></Response>", SILENT),
        (whole(f"{say('Welcome.')}{say(OPENING)}"), NO_DANGER),
        (whole(say("Ring 1999 or 99 99.")), NO_DANGER),
        (SAFE, NOT_ITS_OPENING),
    ],
)
def test_everything_else_is_named(document: bytes, words: str) -> None:
    assert amiss(document, OPENING) == words
