"""Who is told about the progress of a call or conference, and of which events?"""

from dataclasses import dataclass

from telephone.exchange.plant import Plant
from telephone.fetching import Order
from telephone.signature import Parameters


@dataclass(slots=True)
class Callbacks:
    """One StatusCallback: where it goes, and which events it wants. `sent` counts those that were sent."""

    url: str
    method: str
    events: frozenset[str]
    first: int = 0
    sent: int = 0

    def tell(self, plant: Plant, event: str, known: Parameters, extra: Parameters = ()) -> None:
        """Send a call's event, if it is wanted. (Twilio: voice/twiml/number, statusCallback)"""
        self._send(plant, event, (*known, ("CallbackSource", "call-progress-events"), *extra))

    def tell_of_room(self, plant: Plant, event: str, known: Parameters) -> None:
        """Send a conference's event, if it is wanted. (Twilio: voice/twiml/conference, statusCallback)"""
        self._send(plant, event, known)

    def _send(self, plant: Plant, event: str, parameters: Parameters) -> None:
        if event not in self.events:
            return
        counted = (("Timestamp", plant.timestamp()), ("SequenceNumber", str(self.first + self.sent)))
        self.sent += 1
        plant.post(Order(self.url, self.method, parameters + counted))


def callbacks(url: str | None, method: str, events: str | list[str], first: int = 0) -> Callbacks | None:
    """From attributes or REST parameters: events as words or a list; None where there is no URL."""
    wanted = events.split() if isinstance(events, str) else [word for each in events for word in each.split()]
    return Callbacks(url, method, frozenset(wanted), first) if url else None
