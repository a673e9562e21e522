"""How is an entry written as JSON? One shape for the database, the snapshot on disk, the audit trail and a change's delta."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from directory.model import (
    Absence,
    Accept,
    Authority,
    BankHolidays,
    CallerId,
    Closure,
    DutyNumber,
    Effect,
    Entry,
    LineNumbers,
    Listing,
    Person,
    Role,
    Shift,
    Source,
    Team,
)
from directory.numbers import ExtensionRule, Number
from directory.snapshot import Change, Kind

Document = dict[str, Any]


def document(entry: Entry) -> Document:
    """The JSON object of an entry; what is at its default is left out."""
    match entry:
        case Authority():
            return _authority(entry)
        case Team():
            return _team(entry)
        case Person():
            return _person(entry)
        case Role():
            return _role(entry)
        case Closure():
            return _closure(entry)
        case LineNumbers():
            return {"slug": entry.slug, "numbers": [number.e164 for number in entry.numbers]}
        case BankHolidays():
            return {"slug": entry.slug, "days": [[day.isoformat(), name] for day, name in entry.days]}


def entry_from(kind: Kind, body: Mapping[str, Any]) -> Entry:
    """The entry of a JSON object that ``document`` wrote. A foreign object raises KeyError or ValueError."""
    return READERS[kind](body)


def change_document(change: Change) -> Document:
    """One change as JSON: a removal has no body."""
    body = None if change.entry is None else document(change.entry)
    return {"kind": change.kind.value, "slug": change.slug, "body": body}


def change_from(body: Mapping[str, Any]) -> Change:
    """The change that ``change_document`` wrote."""
    kind = Kind(body["kind"])
    return Change(kind, body["slug"], None if body["body"] is None else entry_from(kind, body["body"]))


def _sparse(**values: object) -> Document:
    return {name: value for name, value in values.items() if value not in (None, "", [], ())}


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _authority(entry: Authority) -> Document:
    rule = entry.extensions
    return _sparse(
        slug=entry.slug,
        name=entry.name,
        extensions={"digits": rule.digits, "prefix": rule.prefix} if rule else None,
        exceptions=[list(pair) for pair in entry.exceptions],
        staff_pin=entry.staff_pin,
    )


def _authority_from(body: Mapping[str, Any]) -> Authority:
    rule = body.get("extensions")
    return Authority(
        body["slug"],
        body["name"],
        ExtensionRule(rule["digits"], rule["prefix"]) if rule else None,
        tuple((number, reason) for number, reason in body.get("exceptions", ())),
        body.get("staff_pin", ""),
    )


def _source(source: Source | None) -> Document | None:
    if source is None:
        return None
    read = source.read.isoformat() if source.read else None
    return _sparse(
        document=source.document, line=source.line, read=read, assumed=source.assumed, printed=source.printed
    )


def _source_from(body: Mapping[str, Any] | None) -> Source | None:
    if body is None:
        return None
    read = date.fromisoformat(body["read"]) if "read" in body else None
    return Source(body.get("document", ""), body.get("line"), read, body.get("assumed", ""), body.get("printed", ""))


def _team(entry: Team) -> Document:
    return _sparse(
        slug=entry.slug,
        name=entry.name,
        authority=entry.authority,
        area=entry.area,
        service=entry.service,
        aliases=list(entry.aliases),
        duty_numbers=[duty_number_document(duty) for duty in entry.duty_numbers],
        source=_source(entry.source),
        rota=[_shift(shift) for shift in entry.rota],
    )


def _shift(shift: Shift) -> Document:
    who = {"number": shift.who.e164} if isinstance(shift.who, Number) else {"person": shift.who}
    return _sparse(since=_instant(shift.since), until=_instant(shift.until), **who, note=shift.note)


def _shift_from(body: Mapping[str, Any]) -> Shift:
    who = Number(body["number"]) if "number" in body else body["person"]
    return Shift(
        datetime.fromisoformat(body["since"]), datetime.fromisoformat(body["until"]), who, body.get("note", "")
    )


def duty_number_document(duty: DutyNumber) -> Document:
    """One duty number as JSON."""
    return _sparse(
        number=duty.number.e164,
        accept=duty.accept.value,
        since=_instant(duty.since),
        until=_instant(duty.until),
        note=duty.note,
        caller_id=duty.caller_id.value if duty.caller_id is not CallerId.CALLER else None,
        at_once=duty.at_once,
        source=_source(duty.source),
    )


def _duty_number_from(body: Mapping[str, Any]) -> DutyNumber:
    return DutyNumber(
        Number(body["number"]),
        Accept(body["accept"]),
        _moment(body.get("since")),
        _moment(body.get("until")),
        body.get("note", ""),
        CallerId(body.get("caller_id", CallerId.CALLER)),
        body.get("at_once"),
        _source_from(body.get("source")),
    )


def _team_from(body: Mapping[str, Any]) -> Team:
    return Team(
        body["slug"],
        body["name"],
        body["authority"],
        body.get("area", ""),
        body.get("service", ""),
        tuple(body.get("aliases", ())),
        tuple(_duty_number_from(duty) for duty in body.get("duty_numbers", ())),
        _source_from(body.get("source")),
        tuple(_shift_from(shift) for shift in body.get("rota", ())),
    )


def _person(entry: Person) -> Document:
    return _sparse(
        slug=entry.slug,
        name=entry.name,
        team=entry.team,
        extension=entry.extension,
        numbers=[number.e164 for number in entry.numbers],
        accept=entry.accept.value,
        manager=entry.manager,
        away=[_sparse(since=_instant(a.since), until=_instant(a.until), cover=a.cover) for a in entry.away],
        listed=entry.listed.value,
    )


def _person_from(body: Mapping[str, Any]) -> Person:
    return Person(
        body["slug"],
        body["name"],
        body["team"],
        body.get("extension"),
        tuple(Number(number) for number in body.get("numbers", ())),
        Accept(body["accept"]),
        body.get("manager"),
        tuple(_absence_from(absence) for absence in body.get("away", ())),
        Listing(body.get("listed", Listing.LISTED)),
    )


def _absence_from(body: Mapping[str, Any]) -> Absence:
    return Absence(datetime.fromisoformat(body["since"]), datetime.fromisoformat(body["until"]), body.get("cover"))


def _role(entry: Role) -> Document:
    return _sparse(
        slug=entry.slug,
        name=entry.name,
        authority=entry.authority,
        team=entry.team,
        holder=entry.holder,
        deputies=list(entry.deputies),
        numbers=[number.e164 for number in entry.numbers],
        source=_source(entry.source),
    )


def _role_from(body: Mapping[str, Any]) -> Role:
    return Role(
        body["slug"],
        body["name"],
        body["authority"],
        body.get("team"),
        body.get("holder"),
        tuple(body.get("deputies", ())),
        tuple(Number(number) for number in body.get("numbers", ())),
        _source_from(body.get("source")),
    )


def _closure(entry: Closure) -> Document:
    return _sparse(
        slug=entry.slug,
        effect=entry.effect.value,
        since=_instant(entry.since),
        until=_instant(entry.until),
        reason=entry.reason,
        authority=entry.authority,
        line=entry.line,
        rrule=entry.rrule,
    )


def _closure_from(body: Mapping[str, Any]) -> Closure:
    return Closure(
        body["slug"],
        Effect(body["effect"]),
        datetime.fromisoformat(body["since"]),
        datetime.fromisoformat(body["until"]),
        body["reason"],
        body.get("authority"),
        body.get("line"),
        body.get("rrule", ""),
    )


def _line_from(body: Mapping[str, Any]) -> LineNumbers:
    return LineNumbers(body["slug"], tuple(Number(number) for number in body.get("numbers", ())))


def _bank_holidays_from(body: Mapping[str, Any]) -> BankHolidays:
    return BankHolidays(body["slug"], tuple((date.fromisoformat(day), name) for day, name in body["days"]))


READERS: Mapping[Kind, Callable[[Mapping[str, Any]], Entry]] = {
    Kind.AUTHORITY: _authority_from,
    Kind.TEAM: _team_from,
    Kind.PERSON: _person_from,
    Kind.ROLE: _role_from,
    Kind.CLOSURE: _closure_from,
    Kind.LINE: _line_from,
    Kind.HOLIDAYS: _bank_holidays_from,
}
