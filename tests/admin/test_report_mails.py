"""May administrators let a report come by e-mail, try it and take it away, on the page and by API, and does the trail say so?"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from admin.mail_settings import Mailing
from app import Application, Config, build
from carrier.mail_server import MailServer, Tls
from routing.clock import FixedClock
from routing.days import Days
from routing.report_times import Every, last_over
from store import report_letters, report_mails
from store.audit import end
from store.directory import Author
from store.keys import Role
from store.report_letters import Stands
from store.tables import audit
from store.tables_report_mails import report_letter
from tests.admin.desk_client import Holder, codes, holder
from tests.admin.visitor import Visitor, signed_in
from tests.carrier.mail_host import SENDER
from tests.desk.test_page import reads
from tests.store.recording import rows
from tests.telling import at

PAGE, PATH = "/admin/reports/mail", "/report-mails"
BOARD = {"recipients": ["board@example.org", " Chair@example.org "], "authority": "devon"}
NOBODYS = MailServer(Tls.WHOLE, "127.0.0.1", 1)


@pytest.fixture
def sending(config: Config) -> Iterator[Application]:
    """An application that has a mail server. Nobody listens there, and its rounds are not awaited."""
    built = build(replace(config, mailing=Mailing(NOBODYS, SENDER)), FixedClock(at("Wed 10:00")))
    built.upkeep.end()
    yield built
    built.close()


@pytest.fixture
def ada(sending: Application) -> Holder:
    return holder(sending, Role.ADMIN, "Ada Admin")


def added(by: Holder, **fields: Any) -> dict[str, Any]:
    reply = by.sends("POST", PATH, {**BOARD, **fields})
    assert reply.status_code == 201, reply.get_json()
    assert reply.headers["Location"] == f"/api/v1{PATH}/{reply.get_json()['id']}"
    found: dict[str, Any] = reply.get_json()
    return found


def trail(application: Application) -> dict[str, Any]:
    """The last row of the audit trail."""
    with application.database.read() as connection:
        last = end(connection)["sequence"]
    return next(row for row in rows(application.database, audit) if row["sequence"] == last)


def test_one_is_added_listed_tried_and_taken_away(sending: Application, ada: Holder) -> None:
    made = added(ada, why="the board asked")
    assert {name: made[name] for name in ("every", "by", "hour", "recipients", "letters")} == {
        "every": "month", "by": "", "hour": 8, "recipients": ["board@example.org", "Chair@example.org"], "letters": [],
    }  # fmt: skip
    assert (made["next_at"], made["next_days"]) == (
        "2026-12-01T08:00:00+00:00", {"from": "2026-11-01", "until": "2026-11-30"},
    )  # fmt: skip
    assert ada.asks(PATH).get_json() == {"items": [made], "next": None}
    assert ada.asks(f"{PATH}/{made['id']}").get_json() == made
    noted = trail(sending)
    assert (noted["what"], noted["kind"], noted["slug"], noted["why"]) == (
        "create",
        "report-mail",
        made["id"],
        "the board asked",
    )
    assert noted["after"]["recipients"] == ["board@example.org", "Chair@example.org"]

    tried = ada.sends("POST", f"{PATH}/{made['id']}/send", {"to": "ada@example.org"}).get_json()
    assert [(one["to"], one["trial"], one["state"], one["days"]["from"]) for one in tried["letters"]] == [
        ("ada@example.org", True, "due", "2026-10-01")
    ]
    assert trail(sending)["what"] == "send"
    assert len(ada.sends("POST", f"{PATH}/{made['id']}/send", {}).get_json()["letters"]) == 3

    assert ada.sends("DELETE", f"{PATH}/{made['id']}").status_code == 204
    assert ada.sends("DELETE", f"{PATH}/{made['id']}").status_code == 404
    assert ada.asks(PATH).get_json()["items"] == []
    assert rows(sending.database, report_letter) == []
    assert trail(sending)["before"]["recipients"] == noted["after"]["recipients"]


WRONG = [
    ({"recipients": []}, {"recipients": "missing"}),
    ({"recipients": ["board", "a@example.org", "A@example.org"]}, {"recipients.0": "address", "recipients.2": "twice"}),
    ({"recipients": ["a@example.org"] * 2}, {"recipients.1": "twice"}),
    ({"recipients": [f"a{number}@example.org" for number in range(21)]}, {"recipients": "too-long"}),
    ({"hour": 24, "by": "moon", "line": "narnia", "authority": "atlantis"},
     {"hour": "hour", "by": "choice", "line": "choice", "authority": "choice"}),
    ({"hour": -1}, {"hour": "hour"}),
    ({"every": "day"}, {"every": "choice"}),
    ({"authority": "derby", "line": "devon"}, {"line": "choice"}),
    ({"recipients": ["a@example.org\nBcc: b@example.org"]}, {"recipients.0": "characters"}),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "faults"), WRONG)
def test_what_is_wrong_is_told_at_once_at_its_field(
    ada: Holder, fields: dict[str, Any], faults: dict[str, str]
) -> None:
    reply = ada.sends("POST", PATH, {**BOARD, **fields})
    assert (reply.status_code, codes(reply)) == (422, faults)
    assert ada.asks(PATH).get_json()["items"] == []


def test_a_trial_to_no_address_is_refused(ada: Holder) -> None:
    reply = ada.sends("POST", f"{PATH}/{added(ada)['id']}/send", {"to": "ada"})
    assert (reply.status_code, codes(reply)) == (422, {"to": "address"})


def test_without_a_mail_server_nothing_is_promised(application: Application) -> None:
    reply = holder(application, Role.ADMIN).sends("POST", PATH, BOARD)
    assert reply.status_code == 409
    assert "DUTYLINE_SMTP_URL" in reply.get_json()["detail"]
    shown = reads(signed_in(application, Role.ADMIN), PAGE)
    assert "This Dutyline sends no e-mail yet." in shown
    assert "Add one" not in shown


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_addresses_are_for_administrators(sending: Application, role: Role) -> None:
    assert holder(sending, role).asks(PATH).status_code == 403
    visitor = signed_in(sending, role)
    assert visitor.opens(PAGE).status_code == 403
    assert "come by e-mail" not in reads(visitor, "/admin/reports")


def test_whoever_is_limited_to_an_authority_sends_its_reports_alone(sending: Application) -> None:
    visitor = signed_in(sending, Role.ADMIN, authorities=("devon",))
    for fields, status in (
        ({"authority": "devon"}, 303), ({"line": "devon"}, 303), ({"authority": "derby"}, 403), ({}, 403), ({"line": "derby"}, 403),
    ):  # fmt: skip
        assert _typed(visitor, **fields).status_code == status, fields


def _typed(visitor: Visitor, **fields: str) -> Any:
    usual = {"every": "month", "hour": "8", "recipients": "board@example.org"}
    return visitor.sends(PAGE, {**usual, **fields})


def test_on_the_page_it_is_added_tried_and_removed(sending: Application) -> None:
    visitor = signed_in(sending, Role.ADMIN)
    assert "No report comes by e-mail." in reads(visitor, PAGE)
    assert "come by e-mail" in reads(visitor, "/admin/reports")
    assert (
        _typed(visitor, every="week", line="devon", by="team", recipients="a@example.org, b@example.org").status_code
        == 303
    )
    shown = reads(visitor, PAGE)
    for words in ("Weekly, Devon social care", "by who was rung, to a@example.org, b@example.org", "Mon 30 Nov 2026 08:00",
                  "about 23 November 2026 to 29 November 2026", "Never sent yet.", "It comes from calls@example.org."):  # fmt: skip
        assert words in shown, words
    key = _only(sending)
    assert "16 November 2026 to 22 November 2026" in reads(visitor, f"{PAGE}/{key}/send")
    refused = visitor.sends(f"{PAGE}/{key}/send", {"to": "ada"})
    assert refused.status_code == 422
    assert "One address: “ada” is not an e-mail address" in refused.get_data(as_text=True)
    assert visitor.sends(f"{PAGE}/{key}/send", {"to": "ada@example.org"}).status_code == 303
    assert "ada@example.org, 16 November 2026 to 22 November 2026 (a trial) Being sent" in reads(visitor, PAGE)
    assert "It comes no more to 2 addresses." in reads(visitor, f"{PAGE}/{key}/remove")
    assert visitor.sends(f"{PAGE}/{key}/remove").status_code == 303
    assert "No report comes by e-mail." in reads(visitor, PAGE)
    assert visitor.opens(f"{PAGE}/{key}/remove").status_code == 404


def _only(application: Application) -> str:
    with application.database.read() as connection:
        return report_mails.every(connection)[0].id


def test_what_was_typed_stays_beside_its_fault(sending: Application) -> None:
    reply = _typed(signed_in(sending, Role.ADMIN), recipients="board, <b>@example.org", hour="", authority="derby")
    text = reply.get_data(as_text=True)
    assert reply.status_code == 422
    for words in ("E-mail addresses: “board” is not an e-mail address", "E-mail addresses: “&lt;b&gt;@example.org” is not",
                  "Hour: -1 is no hour of the day", 'value="board, &lt;b&gt;@example.org"'):  # fmt: skip
        assert words in text, words


ENDS = [
    (Stands.SENT, "", "Sent Wed 25 Nov 2026 10:00."),
    (Stands.FAILED, "550 nobody.", "Not sent, Wed 25 Nov 2026 10:00: 550 nobody."),
    (Stands.IN_DOUBT, "no word", "Perhaps sent, Wed 25 Nov 2026 10:00: no word. It is not sent again by itself."),
]


@pytest.mark.parametrize(("state", "result", "words"), ENDS)
def test_what_became_of_the_last_letter_stands_there_in_words(
    sending: Application, ada: Holder, state: Stands, result: str, words: str
) -> None:
    key, now = added(ada)["id"], at("Wed 10:00")
    with sending.database.write() as connection:
        mail = report_mails.one(connection, key)
        assert mail is not None
        report_letters.ask(connection, key, ["board@example.org"], _october(), now)
        found = report_letters.next_one(connection, "a worker", now)
        assert found is not None
        report_letters.over(connection, found.id, "a worker", state, result, now)
    assert words in reads(signed_in(sending, Role.ADMIN), PAGE)


def _october() -> Days:
    return last_over(Every.MONTH, at("Wed 10:00"))


def test_one_that_is_tried_again_says_when(sending: Application, ada: Holder) -> None:
    key, now = added(ada)["id"], at("Wed 10:00")
    with sending.database.write() as connection:
        report_letters.ask(connection, key, ["board@example.org"], _october(), now)
        found = report_letters.next_one(connection, "a worker", now)
        assert found is not None
        report_letters.put_off(connection, found.id, "a worker", at("Wed 10:04"), "450 later")
    shown = reads(signed_in(sending, Role.ADMIN), PAGE)
    assert "Not sent yet: 450 later. It is tried again Wed 25 Nov 2026 10:04." in shown


def test_a_line_that_is_gone_meanwhile_keeps_its_report(sending: Application) -> None:
    with sending.database.write_in_order() as connection:
        terms = report_mails.Terms(Every.MONTH, "", "gone", "", 8, ("board@example.org",))
        report_mails.add(connection, terms, Author("Ada"), at("Wed 10:00"))
    assert "Monthly, gone" in reads(signed_in(sending, Role.ADMIN), PAGE)
