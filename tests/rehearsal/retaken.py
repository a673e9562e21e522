"""How do the tests take recorded steps again?"""

from collections.abc import Sequence

from ivr.moment import World
from ivr.record import Record
from rehearsal.replaying import Replayed, Replayer, Verdict

STAGED = "http://rehearsal.invalid"


def dialled(world: World, line: str) -> str:
    """The number of a line."""
    return world.directory.lines[line].numbers[0].e164


def replayed(world: World, records: Sequence[Record], public: str = STAGED) -> tuple[Replayed, ...]:
    """The steps of a call, taken again in a world that never changed."""
    return Replayer(lambda _: world, public).replayed(records)


def is_answered_again(world: World, records: Sequence[Record], public: str = STAGED) -> None:
    """Every step has the same bytes."""
    differing = [(one.record.sequence, one.why, one.reply) for one in replayed(world, records, public)
                 if one.verdict is not Verdict.SAME]  # fmt: skip
    assert differing == []
