"""Who is told that a duty number was changed? Whoever held it, by text message where the deployment sends any; and a Team Manager, as a
task, to ring the old number. Somebody who has talked an editor into another number is found out by the one who misses the calls.

The change is in force at once, since callers wait for no notice; it is taken back on the page of changes in one step.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from carrier.texting import Texting
from desk.chores import Chore
from desk.new_tasks import BY_ITSELF, Wanted, begun
from desk.texted import ASKED, MAYBE, NOT_SENT, SENT, state_of
from directory.numbers import Number
from directory.policy import may_be_texted
from ivr.moment import World
from routing.reasons import clock_time
from store import duty_changes, papers
from store.audit import Deed
from store.database import Database, Transaction
from store.duty_changes import DutyChange
from store.papers import Paper, Pile

KIND, ABOUT = "number-changed", "team"
EVERY, LATELY = timedelta(minutes=1), timedelta(days=1)
WORDS = "{council}: since {at} this phone is no longer the first duty number of {team}. If you did not know of it, tell your manager now."
BY_US = Deed("the desk", "", "", "", None, None, "a duty number was changed")


def notices(texting: Texting | None) -> Chore:
    """Each minute: the changes of which nobody was told yet."""
    return Chore("number-notices", partial(_round, texting=texting), lambda now: now + EVERY)


def _round(database: Database, world: World, now: datetime, texting: Texting | None) -> None:
    with database.read() as connection:
        found = tuple(duty_changes.since(connection, now - LATELY, BY_ITSELF.who))
        fresh = [one for one in found if papers.one(connection, Pile.MESSAGE, _key(one)) is None]
    for change in fresh:
        _told(database, world, change, now, texting)


def _key(change: DutyChange) -> str:
    return f"n{change.sequence:x}"


def _told(database: Database, world: World, change: DutyChange, now: datetime, texting: Texting | None) -> None:
    """The notice is kept first, then sent outside of any transaction, and what may have been sent is not sent again."""
    with database.write_in_order() as connection:
        paper = _kept(connection, world, change, now)
    if paper is None:
        return
    state = _written(change, world, texting) if texting else NOT_SENT
    with database.write_in_order() as connection:
        papers.change(connection, Pile.MESSAGE, paper, replace(paper, state=state), BY_US)


def _kept(connection: Transaction, world: World, change: DutyChange, now: datetime) -> Paper | None:
    """The notice and its task; nothing where another worker was quicker."""
    if papers.one(connection, Pile.MESSAGE, _key(change)):
        return None
    facts: Mapping[str, object] = {"entry": change.sequence}
    paper = Paper(_key(change), change.authority, None, change.team, KIND, ASKED, facts, "", now, BY_ITSELF.who, now)
    papers.add(connection, Pile.MESSAGE, paper, BY_US)
    begun(connection, Wanted(KIND, change.authority, ABOUT, change.team, now), world, BY_ITSELF)
    return paper


def _written(change: DutyChange, world: World, texting: Texting) -> str:
    """What became of the messages, the least certain first."""
    authority = world.directory.authorities.get(change.authority)
    council = authority.name if authority else change.authority
    words = WORDS.format(council=council, at=clock_time(change.at), team=change.name)
    old = [number for number in map(Number, change.displaced) if may_be_texted(number)]
    states = {state_of(texting.texts.text(number, words)) for number in old}
    return next((state for state in (MAYBE, SENT) if state in states), NOT_SENT)
