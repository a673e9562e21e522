"""How does a handler tell another part of the service something, take over in the morning, and work through every task?"""

from datetime import timedelta
from typing import Any

from app import Application
from store.keys import Role
from store.tables_papers import message
from tests.admin.desk_client import CLOCK, holder
from tests.browser.hands import Hands
from tests.browser.task import Task
from tests.browser.tasks.papers import called, written
from tests.browser.tasks.records import RECORD

MESSAGE, HAND_BACK, READ_BACK, ALERT = "7a" * 8, "7b" * 8, "7c" * 8, "7d" * 8
DECISION = "a" * 16
"""The ids of the messages, and of the task of ``desk.to_do``, that the states are looked at in."""

CASES, BACKS, ALERTS = (f"/desk/messages/{shelf}" for shelf in ("open-cases", "hand-backs", "staff-alerts"))
NIGHT = {
    "authority": "derbyshire", "happened": "Visited the home at half past one with the police. Both children were asleep and well.",
    "left_to_do": "Ring the school before nine.\nAgree with the mother who collects them today.",
}  # fmt: skip
SECOND = {
    "authority": "derbyshire", "happened": "Ned Neighbour rang about shouting next door. Advice given; it was quiet at two.",
    "left_to_do": "Ring him, and write down what he says.",
}  # fmt: skip
TONIGHT = {
    "authority": "derbyshire", "details": "Ann Example stays with her grandmother in Drama Road tonight.",
    "purpose": "A visit at eight, since the father may come back.", "contingency": "Ring the police, then the grandmother.",
    "manager_consulted": "Tom Manager", "somebody_leaves": True, "description": "About forty, tall, with a grey coat.",
}  # fmt: skip
OPEN_CASE = {
    "authority": "cambridgeshire", "about": RECORD, "text": "A second bruise was seen at school today. Her father has moved back in.",
}  # fmt: skip
DECIDED = "Decide what response this contact needs."


def messages(application: Application) -> None:
    """Three to the roles of a case, two hand-backs that wait and one that was read, and an alert."""
    by = holder(application, Role.HANDLER, "Nadia Night")
    sent = by.sends("POST", "/messages", OPEN_CASE)
    assert sent.status_code == 201, sent.get_json()
    called(application, sent.get_json()["items"][0]["id"], MESSAGE)
    two_hand_backs(application)
    written(application, "/hand-backs", {"authority": "derbyshire", "happened": "A quiet night."}, READ_BACK)
    assert by.sends("POST", f"/hand-backs/{READ_BACK}/acknowledge", {}).status_code == 200
    written(application, "/staff-alerts", TONIGHT, ALERT)


def two_hand_backs(application: Application) -> None:
    """Of last night."""
    _at_night(application, written(application, "/hand-backs", NIGHT, HAND_BACK), 9)
    _at_night(application, written(application, "/hand-backs", SECOND), 8)


def _at_night(application: Application, key: str, hours: int) -> None:
    made, due = CLOCK.now() - timedelta(hours=hours), CLOCK.now() - timedelta(hours=1)
    values: dict[str, Any] = {"made_at": made, "changed_at": made, "facts": {"due_at": due.isoformat()}}
    with application.database.write() as connection:
        connection.execute(message.update().where(message.c.id == key).values(**values))


def one_decision(application: Application) -> None:
    """To be made on a contact."""
    written(application, "/contacts", {"authority": "cambridgeshire", "fields": {"concern": "Alone."}})


def hands_back(hands: Hands) -> None:
    """Written at night; in the morning all of them are read, and one is taken over."""
    hands.opens("/desk")
    hands.leaves_by("Hand-backs", "Hand-backs of the night team")
    hands.leaves_by("Write a hand-back", "Write a hand-back")
    hands.fills("Authority", "Derbyshire")
    hands.fills("What happened", "Rang the ward.")
    hands.fills("What is left to do", "Ring it again.")
    hands.leaves_by("Hand it back", "Hand-back of Wed 25 Nov 2026")
    hands.leaves_by("Hand-backs of the night team", "Hand-backs of the night team")
    hands.leaves_by("Work through them", "What the night team left")
    hands.fills("Authority", "Derbyshire")
    hands.leaves_by("Read them", "What the night team left")
    hands.reads("Ring the school before nine.")
    hands.tabs_to("I take over from Colin Colleague, Wed 25 Nov 2026 01:00")
    hands.enters("What the night team left")
    hands.reads("Rang the ward.")
    assert "Ring the school" not in hands.page.inner_text("main")


def works_through(hands: Hands) -> None:
    """A task is found among all of them, taken, and done with a note."""
    hands.opens("/desk")
    hands.leaves_by("All tasks and alerts", "Tasks and alerts")
    hands.fills("Authority", "Cambridgeshire")
    hands.fills("Whose", "Team manager")
    hands.leaves_by("Narrow the list", "Tasks and alerts")
    hands.tabs_to(f"I do it {DECIDED}")
    hands.enters("Tasks and alerts")
    hands.reads("yours")
    hands.leaves_by(DECIDED, DECIDED)
    hands.fills("Note", "No further action.")
    hands.leaves_by("It is done", DECIDED)
    hands.reads("No further action.")


TASKS = (
    Task("hand back in the morning", Role.HANDLER, hands_back,
         ("GET /desk/messages/<shelf>", "GET /desk/messages/<shelf>/new", "POST /desk/messages/<shelf>/new",
          "GET /desk/messages/<shelf>/<key>", "GET /desk/messages/hand-backs/morning",
          "POST /desk/messages/<shelf>/<key>/acknowledge"), two_hand_backs),
    Task("work through the tasks", Role.HANDLER, works_through,
         ("GET /desk/tasks", "GET /desk/tasks/<key>", "POST /desk/tasks/<key>"), one_decision),
)  # fmt: skip
