"""Does anybody get in but Twilio, and Twilio through every honest proxy? Forgeries of every class, replays, proxies, spoofed headers."""

import logging
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.desk.stage import Stage
from tests.reliability.figure import Figure, Value
from tests.reliability.forging.classes import CLASSES
from tests.reliability.forging.forgeries import TWILIO, forged, replayed, sent
from tests.reliability.forging.over_the_wire import forged_bytes
from tests.reliability.forging.proxies import accepted, set_ups, spoofed
from tests.reliability.forging.recorded import recorded, stage
from tests.reliability.service import service

FULL = 100_000
"""Forgeries; half as many replays, a hundredth of spoofed headers, and a hundredth over the wire."""

ENOUGH = 500
"""With fewer nothing goes over the wire."""

MOST_TOLD = 10


def figure(size: int, seed: int) -> Figure:
    """Try to get in so many times."""
    dice = Random(seed)  # dice
    logging.getLogger("dutyline").setLevel(logging.CRITICAL)  # a line for each number that no line lists
    broken: dict[str, list[str]] = {}
    with stage() as here:
        seen = recorded(here)
        broken["forgeries"] = _told("forged", forged(here, seen, dice, size))
        broken["replays"] = _told("replayed", replayed(here, seen, dice, size // 2))
        broken["spoofed"] = _told("spoofed", _swayed(here, dice, max(1, size // 100)))
        world = here.application.publication.current()
    setups = [one for one in set_ups() if accepted(world, one)]
    wired = size // 100 if size >= ENOUGH else 0
    broken["wire"] = _told("over the wire", _over_the_wire(dice, wired) if wired else ())
    values: dict[str, Value] = {
        "forgeries": size, "classes": len(CLASSES), "accepted": len(broken["forgeries"]), "replays": size // 2,
        "changed": len(broken["replays"]), "proxies": f"{len(setups)} of {len(set_ups())}", "spoofed": max(1, size // 100),
        "swayed": len(broken["spoofed"]), "over_the_wire": wired, "accepted_there": len(broken["wire"]),
    }  # fmt: skip
    refused = [f"not let in: {one.public} {dict(one.headers)}" for one in set_ups() if one not in setups]
    return Figure(values, tuple(refused + [line for lines in broken.values() for line in islice(lines, MOST_TOLD)]))


def _told(name: str, found: Iterable[str]) -> list[str]:
    all_of_it = list(found)
    sys.stderr.write(f"{name}: {len(all_of_it)} {Counter(line.partition(':')[0] for line in all_of_it)}\n")
    return all_of_it


def _swayed(here: Stage, dice: Random, many: int) -> Iterable[str]:
    """Where headers of a stranger make an honest request be answered otherwise, or one for another address be answered."""
    target, pairs = (
        "/webhooks/voice",
        [("CallSid", "CA" + "5" * 32), ("From", "+442079460999"), ("To", "+442079460101")],
    )
    honest = TWILIO.honest(target, pairs)
    plain = sent(here, honest)
    for _ in range(many):
        headers = spoofed(dice)
        if sent(here, replace(honest, headers=headers)) != plain:
            yield f"answered otherwise: {headers}"
        elsewhere = TWILIO.signed(f"https://evil.example{target}", pairs)
        if sent(here, replace(honest, headers=headers, signature=elsewhere)).status != 403:
            yield f"let in: {headers}"


def _over_the_wire(dice: Random, many: int) -> Iterable[str]:
    with TemporaryDirectory() as place, service(Path(place) / "state", f"sqlite:///{place}/wire.db") as served:
        yield from forged_bytes(served, dice, many)
