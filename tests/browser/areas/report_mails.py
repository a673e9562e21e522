"""How are the pages looked at on which reports come by e-mail?"""

from datetime import datetime, timedelta

from app import Application
from routing.report_times import Every, last_over
from store import report_letters, report_mails
from store.database import Transaction
from store.directory import Author
from store.keys import Role
from store.report_letters import Stands
from store.report_mails import Terms
from store.tables_report_mails import report_mail
from tests.browser.hands import Hands
from tests.browser.state import State, filled, shown
from tests.browser.task import Task
from tests.telling import at

LIST, KEY = "/admin/reports/mail", "reportfordrama"
SEND, REMOVE = f"{LIST}/{KEY}/send", f"{LIST}/{KEY}/remove"
GET_LIST, POST_LIST = "GET /admin/reports/mail", "POST /admin/reports/mail"
GET_SEND, POST_SEND = "GET /admin/reports/mail/<id>/send", "POST /admin/reports/mail/<id>/send"
GET_REMOVE, POST_REMOVE = "GET /admin/reports/mail/<id>/remove", "POST /admin/reports/mail/<id>/remove"
NOW = at("Wed 10:00")
TERMS = Terms(Every.MONTH, "devon", "", "", 8, ("safeguarding.board@example.org",))


def comes(application: Application) -> None:
    """A report of each month, of a known id, that was sent once and tried once in vain."""
    with application.database.write_in_order() as connection:
        made = report_mails.add(connection, TERMS, Author("Ada Admin"), NOW - timedelta(days=60))
        connection.execute(report_mail.update().where(report_mail.c.id == made.id).values(id=KEY, since=NOW))
        days = last_over(Every.MONTH, NOW)
        sent, tried = at("2026-11-02T08:00"), at("2026-11-20T15:10")
        report_letters.enter(connection, KEY, TERMS.recipients, days, sent)
        _over(connection, Stands.SENT, "", sent)
        report_letters.ask(connection, KEY, ["office@example.org"], days, tried)
        _over(connection, Stands.FAILED, "550 5.1.1 no such mailbox", tried)


def _over(connection: Transaction, state: Stands, result: str, when: datetime) -> None:
    letter = report_letters.next_one(connection, "drama", when)
    assert letter is not None
    report_letters.over(connection, letter.id, "drama", state, result, when)


def furnish(application: Application) -> None:
    """The same, and one of each week."""
    comes(application)
    with application.database.write_in_order() as connection:
        weekly = Terms(Every.WEEK, "", "sheffield-cpet", "team", 9, ("duty@example.org", "manager@example.org"))
        report_mails.add(connection, weekly, Author("Ada Admin"), NOW)


def lets_one_come(hands: Hands) -> None:
    """From the reports' page: add one, try the other, take it away."""
    hands.opens("/admin/reports")
    hands.skips_to_main()
    hands.leaves_by("come by e-mail", "Reports by e-mail")
    hands.skips_to_main()
    hands.fills("Line", "Devon social care")
    hands.fills("E-mail addresses", "board@example.org, chair@example.org")
    hands.leaves_by("Add", "Reports by e-mail")
    hands.reads("to board@example.org, chair@example.org")
    hands.opens(SEND)
    hands.skips_to_main()
    hands.fills("One address", "ada@example.org")
    hands.leaves_by("Send it", "Reports by e-mail")
    hands.reads("ada@example.org")
    hands.opens(REMOVE)
    hands.skips_to_main()
    hands.leaves_by("Remove", "Reports by e-mail")


STATES: list[State] = [
    *shown(Role.ADMIN, LIST, SEND, REMOVE),
    State("a report by e-mail, refused", Role.ADMIN, LIST, filled("Add", recipients="the board"), POST_LIST),
    State("a trial of a report, refused", Role.ADMIN, SEND, filled("Send it", to="ada@nowhere"), POST_SEND),
]
SCREENS: list[State] = [
    State("report-mails", Role.ADMIN, LIST),
    State("report-mail-send", Role.ADMIN, SEND),
    State("report-mail-remove", Role.ADMIN, REMOVE),
]
TASKS: tuple[Task, ...] = (
    Task("let a report come by e-mail", Role.ADMIN, lets_one_come,
         (GET_LIST, POST_LIST, GET_SEND, POST_SEND, GET_REMOVE, POST_REMOVE), comes),
)  # fmt: skip
NEVER_REFUSED: dict[str, str] = {POST_REMOVE: "one that is gone already is not found"}
NO_PAGE: dict[str, str] = {}
