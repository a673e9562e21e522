"""What does a change of one duty number make of the whole list? The list is written whole, by the API's own way."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from admin.shapes import moment_out
from directory.model import DutyNumber, Team

Item = dict[str, Any]
"""A duty number as the API reads it."""


class Deed(StrEnum):
    """What can be done to one duty number."""

    CHANGE = "change"
    DETAILS = "details"
    REMOVE = "remove"
    EARLIER = "earlier"
    LATER = "later"


def items_of(team: Team) -> list[Item]:
    """The list as it stands."""
    return [_item(duty) for duty in team.duty_numbers]


def _item(duty: DutyNumber) -> Item:
    whole = {"number": duty.number.e164, "accept": duty.accept.value, "note": duty.note,
             "caller_id": duty.caller_id.value, "at_once": duty.at_once,
             "from": moment_out(duty.since), "until": moment_out(duty.until)}  # fmt: skip
    return {name: value for name, value in whole.items() if value not in (None, "")}


def rewritten(items: Sequence[Item], place: int, deed: Deed, fields: Mapping[str, str]) -> list[Item]:
    """The list after a deed."""
    before, item, after = list(items[:place]), items[place], list(items[place + 1 :])
    match deed:
        case Deed.CHANGE:
            return [*before, *_replacement(item, fields), *after]
        case Deed.DETAILS:
            return [*before, _given(fields), *after]
        case Deed.REMOVE:
            return [*before, *after]
        case Deed.EARLIER:
            return [*before[:-1], item, *before[-1:], *after]
        case Deed.LATER:
            return [*before, *after[:1], item, *after[1:]]


def added(items: Sequence[Item], fields: Mapping[str, str]) -> list[Item]:
    """The list with one more, which rings last."""
    return [*items, _given(fields)]


def place_of_new(place: int, deed: Deed, fields: Mapping[str, str]) -> int:
    """Where the number that was typed stands in the list: behind the old one, where that still rings for a while."""
    return place + 1 if deed is Deed.CHANGE and fields.get("from") else place


def place_now(before: Team | None, now: Team, place: int) -> int | None:
    """Where the number of a place ``before`` stands now; where it is another number by now, at its place."""
    numbers = [duty.number for duty in now.duty_numbers]
    was = before.duty_numbers[place].number if before and place < len(before.duty_numbers) else None
    if was in numbers:
        return numbers.index(was)
    return place if place < len(numbers) else None


def _given(fields: Mapping[str, str]) -> Item:
    given: Item = {name: value for name, value in fields.items() if value}
    return {**given, "number": fields.get("number", "")}


def _replacement(old: Item, fields: Mapping[str, str]) -> list[Item]:
    """The new number, between what is left of the old one before and after it."""
    since, until = fields.get("from"), fields.get("until")
    new = _given({**_period(old), **{name: value for name, value in fields.items() if value}})
    first = [{**old, "until": since}] if since else []
    last = [{**old, "from": until}] if until else []
    return [*first, new, *last]


def _period(item: Item) -> Item:
    return {name: item[name] for name in ("from", "until", "caller_id") if name in item}
