"""Does a caller who shows no number, or an odd one, come as far as everybody else? Every form that is known, on every line."""

import pytest

from ivr.moment import World
from telephone import Call
from telephone.states import Listening, Queued, Ringing, Talking
from tests.telling import Switchboard

FORMS = (
    "anonymous", "Anonymous", "ANONYMOUS", "", " ", "Restricted", "Unavailable", "unknown", "Private", "blocked", "+266696687",
    "+86282452253",
    "+8656696", "+2562533", "+7378742833", "client:desk", "client:", "sip:agent@example.org", "sip:", "sips:+442079460999@example.org",
    "letters",
    "+44", "+", "999", "0", "+4420794609991234567890", "9" * 5_000, "ａｎｏｎ", "\u202e+442079460999", "\x00", "<Dial>+442079460999</Dial>",
)  # fmt: skip
ORDINARY = "+442079460999"
DESK = "call-derbyshire"
MOST_STEPS = 12


def comes_to(world: World, line: str, caller: str) -> tuple[str, tuple[str, ...]]:
    """How far somebody comes who asks for a person: in what they end, and whose phones rang."""
    board = Switchboard(world, frozenset((DESK,)))
    call, rung = board.ring(line, caller=caller), list[str]()
    for _ in range(MOST_STEPS):
        if isinstance(call.state, Listening):
            call.presses("0")
        elif isinstance(call.state, Ringing):
            rung += call.state.numbers
            call.answers()
        else:
            break
    assert board.staged is not None
    assert board.staged.memory.faults == []
    assert call.warnings == ()
    return _ending(call), tuple(rung)


def _ending(call: Call) -> str:
    if isinstance(call.state, Talking | Queued):
        return type(call.state).__name__
    return "safe message" if any("hang up and dial 9 9 9" in line.text for line in call.transcript) else "nothing"


@pytest.mark.parametrize("line", ["devon", "derby", "derby-consultation", "sheffield-cpet", DESK])
def test_whoever_shows_no_number_reaches_a_person_as_everybody_does(world: World, line: str) -> None:
    ordinary = comes_to(world, line, ORDINARY)
    assert ordinary[0] == ("Queued" if line == DESK else "Talking")
    assert {caller for caller in FORMS if comes_to(world, line, caller) != ordinary} == set()


@pytest.mark.parametrize("line", ["cambridgeshire-ifd", "derbyshire-consultation"])
def test_where_no_number_is_printed_they_hear_what_everybody_hears(world: World, line: str) -> None:
    assert set(world.directory.lines) >= {line, DESK}
    assert {comes_to(world, line, caller) for caller in (ORDINARY, *FORMS)} == {("safe message", ())}
