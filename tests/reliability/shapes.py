"""Which shapes may a call have? Each played once on a telephone in this process, as the records that it leaves behind."""

from collections.abc import Callable, Mapping

from ivr.moment import World
from ivr.record import Record
from rehearsal.staging import CALLER, Rehearsal, Staffed, rehearsal
from telephone import Call
from tests.telling import at

Play = Callable[[Call], Call]


def on_a_day(play: Play) -> Callable[[World], list[Record]]:
    """A call to Devon's duty desk, by day, whose phone rings."""

    def records(world: World) -> list[Record]:
        staged = rehearsal(world, at("Wed 10:00"))
        play(dialled(staged, world, "devon").presses("2").presses("1").presses("1"))
        return staged.memory.records

    return records


def in_a_menu(play: Play) -> Callable[[World], list[Record]]:
    """A call to Devon that has heard the first menu."""

    def records(world: World) -> list[Record]:
        staged = rehearsal(world, at("Wed 10:00"))
        play(dialled(staged, world, "devon"))
        return staged.memory.records

    return records


def at_the_desk(play: Play) -> Callable[[World], list[Record]]:
    """A call that waits for the desk of Call Derbyshire."""

    def records(world: World) -> list[Record]:
        staged = rehearsal(world, at("Wed 10:00"), Staffed(frozenset(("call-derbyshire",))))
        play(dialled(staged, world, "call-derbyshire").presses("1"))
        return staged.memory.records

    return records


def dialled(staged: Rehearsal, world: World, line: str) -> Call:
    """A call to a line, which rings."""
    return staged.phone.dial(world.directory.lines[line].numbers[0].e164, CALLER)


SHAPES: Mapping[str, Callable[[World], list[Record]]] = {
    "answered": on_a_day(lambda call: call.answers(presses="1").talks(30).callee_hangs_up().has_ended()),
    "the caller hangs up in a conversation": on_a_day(lambda call: call.answers(presses="1").talks(30).hangs_up().has_ended()),
    "busy": on_a_day(lambda call: call.busy().hangs_up().has_ended()),
    "no answer": on_a_day(lambda call: call.no_answer().hangs_up().has_ended()),
    "failed": on_a_day(lambda call: call.fails().hangs_up().has_ended()),
    "voicemail": on_a_day(lambda call: call.voicemail().hangs_up().has_ended()),
    "whisper hang-up": on_a_day(lambda call: call.picks_up().hangs_up_in_whisper().hangs_up().has_ended()),
    "a ladder of two legs": on_a_day(lambda call: call.no_answer().answers(presses="1").talks(9).callee_hangs_up().has_ended()),
    "hangs up in a menu": in_a_menu(lambda call: call.presses("2").hangs_up().has_ended()),
    "hangs up while it rings": on_a_day(lambda call: call.hangs_up().has_ended()),
    "waits for the desk and hangs up": at_the_desk(lambda call: call.waits_in_queue(40).hangs_up().has_ended()),
}  # fmt: skip
