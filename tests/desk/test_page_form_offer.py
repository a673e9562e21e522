"""Is the online form texted from the desk by one button, where that is set up, and is every refusal said there? On both databases."""

from collections.abc import Iterator

import pytest

from app import Application, Config, build
from carrier.port import Busy, Unknown
from carrier.texting import Texting
from store import contacts
from store.conversations import At
from store.database import Database
from store.keys import Role
from store.tables import audit
from tests.admin.desk_client import Holder, holder
from tests.admin.visitor import Visitor, signed_in
from tests.browser.tasks.desk import SINCE, put
from tests.desk.test_form_offers import MOBILE, Sent
from tests.desk.test_page import SCRIPT, reads, text
from tests.desk.wall_clock import WallClock, sent

CALL = "CA" + "5" * 32
HERE, OFFER = f"/desk?call={CALL}", f"/desk/calls/{CALL}/form-offer"
BUTTON = "Text the online form"


@pytest.fixture
def texts() -> Sent:
    return Sent()


@pytest.fixture
def texting(config: Config, database: Database, wall: WallClock, texts: Sent) -> Iterator[Application]:  # noqa: ARG001  # prepares it
    built = build(config, wall, texting=Texting(texts, {"derbyshire": "https://forms.example.org"}))
    built.desk.end()
    yield built
    built.close()


@pytest.fixture
def hana(texting: Application) -> Visitor:
    """A handler with a browser."""
    return signed_in(texting, Role.HANDLER, "hana@example.org")


def called(on: Application, number: str | None = MOBILE, **fields: str) -> None:
    """A call that is over, of whom the record says this."""
    put(on, CALL, At.ENDED, ended_at=SINCE, caller=number)
    if fields:
        sent(holder(on, Role.HANDLER), "PUT", f"/calls/{CALL}/contact", {"fields": fields})


def test_a_professional_is_texted_the_form_once_and_the_page_says_so(
    texting: Application, hana: Visitor, texts: Sent
) -> None:
    called(texting, caller="school")
    assert BUTTON in reads(hana, HERE)
    assert hana.sends(OFFER).status_code == 303
    shown = reads(hana, HERE)
    assert ("The online form was texted to the caller." in shown, BUTTON in shown) == (True, False)
    again = hana.sends(OFFER)
    assert (again.status_code, "already" in text(again), len(texts.to)) == (409, True, 1)


def test_what_became_of_a_text_that_was_not_certainly_sent_is_said(
    texting: Application, hana: Visitor, texts: Sent
) -> None:
    called(texting, caller="school")
    texts.answers = Busy()
    hana.sends(OFFER)
    shown = reads(hana, HERE)
    assert ("The text was not sent." in shown, BUTTON in shown) == (True, True)
    texts.answers = Unknown()
    hana.sends(OFFER)
    shown = reads(hana, HERE)
    assert ("it is not sent again" in shown, BUTTON in shown) == (True, False)


@pytest.mark.parametrize(
    ("number", "fields", "words"),
    [
        (MOBILE, {}, "professionals only"),
        (MOBILE, {"caller": "public"}, "professionals only"),
        (MOBILE, {"caller": "school", "protection_now": "yes"}, "take the referral by telephone"),
        ("+442079460999", {"caller": "school"}, "no mobile that may be written to"),
    ],
)
def test_a_refusal_is_said_in_words_and_nothing_is_sent(
    texting: Application, hana: Visitor, texts: Sent, number: str, fields: dict[str, str], words: str
) -> None:
    called(texting, number, **fields)
    reply = hana.sends(OFFER)
    assert (reply.status_code, "There is a problem" in text(reply), words in text(reply)) == (409, True, True)
    told = hana.client.post(OFFER, data={"csrf_token": hana.token()}, headers=SCRIPT)
    assert (told.status_code, words in text(told), "<html" in told.get_data(as_text=True)) == (409, True, False)
    assert texts.to == []


def test_the_button_is_there_only_where_a_form_can_be_texted_and_reads_no_record(
    texting: Application, hana: Visitor
) -> None:
    called(texting, None, caller="school")
    assert ("withheld or not known" in reads(hana, HERE), BUTTON in reads(hana, HERE)) == (True, False)
    with texting.database.read() as connection:
        record = contacts.of_call(connection, CALL)
        before = len(connection.execute(audit.select()).all())
    assert record
    assert "withheld or not known" in text(hana.opens(f"/desk/now?call={CALL}", **SCRIPT))
    with texting.database.read() as connection:
        assert len(connection.execute(audit.select()).all()) == before


def test_without_text_messages_there_is_no_button_and_it_is_for_handlers(office: Application, ida: Holder) -> None:
    called(office, caller="school")
    hana = signed_in(office, Role.HANDLER, "hana@example.org")
    assert BUTTON not in reads(hana, HERE)
    refused = hana.sends(OFFER)
    assert (refused.status_code, "Text messages are not set up here" in text(refused)) == (409, True)
    assert signed_in(office, Role.AUDITOR).sends(OFFER).status_code == 403
    assert hana.sends_bare(OFFER, {}).status_code == 400
    assert ida.asks("/messages").get_json()["items"] == []
