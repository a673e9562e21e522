"""Which phones were tried in a past call, for how long, and what came of each?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ivr.record import Record

NEXT = "next"
ENDED = {
    "no-answer": "not answered",
    "busy": "engaged",
    "failed": "could not be reached",
    "not-accepted": "answered, and nobody pressed 1",
}
RINGING, ANSWERED = "ringing", "in-progress"


@dataclass(frozen=True, slots=True)
class Try:
    """A phone that rang. ``who`` as the ladder names it, ``number`` in E.164; ``seconds`` it rang, and ``talked`` the
    seconds that it was answered for, the whisper included, where Twilio told them; ``how`` it ended, in words."""

    at: datetime
    who: str
    number: str
    how: str
    seconds: int | None = None
    talked: int | None = None


def tries(records: Sequence[Record]) -> tuple[Try, ...]:
    """Every phone that a call rang, in order."""
    own = [record for record in records if not record.leg and record.kind in ("step", "fault")]
    after = [*own[1:], None]
    return tuple(_try(record, following, records) for record, following in zip(own, after, strict=True)
                 if record.body.get("rings"))  # fmt: skip


def _try(record: Record, following: Record | None, records: Sequence[Record]) -> Try:
    number = str(record.body["rings"])
    told = list(_told(records, number, record.at))
    rang, answered = (
        next((one.at for one in told if one.body["status"] == word), None) for word in (RINGING, ANSWERED)
    )
    over = answered or (told[-1].at if told and following else None)
    talked = next((one.body["seconds"] for one in told if one.body.get("seconds") and answered), None)
    talked = talked if following and following.body.get("event", {}).get("name") != "Unreached" else None
    seconds = round((over - rang).total_seconds()) if rang and over else None
    return Try(record.at, who(record), number, _how(following), seconds, talked)


def _told(records: Sequence[Record], number: str, since: datetime) -> Iterator[Record]:
    """What Twilio told of this phone from when it was dialled; a later try of the same number is not this one's."""
    legs = {one.leg for one in records if one.leg and one.at >= since and one.body.get("rings") == number}
    first = next((one.leg for one in records if one.leg in legs and one.kind == "status"), None)
    return (one for one in records if one.leg == first and first and one.kind == "status")


def who(record: Record) -> str:
    """Whom a step rang: ``MASH: duty``."""
    said = next((one["sentence"] for one in record.body.get("reasons", ()) if one["code"] == NEXT), "")
    return str(said).removeprefix("Ring ").rstrip(".") or "the number that was to ring first"


def _how(following: Record | None) -> str:
    event = following.body.get("event", {}) if following else {}
    match event.get("name"):
        case "Unreached":
            return ENDED.get(event["how"], str(event["how"]))
        case "Talked":
            return "answered and connected"
        case "CallerGone" if event.get("talked"):
            return "answered and connected; the caller hung up"
        case "CallerGone":
            return "the caller hung up while it rang"
        case _:
            return "nothing more is known"
