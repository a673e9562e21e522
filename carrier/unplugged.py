"""What is the carrier where no call may be placed, as in rehearsals and without an account? One that refuses everything."""

from collections.abc import Container
from datetime import datetime

from carrier.port import NOBODYS, Refused, Result, RingOrder
from directory.numbers import Number

UNPLUGGED = Refused(0, "No telephone line is connected here, so nobody is rung.")


class Unplugged:
    """Every request is refused; see ``carrier.port.Carrier``."""

    def ring(self, order: RingOrder) -> Result:  # noqa: ARG002 - the port's
        """Nobody is rung."""
        return UNPLUGGED

    def find_ring(self, to: Number, since: datetime, but: Container[str] = NOBODYS) -> Result:  # noqa: ARG002 - the port's
        """Nobody was rung."""
        return UNPLUGGED

    def look_up(self, sid: str) -> Refused:  # noqa: ARG002 - the port's
        """Nothing is known."""
        return UNPLUGGED

    def end(self, sid: str) -> Result:  # noqa: ARG002 - the port's
        """Nothing is ended."""
        return UNPLUGGED

    def redirect(self, sid: str, url: str) -> Result:  # noqa: ARG002 - the port's
        """Nobody is sent on."""
        return UNPLUGGED

    def dequeue(self, queue: str, sid: str, url: str) -> Result:  # noqa: ARG002 - the port's
        """Nobody is taken out."""
        return UNPLUGGED

    def hold(self, room: str, who: str, url: str) -> Result:  # noqa: ARG002 - the port's
        """Nobody is held."""
        return UNPLUGGED

    def unhold(self, room: str, who: str) -> Result:  # noqa: ARG002 - the port's
        """Nobody is taken off hold."""
        return UNPLUGGED

    def owner(self, room: str, who: str, *, ends: bool) -> Result:  # noqa: ARG002 - the port's
        """Nothing changes."""
        return UNPLUGGED

    def announce(self, room: str, who: str, url: str) -> Result:  # noqa: ARG002 - the port's
        """Nobody hears anything."""
        return UNPLUGGED

    def mute(self, room: str, who: str, *, muted: bool) -> Result:  # noqa: ARG002 - the port's
        """Nobody is muted."""
        return UNPLUGGED

    def remove(self, room: str, who: str) -> Result:  # noqa: ARG002 - the port's
        """Nobody is removed."""
        return UNPLUGGED

    def end_room(self, room: str) -> Result:  # noqa: ARG002 - the port's
        """No room is ended."""
        return UNPLUGGED
