"""What does a step look at beside plan and directory, and how is that written down and read back? Only what is not as usual is
written, so that a record stays small; with it the same step can be taken again, byte for byte (``dutyline replay``)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, assert_never

from directory.model import Accept
from directory.numbers import Number
from ivr.legs import (
    Belonging,
    InRoom,
    LeftAlone,
    NotOurs,
    ToLine,
    ToNumber,
    ToPerson,
    ToRole,
    ToTeam,
    WaitFor,
)
from ivr.moment import Moment
from ivr.override import Override, override_from


@dataclass(frozen=True, slots=True)
class Webhook:
    """A webhook as a record keeps it: ``place`` is its path and query, ``said`` what Twilio told of the event beside the keys,
    ``answered`` a digest of the bytes of the reply. Nothing personal stands in any of them."""

    place: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    answered: str = ""


UNKEPT = Webhook()
PARTS_OF_A_PLACE = 8
"""``/webhooks/voice/1/<digest>/<line>/<node>/<stage>``, split at its slashes (``webhooks.links``)."""


def plan_at(body: Mapping[str, Any]) -> str:
    """The digest of the plan in which a recorded step began; empty at a call's beginning."""
    parts = str(body.get("place", "")).split("/")
    return parts[4] if len(parts) == PARTS_OF_A_PLACE else ""


def kept(moment: Moment, webhook: Webhook) -> dict[str, Any]:
    """What a step looked at, and what it answered, as the fields of its record."""
    found = {
        "place": webhook.place,
        "said": dict(webhook.said),
        "via": moment.call.via.e164 if moment.call.via else "",
        "engaged": sorted(moment.tag(Number(number)) for number in moment.engaged),
        "looked_up": moment.looked_up,
        "staffed": sorted(moment.staffed),
        "belongs": {} if isinstance(moment.belongs, NotOurs) else belonging_document(moment.belongs),
        "stands_in": _standing_in(moment) if moment.position.hop == 0 else {},
        "answered": webhook.answered,
    }
    return {name: value for name, value in found.items() if value}


def _standing_in(moment: Moment) -> dict[str, Any]:
    override = moment.world.overrides.get(moment.plan.line)
    return override_document(override) if override and override.in_force(moment.now) else {}


def override_document(override: Override) -> dict[str, Any]:
    """A number that stood in, without who put it there, why, and to the second when."""
    return {name: value for name, value in override.document().items() if name not in ("who", "why", "set_at")}


def override_kept(body: Mapping[str, Any]) -> Override | None:
    """The number that stood in for the line when a record was made."""
    return override_from(body["stands_in"]) if body.get("stands_in") else None


def belonging_document(belongs: Belonging) -> dict[str, Any]:
    """Where the desk had a caller, as JSON."""
    return {"is": type(belongs).__name__, **{one.name: _plain(getattr(belongs, one.name)) for one in fields(belongs)}}


def _plain(value: Any) -> Any:
    match value:
        case Number():
            return value.e164
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def belonging_from(document: Mapping[str, Any]) -> Belonging:  # noqa: C901  # one case per answer of the desk
    """What ``belonging_document`` wrote; nothing where a record holds none."""
    tried = tuple(_tried(document))
    match document.get("is"):
        case "InRoom":
            return InRoom(document["room"], document["generation"])
        case "WaitFor":
            return WaitFor(document["words"], document["generation"])
        case "ToTeam":
            return ToTeam(document["team"], tried)
        case "ToPerson":
            return ToPerson(document["person"], tried)
        case "ToRole":
            return ToRole(document["role"], tried)
        case "ToNumber":
            return ToNumber(Number(document["number"]), Accept(document["accept"]), tried)
        case "ToLine":
            return ToLine(document["line"])
        case "LeftAlone":
            return LeftAlone()
        case _:
            return NotOurs()


def _tried(document: Mapping[str, Any]) -> Iterator[Number]:
    return (Number(text) for text in document.get("tried", ()))


def generation_waited_for(belongs: Belonging) -> int | None:
    """The room that a caller waits for, where they wait: each turn of that document asks the desk again."""
    match belongs:
        case WaitFor(generation=generation):
            return generation
        case InRoom() | ToTeam() | ToPerson() | ToRole() | ToNumber() | ToLine() | LeftAlone() | NotOurs():
            return None
        case _:
            assert_never(belongs)
