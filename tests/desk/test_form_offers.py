"""The online form by text message: to professionals on mobiles, once, and never twice where nobody knows; on both databases."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from admin import settings
from app import Application, Config, build
from carrier.port import Busy, Done, Refused, Result, Unknown
from carrier.texting import Texting
from directory.numbers import Number
from store import tables, tables_papers
from store.database import Database
from store.keys import Role
from tests.admin.desk_client import Holder, holder
from tests.desk.wall_clock import WallClock, sent

MOBILE, LANDLINE = "+447700900123", "+442079460123"
FORM = "https://www.ddscp.org.uk"


@dataclass
class Sent:
    """Notes what is sent, and answers as it is told."""

    answers: Result = field(default_factory=Done)
    to: list[tuple[str, str]] = field(default_factory=list)

    def text(self, to: Number, words: str) -> Result:
        self.to.append((to.e164, words))
        return self.answers


@pytest.fixture
def texts() -> Sent:
    return Sent()


@pytest.fixture
def texting(config: Config, database: Database, wall: WallClock, texts: Sent) -> Iterator[Application]:  # noqa: ARG001  # prepares it
    built = build(config, wall, texting=Texting(texts, {"derby": FORM}))
    built.desk.end()
    yield built
    built.close()


@pytest.fixture
def hanna(texting: Application) -> Holder:
    return holder(texting, Role.HANDLER, "Hanna Handler")


def rings(on: Application, by: Holder, number: str | None = MOBILE, sid: str = "CA1", **fields: str) -> None:
    with on.database.write() as connection:
        connection.execute(tables.call.insert().values(sid=sid, line="derby", caller=number))
    sent(by, "PUT", f"/calls/{sid}/contact", {"fields": {"concern": "?", "caller": "school", **fields}})


def offers(by: Holder, status: int = 200, sid: str = "CA1") -> dict[str, Any]:
    return sent(by, "POST", f"/calls/{sid}/form-offer", {}, status)


def test_a_professional_on_a_mobile_is_sent_the_form_once(texting: Application, hanna: Holder, texts: Sent) -> None:
    rings(texting, hanna)
    assert offers(hanna)["state"] == "sent"
    assert "already" in offers(hanna, 409)["detail"]
    assert [to for to, _ in texts.to] == [MOBILE]
    assert FORM in texts.to[0][1]
    assert "999" in texts.to[0][1]


@pytest.mark.parametrize("number", [None, LANDLINE, "+447781100123"])
def test_withheld_landline_and_island_numbers_are_never_written_to(
    texting: Application, hanna: Holder, texts: Sent, number: str | None
) -> None:
    rings(texting, hanna, number)
    offers(hanna, 409)
    assert texts.to == []


@pytest.mark.parametrize("fields", [{"caller": "public"}, {"caller": "family"}, {"protection_now": "yes"}])
def test_neither_the_public_nor_a_child_in_danger_is_sent_to_a_form(
    texting: Application, hanna: Holder, texts: Sent, fields: dict[str, str]
) -> None:
    rings(texting, hanna, **fields)
    offers(hanna, 409)
    assert texts.to == []


def test_what_may_have_been_sent_is_not_sent_again(texting: Application, hanna: Holder, texts: Sent) -> None:
    rings(texting, hanna)
    texts.answers = Unknown()
    assert offers(hanna)["state"] == "unknown"
    offers(hanna, 409)
    assert len(texts.to) == 1


@pytest.mark.parametrize("answer", [Busy(), Refused(21610, "blocked")])
def test_what_was_certainly_not_sent_may_be_offered_again(
    texting: Application, hanna: Holder, texts: Sent, answer: Result
) -> None:
    rings(texting, hanna)
    texts.answers = answer
    assert offers(hanna)["state"] == "not-sent"
    texts.answers = Done()
    assert offers(hanna)["state"] == "sent"


def test_an_authority_without_a_known_form_offers_none(texting: Application, hanna: Holder) -> None:
    with texting.database.write() as connection:
        connection.execute(tables.call.insert().values(sid="CA2", line="call-derbyshire", caller=MOBILE))
    sent(hanna, "PUT", "/calls/CA2/contact", {"fields": {"caller": "school"}})
    assert "DUTYLINE_FORM_ADDRESSES" in offers(hanna, 409, "CA2")["detail"]
    offers(hanna, 404, "CA9")


def test_without_a_sender_nothing_is_sent(office: Application, ida: Holder) -> None:
    rings(office, ida)
    assert "DUTYLINE_TEXT_FROM" in offers(ida, 409)["detail"]


def test_the_number_is_not_kept_with_the_offer(texting: Application, hanna: Holder) -> None:
    rings(texting, hanna)
    offers(hanna)
    with texting.database.read() as connection:
        kept = connection.execute(tables_papers.message.select()).all()
        trail = connection.execute(tables.audit.select()).all()
    assert MOBILE not in str([tuple(row) for row in (*kept, *trail)])
    assert hanna.asks("/messages").get_json()["items"] == []


def test_settings_that_cannot_be_used_are_refused_in_words() -> None:
    assert settings.text_from("+442079460101") == "+442079460101"
    assert settings.text_from("DerbyCity") == "DerbyCity"
    assert settings.forms("") == {"derby": FORM}
    assert settings.forms("derbyshire=https://forms.example.org/a=b") == {
        "derby": FORM, "derbyshire": "https://forms.example.org/a=b",
    }  # fmt: skip
    for wrong in ("020 7946 0101", "a name that is too long"):
        with pytest.raises(settings.ConfigError, match="DUTYLINE_TEXT_FROM"):
            settings.text_from(wrong)
    for wrong in ("derby", "derby=http://example.org", "=https://example.org"):
        with pytest.raises(settings.ConfigError, match="DUTYLINE_FORM_ADDRESSES"):
            settings.forms(wrong)
