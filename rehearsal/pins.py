"""What is keyed where a caller keyed a PIN? It was never kept; whether it was right was, and that is enough to take a step again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ivr.moment import World
from ivr.record import MASKED
from ivr.steps.staff_only import pin_text

RIGHT, WRONG = "11111111", "00000000"


def keys_of(event: Mapping[str, Any]) -> str:
    """The keys of a recorded event, with a PIN of ours for the one that was keyed."""
    if event.get("keys") != MASKED:
        return str(event.get("keys", ""))
    return RIGHT if event.get("right") else WRONG


def knowing_pins(world: World) -> World:
    """The world with a keyed hash under which ``RIGHT`` is the PIN of every authority that has one."""
    authorities = world.directory.authorities.items()
    right = {pin_text(slug, RIGHT): one.staff_pin for slug, one in authorities if one.staff_pin}
    keyed = world.keyed
    return replace(world, keyed=lambda text: right[text] if text in right else keyed(text))
