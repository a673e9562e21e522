"""Does a past call read as it went: what was asked, who was tried and for how long, what was passed over, what is due?"""

from collections.abc import Sequence
from dataclasses import replace

from ivr.moment import World
from ivr.record import Record
from ivr.telling import Telling, Told, telling
from tests.telling import Switchboard, at


def told(board: Switchboard, world: World, ending: str = "") -> Telling:
    assert board.staged
    return telling(board.staged.memory.records, world.plans.by_digest, ending)


def texts(call: Telling) -> str:
    return "\n".join(one.text(one.rings) for one in call.timeline)


def test_a_call_to_a_worker_is_told_with_each_phone_and_its_seconds(board: Switchboard, world: World) -> None:
    asked = board.ring("devon").presses("1").presses("2301").no_answer()
    asked.answers(presses="1").talks(60).callee_hangs_up()
    call = told(board, world, "person")
    assert [(one.who, one.how, one.seconds, one.talked) for one in call.tried] == [
        ("the worker you asked for: the allocated worker", "not answered", 20, None),
        ("their manager: the worker's manager", "answered and connected", 5, 66),
    ]
    said = texts(call)
    assert "The caller pressed 1: a worker, by extension. The line asked for a worker's extension." in said
    assert "The caller keyed an extension. The extension belongs to Children & Families North 1." in said
    assert "2301" not in said
    assert "after 20 seconds of ringing. Rang their manager: the worker's manager, on +442079460204." in said
    assert call.ending == "a person was reached"


def test_what_was_passed_over_is_a_reason_and_not_a_sentence(board: Switchboard, world: World) -> None:
    board.ring("devon").presses("1").presses("2301").no_answer().hangs_up()
    passed = "The worker you asked for was tried already in this call."
    call = told(board, world)
    assert passed not in texts(call)
    assert passed in {reason for one in call.timeline for reason in one.reasons}


def test_a_call_back_is_due_with_its_promise_and_its_target(board: Switchboard, world: World) -> None:
    board.ring("sheffield-cpet", "Wed 11:00").presses("3").presses("1").has_ended()
    (due,) = told(board, world).due
    assert (due.promise, due.target, due.cancelled) == (at("Thu 11:00"), at("Thu 11:00"), False)


def test_a_call_back_that_the_caller_cancels_is_not_due(board: Switchboard, world: World) -> None:
    board.ring("sheffield-cpet", "Wed 11:00").presses("3").presses("3").has_ended()
    call = told(board, world)
    assert [due.cancelled for due in call.due] == [True]
    assert "The caller cancelled the call-back." in texts(call)


def test_the_plan_of_each_line_that_the_call_went_through_is_named(board: Switchboard, world: World) -> None:
    board.ring("derby").presses("5").hangs_up()
    call = told(board, world)
    assert [one.line for one in call.plans] == ["derby", "call-derbyshire"]
    assert "The caller pressed 5: a child who lives in Derbyshire, outside the city." in texts(call)


def test_a_caller_who_hangs_up_while_a_phone_rings_is_told_so(board: Switchboard, world: World) -> None:
    board.ring("devon").presses("2").presses("1").presses("2").hangs_up()
    assert [one.how for one in told(board, world).tried] == ["the caller hung up while it rang"]


def test_records_of_an_older_dutyline_are_told_as_well(board: Switchboard, world: World) -> None:
    board.ring("devon").presses("1").presses("2301").no_answer().hangs_up()
    assert board.staged
    new = board.staged.memory.records
    assert texts(telling(_older(new), world.plans.by_digest)) == texts(telling(new, world.plans.by_digest))


def test_what_happened_at_the_desk_stands_where_it_belongs(board: Switchboard, world: World) -> None:
    board.ring("devon", "Wed 10:00").presses("2").hangs_up()
    assert board.staged
    desk = Told(at("Wed 10:00"), ("A handler at the desk answered the call.",))
    call = telling(board.staged.memory.records, world.plans.by_digest, others=[desk])
    assert call.timeline[1] == desk


def test_a_call_of_which_only_a_fault_is_known_is_told(world: World) -> None:
    body = {"fault": "ValueError", "line": "devon", "node": "last-resort", "rings": None, "ending": "safe-message",
            "reasons": [{"code": "rescue-safe-message", "sentence": "The safe message follows."}],
            "from": None, "to": None}  # fmt: skip
    call = telling([Record("CA1", "", "r1", "fault", at("Wed 10:00"), body)], world.plans.by_digest, "safe-message")
    assert texts(call) == "Something could not be answered as planned. The safe message follows."


def _older(records: Sequence[Record]) -> list[Record]:
    """Without what a step looked at beside plan and directory."""
    new = {"place", "said", "staffed", "answered"}
    return [replace(one, body={name: value for name, value in one.body.items() if name not in new}) for one in records]
