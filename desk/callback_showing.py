"""How does a call-back look to whoever asks? Found or 404, with its attempts and those that joined it; reading is noted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from admin.auth import author, sees_personal_data
from admin.ports import desk, now
from admin.problems import ProblemError, missing
from admin.shapes import moment_out, number_out
from desk.callback_calls import number_of
from desk.callback_shapes import AttemptOut, BackOut, CallBackText, MergedOut, ReadingOut
from desk.contacts import KEY, UNSEALABLE
from desk.sealed import sealer
from directory.model import Authority
from store import callback_attempts, callbacks
from store.audit import Deed, note
from store.callback_attempts import Attempt
from store.callbacks import CallBack
from store.database import Transaction
from store.sealing import SealError

PURPOSE, NOTE = "call back", "call back note"
URGENCIES = ("normal", "amber", "red")
KIND = "call-back"


def known(connection: Transaction, key: str) -> CallBack:
    """A call-back, held. 404."""
    found = callbacks.opened(connection, key) if KEY.fullmatch(key) else None
    if found is None:
        raise missing(f"call back “{key[:16]}”")
    return found


def noted(
    connection: Transaction, what: str, key: str, after: Mapping[str, object] | None = None, why: str = ""
) -> None:
    """Who did it stands in the trail."""
    doer = author(why)
    note(connection, Deed(doer.who, what, KIND, key, None, after, doer.why), now())


def shown(connection: Transaction, key: str) -> Mapping[str, object]:
    """A call-back as it is now, without what is sealed."""
    return listed(connection, [known(connection, key)])[0]


def read(connection: Transaction, found: CallBack) -> Mapping[str, object]:
    """A call-back with what was written down; that it was read is noted."""
    doer = author()
    note(connection, Deed(doer.who, "read", "reading", found.id, None, None, doer.why), now())
    words, kept = _words(found), _opened(found.note, NOTE)
    text = {
        "words": words.get("about", ""),
        "note": kept,
        **{name: words.get(name, "") for name in ("person", "check")},
    }
    return CallBackText(**_outside(connection, found, _beside(connection, [found])), **text).model_dump(mode="json")


def check_of(found: CallBack) -> str:
    """The basic check that a call-back is made for; empty where it is made for none."""
    return _words(found).get("check", "")


def _words(found: CallBack) -> Mapping[str, str]:
    words: Mapping[str, str] = json.loads(_opened(found.sealed, PURPOSE) or "{}")
    return words


def _opened(sealed: str, purpose: str) -> str:
    try:
        return sealer().open(sealed, purpose)
    except SealError as fault:
        raise ProblemError(HTTPStatus.CONFLICT, UNSEALABLE) from fault


def listed(connection: Transaction, found: Sequence[CallBack]) -> list[Mapping[str, object]]:
    """Some of them, without what is sealed."""
    beside = _beside(connection, found)
    return [BackOut(**_outside(connection, one, beside)).model_dump(mode="json") for one in found]


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown with some call-backs: their attempts, those that joined them, and the places of those that wait their turn."""

    attempts: tuple[Attempt, ...]
    merged: tuple[CallBack, ...]
    places: Mapping[str, int]
    authorities: Mapping[str, Authority]


def _beside(connection: Transaction, found: Sequence[CallBack]) -> Beside:
    keys = [one.id for one in found]
    places = {attempt.callback: place for place, attempt in enumerate(callback_attempts.waiting(connection), 1)}
    attempts, merged = callback_attempts.of(connection, *keys), callbacks.merged(connection, *keys)
    return Beside(attempts, merged, places, desk().publication.current().directory.authorities)


def _outside(connection: Transaction, found: CallBack, beside: Beside) -> dict[str, object]:
    """What is shown of a call-back without opening anything."""
    names = ("id", "authority", "line", "body", "about", "call", "booked_by", "owner", "outcome", "ended_by", "verified_by",
             "merged_into")  # fmt: skip
    moments = ("booked_at", "target", "promise", "escalated_at", "ended_at", "verified_at")
    number = number_of(connection, found) if sees_personal_data() else None
    return {
        **{name: getattr(found, name) for name in names},
        **{name: moment_out(getattr(found, name)) for name in moments},
        "kind": found.kind.value,
        "state": found.state.value,
        "number": number_out(number, beside.authorities.get(found.authority)) if number else None,
        "urgency": URGENCIES[found.urgency],
        "readings": [ReadingOut(name=one["name"], at=_moment(one["at"])) for one in found.readings],
        "position": beside.places.get(found.id),
        "attempts": [_attempt(one) for one in beside.attempts if one.callback == found.id],
        "merged": [_merged(one) for one in beside.merged if one.merged_into == found.id],
    }


def _moment(text: str) -> str | None:
    return moment_out(datetime.fromisoformat(text))


def _attempt(one: Attempt) -> AttemptOut:
    return AttemptOut(
        id=one.id, who=one.who, state=one.state.value, asked_at=moment_out(one.asked_at), seconds=one.seconds,
        dialled_at=moment_out(one.dialled_at), ended_at=moment_out(one.ended_at), outcome=one.outcome,
    )  # fmt: skip


def _merged(one: CallBack) -> MergedOut:
    return MergedOut(
        id=one.id, call=one.call, about=one.about, booked_at=moment_out(one.booked_at), booked_by=one.booked_by,
        withdrawn=one.withdrawn,
    )  # fmt: skip


def sealed_words(about: str, person: str, check: str = "") -> str:
    """What a handler wrote, and for which check, as it is kept."""
    words = {"about": about, "person": person, "check": check}
    return sealer().seal(json.dumps(words), PURPOSE) if any(words.values()) else ""


def with_note(found: CallBack, text: str) -> CallBack:
    """The same with another note, where one is given."""
    return replace(found, note=sealer().seal(text, NOTE)) if text else found
