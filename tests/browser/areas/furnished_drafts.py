"""Which drafts are there before somebody looks at their pages?"""

from functools import cache

from sqlalchemy import update

from admin.plan_text import changed, with_table
from app import Application
from ivr.plan import Plan
from ivr.reading import plan_from
from store import drafts
from store.drafts import NewDraft
from store.keys import Role
from store.tables_drafts import draft as table
from tests.admin.desk_client import CLOCK, holder
from tests.conftest import HOME

LINE = "/admin/plans/sheffield-cpet"
ROUTE, DRAFT = "/admin/plans/<line>", "/admin/plans/<line>/drafts/<key>"
FILE = HOME / "plans" / "sheffield" / "sheffield-cpet.toml"
SOUND, REFUTED, DANGLING, MOVED, WAITING = (f"{letter}{letter}" * 6 for letter in "abcde")
TOLD = "An enquiry is not a referral. For our handlers, press 0."


@cache
def text() -> str:
    """The plan in force."""
    return FILE.read_text(encoding="utf-8")


@cache
def digest() -> str:
    """Its name."""
    plan = plan_from(text())
    assert isinstance(plan, Plan)
    return plan.digest


def at(part: str = "", key: str = SOUND) -> str:
    """A page of a draft."""
    return f"{LINE}/drafts/{key}{part}"


def begun(application: Application, key: str, title: str, toml: str, base: str = "") -> None:
    """A draft that a colleague began."""
    new = NewDraft(
        "plan", "sheffield-cpet", "sheffield", title, {"text": toml}, base or digest(), "Edith Editor (k-edith)"
    )
    with application.database.write_in_order() as connection:
        made = drafts.begin(connection, new, CLOCK.now())
        connection.execute(update(table).where(table.c.id == made).values(id=key))


def furnish(application: Application) -> None:
    """One draft that is proved, one that is refuted, one that is no whole plan yet, one that is behind, and one that waits."""
    sound = changed(text(), ("nodes", "welcome"), {"say": TOLD})
    begun(application, SOUND, "Tell callers about 0", sound)
    begun(application, REFUTED, "A shorter beginning", changed(text(), (), {"opening": "Sheffield enquiries."}))
    begun(
        application,
        DANGLING,
        "Opening hours",
        with_table(text(), ("nodes", "when-open"), {"do": "goodbye", "say": "Dial 9 9 9."}),
    )
    begun(application, MOVED, "From last year", sound, "0" * 12)
    waiting(application)


def one_draft(application: Application) -> None:
    """The one that is proved."""
    begun(application, SOUND, "Tell callers about 0", changed(text(), ("nodes", "welcome"), {"say": TOLD}))


def one_behind(application: Application) -> None:
    """One that was made on an older plan."""
    begun(application, MOVED, "From last year", changed(text(), ("nodes", "welcome"), {"say": TOLD}), "0" * 12)


def waiting(application: Application) -> None:
    """One that is to be published by itself."""
    begun(application, WAITING, "For the new year", changed(text(), ("nodes", "shut"), {"say": "We are closed now."}))
    sent = {"at": "2027-01-04T07:00", "why": "the new year"}
    path = f"/plans/sheffield-cpet/drafts/{WAITING}/publish"
    reply = holder(application, Role.ADMIN).sends("POST", path, sent, If_Match='"v1"')
    assert reply.status_code < 300, reply.get_json()


def published(application: Application) -> None:
    """Another plan than the first is in force."""
    other = changed(text(), ("nodes", "shut"), {"say": "We are closed now."})
    reply = holder(application, Role.ADMIN).sends(
        "POST", "/plans/sheffield-cpet/publish", {"text": other, "why": "it is shorter"}
    )
    assert reply.status_code < 300, reply.get_json()
