"""How does a handler find out who works with a child, and text the online form? How does an administrator enter a switchboard?"""

from dataclasses import replace

from playwright.sync_api import Page

from admin.ports import EXTENSION
from app import Application
from carrier.port import Done, Result
from carrier.texting import Texting
from directory.numbers import Number
from store.keys import Role
from store.tables_desk import conversation
from tests.admin.desk_client import holder
from tests.browser.hands import Hands
from tests.browser.task import Task
from tests.browser.tasks.desk import TALKING, i_talk, signs_in
from tests.browser.tasks.papers import ANN

WORKER = "w-5b90a8"
MOBILE = "+447700900123"


class Nowhere:
    """Sends text messages to nobody."""

    def text(self, _: Number, __: str) -> Result:
        """Sent."""
        return Done()


def a_case(application: Application) -> None:
    """A child who is open to one system, and not to the other."""
    by = holder(application, Role.HANDLER, "Colin Colleague")
    for entry in (
        {"system": "eclipse", "state": "open", "worker": WORKER},
        {"system": "right-for-children", "state": "not-open"},
    ):
        assert by.sends("PUT", "/cases", {**ANN, **entry}).status_code == 200


def a_switchboard(application: Application) -> None:
    """Of one body."""
    body = {"number": "020 7946 0710", "why": "Their web page."}
    reply = holder(application, Role.ADMIN, "Ada Admin").sends("PUT", "/bodies/probation/switchboard", body)
    assert reply.status_code == 200


def i_may_text(application: Application) -> None:
    """I talk to a professional on a mobile, where text messages are set up."""
    site = application.flask.extensions
    site[EXTENSION] = replace(site[EXTENSION], texting=Texting(Nowhere(), {"derbyshire": "https://forms.example.org"}))
    i_talk(application)
    with application.database.write() as connection:
        connection.execute(conversation.update().where(conversation.c.call == TALKING).values(caller=MOBILE))
    reply = holder(application, Role.HANDLER).sends(
        "PUT", f"/calls/{TALKING}/contact", {"fields": {"caller": "school"}}
    )
    assert reply.status_code == 200


def looked_up(page: Page) -> None:
    """What both systems say of a child."""
    page.get_by_label("The child's full name").fill(ANN["name"])
    page.get_by_label("The child's date of birth").fill(ANN["born"])
    page.get_by_role("button", name="Ask both systems").click()
    page.locator("#said-heading").wait_for()


def asks_who_works(hands: Hands) -> None:
    """Asked, entered from the system, and led to the worker at the desk."""
    hands.opens("/desk")
    hands.leaves_by("Who works with a child", "Who works with a child")
    hands.fills("The child's full name", "Ann Example")
    hands.tabs_to("The child's date of birth")
    hands.types("05312019")
    hands.leaves_by("Ask both systems", "What the systems say")
    hands.reads("Nothing is entered of Eclipse and Right for Children yet.")
    hands.fills("Which system", "Eclipse")
    hands.tabs_to("The child is open")
    hands.presses("Space")
    hands.fills("Allocated worker", "Fenella Sampling")
    hands.leaves_by("Enter it", "The reply, to be copied")
    hands.reads("Allocated worker: Fenella Sampling")
    hands.leaves_by("Consult Fenella Sampling", "Desk")
    hands.reads("1 found.")


def enters_a_switchboard(hands: Hands) -> None:
    """From the list to one body, and back."""
    hands.opens("/desk")
    hands.leaves_by("Bodies and switchboards", "Bodies that checks are answered for")
    hands.leaves_by("Enter it: CAFCASS", "Switchboard of CAFCASS")
    hands.fills("Switchboard", "020 7946 0711")
    hands.fills("Where it was found", "Their web page.")
    hands.leaves_by("Enter it", "Bodies that checks are answered for")
    hands.reads("020 7946 0711")


def texts_the_form(hands: Hands) -> None:
    """One button beside the call."""
    signs_in(hands)
    hands.tabs_to("Text the online form")
    hands.presses("Enter")
    hands.reads("The online form was texted to the caller.")


TASKS = (
    Task("find out who works with a child", Role.HANDLER, asks_who_works,
         ("GET /desk/cases", "POST /desk/cases", "POST /desk/cases/entry")),
    Task("enter a body's switchboard", Role.ADMIN, enters_a_switchboard,
         ("GET /desk/bodies", "GET /desk/bodies/<code>/switchboard", "POST /desk/bodies/<code>/switchboard")),
    Task("text the online form", None, texts_the_form, ("POST /desk/calls/<call>/form-offer",), i_may_text),
)  # fmt: skip
