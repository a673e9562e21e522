"""How does a handler write down and answer the desk's papers? Each task goes from the desk to the list, the form and the paper."""

from datetime import timedelta
from typing import Any

from sqlalchemy import String

from app import Application
from store.every_table import metadata
from store.keys import Role
from store.tables_enquiries import enquiry
from tests.admin.desk_client import CLOCK, holder
from tests.browser.hands import Hands
from tests.browser.task import Task

ENQUIRY, REQUEST, ANSWERED = "e" * 16, "c" * 16, "d" * 16
CHECK, DOUBTED, CONSULTATION = "1" * 16, "2" * 16, "3" * 16
"""The ids of the papers that the states are looked at in."""

TRAIL = "audit"
ANN = {"name": "Ann Example", "born": "2019-05-31"}
ASKS = {
    "authority": "sheffield", "agency": "nhs", "reason": "welfare-concern", "known": "no",
    "enquirer": {"name": "Hetty Visitor", "role": "health visitor", "contact": "020 7946 0640"}, "children": [ANN],
    "concern": "Bruises on both arms, twice this month.",
}  # fmt: skip
BEFORE = {
    "authority": "sheffield", "agency": "school", "reason": "child-protection-plan",
    "enquirer": {"name": "Sam Teacher", "role": "head of year"}, "children": [ANN], "concern": "Often hungry, and tired.",
}  # fmt: skip

CETR = {
    "class": "same-day", "child": ANN, "details": "For a review on Friday.",
    "requester": {"name": "Cara Commissioner", "organisation": "Integrated Care Board", "contact": "cara@example.org"},
}  # fmt: skip
MAIL = {
    "text": "Subject: CETR same day response\n\nWho works with Ann Example, please?",
    "received": "2026-11-24T15:00",
}

ASKED = {
    "authority": "cambridgeshire", "body": "cafcass", "enquirer": "Cass Officer", "involvement": "A report for the court.",
    "children": [ANN],
}  # fmt: skip
CONSULTS = {
    "authority": "cambridgeshire", "professional": "Petra Head", "agency": "A primary school", "reached_by": "020 7946 0641",
    "children": [ANN], "question": "Is this for Early Help?",
}  # fmt: skip


def written(application: Application, path: str, body: dict[str, Any], key: str = "") -> str:
    """A paper that a colleague wrote down; from now on it has this id, where one is given."""
    reply = holder(application, Role.HANDLER, "Colin Colleague").sends("POST", path, body)
    assert reply.status_code == 201, reply.get_json()
    made = str(reply.get_json()["id"])
    if key:
        called(application, made, key)
    return key or made


def called(application: Application, made: str, key: str) -> None:
    """Everywhere but in the trail, which nothing changes."""
    with application.database.write() as connection:
        for table in metadata.sorted_tables:
            for column in (one for one in table.columns if isinstance(one.type, String) and table.name != TRAIL):
                connection.execute(table.update().where(column == made).values({column.name: key}))


def two_enquiries(application: Application) -> None:
    """About the same child."""
    long_ago = CLOCK.now() - timedelta(days=200)
    first = written(application, "/enquiries", BEFORE)
    with application.database.write() as connection:
        connection.execute(enquiry.update().where(enquiry.c.id == first).values(made_at=long_ago))
    written(application, "/enquiries", ASKS, ENQUIRY)


def one_enquiry(application: Application) -> None:
    """About a child."""
    written(application, "/enquiries", BEFORE)


def requests(application: Application) -> None:
    """One that is open, one that is late, and one that is answered."""
    written(application, "/cetr-requests", CETR, REQUEST)
    written(application, "/cetr-mail", MAIL)
    written(application, "/cetr-requests", CETR, ANSWERED)
    by = holder(application, Role.HANDLER, "Colin Colleague")
    assert by.sends("POST", f"/cetr-requests/{ANSWERED}/answer", {"open": False}).status_code == 200


def checks(application: Application) -> None:
    """One to be answered, and one in which it is in doubt who asks."""
    written(application, "/checks", ASKED, CHECK)
    written(application, "/checks", ASKED | {"in_doubt": True}, DOUBTED)
    by = holder(application, Role.HANDLER, "Colin Colleague")
    assert by.sends("POST", f"/checks/{CHECK}/established", {"how": "identity"}).status_code == 200


def consultations(application: Application) -> None:
    """One that is open."""
    written(application, "/consultations", CONSULTS, CONSULTATION)


def enquires(hands: Hands) -> None:
    """Logged, established, answered; and since it is the second one, a referral is made."""
    hands.opens("/desk")
    hands.leaves_by("Enquiries", "Enquiries")
    hands.leaves_by("Log an enquiry", "Log an enquiry")
    hands.fills("Authority", "Sheffield")
    hands.fills("Which body they are from", "School or nursery")
    hands.fills("Full name of whoever asks", "Sam Teacher")
    hands.fills("Why they ask", "There are specific child welfare concerns or allegations about the child.")
    hands.fills("Child 1: full name", "Ann Example")
    hands.tabs_to("Child 1: date of birth")
    hands.types("05312019")
    hands.fills("What they are worried about", "Often hungry.")
    hands.leaves_by("Log it", "Enquiry of Wed 25 Nov 2026 10:00")
    hands.reads("Enquiry number 2 within two years")
    hands.fills("How it was established", "Rang back on the switchboard.")
    hands.leaves_by("It is established", "Enquiry of")
    hands.fills("What they were told", "Not on the list.")
    hands.leaves_by("Note the answer", "Enquiry of")
    hands.leaves_by("Make a referral", "Enquiry of")
    hands.reads("A referral was made of it")


def answers_a_request(hands: Hands) -> None:
    """Taken down, and answered: the reply is there to be copied."""
    hands.opens("/desk")
    hands.leaves_by("CETR requests", "CETR requests")
    hands.leaves_by("Take a request down", "Take a CETR request down")
    hands.fills("By when it is answered", "The next day")
    hands.fills("Name of whoever asks", "Cara Commissioner")
    hands.fills("The child's full name", "Ann Example")
    hands.leaves_by("Take it down", "CETR request of")
    hands.reads("Answer by Thu 26 Nov 2026 17:00")
    hands.tabs_to("Open")
    hands.presses("ArrowDown")
    hands.leaves_by("Answer by template", "CETR request of")
    hands.reads("Answered Wed 25 Nov 2026 10:00 by Test Handler")


def takes_a_mail_in(hands: Hands) -> None:
    """As it is pasted; its header says its class."""
    hands.opens("/desk/cetr")
    hands.leaves_by("Take in a mail", "Take in a CETR mail")
    hands.tabs_to("The mail")
    hands.types("CETR next day response")
    hands.leaves_by("Take it in", "CETR request of")
    hands.reads("The next day")


def answers_a_check(hands: Hands) -> None:
    """Taken down, established, answered."""
    hands.opens("/desk")
    hands.leaves_by("Basic checks", "Basic checks")
    hands.leaves_by("Take a check down", "Take a check down")
    hands.fills("Authority", "Cambridgeshire")
    hands.fills("Which body they are from", "CAFCASS")
    hands.fills("Full name of whoever asks", "Cass Officer")
    hands.fills("How they are involved in the case", "A report.")
    hands.fills("Child 1: full name", "Ann Example")
    hands.leaves_by("Take it down", "Check of Wed 25 Nov 2026 10:00")
    hands.tabs_to("It is clear who they are, and that they are involved")
    hands.presses("Space")
    hands.leaves_by("Note it", "What is told")
    hands.tabs_to("Yes")
    hands.presses("Space")
    hands.leaves_by("Note what was told", "Check of")
    hands.reads("Answered")


def consults(hands: Hands) -> None:
    """Taken down, passed on, and made a referral after all."""
    hands.opens("/desk")
    hands.leaves_by("Consultations", "Consultations")
    hands.leaves_by("Take a consultation down", "Take a consultation down")
    hands.fills("Authority", "Cambridgeshire")
    hands.fills("Full name of whoever asks", "Petra Head")
    hands.fills("What they ask", "Is this for Early Help?")
    hands.leaves_by("Take it down", "Consultation of Wed 25 Nov 2026 10:00")
    hands.tabs_to("MASH navigator")
    hands.presses("Space")
    hands.leaves_by("Pass it on", "Consultation of")
    hands.reads("With the adviser")
    hands.leaves_by("Make it a referral", "Consultation of")
    hands.reads("It became a referral")


TASKS = (
    Task("log an enquiry", Role.HANDLER, enquires,
         ("GET /desk/enquiries", "GET /desk/enquiries/new", "POST /desk/enquiries/new", "GET /desk/enquiries/<key>",
          "POST /desk/enquiries/<key>/<deed>"), one_enquiry),
    Task("answer a CETR request", Role.HANDLER, answers_a_request,
         ("GET /desk/cetr", "GET /desk/cetr/new", "POST /desk/cetr/new", "GET /desk/cetr/<key>", "POST /desk/cetr/<key>/answer")),
    Task("answer a basic check", Role.HANDLER, answers_a_check,
         ("GET /desk/checks", "GET /desk/checks/new", "POST /desk/checks/new", "GET /desk/checks/<key>",
          "POST /desk/checks/<key>/<deed>")),
    Task("take a consultation down", Role.HANDLER, consults,
         ("GET /desk/consultations", "GET /desk/consultations/new", "POST /desk/consultations/new",
          "GET /desk/consultations/<key>", "POST /desk/consultations/<key>/<deed>")),
    Task("take a CETR mail in", Role.HANDLER, takes_a_mail_in, ("GET /desk/cetr/mail", "POST /desk/cetr/mail")),
)  # fmt: skip
