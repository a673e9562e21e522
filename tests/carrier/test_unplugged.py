"""Is every request refused where no line is connected?"""

import inspect
from datetime import UTC, datetime

from carrier.port import Carrier, RingOrder
from carrier.unplugged import UNPLUGGED, Unplugged
from directory.numbers import Number

NUMBER = Number("+442079460201")


def test_nothing_is_asked_of_anybody() -> None:
    carrier: Carrier = Unplugged()
    results = {
        "ring": carrier.ring(RingOrder(NUMBER, NUMBER, "https://calls.example.org/a", "https://calls.example.org/b")),
        "find_ring": carrier.find_ring(NUMBER, datetime(2026, 10, 14, 9, 0, tzinfo=UTC)),
        "look_up": carrier.look_up("CA1"),
        "end": carrier.end("CA1"),
        "redirect": carrier.redirect("CA1", "https://calls.example.org/a"),
        "dequeue": carrier.dequeue("devon", "CA1", "https://calls.example.org/a"),
        "hold": carrier.hold("room", "caller", "https://calls.example.org/a"),
        "unhold": carrier.unhold("room", "caller"),
        "owner": carrier.owner("room", "caller", ends=True),
        "announce": carrier.announce("room", "caller", "https://calls.example.org/a"),
        "mute": carrier.mute("room", "caller", muted=True),
        "remove": carrier.remove("room", "caller"),
        "end_room": carrier.end_room("room"),
    }
    asked = {name for name, _ in inspect.getmembers(Carrier, inspect.isfunction) if not name.startswith("_")}
    assert set(results) == asked
    assert set(results.values()) == {UNPLUGGED}
