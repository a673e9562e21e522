"""What does somebody come to each page for? Every page has a task here, or test_every_page.py fails."""

from tests.browser.areas import AREAS
from tests.browser.task import Task
from tests.browser.tasks import (
    administration,
    call_backs,
    cases,
    closures,
    desk,
    looking,
    meetings,
    messages,
    moves,
    own,
    papers,
    people,
    reading,
    records,
    retention,
    roles,
    rota,
    teams,
)

TASKS: tuple[Task, ...] = (
    *own.TASKS,
    *looking.TASKS,
    *teams.TASKS,
    *rota.TASKS,
    *people.TASKS,
    *roles.TASKS,
    *closures.TASKS,
    *reading.TASKS,
    *administration.TASKS,
    *desk.TASKS,
    *call_backs.TASKS,
    *papers.TASKS,
    *records.TASKS,
    *meetings.TASKS,
    *messages.TASKS,
    *moves.TASKS,
    *retention.TASKS,
    *cases.TASKS,
    *(task for area in AREAS for task in area.TASKS),
)
