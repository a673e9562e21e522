"""Who gets a report by e-mail, of what, and how often? Made, tried and taken away by administrators; a worker's round sends the letters."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify

from admin.auth import author, caller
from admin.blueprints import resource_api
from admin.listing import document, page
from admin.ports import desk, newest_world, now
from admin.problems import API, Faults, ProblemError, missing
from admin.report_mail_shapes import (
    LAST_HOUR,
    NewReportMail,
    ReportLetterOut,
    ReportMailList,
    ReportMailOut,
    ReportMailPath,
    ReportMailQuery,
    SendNow,
)
from admin.report_scope import NO_WAY, whose
from admin.report_shapes import BY, DaysOut
from admin.scope import forbidden
from admin.shapes import moment_out
from admin.versions import created, gone
from carrier.letters import address_from
from directory.problems import Fault
from ivr.moment import World
from routing.days import Days
from routing.reasons import clock_time
from routing.report_times import following, last_over
from store import report_letters, report_mails
from store.audit import Deed, note
from store.report_letters import ReportLetter, Stands
from store.report_mails import KIND, ReportMail, Terms

NOT_AN_ADDRESS = "“{}” is not an e-mail address; write it as board@example.org."
TWICE = "“{}” stands there twice; take one of them out."
NO_HOUR = f"{{}} is no hour of the day; give 0 to {LAST_HOUR}."
NO_SERVER = "This Dutyline sends no e-mail; whoever runs it sets DUTYLINE_SMTP_URL and DUTYLINE_MAIL_FROM."
ID_LENGTH, LONGEST_ECHO = 16, 60

api = resource_api("report-mails", "Reports that come by e-mail.")


@api.get("/report-mails", responses={200: ReportMailList})
def every_report_mail(query: ReportMailQuery) -> Mapping[str, object]:
    """Each with the last letter to each address, and when the next one is due."""
    with desk().database.read() as connection:
        every = report_mails.every(connection)
    cut = page(every, lambda one: f"{one.made_at.isoformat()} {one.id}", query)
    return document(_bodies(cut.items), cut.next)


@api.get("/report-mails/<id>", responses={200: ReportMailOut})
def one_report_mail(path: ReportMailPath) -> Mapping[str, object]:
    """One of them."""
    return _bodies([report_mail_at(path.id)])[0]


@api.post("/report-mails", responses={201: ReportMailOut})
def new_report_mail(body: NewReportMail) -> Response:
    """Let a report come by itself, from the next month or week that ends. 409 where no e-mail is sent."""
    terms, doer = _terms(body), author(body.why)
    _refuse_without_server()
    with desk().database.write_in_order() as connection:
        made = report_mails.add(connection, terms, doer, now())
    return created(jsonify(_bodies([made])[0]), f"{API}/report-mails/{made.id}")


@api.delete("/report-mails/<id>", responses={204: None})
def gone_report_mail(path: ReportMailPath) -> Response:
    """Take it away: it comes no more, and the addresses are forgotten but for the audit trail."""
    mail, doer = report_mail_at(path.id), author()
    _refuse_beyond(mail.terms, newest_world())
    with desk().database.write_in_order() as connection:
        if not report_mails.take_away(connection, mail, doer, now()):
            raise _missing()
    return gone()


@api.post("/report-mails/<id>/send", responses={200: ReportMailOut})
def send_report_mail(path: ReportMailPath, body: SendNow) -> Mapping[str, object]:
    """Send the report of the last month or week that is over now, to try it: to one address, or to all recipients. It leaves within
    a minute. 409 where no e-mail is sent."""
    mail, faults, doer = report_mail_at(path.id), Faults(), author(body.why)
    recipients = _addresses([body.to], "to", faults) if body.to else mail.terms.recipients
    body.refuse(faults)
    _refuse_beyond(mail.terms, newest_world())
    _refuse_without_server()
    days = last_over(mail.terms.every, now())
    told = {"recipients": list(recipients), "from": days.first.isoformat(), "until": days.last.isoformat()}
    with desk().database.write_in_order() as connection:
        report_letters.ask(connection, mail.id, recipients, days, now())
        note(connection, Deed(doer.who, "send", KIND, mail.id, None, told, doer.why), now())
    return _bodies([mail])[0]


def report_mail_at(key: str) -> ReportMail:
    """The one of this id. 404."""
    with desk().database.read() as connection:
        found = report_mails.one(connection, key) if len(key) <= ID_LENGTH and key.isalnum() else None
    if found is None:
        raise _missing()
    return found


def _missing() -> ProblemError:
    return missing("report by e-mail with this id")


def _terms(body: NewReportMail) -> Terms:
    faults, world = Faults(), newest_world()
    if body.by and body.by not in BY:
        faults.say("by", "choice", NO_WAY.format(given=body.by, known=", ".join(BY)))
    if body.hour not in range(LAST_HOUR + 1):
        faults.say("hour", "hour", NO_HOUR.format(body.hour))
    if not body.recipients and not any(fault.field.startswith("recipients") for fault in body.faults):
        faults.note("recipients", Fault.MISSING)
    whose(body.authority, body.line, world, faults)
    recipients = _addresses(body.recipients, "recipients.{}", faults)
    body.refuse(faults)
    terms = Terms(body.every, body.authority, body.line, body.by, body.hour, recipients)
    _refuse_beyond(terms, world)
    return terms


def _addresses(given: Iterable[str], field: str, faults: Faults) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for place, text in enumerate(given):
        address = address_from(text)
        if address is None:
            faults.say(field.format(place), "address", NOT_AN_ADDRESS.format(text[:LONGEST_ECHO]))
        elif address.text.lower() in found:
            faults.say(field.format(place), "twice", TWICE.format(address.text))
        else:
            found[address.text.lower()] = address.text
    return tuple(found.values())


def _refuse_beyond(terms: Terms, world: World) -> None:
    """403 where whoever asks is limited to authorities, and the report is about others too."""
    asking = caller()
    _, authorities = whose(terms.authority, terms.line, world, Faults())
    if asking.limited and not (authorities and asking.authorities.issuperset(authorities)):
        raise forbidden(())


def _refuse_without_server() -> None:
    if desk().mail_from is None:
        raise ProblemError(HTTPStatus.CONFLICT, NO_SERVER)


def _bodies(mails: Iterable[ReportMail]) -> list[dict[str, Any]]:
    """Reports by e-mail as they are answered."""
    every, world = list(mails), newest_world()
    with desk().database.read() as connection:
        letters = report_letters.newest(connection, [mail.id for mail in every])
    return [_body(mail, letters[mail.id], world) for mail in every]


def _body(mail: ReportMail, letters: Mapping[str, ReportLetter], world: World) -> dict[str, Any]:
    terms = mail.terms
    coming = following(terms.every, terms.hour, world.calendar.holidays, now())
    return ReportMailOut(
        id=mail.id, every=terms.every, authority=terms.authority, line=terms.line, by=terms.by, hour=terms.hour,
        recipients=list(terms.recipients), made_by=mail.made_by, made_at=moment_out(mail.made_at) or "",
        next_at=moment_out(coming.due_at) or "", next_days=_days(coming.days),
        letters=[_letter(letters[to]) for to in sorted(letters, key=lambda to: (to not in terms.recipients, to))],
    ).model_dump(mode="json", by_alias=True)  # fmt: skip


def _days(days: Days) -> DaysOut:
    return DaysOut(since=days.first.isoformat(), until=days.last.isoformat())


def _letter(one: ReportLetter) -> ReportLetterOut:
    return ReportLetterOut(
        to=one.recipient, days=_days(one.days), trial=one.trial, state=one.state, words=words_of(one),
        asked_at=moment_out(one.asked_at) or "", ended_at=moment_out(one.ended_at),
    )  # fmt: skip


def words_of(one: ReportLetter) -> str:
    """What came of a letter, in a sentence."""
    at, why = clock_time(one.ended_at or one.asked_at), one.result.rstrip(".")
    match one.state:
        case Stands.SENT:
            return f"Sent {at}."
        case Stands.FAILED:
            return f"Not sent, {at}: {why}."
        case Stands.IN_DOUBT:
            return f"Perhaps sent, {at}: {why}. It is not sent again by itself."
        case Stands.DUE if one.attempts and why:
            return f"Not sent yet: {why}. It is tried again {clock_time(one.due_at)}."
        case Stands.DUE | Stands.HANDED:
            return "Being sent: look again in a minute."
