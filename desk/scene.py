"""What does one thing that happens on a call look at? The call, locked; the world; the moment; and errands to be asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ivr.moment import World
from store import callbacks, conversations, errands, meetings, number_tests, parties
from store.conversations import Conversation
from store.database import Transaction
from store.errands import Wish
from store.parties import Party

HANDLER, CALLER, CONSULTED = "handler", "caller", "consulted"
AT_ONCE = timedelta(0)
SOON = timedelta(seconds=2)
"""What the legs' own documents do by themselves is asked for only after this."""


class NoCallError(LookupError):
    """The desk knows nothing of this call."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One transaction on one call, or on one meeting, call-back or test call, which have no conversation and no owner."""

    connection: Transaction
    world: World
    now: datetime
    call: str

    @property
    def talk(self) -> Conversation:
        """The conversation as it stands at this moment of the transaction."""
        found = conversations.one(self.connection, self.call)
        if found is None:
            raise NoCallError(self.call)
        return found

    def party(self, key: str | None) -> Party | None:
        """Somebody who was rung for it."""
        return parties.one(self.connection, key)

    @property
    def owner(self) -> Party | None:
        """Whose room it is."""
        return self.party(self.talk.party)

    def asks(
        self,
        kind: str,
        party: str | None = None,
        wait: timedelta = AT_ONCE,
        urgency: int = 0,
        body: Mapping[str, object] | None = None,
    ) -> None:
        """An errand behind those that are there."""
        errands.ask(self.connection, self.call, Wish(kind, party, body, urgency, wait), self.now)


def scene_of(connection: Transaction, world: World, now: datetime, call: str) -> Scene | None:
    """The scene of a call, meeting, call-back or test call, locked until the transaction ends."""
    found = (
        conversations.opened(connection, call)
        or meetings.opened(connection, call)
        or callbacks.opened(connection, call)
        or number_tests.opened(connection, call)
    )
    return Scene(connection, world, now, call) if found else None
