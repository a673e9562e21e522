"""What does a caller do who goes by the dice? Keys at the prompts, phones that do this or that, and a hang-up at some moment."""

from collections.abc import Sequence
from random import Random

from telephone import Busy, Declines, Fails, HangsUpInWhisper, Leg, NoAnswer, Person, Persona, RestFault, Voicemail
from tests.desk.chance import Story
from tests.desk.stage import CALLER
from tests.reliability.two_workers import Pair

KEYS = ("1", "1", "2", "2", "3", "0", "02079460999#", "")
MOST_PROMPTS = 7
PATIENCE = 45.0


def script(here: Pair, seed: int) -> None:
    """One in five is a transfer at the desk, the others walk through a line."""
    if seed % 5 == 0:
        Transfer(here, here.holders, seed).plays()
    else:
        _walks(here, Random(f"walk {seed}"))


class Transfer(Story):
    """A story of a transfer by the dice, in which the carrier does what it is asked for."""

    def _faults(self, random: Random) -> list[RestFault]:  # noqa: ARG002  # none of them
        return []


def _walks(here: Pair, dice: Random) -> None:
    directory = here.application.publication.current().directory
    for team in directory.teams.values():
        for duty in team.duty_numbers:
            here.exchange.phone(duty.number.e164).will(dice.choice(personas(dice)))
    line = dice.choice(sorted(directory.lines))
    caller = here.exchange.dial(directory.lines[line].numbers[0].e164, CALLER)
    for _ in range(dice.randint(1, MOST_PROMPTS)):
        here.may_come_to(lambda: caller.is_listened_to or caller.is_over, PATIENCE)
        if caller.is_over or not _presses(caller, dice):
            break
    here.exchange.advance(dice.choice((1, 5, 20, 60)))
    if not caller.is_over:
        caller.hangs_up()
    here.exchange.advance(50)


def _presses(caller: Leg, dice: Random) -> bool:
    """Whether there was anything to press at."""
    keys = dice.choice(KEYS)
    if not caller.is_listened_to:
        return False
    if keys:
        caller.presses(keys)
    return True


def personas(dice: Random) -> Sequence[Persona]:
    """What a phone may do."""
    accepts = Person("1", after=dice.uniform(1, 9), talks=dice.uniform(2, 40))
    return (accepts, accepts, accepts, NoAnswer(), Busy(), Declines(), Fails(), Voicemail(), HangsUpInWhisper(2))
