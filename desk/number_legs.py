"""What does a phone hear that is rung for a test? Whose number is tested, and that key 1 confirms it; a mailbox presses none."""

from typing import assert_never

from desk import number_calls
from desk.leaving import gone
from desk.scene import Scene
from ivr.events import Keyed, Silent
from ivr.legs import Answered, Back, Called, LegEvent, LegPlace, LegStage, Over, Rings, RoomTold, Turn
from ivr.replies import HangUp, Listen, Reply, Say
from store.parties import COMING, Party

Replies = tuple[Reply, ...]

WORDS = "This is Dutyline's test of the duty number of {team}. Press 1 to confirm."
WHISPER_PATIENCE = 4
"""As long as a caller's whisper waits: a test that waited longer would promise what a call does not keep."""

THANKS = (Say("Thank you. Goodbye."), HangUp())
FINISHED = (Say("This test is over. Goodbye."), HangUp())


def leg(scene: Scene, party: Party, place: LegPlace, event: LegEvent) -> Replies:  # noqa: ARG001  # each is handed its place
    """What the tested phone hears next."""
    match event:
        case Answered():
            return _asked(scene, party)
        case Keyed(keys="1"):
            number_calls.confirmed(scene, party)
            return THANKS
        case Keyed() | Silent():
            return (HangUp(),)
        case Over(how=how):
            gone(scene, party, how)
            return ()
        case Back() | Turn() | Rings() | RoomTold() | Called():
            return ()
        case _:
            assert_never(event)


def _asked(scene: Scene, party: Party) -> Replies:
    if party.state not in COMING:
        return FINISHED
    number_calls.picked_up(scene)
    return (
        Listen(WORDS.format(team=party.who), LegPlace(party.id, LegStage.ACCEPT), seconds=WHISPER_PATIENCE),
        HangUp(),
    )
