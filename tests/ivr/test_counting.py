"""What does one call count as? Each sentence of docs/reports.md as a small call."""

from datetime import datetime, timedelta
from typing import Any

from ivr.counting import Counted, Measure, counted
from ivr.moment import World
from ivr.record import Record
from telephone import Answers, NoAnswer, Voicemail
from tests.telling import Switchboard, at

BEGAN = at("Wed 10:00")
MISSED = Measure.NO_ANSWER


def of(records: list[Record], ending: str, offered_at: datetime | None = None) -> dict[tuple[Measure, str], list[int]]:
    found: dict[tuple[Measure, str], list[int]] = {}
    for one in counted(records, ending, records[0].at, offered_at):
        found.setdefault((one.measure, one.who), []).append(one.value)
    return found


def kept(switchboard: Switchboard) -> list[Record]:
    assert switchboard.staged
    return switchboard.staged.memory.records


def step(name: str, seconds: int, *codes: str, **body: Any) -> Record:
    reasons = [{"code": code, "sentence": ""} for code in codes]
    return Record(
        "CA1", "", name, "step", BEGAN + timedelta(seconds=seconds), {"line": "devon", "reasons": reasons, **body}
    )


def test_a_mailbox_is_no_person_and_the_next_phone_is(world: World) -> None:
    line = Switchboard(world)
    call = line.ring("derby-consultation", "Fri 11:00")
    call.phone_does(Voicemail(after=1.0))
    call.phone_does(Answers())
    call.talks(20).callee_hangs_up()
    found = of(kept(line), "person")
    assert found[Measure.PERSON, ""] == [0]
    assert found[Measure.OPEN, ""] == [0]
    assert found[Measure.DEPTH, ""] == [2]
    assert found[Measure.NOT_ACCEPTED, "Professionals Consultation"] == [0]
    assert (Measure.TOOK, "Professionals Consultation") not in found
    assert found[Measure.TOOK, "Reception Service"] == [0]
    (ringing,), (person,), (took,) = (
        found[Measure.TO_RINGING, ""], found[Measure.TO_PERSON, ""], found[Measure.TOOK_AFTER, "Reception Service"],
    )  # fmt: skip
    assert ringing > 0
    assert 0 < took < person


def test_whoever_is_asked_for_by_extension_is_counted_without_a_name(world: World) -> None:
    line = Switchboard(world)
    call = line.ring("devon", "Fri 11:00")
    call.presses("1").presses("2301")
    while type(call.state).__name__ == "Ringing":
        call.phone_does(NoAnswer())
    found = of(kept(line), "safe-message")
    assert found[MISSED, "Workers whom callers asked for"] == [0]
    assert found[Measure.CALLED, "Managers of those workers"] == [0]
    named = {who for _, who in found}
    assert not [person.name for person in world.directory.people.values() if any(person.name in who for who in named)]


def test_the_desk_takes_a_call_when_the_caller_is_in_the_room_with_a_handler() -> None:
    records = [
        step("h0", 0, "within-hours", "queued"),
        step("c1", 41, "into-room"),
        step("f2", 300, "conversation", event={"name": "Talked"}),
    ]
    found = of(records, "person", BEGAN + timedelta(seconds=33))
    assert found[Measure.TO_RINGING, ""] == [33]
    assert found[Measure.TO_PERSON, ""] == [41]
    assert found[Measure.TOOK_AFTER, "The desk"] == [41]
    assert found[Measure.DEPTH, ""] == [0]


def test_a_caller_who_goes_first_was_abandoned_and_nobody_is_said_to_have_missed_them() -> None:
    ladder = {"code": "next", "sentence": "Ring MASH: the team's duty number."}
    rings = Record("CA1", "", "h0", "step", BEGAN, {"reasons": [ladder], "rings": "+442079460300"})
    gone = step("h1", 9, "caller-gone", event={"name": "CallerGone", "talked": False})
    found = of([rings, gone], "caller-gone")
    assert found[Measure.CALLER_GONE, ""] == [0]
    assert found[Measure.GONE_MEANWHILE, "MASH"] == [0]
    assert not {Measure.NO_ANSWER, Measure.TO_PERSON} & {measure for measure, _ in found}


def test_a_line_that_somebody_has_closed_was_closed_and_other_doors_are_wrong_ones() -> None:
    entry = {"code": "override", "sentence": "Set to closed by an entry: Training."}
    records = [
        Record("CA1", "", "h0", "step", BEGAN, {"reasons": [entry]}),
        step("h1", 20, "handed-over", "within-hours"),
    ]
    found = of(records, "safe-message")
    assert (Measure.CLOSED, "") in found
    assert (Measure.OPEN, "") not in found
    assert found[Measure.WRONG_DOOR, ""] == [0]


def test_clocks_that_differ_make_no_time_negative() -> None:
    records = [step("h0", 0), step("c1", 1, "into-room")]
    late = Counted(Measure.TO_RINGING, 0)
    assert late in list(counted(records, "person", BEGAN, BEGAN - timedelta(seconds=2)))
