"""Which reports come by e-mail, and did they arrive? A list with what came of the last ones, and forms to add, try and remove one."""

from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response as Reply

from admin.console.forms import Wrong, given, refusal
from admin.console.pages import answer, blueprint, page
from admin.console.report_words import period_of
from admin.console.reports import BY, authorities, lines
from admin.ports import desk, newest_world, now
from admin.report_letters import about
from admin.report_mail_shapes import LAST_HOUR, NewReportMail, ReportMailPath, ReportMailQuery, SendNow
from admin.report_mails import (
    every_report_mail,
    gone_report_mail,
    new_report_mail,
    report_mail_at,
    send_report_mail,
)
from routing.report_times import Every, last_over
from store.report_mails import ReportMail

FIELDS = ("every", "authority", "line", "by", "hour", "recipients", "why")
LABELS = {"every": "How often", "authority": "Authority", "line": "Line", "by": "Told apart by", "hour": "Hour",
          "recipients": "E-mail addresses", "why": "Why", "to": "One address"}  # fmt: skip
EVERY = {
    Every.MONTH: "Each month, on the first working day after it",
    Every.WEEK: "Each week, on the first working day after it",
}
NOUNS = {Every.MONTH: "Monthly", Every.WEEK: "Weekly"}
ALL_WAYS = "Line, who was rung and hour of the day"
USUAL = {"every": Every.MONTH.value, "hour": "8"}
MOST = 200


@blueprint.get("/reports/mail")
def report_mails() -> str:
    """What comes, to whom, and what became of the last ones."""
    return page("report_mails", **_shown(USUAL, ()))


@blueprint.post("/reports/mail")
def add_report_mail() -> Reply:
    """Let one come."""
    fields = given(*FIELDS)
    refused = refusal(lambda: new_report_mail(body=NewReportMail.model_validate(_body(fields))))
    if refused is None:
        return redirect(url_for("console.report_mails"), HTTPStatus.SEE_OTHER)
    return answer(refused.status, "report_mails", **_shown(fields, refused.beside(LABELS)))


@blueprint.get("/reports/mail/<id>/send")
def try_report_mail(id: str) -> str:  # noqa: A002  # as the API calls it
    """What would be sent, to whom."""
    return page("report_mail_send", **_trial(report_mail_at(id)), fields={}, wrong=())


@blueprint.post("/reports/mail/<id>/send")
def tried_report_mail(id: str) -> Reply:  # noqa: A002  # as the API calls it
    """Send it."""
    fields = given("to", "why")
    body = SendNow.model_validate(fields)
    refused = refusal(lambda: send_report_mail(path=ReportMailPath(id=id), body=body))
    if refused is None:
        return redirect(url_for("console.report_mails"), HTTPStatus.SEE_OTHER)
    wrong = refused.beside(LABELS)
    return answer(refused.status, "report_mail_send", **_trial(report_mail_at(id)), fields=fields, wrong=wrong)


@blueprint.get("/reports/mail/<id>/remove")
def remove_report_mail(id: str) -> str:  # noqa: A002  # as the API calls it
    """Ask once more."""
    mail = report_mail_at(id)
    title = f"Remove the {NOUNS[mail.terms.every].lower()} report about {about(mail.terms.line, mail.terms.authority, newest_world())}"
    words = f"It comes no more to {_several(mail.terms.recipients)}. What became of its letters is forgotten."
    return page("remove", title=title, words=words, back=url_for("console.report_mails"), seen="")


@blueprint.post("/reports/mail/<id>/remove")
def removed_report_mail(id: str) -> Reply:  # noqa: A002  # as the API calls it
    """It comes no more."""
    gone_report_mail(path=ReportMailPath(id=id))
    return redirect(url_for("console.report_mails"), HTTPStatus.SEE_OTHER)


def _several(recipients: tuple[str, ...]) -> str:
    return recipients[0] if len(recipients) == 1 else f"{len(recipients)} addresses"


def _trial(mail: ReportMail) -> dict[str, object]:
    days = last_over(mail.terms.every, now())
    return {
        "about": about(mail.terms.line, mail.terms.authority, newest_world()), "period": period_of(days.first, days.last),
        "recipients": mail.terms.recipients,
    }  # fmt: skip


def _body(fields: Mapping[str, str]) -> dict[str, object]:
    """The form as the API takes it: addresses in lines or with commas."""
    typed = fields["recipients"].replace(",", "\n").replace(";", "\n").splitlines()
    recipients = [one.strip() for one in typed if one.strip()]
    hour = fields["hour"]
    kept = {name: fields[name] for name in ("authority", "line", "by", "why")}
    return {
        **kept,
        "every": fields["every"] or "?",
        "hour": int(hour) if hour.isdecimal() else -1,
        "recipients": recipients,
    }


def _shown(fields: Mapping[str, str], wrong: tuple[Wrong, ...]) -> dict[str, object]:
    found: Mapping[str, Any] = every_report_mail(query=ReportMailQuery(limit=MOST))
    choices = {
        "everies": [{"value": one.value, "text": text} for one, text in EVERY.items()],
        "ways": [{"value": "", "text": ALL_WAYS}, *({"value": code, "text": text} for code, text in BY.items())],
        "hours": [{"value": str(hour), "text": f"{hour:02}:00"} for hour in range(LAST_HOUR + 1)],
        "authorities": authorities(), "lines": lines(),
    }  # fmt: skip
    rows = [_row(one) for one in found["items"]]
    shown = {"rows": rows, "sender": desk().mail_from, "words": BY, "all_ways": ALL_WAYS}
    return {**shown, "fields": fields, "wrong": wrong, **choices}


def _row(one: Mapping[str, Any]) -> Mapping[str, Any]:
    whom = about(one["line"], one["authority"], newest_world())
    letters = [{**letter, "period": _period(letter["days"])} for letter in one["letters"]]
    title = f"{NOUNS[Every(one['every'])]}, {whom}"
    return {**one, "title": title, "next_period": _period(one["next_days"]), "letters": letters}


def _period(days: Mapping[str, str]) -> str:
    return period_of(date.fromisoformat(days["from"]), date.fromisoformat(days["until"]))
