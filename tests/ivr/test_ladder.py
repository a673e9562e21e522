"""Whoever does not answer, in whatever way: does the ladder go on, in its order, to the safe message? (D:20-24, ruling 11)"""

from collections.abc import Mapping
from itertools import product

import pytest

from ivr.engine import advance, start
from ivr.events import Arrived, Event, Keyed, LegEnd, Unreached
from ivr.moment import Call as Calling
from ivr.moment import Moment, World
from ivr.outcome import Ending, Outcome
from ivr.position import Position
from ivr.replies import Listen, Ring
from telephone import Answers, Busy, Call, Declines, Fails, HangsUpInWhisper, NoAnswer, Voicemail, e164
from telephone import Outcome as PhoneDoes
from telephone.states import Ringing, Talking
from tests.telling import Switchboard, at

WORKER, MANAGER, DUTY, MASH, EDT = (
    e164(number) for number in ("020 7946 0201", "020 7946 0204", "01392 388646", "0345 155 1071", "0345 600 0388")
)
LADDER = (WORKER, MANAGER, DUTY, MASH, EDT)
SCREENED: tuple[PhoneDoes, ...] = (
    NoAnswer(),
    Busy(),
    Fails(),
    Declines(),
    Voicemail(),
    Voicemail(19),
    HangsUpInWhisper(),
)
"""Every way in which a phone that must accept by key does not: a mailbox at once, and one after almost all the ringing."""
PLAIN: tuple[PhoneDoes, ...] = (NoAnswer(), Busy(), Fails())
NOBODY: Mapping[str, PhoneDoes] = dict.fromkeys(LADDER, NoAnswer())


def asked_for_a_worker(board: Switchboard) -> Call:
    return board.ring("devon").presses("1").presses("2301")


def climbed(call: Call, phones: Mapping[str, PhoneDoes]) -> list[str]:
    """Let the phones do as told until nobody is rung any more; the numbers in the order in which they rang."""
    rung: list[str] = []
    while isinstance(call.state, Ringing):
        number = call.state.numbers[0]
        rung.append(number)
        call.phone_does(phones[number])
    return rung


def seconds_to_the_safe_message(call: Call) -> float:
    """From the first ring until the safe message begins; the call stands where it has been heard whole."""
    first = next(line.at for line in call.transcript if line.who == "phone" and line.text.endswith("rings"))
    safe = next(line.at for line in call.transcript if line.who == "line" and "We are sorry" in line.text)
    return safe - first


@pytest.mark.parametrize("worker", SCREENED, ids=str)
def test_every_unanswered_worker_manager_and_duty_comes_to_the_safe_message(
    board: Switchboard, worker: PhoneDoes
) -> None:
    for manager, duty in product(SCREENED, repeat=2):
        call = asked_for_a_worker(board)
        assert climbed(call, {**NOBODY, WORKER: worker, MANAGER: manager, DUTY: duty}) == list(LADDER)
        call.hears("dial 9 9 9").hears("For a call back, press 1.")
        assert seconds_to_the_safe_message(call) <= 150, (worker, manager, duty)


def test_every_unanswered_hub_and_night_team_comes_to_the_safe_message(board: Switchboard) -> None:
    for mash, edt in product(PLAIN, repeat=2):
        call = asked_for_a_worker(board)
        assert climbed(call, {**NOBODY, WORKER: Voicemail(19), MASH: mash, EDT: edt}) == list(LADDER)
        call.hears("dial 9 9 9").presses("1").hears("We will call you back").presses("1")
        call.hears("Your call back is booked").has_ended()


def test_the_slowest_ladder_ends_within_150_seconds(board: Switchboard) -> None:
    call = asked_for_a_worker(board)
    slowest = {**NOBODY, **dict.fromkeys((WORKER, MANAGER, DUTY), Voicemail(19))}
    assert climbed(call, slowest) == list(LADDER)
    assert 100 <= seconds_to_the_safe_message(call) <= 150


def test_a_team_with_two_numbers_keeps_to_the_150_seconds_by_leaving_out_the_second(board: Switchboard) -> None:
    call = board.ring("devon").presses("1").presses("0427")
    names = ("020 7946 0208", "020 7946 0209", "07812 106279", "0345 155 1071", "0345 600 0388")
    expected = [e164(number) for number in names]
    assert climbed(call, {**dict.fromkeys(expected, Voicemail(19)), **NOBODY}) == expected
    assert seconds_to_the_safe_message(call) <= 150
    assert any("150 seconds" in reason for reason in board.reasons)


@pytest.mark.parametrize("step", range(5), ids=["worker", "manager", "duty", "MASH", "EDT"])
@pytest.mark.parametrize("before", SCREENED[:5], ids=str)
def test_whoever_accepts_ends_the_climb(board: Switchboard, step: int, before: PhoneDoes) -> None:
    call = asked_for_a_worker(board)
    phones: dict[str, PhoneDoes] = {number: before if number in LADDER[:3] else NoAnswer() for number in LADDER[:step]}
    rung = climbed(call, {**phones, LADDER[step]: Answers(presses="1")})
    assert rung == list(LADDER[: step + 1])
    assert call.state == Talking(LADDER[step])
    call.talks(60).callee_hangs_up().hears("The call has ended. Goodbye.").has_ended()


@pytest.mark.parametrize("step", range(3), ids=["worker", "manager", "duty"])
def test_a_person_who_answers_and_presses_nothing_has_not_accepted(board: Switchboard, step: int) -> None:
    call = asked_for_a_worker(board)
    assert climbed(call, {**NOBODY, LADDER[step]: Answers()}) == list(LADDER)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (NoAnswer(), "No answer."),
        (Busy(), "Engaged."),
        (Declines(), "Engaged."),
        (Fails(), "That number cannot be reached."),
        (Voicemail(), "They could not take the call."),
    ],
    ids=str,
)
def test_the_caller_hears_what_happened_and_who_is_next(board: Switchboard, outcome: PhoneDoes, words: str) -> None:
    call = asked_for_a_worker(board).hears("Calling the worker you asked for.").phone_does(outcome)
    call.hears(f"{words} Calling their manager.").rings("020 7946 0204")


def test_a_duty_desk_behind_a_worker_is_announced_as_the_team(board: Switchboard) -> None:
    call = asked_for_a_worker(board).no_answer().no_answer().rings("01392 388646")
    call.hears("No answer. Calling Children & Families North 1.").does_not_hear("a worker in")


def test_a_second_number_of_the_same_team_is_not_said_as_if_it_were_another_team(board: Switchboard) -> None:
    call = board.ring("devon").presses("2").presses("4").presses("4").rings("07812 106279").no_answer()
    call.hears("No answer. Calling their other number.").does_not_hear("Children & Families Exeter 4")


def test_a_team_that_shares_an_option_is_recorded_by_the_name_it_was_called_by(board: Switchboard) -> None:
    board.ring("devon").presses("2").presses("1").presses("2").rings("01392 388646").no_answer()
    assert any(reason.startswith("Children & Families North 1 to 4") for reason in board.reasons)


def test_the_engine_climbs_alike_for_every_combination_of_five_leg_ends(world: World) -> None:
    for ends in product(LegEnd, repeat=5):
        outcome, rung = _keyed_2301(world), []
        for how in ends:
            ring = outcome.replies[-1]
            assert isinstance(ring, Ring)
            rung.append(ring.number.e164)
            outcome = _next(world, outcome, Unreached(how))
        assert tuple(rung) == LADDER
        assert isinstance(outcome.replies[-1], Listen)
        once_more = _next(world, outcome, Keyed("9"))
        assert (once_more.ending, isinstance(once_more.replies[-1], Listen)) == (None, True)
        assert _next(world, once_more, Keyed("9")).ending is Ending.SAFE_MESSAGE


def _keyed_2301(world: World) -> Outcome:
    plan = world.plans.of_line("devon")
    assert plan is not None
    call = Calling("CA1", None, world.directory.lines["devon"].numbers[0])
    outcome = advance(Moment(world, plan, call, start(plan), Arrived(), at("Wed 10:00")))
    return _next(world, _next(world, outcome, Keyed("1")), Keyed("2301"))


def _next(world: World, outcome: Outcome, event: Event) -> Outcome:
    reply = outcome.replies[-1]
    assert isinstance(reply, Listen | Ring)
    assert isinstance(reply.then, Position)
    plan = world.plans.by_digest[reply.then.digest]
    call = Calling("CA1", None, world.directory.lines["devon"].numbers[0])
    return advance(Moment(world, plan, call, reply.then, event, at("Wed 10:00")))
