"""How does a handler spend the day at the desk? The telephones of these tests are unplugged: whoever is rung is not reached."""

import re
from datetime import timedelta
from typing import Any

from app import Application
from desk.transfer import State
from store import tasks
from store.audit import Deed
from store.conversations import At
from store.keys import Role
from store.presence import Status
from store.tables_desk import conversation, party, presence, transfer
from store.tasks import Task as ToDo
from tests.admin.desk_client import CLOCK, holder
from tests.admin.visitor import PASSWORD, person
from tests.browser.hands import Hands
from tests.browser.task import Task

EMAIL = "at-the-desk@example.org"
WAITING, TALKING, NAMELESS = "CA1drama1waiting", "CA2drama2talking", "CA3drama3nameless"
TEAM, TEAM_NAME = "derbyshire-safeguarding", "Social Care Specialist and Safeguarding Team"
SINCE = CLOCK.now().replace(minute=0)


def put(application: Application, call: str, state: At, **more: Any) -> None:
    """A caller at the desk."""
    row: dict[str, Any] = {
        "call": call, "line": "call-derbyshire", "priority": "risk", "state": state.value, "hop": 1, "queue": "q",
        "place": {}, "chosen": ["a child at risk"], "caller": "+442079460999", "dialled": "+442079460102", "relay": False,
        "queued_at": SINCE, "generation": 0,
    }  # fmt: skip
    with application.database.write() as connection:
        connection.execute(conversation.insert().values(**row | more))


def waits(application: Application) -> None:
    """Somebody waits."""
    put(application, WAITING, At.WAITING)


def talks(
    application: Application, who: str = "k-somebody", call: str = TALKING, transferred: State | None = None
) -> None:
    """A handler talks to a caller; perhaps about somebody whom they consult."""
    keys = {"handler": "1" * 15 + call[2], "other": "2" * 15 + call[2], "transfer": "3" * 15 + call[2]}
    at = {
        "asked_at": SINCE,
        "caller_id": "+442079460102",
        "accept": "key",
        "state": "in",
        "generation": 0,
        "call": call,
    }
    now = {"handler": who, "party": keys["handler"], "answered_at": SINCE, "moved_at": SINCE}
    put(application, call, At.TALKING, **now, transfer=keys["transfer"] if transferred else None)
    with application.database.write() as connection:
        handler = {
            "id": keys["handler"],
            "role": "handler",
            "who": "Test Handler",
            "handler": who,
            "number": "+442079460201",
        }
        connection.execute(party.insert().values(**at, **handler, sid=f"CA{keys['handler']}"))
        if transferred:
            other = {"id": keys["other"], "role": "consulted", "who": TEAM_NAME, "number": "+442079460301"}
            connection.execute(
                party.insert().values(**at, **other, sid=f"CA{keys['other']}", transfer=keys["transfer"])
            )
            target = {"kind": "team", "slug": TEAM, "name": TEAM_NAME}
            tried = [{"who": TEAM_NAME, "outcome": "engaged"}]
            row = {"id": keys["transfer"], "call": call, "mode": "warm", "target": target, "state": transferred.value}
            connection.execute(
                transfer.insert().values(**row, tried=tried, by=who, at=SINCE, version=1, held=True, reason="")
            )


def nameless(application: Application) -> None:
    """A caller who asks not to be named."""
    put(application, NAMELESS, At.ENDED, ended_at=SINCE)
    fields = {
        "referrer_name": "Ned Neighbour",
        "anonymous": "yes",
        "concern": "A child alone at the door.",
        "crime": "yes",
    }
    reply = holder(application, Role.HANDLER).sends("PUT", f"/calls/{NAMELESS}/contact", {"fields": fields})
    assert reply.status_code == 200


def with_me(application: Application) -> str:
    """The handler of these tasks has an account, and their phone is in a call; their id."""
    who = person(application, Role.HANDLER, EMAIL).id
    row = {"who": who, "name": "Test Handler", "phone": "+442079460201", "lines": ["sheffield-cpet"], "since": SINCE}
    with application.database.write() as connection:
        connection.execute(presence.insert().values(**row, status=Status.ON_CALL.value, seen_at=CLOCK.now()))
    return who


def i_talk(application: Application) -> None:
    """The handler of these tasks talks to a caller."""
    talks(application, with_me(application))


def i_consult(application: Application) -> None:
    """The same, while they speak to a team."""
    talks(application, with_me(application), transferred=State.CONSULTING)


def to_do(application: Application) -> None:
    """A call-back that is booked, and a decision that is late."""
    body = {"number": "020 7946 0777", "line": "call-derbyshire", "urgency": "red"}
    assert holder(application, Role.HANDLER).sends("POST", "/callbacks", body).status_code == 201
    began = SINCE - timedelta(hours=25)
    late = ToDo(
        "a" * 16,
        "decision",
        "cambridgeshire",
        "contact",
        "b" * 16,
        "team-manager",
        began,
        SINCE,
        SINCE,
        sounds_at=began,
    )
    with application.database.write_in_order() as connection:
        tasks.add(connection, late, Deed("tests", "", "", "", None, None), SINCE)


def signs_in(hands: Hands) -> None:
    """By the page for it, and on to the desk."""
    hands.opens("/desk")
    hands.sees("Sign in")
    hands.fills("E-mail address", EMAIL)
    hands.fills("Password", PASSWORD)
    hands.leaves_by("Sign in", "Desk")


def becomes(hands: Hands, text: str) -> None:
    """Some text of the page, loaded again until it is there: where there is no script it does not renew itself."""
    for _ in range(20):
        hands.opens("/desk")
        if text in hands.page.inner_text("main"):
            return
        hands.page.wait_for_timeout(250)
    hands.reads(text)


def comes_to_the_desk(hands: Hands) -> None:
    """On a phone and for a line, and answers a caller of another one."""
    hands.opens("/desk")
    hands.fills("Your phone", "020 7946 0201")
    hands.tabs_to("Sheffield CPET")
    hands.presses("Space")
    hands.tabs_to("Sign in at the desk")
    hands.presses("Enter")
    hands.reads("Available since")
    hands.tabs_to("Answer Call Derbyshire, waiting since 10:00")
    hands.presses("Enter")
    hands.reads(re.compile("Your phone rings|Away since"))
    becomes(hands, "Away since")


def consults(hands: Hands) -> None:
    """A team that is found by a word; nobody is reached."""
    signs_in(hands)
    hands.reads("Talking since")
    hands.fills("A team, a person, a line or a number", "safeguarding team")
    hands.presses("Enter")
    hands.reads("found.")
    hands.tabs_to(f"Consult {TEAM_NAME}")
    hands.presses("Enter")
    hands.reads("Nobody could be reached")


def hands_over(hands: Hands) -> None:
    """To a team, without a word before."""
    signs_in(hands)
    hands.fills("A team, a person, a line or a number", "safeguarding team")
    hands.presses("Enter")
    hands.reads("found.")
    hands.tabs_to(f"Hand over at once to {TEAM_NAME}")
    hands.presses("Enter")
    hands.reads(f"The caller has been passed on to {TEAM_NAME}")


def completes(hands: Hands) -> None:
    """The caller stays with the team."""
    signs_in(hands)
    hands.reads(f"You are speaking to {TEAM_NAME}")
    hands.tabs_to("Complete: leave the caller with them")
    hands.presses("Enter")
    hands.reads(f"The caller is with {TEAM_NAME} now.")


def writes_it_down(hands: Hands) -> None:
    """What the caller tells; their name only for a reason."""
    signs_in(hands)
    hands.fills("The caller's name", "Ned Neighbour")
    hands.fills("The caller asks not to be named", "Yes")
    hands.tabs_to("Save")
    hands.presses("Enter")
    hands.reads("Saved at 10:00:00.")
    hands.opens(f"/desk?call={TALKING}")
    hands.reads("Kept from view")
    hands.fills("Why the name is needed", "the line dropped")
    hands.tabs_to("Show the name")
    hands.presses("Enter")
    assert hands.page.get_by_label("The caller's name").input_value() == "Ned Neighbour"


def does_what_is_due(hands: Hands) -> None:
    """An alert is taken and done, a call-back taken; nobody was reached."""
    hands.opens("/desk")
    hands.tabs_to("Take 020 7946 0777")
    hands.presses("Enter")
    hands.reads("; yours")
    hands.tabs_to("No answer 020 7946 0777")
    hands.presses("Enter")
    hands.reads("told: no answer")
    hands.tabs_to("I do it Decide what response this contact needs.")
    hands.presses("Enter")
    hands.reads("team manager; yours")
    hands.tabs_to("Done Decide what response this contact needs.")
    hands.presses("Enter")
    hands.reads("Nothing is late.")


TASKS = (
    Task("come to the desk and answer", Role.HANDLER, comes_to_the_desk,
         ("GET /desk", "POST /desk/me", "POST /desk/queue/<call>/answer"), waits),
    Task("consult a team", None, consults, ("POST /desk/consult",), i_talk),
    Task("hand a caller over", None, hands_over, ("POST /desk/hand-over",), i_talk),
    Task("complete a transfer", None, completes, ("POST /desk/transfers/<key>/<command>",), i_consult),
    Task("do what is due", Role.HANDLER, does_what_is_due,
         ("POST /desk/callbacks/<key>/<deed>", "POST /desk/tasks/<key>/<deed>"), to_do),
    Task("write down what a caller tells", None, writes_it_down,
         ("POST /desk/calls/<call>/record", "POST /desk/calls/<call>/name"), i_talk),
)  # fmt: skip
